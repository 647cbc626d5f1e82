/*
 * whole -- where each line stands in its whole page.
 *
 * Model:     the lines of a page, or of as much of one as may be held, each with the probability
 *            that it is article by the chain of track.h. A line weighs its probability less one
 *            half, times a power of its words; the heaviest piece is that of consecutive lines
 *            whose weights have the largest sum (Pasternack and Roth 2009). What rules that judge
 *            can ask for is numbered by enum whole_fact; beyond the page's ends all is 0.
 * Ownership: one for each stream.
 * Limits:    as many lines as it was made for.
 * Errors:    NULL for a lack of memory, when made.
 */
#ifndef DECHAFF_DECIDE_WHOLE_H
#define DECHAFF_DECIDE_WHOLE_H

#include "rules/rule.h"

struct whole;

struct whole_line {
    double probability;
    size_t words;
    uint32_t speaks; /* FACT_SPEAKS */
    bool is_prose;
};

struct whole *whole_create(size_t capacity);
void whole_destroy(struct whole *whole);

/* Starts a page. */
void whole_begin(struct whole *whole);

/* The next line; there is room. */
void whole_add(struct whole *whole, const struct whole_line *line);

/* The page's last line was added: it can be asked about. */
void whole_end(struct whole *whole);

/* Where line NUMBER stands, from 0. */
void whole_ask(const struct whole *whole, size_t number, uint32_t values[WHOLES]);

#endif
