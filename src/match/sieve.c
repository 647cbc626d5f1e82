#include "match/sieve.h"

#include <stdlib.h>
#include <string.h>

/* How many words are kept of a block. */
static size_t depth_of(const struct sieve *sieve)
{
    return (sieve->count + 1) * RANGES_BLOCK;
}

/* Finds anew what of the block that begins with WORD comes through the steps from FIRST on; PASSED
 * has what is kept of it. */
static inline void renew(const struct sieve *sieve, size_t word, size_t first, uint64_t *passed)
{
    const struct sieve_step *end = sieve->steps + sieve->count;
    uint64_t block[RANGES_BLOCK];

    passed += first * RANGES_BLOCK;
    ranges_copy(block, passed);
    for (const struct sieve_step *step = sieve->steps + first; step < end; step++) {
        ranges_leave(block, step->suited + word);
        passed += RANGES_BLOCK;
        ranges_copy(passed, block);
    }
}

bool sieve_init(struct sieve *sieve, const struct ranges *tables, const uint8_t *order,
                size_t count, size_t words)
{
    uint64_t *passed;
    size_t depth;

    *sieve = (struct sieve){.count = 0};
    for (size_t i = 0; i < count; i++) {
        const struct ranges *ranges = &tables[order[i]];

        if (ranges_is_empty(&ranges->span))
            continue;
        sieve->steps[sieve->count++] =
            (struct sieve_step){ranges, order[i], 0, ranges_at(ranges, 0)};
        ranges_widen(&sieve->span, &ranges->span, words);
    }
    depth = depth_of(sieve);
    sieve->passed =
        malloc(((sieve->span.to - sieve->span.from) / RANGES_BLOCK + 1) * depth * sizeof *passed);
    if (!sieve->passed)
        return false;
    passed = sieve->passed;
    for (size_t i = sieve->span.from; i < sieve->span.to; i += RANGES_BLOCK, passed += depth) {
        memset(passed, 0xFF, RANGES_BLOCK * sizeof *passed);
        renew(sieve, i, 0, passed);
    }
    return true;
}

void sieve_release(struct sieve *sieve)
{
    free(sieve->passed);
    sieve->passed = NULL;
}

/* Takes the values; returns the first step that other rules come through than did. */
static size_t take(struct sieve *sieve, const uint32_t *values)
{
    size_t first = sieve->count;

    for (size_t i = sieve->count; i-- > 0;) {
        struct sieve_step *step = &sieve->steps[i];
        uint32_t value = values[step->which];
        const uint64_t *suited;

        if (value == step->value)
            continue;
        step->value = value;
        suited = ranges_at(step->ranges, value);
        if (suited == step->suited)
            continue;
        step->suited = suited;
        first = i;
    }
    return first;
}

void sieve_sift(struct sieve *sieve, const uint32_t *values, const struct ranges_words *words,
                uint64_t *set)
{
    size_t first = take(sieve, values), depth = depth_of(sieve);
    uint64_t *passed = sieve->passed;

    for (size_t i = sieve->span.from; i < sieve->span.to; i += RANGES_BLOCK, passed += depth) {
        renew(sieve, i, first, passed);
        ranges_leave(set + i, passed + depth - RANGES_BLOCK);
    }
    for (size_t i = 0; i < words->more_count; i++)
        for (size_t step = 0; step < sieve->count; step++)
            set[words->first + i] &= sieve->steps[step].suited[words->more[i]];
}
