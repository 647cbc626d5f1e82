/*
 * tally -- what was done, counted for --stats.
 *
 * Model:     lines that are not blank, and bytes, by verdict; lines by rule.
 * Ownership: tally_text's result is the caller's.
 * Errors:    NULL when memory is short.
 */
#ifndef DECHAFF_TALLY_H
#define DECHAFF_TALLY_H

#include "hold.h"

struct tally {
    uint64_t lines[2];  /* by VERDICT_KEEP and VERDICT_DROP */
    uint64_t bytes[2];  /* blank lines included */
    uint64_t edited;    /* kept lines that a strip rule changed */
    uint64_t by_rule[]; /* lines dropped or edited by each rule */
};

struct tally *tally_create(const struct rules *rules);
void tally_destroy(struct tally *tally);

void tally_line(struct tally *tally, const struct held *line);

/* The totals, then the rules that did something, the busiest first. */
char *tally_text(const struct tally *tally, const struct rules *rules);

#endif
