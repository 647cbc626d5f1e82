/*
 * settle -- what becomes of blank lines, and which lines may go out.
 *
 * Model:     the last look at a line: [first, settled) of a hold have their final verdict, except
 *            a run of blank lines, the gap, whose fate depends on what follows. Of two runs that
 *            a drop brings together the longer stays; blank lines before a cut, and after it, go
 *            with it.
 * Ownership: the hold is the caller's.
 * Limits:    when the hold is full the gap stays, and what was handed out of it is remembered as
 *            a number of lines only.
 * Errors:    none.
 */
#ifndef DECHAFF_DECIDE_SETTLE_H
#define DECHAFF_DECIDE_SETTLE_H

#include "decide/hold.h"
#include "rules/rule.h"

struct settle {
    struct hold *hold;
    const struct rule *rules;
    uint64_t settled;
    uint64_t gap;
    bool has_gap;
    uint64_t blanks_out;    /* blank lines handed out since the last kept line */
    bool has_dropped;       /* a line since then */
    uint32_t dropped_since; /* the last rule that did, or NO_RULE if there is none to name */
};

void settle_begin(struct settle *settle);

/* Settles the lines up to FINAL; is_ended: no more will follow. */
void settle_advance(struct settle *settle, uint64_t final, bool is_ended);

/* A line behind all that is held is kept, with the blank lines before it. */
void settle_keep_all(struct settle *settle);

/* The gap stays. */
void settle_keep_gap(struct settle *settle);

/* The lines of the hold below this one may go out. */
uint64_t settle_limit(const struct settle *settle);

#endif
