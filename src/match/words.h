/*
 * words -- roughly which words a line has.
 *
 * Model:     a set of hashes: of each word of a line, of how its first three bytes are spelled
 *            plainly (blocks.h). Literals have such words, too, as far as they and their margins
 *            tell where one begins and how it goes on. A line that holds one of several literals
 *            has a word that one of them has; by the hashes alone, more lines may seem to.
 * Methods:   a Bloom filter with one hash. To look for these literals as for the others made the
 *            search cost as much more as it spared PCRE2.
 * Ownership: plain values.
 */
#ifndef DECHAFF_MATCH_WORDS_H
#define DECHAFF_MATCH_WORDS_H

#include "regex/literal.h"
#include "search/blocks.h"

#include <stdbool.h>

#define WORDS_HASH_BITS 9
#define WORDS_SIZE ((size_t)1 << WORDS_HASH_BITS)

struct words {
    uint64_t hashes[WORDS_SIZE / 64];
};

/* What one of the literals, which are folded, brings into a line; false if that is not known. */
bool words_of_literals(const struct literal *literals, size_t count, struct words *words);

/* Those of a line, or all there are if folding may spell it otherwise. */
void words_of_line(blocks_finder *finder, const char *line, size_t length, struct words *words);

static inline bool words_meet(const struct words *one, const struct words *other)
{
    uint64_t common = 0;

    for (size_t i = 0; i < WORDS_SIZE / 64; i++)
        common |= one->hashes[i] & other->hashes[i];
    return common != 0;
}

#endif
