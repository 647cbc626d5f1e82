/*
 * tally -- what was done, counted for --stats.
 *
 * Model:     lines that are not blank, and bytes, by verdict; lines by rule; documents, for formats
 *            with many. What was counted of a document's lines stands apart until tally_end, as it
 *            may turn out to be spared.
 * Ownership: texts are the caller's.
 * Errors:    NULL when memory is short.
 */
#ifndef DECHAFF_FLOW_STATS_H
#define DECHAFF_FLOW_STATS_H

#include "decide/hold.h"

/* TALLY_DOCUMENTS are all of them; the others are among these. */
enum tally_count { TALLY_DOCUMENTS, TALLY_BAD, TALLY_SPARED, TALLY_EMPTY, TALLY_COUNTS };

struct tally_lines {
    uint64_t lines[2]; /* by VERDICT_KEEP and VERDICT_DROP */
    uint64_t bytes[2]; /* blank lines included */
    uint64_t edited;   /* kept lines that a strip rule changed */
    uint64_t *by_rule; /* lines dropped or edited by each rule */
};

struct tally {
    uint64_t documents[TALLY_COUNTS];
    struct tally_lines all;
    struct tally_lines document; /* not in `all` yet */
    uint32_t *touched;           /* the rules that have lines in it */
    uint32_t touched_count;
    uint32_t rule_count;
};

struct tally *tally_create(const struct rules *rules);
void tally_destroy(struct tally *tally);

void tally_line(struct tally *tally, const struct held *line);

/* The document is over; its lines count, or not if it goes through as it came. */
void tally_end(struct tally *tally, bool counts);

/* Adds what OTHER has. */
void tally_add(struct tally *tally, const struct tally *other);

/* The totals, then the rules that did something, the busiest first. */
char *tally_text(const struct tally *tally, const struct rules *rules);

/* The same as one line of JSON. */
char *tally_json(const struct tally *tally, const struct rules *rules);

#endif
