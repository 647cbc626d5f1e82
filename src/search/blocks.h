/*
 * blocks -- where words are in a text, and beginnings of literals, 64 bytes at a time.
 *
 * Model:     a bit a byte, the lowest for the first. A word byte is one of A-Z a-z 0-9 _. Literals
 *            are looked for by the halves of their first three bytes, in eight buckets, as Teddy
 *            (of Hyperscan) does: a place may be named in vain. The finders differ in speed alone.
 * Ownership: a set of beginnings is the caller's; zeroed, it is empty.
 * Contract:  nothing outside of the text is read.
 */
#ifndef DECHAFF_SEARCH_BLOCKS_H
#define DECHAFF_SEARCH_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

#define BLOCKS_SIZE ((size_t)64)

#define BLOCKS_BEGINNING 3
#define BLOCKS_HALVES (2 * BLOCKS_BEGINNING)
#define BLOCKS_BUCKETS 8

struct block {
    uint64_t words;
    uint64_t leads;      /* first bytes of characters beyond ASCII */
    uint64_t beginnings; /* where one is; what lies behind the text counts as 0 */
};

/* Of the first byte its low half, its high half, and so on. */
struct blocks_beginnings {
    uint8_t buckets[BLOCKS_HALVES][16];             /* that have it: a bit each */
    uint16_t halves[BLOCKS_BUCKETS][BLOCKS_HALVES]; /* that a bucket has: a bit each */
};

/* A letter stands for both of its cases; beyond LENGTH, anything. */
void blocks_add_beginning(struct blocks_beginnings *beginnings, const unsigned char *bytes,
                          size_t length);

/*
 * Of the block that begins at AT; LENGTH is that of the text, and above AT. BEGINNINGS or NULL.
 * PLAIN is filled with the block in plain spelling: ASCII letters small, and a blank for each byte
 * that is no word byte or lies behind the text's end.
 */
typedef void blocks_finder(const unsigned char *text, size_t length, size_t at,
                           const struct blocks_beginnings *beginnings, struct block *block,
                           unsigned char plain[BLOCKS_SIZE]);

/* From the slowest, which every machine has, to the fastest of this machine: one by its number, or
 * NULL if there are no more. */
blocks_finder *blocks_finder_at(unsigned number);
blocks_finder *blocks_fastest(void);

#endif
