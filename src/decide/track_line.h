/*
 * track_line -- a line's part in the chain, for those who look at it once more.
 *
 * Ownership: the set of rules is the track's.
 */
#ifndef DECHAFF_DECIDE_TRACK_LINE_H
#define DECHAFF_DECIDE_TRACK_LINE_H

#include "rules/rule.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct track_line {
    double worth[STATES];    /* of being there, the exponent of its score; the largest is 1 */
    double forward[STATES];  /* of the lines up to this one, in sum 1 */
    double backward[STATES]; /* of the lines behind it, likewise */
    double probability;      /* that it is article */
    double caution;          /* how much surer than usual a verdict has to be */
    uint64_t sequence;       /* the caller's number */
    size_t words;
    bool is_prose;
    bool is_decided;
    bool is_article;
    bool is_protected;   /* by a rule: it stays whatever its probability */
    uint32_t hit;        /* a rule that drops it where nothing is weighed; else NO_RULE */
    uint32_t emptied_by; /* a rule that left nothing of it, so that it goes; else NO_RULE */
    uint32_t rule;       /* of a line that goes: what says most against it; NO_RULE if none does */
    uint64_t *weighs;    /* the rules that weigh it, a set (chosen.h) */
};

#endif
