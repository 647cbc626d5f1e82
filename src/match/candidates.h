/*
 * candidates -- which rules can match a line, in their order.
 *
 * Model:     what the prefilter names: trials (engine.h). Those of rules that were added to an
 *            image's come last there, and are put where the rules are.
 * Ownership: one for each stream; candidates_release frees what it has, the engine is borrowed.
 *            What is named belongs to it until the next line.
 * Errors:    false when memory is short, when it is made.
 */
#ifndef DECHAFF_MATCH_CANDIDATES_H
#define DECHAFF_MATCH_CANDIDATES_H

#include "match/engine.h"

struct candidates {
    const struct engine *engine;
    struct prefilter_scratch *scratch;
    uint32_t *merged; /* NULL unless rules were added before others */
};

/* It starts zeroed; false when memory is short. Either way candidates_release is due. */
bool candidates_init(struct candidates *candidates, const struct engine *engine);
void candidates_release(struct candidates *candidates);

/* Chooses the sections whose rules may be candidates, as prefilter_hold does. */
void candidates_hold(struct candidates *candidates, const struct holding *holding);

/* The trials in the order of their rules, if rules were added before others. */
const uint32_t *candidates_order(const struct candidates *candidates, const uint32_t *trials,
                                 size_t count);

/* How many trials the line asks for, and *TRIALS, by rule: each once. */
static inline size_t candidates_of_line(const struct candidates *candidates, const char *line,
                                        size_t length, const uint32_t **trials)
{
    size_t count = prefilter_candidates(candidates->engine->prefilter, candidates->scratch, line,
                                        length, trials);

    if (candidates->merged)
        *trials = candidates_order(candidates, *trials, count);
    return count;
}

#endif
