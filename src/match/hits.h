/*
 * matched -- what the rules said of a line.
 *
 * Model:     plain data, filled in by match.c.
 * Ownership: the text and the rules that weigh are borrowed, see match_line.
 * Limits:    MATCH_HITS rules a line are considered by the decision.
 */
#ifndef DECHAFF_MATCH_HITS_H
#define DECHAFF_MATCH_HITS_H

#include "line/likeness.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MATCH_HITS 8

struct matched {
    const char *text; /* the line as strip left it */
    size_t length;
    uint32_t edited_by; /* the first strip rule that changed it, or NO_RULE */
    bool is_protected;
    uint32_t protector; /* the keep rule, or the rule that ran into a limit */
    uint32_t hits[MATCH_HITS];
    uint32_t hit_count;
    uint64_t marks;    /* of marks.h */
    uint32_t head;     /* the first head rule that hits, or NO_RULE */
    uint32_t headline; /* the first rule that marks it one, or NO_RULE */
    struct look look;  /* only if rules weigh */
    const uint64_t
        *weighs; /* a set (weigher.h): what weighs it if its surroundings suit; or NULL */
};

#endif
