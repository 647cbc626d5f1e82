/*
 * state -- what a matcher keeps from line to line.
 *
 * Model:     what match.c owns and conditions.c works on. Only files of this folder include this
 *            header.
 * Ownership: match_destroy frees all but the rules, the prefilter and the weights, which are
 *            borrowed from the engine.
 */
#ifndef DECHAFF_MATCH_STATE_H
#define DECHAFF_MATCH_STATE_H

#include "line/facts.h"
#include "line/view.h"
#include "match/candidates.h"
#include "match/chosen.h"
#include "match/engine.h"
#include "match/hits.h"
#include "match/memo.h"
#include "match/passing.h"
#include "match/patterns.h"

struct match {
    const struct rules *rules;
    const struct weights *weights; /* NULL if no rule weighs */
    enum match_way way;
    struct pattern_matcher *matcher;
    struct candidates candidates;
    const struct trial *trials; /* what candidates are (engine.h) */
    struct patterns patterns;   /* of the trials; behind them of the `until` of each rule */
    uint32_t untils;            /* where these begin */
    uint64_t *limited;
    struct passing passing;
    struct surveyor surveyor;
    struct holding holding;
    uint32_t *all; /* what MATCH_PLAIN tries: the first trial of each rule */
    struct chosen chosen;
    /* Sets: of the rules that weigh or mark those whose conditions the line at hand meets, and of
     * those that weigh those that hit it. */
    struct sieve sieve; /* of facts */
    struct kept is;     /* of marks that the line has not, */
    struct kept isnt;   /* and has */
    uint64_t *sifted;
    uint64_t *weighs;
    struct span real; /* the bytes of the line at hand, whose view the facts are of */
    struct span seen; /* that view */
    struct view_buffer view;
    char *edited[2];
    size_t edited_capacity[2];
    size_t edited_max;     /* bytes the line at hand may grow to */
    struct memo *memo;     /* NULL for MATCH_PLAIN and for few rules */
    struct memo_span span; /* the places where all rules would say the same of the line at hand */
    bool is_lasting;       /* they would say so whenever the line comes again */
    bool no_memory;
};

/* Whether tables tell at once which rules that weigh or mark have their conditions met. */
static inline bool state_sifts(const struct match *match)
{
    return match->weights && match->way == MATCH_PREFILTER;
}

/* The line is safe, because of the rule: no rule hits it. */
static inline void matched_protect(struct matched *matched, uint32_t rule)
{
    if (matched->is_protected)
        return;
    matched->is_protected = true;
    matched->protector = rule;
    matched->hit_count = 0;
    matched->speaker = NO_RULE;
    matched->head = NO_RULE;
}

#endif
