/*
 * words -- where words begin in a text, and pairs of bytes, 64 bytes at a time.
 *
 * Model:     a bit a byte, the lowest for the first. A word byte is one of A-Z a-z 0-9 _. Pairs
 *            are looked up by their four halves of a byte, in eight buckets, as Teddy does: a
 *            place may be named in vain.
 *            The finders differ in speed alone.
 * Ownership: pairs belong to the caller; zeroed, they are empty.
 * Contract:  nothing outside of the text is read.
 */
#ifndef DECHAFF_WORDS_H
#define DECHAFF_WORDS_H

#include <stddef.h>
#include <stdint.h>

#define WORDS_BLOCK ((size_t)64)
#define WORDS_ANY (-1)

struct words {
    uint64_t words;
    uint64_t high;  /* bytes beyond ASCII */
    uint64_t pairs; /* where a pair begins; what lies behind the text counts as 0 */
};

/* The buckets of a byte are those that both of its halves have. */
struct words_pairs {
    uint8_t first_low[16];
    uint8_t first_high[16];
    uint8_t second_low[16];
    uint8_t second_high[16];
};

/* A letter stands for both of its cases; the second byte may be WORDS_ANY. */
void words_add_pair(struct words_pairs *pairs, int first, int second);

/* Of the block that begins at AT; LENGTH is that of the text, and above AT. PAIRS or NULL. */
typedef void words_finder(const unsigned char *text, size_t length, size_t at,
                          const struct words_pairs *pairs, struct words *words);

/* From the slowest, which every machine has, to the fastest of this machine: one by its number, or
 * NULL if there are no more. */
words_finder *words_finder_at(unsigned number);
words_finder *words_fastest(void);

#endif
