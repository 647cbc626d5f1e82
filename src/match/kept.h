/*
 * kept -- the rules that ask for bits, such as a line's marks, found once for the same bits.
 *
 * Model:     a cache by bits: few combinations come again and again. Of rules in sections, which
 *            are few where they hold, nothing is kept.
 * Ownership: one for each stream; the table (ranges.h) is borrowed. kept_release frees what
 *            kept_init took.
 * Errors:    false when memory is short; either way kept_release is due.
 */
#ifndef DECHAFF_MATCH_KEPT_H
#define DECHAFF_MATCH_KEPT_H

#include "match/ranges.h"

#define KEPT_SETS 64

struct kept {
    const struct ranges_bits *bits;
    struct ranges_span span; /* of the words with rules in no section that ask */
    uint64_t keys[KEPT_SETS];
    uint64_t *sets; /* by key, that span of one: those that ask for any of its bits */
};

/* The first WORDS words of a set have the rules in no section. */
bool kept_init(struct kept *kept, const struct ranges_bits *bits, size_t words);
void kept_release(struct kept *kept);

/* Takes those out of SET that ask for one of the bits. */
void kept_drop(struct kept *kept, uint64_t dropped, const struct ranges_words *words,
               uint64_t *set);

#endif
