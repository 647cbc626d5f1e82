/*
 * engine -- what is built of a set of rules once, and shared by all streams.
 *
 * Model:     the prefilter names the few regexes that can match a line: rules' own, or, of a rule
 *            for which only counts whether it matches, the ways that its regex was parted into. The
 *            weights have the rules that weigh or mark in tables. Built once the set is finished,
 *            then never changed, so that threads may share it. Of rules that were added to those of
 *            an image only what they need is built, beside what is there.
 * Ownership: the rules are borrowed, and must outlive it; engine_destroy frees the rest.
 * Errors:    NULL when memory is short.
 */
#ifndef DECHAFF_MATCH_ENGINE_H
#define DECHAFF_MATCH_ENGINE_H

#include "match/prefilter.h"
#include "match/weights.h"
#include "rules/rules.h"

/* Which rules are tried on a line: those that the prefilter names, or all, as a test of it. */
enum match_way { MATCH_PREFILTER, MATCH_PLAIN };

/* What a candidate of the prefilter is: a regex to be tried for a rule. */
struct trial {
    uint32_t rule;
    uint32_t pattern;          /* the rule's number; of ways, numbers behind those of all rules */
    const struct regex *regex; /* the rule's own, or a way of it (ways.h) */
};

struct engine {
    const struct rules *rules;
    /* In the order of the rules, at least one of each; those of rules that were added come behind
     * all others, in their order. */
    const struct trial *trials;
    uint32_t trials_count;
    uint32_t added;    /* the first trial of rules that were added, or as many as there are */
    uint32_t patterns; /* how many */
    struct prefilter *prefilter;
    struct prefilter *passes; /* of pass rules, whose regexes only lines that others hit need */
    const uint32_t *passing;  /* the rules that it numbers */
    uint32_t passing_count;
    const struct weights *weights; /* NULL if no rule weighs */
    struct arena arena;
};

/* Builds it in an arena that outlives it; ENGINE starts zeroed. False when memory is short. */
bool engine_build(struct engine *engine, const struct rules *rules, struct arena *arena);

/* What was built of the rules already is taken as it is. */
struct engine *engine_create(const struct rules *rules);
void engine_destroy(struct engine *engine);

#endif
