/*
 * hits -- what the rules said of a line.
 *
 * Model:     plain data: a position goes into match_line, a struct matched comes out.
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

/* Where in its document a line stands. */
struct position {
    uint64_t line;  /* among the document's non-blank lines, from 1 */
    uint64_t words; /* of article kept so far; need not be exact beyond the rules' max_after */
    bool is_cut;    /* a cut came before: only a keep rule matters still */
};

struct matched {
    const char *text; /* the line as strip left it */
    size_t length;
    uint32_t edited_by; /* the first strip rule that changed it, or NO_RULE */
    bool is_protected;
    uint32_t protector;        /* the keep rule, or the rule that ran into a limit */
    uint32_t hits[MATCH_HITS]; /* rules that decide */
    uint32_t hit_count;
    uint32_t speaker;  /* where rules weigh, the first of those that do not decide, or NO_RULE */
    uint64_t marks;    /* of rule.h */
    uint32_t head;     /* the first head rule that hits, or NO_RULE */
    uint32_t document; /* the first document rule that hits, or NO_RULE */
    uint32_t headline; /* the first rule that marks it one, or NO_RULE */
    struct likeness likeness; /* only if rules weigh; */
    uint32_t speaks;          /* FACT_SPEAKS, likewise */
    const uint64_t *weighs; /* a set (chosen.h): what weighs it if its surroundings suit; or NULL */
};

#endif
