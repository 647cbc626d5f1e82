/*
 * stats -- what was done, counted for --stats.
 *
 * Model:     lines that are not blank, and bytes, by verdict; lines by rule; documents, for formats
 *            with many. What was counted of a document's lines stands apart until stats_end, as it
 *            may turn out to be spared.
 * Ownership: texts are the caller's.
 * Errors:    NULL when memory is short.
 */
#ifndef DECHAFF_FLOW_STATS_H
#define DECHAFF_FLOW_STATS_H

#include "decide/hold.h"
#include "rules/rules.h"

/* STATS_DOCUMENTS are all of them; the others are among these. */
enum stats_count { STATS_DOCUMENTS, STATS_BAD, STATS_SPARED, STATS_EMPTY, STATS_COUNTS };

struct stats_lines {
    uint64_t lines[2]; /* by VERDICT_KEEP and VERDICT_DROP */
    uint64_t bytes[2]; /* blank lines included */
    uint64_t edited;   /* kept lines that a strip rule changed */
    uint64_t *by_rule; /* lines dropped or edited by each rule */
};

struct stats {
    uint64_t documents[STATS_COUNTS];
    struct stats_lines all;
    struct stats_lines document; /* not in `all` yet */
    uint32_t *touched;           /* the rules that have lines in it */
    uint32_t touched_count;
    uint32_t rule_count;
};

struct stats *stats_create(const struct rules *rules);
void stats_destroy(struct stats *stats);

void stats_line(struct stats *stats, const struct held *line);

/* The document is over; its lines count, or not if it goes through as it came. */
void stats_end(struct stats *stats, bool counts);

/* Adds what OTHER has. */
void stats_add(struct stats *stats, const struct stats *other);

/* The totals, then the rules that did something, the busiest first. */
char *stats_text(const struct stats *stats, const struct rules *rules);

/* The same as one line of JSON. */
char *stats_json(const struct stats *stats, const struct rules *rules);

#endif
