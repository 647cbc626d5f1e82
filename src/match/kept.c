#include "match/kept.h"

#include "base/table.h"

#include <stdlib.h>
#include <string.h>

static size_t width_of(const struct kept *kept)
{
    return kept->span.to - kept->span.from;
}

bool kept_init(struct kept *kept, const struct ranges_bits *bits, size_t words)
{
    *kept = (struct kept){.bits = bits};
    for (uint64_t left = bits->asked; left; left &= left - 1)
        ranges_widen(&kept->span, &bits->spans[bits_lowest(left)], words);
    kept->sets = calloc(KEPT_SETS * (width_of(kept) + 1), sizeof *kept->sets);
    return kept->sets != NULL;
}

void kept_release(struct kept *kept)
{
    free(kept->sets);
    kept->sets = NULL;
}

/* Those that ask for any of the bits. */
static const uint64_t *asking(struct kept *kept, uint64_t dropped)
{
    size_t at = table_hash_number(0, dropped) % KEPT_SETS, width = width_of(kept);
    uint64_t *set = kept->sets + at * width;

    if (kept->keys[at] == dropped)
        return set;
    kept->keys[at] = dropped;
    memset(set, 0, width * sizeof *set);
    for (; dropped; dropped &= dropped - 1) {
        const uint64_t *any = kept->bits->any + bits_lowest(dropped) * kept->bits->words;

        for (size_t i = 0; i < width; i += RANGES_BLOCK)
            ranges_join(set + i, any + kept->span.from + i);
    }
    return set;
}

void kept_drop(struct kept *kept, uint64_t dropped, const struct ranges_words *words, uint64_t *set)
{
    const struct ranges_bits *bits = kept->bits;
    size_t width = width_of(kept);
    const uint64_t *out;

    dropped &= bits->asked;
    if (!dropped)
        return;
    out = asking(kept, dropped);
    for (size_t i = 0; i < width; i += RANGES_BLOCK)
        ranges_take(set + kept->span.from + i, out + i);
    for (size_t i = 0; i < words->more_count; i++)
        for (uint64_t left = dropped; left; left &= left - 1)
            set[words->first + i] &= ~bits->any[bits_lowest(left) * bits->words + words->more[i]];
}
