/*
 * blocks -- what stands where in a text, 64 bytes at a time.
 *
 * Model:     a bit a byte, the lowest for the first. A word byte is one of A-Z a-z 0-9 _, a sign
 *            any other ASCII byte that is seen, and '_' again. The finders differ in speed alone.
 * Contract:  nothing outside of the text is read.
 */
#ifndef DECHAFF_SEARCH_BLOCKS_H
#define DECHAFF_SEARCH_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

#define BLOCKS_SIZE ((size_t)64)

struct block {
    uint64_t words;
    uint64_t leads; /* first bytes of characters beyond ASCII */
    uint64_t signs;
};

/*
 * Of the block that begins at AT; LENGTH is that of the text, and above AT. SMALL is filled with
 * the block, its ASCII letters small, and zeros behind the text's end; PLAIN with its plain
 * spelling: ASCII letters small, '_' as 0x7F, and a blank for each byte that is no word byte.
 */
typedef void blocks_finder(const unsigned char *text, size_t length, size_t at, struct block *block,
                           unsigned char plain[BLOCKS_SIZE], unsigned char small[BLOCKS_SIZE]);

/* From the slowest, which every machine has, to the fastest of this machine: one by its number, or
 * NULL if there are no more. */
blocks_finder *blocks_finder_at(unsigned number);
blocks_finder *blocks_fastest(void);

#endif
