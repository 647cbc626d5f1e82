#include "match/sieve.h"

#include <stdlib.h>
#include <string.h>

/* The block of what comes through the first STEP steps that begins with WORD. */
static uint64_t *passed_at(const struct sieve *sieve, size_t word, size_t step)
{
    return sieve->passed + (word - sieve->span.from) * (sieve->count + 1) + step * RANGES_BLOCK;
}

/* Finds anew what of the block comes through the steps from FIRST on; returns what through all. */
static const uint64_t *renew(struct sieve *sieve, size_t word, size_t first)
{
    uint64_t *passed = passed_at(sieve, word, first), block[RANGES_BLOCK];

    ranges_copy(block, passed);
    for (size_t i = first; i < sieve->count; i++) {
        ranges_leave(block, sieve->steps[i].suited + word);
        passed += RANGES_BLOCK;
        ranges_copy(passed, block);
    }
    return passed;
}

bool sieve_init(struct sieve *sieve, const struct ranges *tables, const uint8_t *order,
                size_t count, size_t words)
{
    size_t width;

    *sieve = (struct sieve){.count = 0};
    for (size_t i = 0; i < count; i++) {
        const struct ranges *ranges = &tables[order[i]];

        if (!ranges->asking)
            continue;
        sieve->steps[sieve->count++] =
            (struct sieve_step){ranges, order[i], 0, ranges_at(ranges, 0)};
        ranges_widen(&sieve->span, &ranges->span, words);
    }
    width = sieve->span.to - sieve->span.from;
    sieve->passed = malloc((sieve->count + 1) * (width + 1) * sizeof *sieve->passed);
    for (size_t i = sieve->span.from; sieve->passed && i < sieve->span.to; i += RANGES_BLOCK) {
        memset(passed_at(sieve, i, 0), 0xFF, RANGES_BLOCK * sizeof *sieve->passed);
        renew(sieve, i, 0);
    }
    return sieve->passed != NULL;
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
    size_t first = take(sieve, values);

    for (size_t i = sieve->span.from; i < sieve->span.to; i += RANGES_BLOCK)
        ranges_leave(set + i, renew(sieve, i, first));
    for (size_t i = 0; i < words->more_count; i++)
        for (size_t step = 0; step < sieve->count; step++)
            set[words->first + i] &= sieve->steps[step].suited[words->more[i]];
}
