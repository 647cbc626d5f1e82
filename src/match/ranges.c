#include "match/ranges.h"

#include "base/number.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *one, const void *other)
{
    return number_compare(*(const uint64_t *)one, *(const uint64_t *)other);
}

static bool is_any(const struct range *range)
{
    return range->least == 0 && range->most == UINT32_MAX;
}

/* Where the set of suited rules may change, ascending, each once; they are put into STARTS. */
static size_t find_starts(const struct range *asked, size_t count, uint64_t *starts)
{
    size_t found = 1, kept = 1;

    starts[0] = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_any(&asked[i]))
            continue;
        starts[found++] = asked[i].least;
        if (asked[i].most != UINT32_MAX)
            starts[found++] = asked[i].most + UINT64_C(1);
    }
    qsort(starts, found, sizeof *starts, compare);
    for (size_t i = 1; i < found; i++)
        if (starts[i] != starts[kept - 1])
            starts[kept++] = starts[i];
    return kept;
}

size_t ranges_far_step(const struct ranges *ranges, uint64_t value)
{
    size_t low = 0, high = ranges->count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (ranges->starts[middle] <= value)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Widens the span to a rule that is behind those in it. */
static void reach(struct ranges_span *span, size_t rule)
{
    uint32_t block = (uint32_t)(rule / 64 / RANGES_BLOCK * RANGES_BLOCK);

    if (ranges_is_empty(span))
        span->from = block;
    span->to = block + (uint32_t)RANGES_BLOCK;
}

/* STARTS has room for two a rule, and one. */
static bool fill(struct ranges *ranges, struct arena *arena, const struct range *asked,
                 size_t count, uint64_t *starts)
{
    size_t steps = find_starts(asked, count, starts), words = ranges_words_for(count);
    uint64_t *own = arena_alloc(arena, steps * sizeof *own);
    uint64_t *sets = arena_alloc(arena, steps * words * sizeof *sets);

    if (!own || !sets)
        return false;
    memcpy(own, starts, steps * sizeof *own);
    *ranges = (struct ranges){.starts = own, .sets = sets, .count = steps, .words = words};
    for (size_t i = 0; i < count; i++) {
        if (is_any(&asked[i]))
            bits_add(sets, i);
        else
            reach(&ranges->span, i);
    }
    for (size_t step = 1; step < steps && words; step++)
        memcpy(sets + step * words, sets, words * sizeof *sets);
    for (size_t i = 0; i < count; i++) {
        for (size_t step = 0; !is_any(&asked[i]) && step < steps; step++)
            if (asked[i].least <= own[step] && own[step] <= asked[i].most)
                bits_add(sets + step * words, i);
    }
    for (uint64_t value = 0; value < RANGES_NEAR; value++)
        ranges->near[value] = (uint16_t)ranges_far_step(ranges, value);
    return true;
}

bool ranges_build(struct ranges *ranges, struct arena *arena, const struct range *asked,
                  size_t count)
{
    uint64_t *starts = malloc((2 * count + 1) * sizeof *starts);
    bool good = starts && fill(ranges, arena, asked, count, starts);

    free(starts);
    return good;
}

bool ranges_build_bits(struct ranges_bits *bits, struct arena *arena, const uint64_t *asked,
                       size_t count)
{
    size_t words = ranges_words_for(count);
    uint64_t *sets = arena_alloc(arena, RANGES_BITS * words * sizeof *sets);

    if (!sets)
        return false;
    *bits = (struct ranges_bits){.any = sets, .words = words};
    for (size_t i = 0; i < count; i++) {
        bits->asked |= asked[i];
        for (uint64_t left = asked[i]; left; left &= left - 1) {
            bits_add(sets + bits_lowest(left) * words, i);
            reach(&bits->spans[bits_lowest(left)], i);
        }
    }
    return true;
}
