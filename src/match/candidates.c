#include "match/candidates.h"

#include <stdlib.h>

bool candidates_init(struct candidates *candidates, const struct engine *engine)
{
    bool is_moved = engine->rules->moved != NULL;

    candidates->engine = engine;
    candidates->scratch = prefilter_scratch_create(engine->prefilter);
    if (is_moved)
        candidates->merged = calloc(engine->trials_count + (size_t)1, sizeof *candidates->merged);
    return candidates->scratch && (!is_moved || candidates->merged);
}

void candidates_release(struct candidates *candidates)
{
    prefilter_scratch_destroy(candidates->scratch);
    free(candidates->merged);
    *candidates = (struct candidates){0};
}

void candidates_hold(struct candidates *candidates, const struct holding *holding)
{
    prefilter_hold(candidates->engine->prefilter, candidates->scratch, holding);
}

const uint32_t *candidates_order(const struct candidates *candidates, const uint32_t *trials,
                                 size_t count)
{
    const struct engine *engine = candidates->engine;
    const struct trial *all = engine->trials;
    uint32_t *next = candidates->merged;
    size_t added = count, i = 0;

    while (added > 0 && trials[added - 1] >= engine->added)
        added--;
    if (added == count)
        return trials;
    for (size_t j = added; j < count; j++) {
        while (i < added && all[trials[i]].rule < all[trials[j]].rule)
            *next++ = trials[i++];
        *next++ = trials[j];
    }
    while (i < added)
        *next++ = trials[i++];
    return candidates->merged;
}
