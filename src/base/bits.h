/*
 * bits -- sets of small numbers, a bit each.
 *
 * Model:     a set is an array of 64-bit words, as many as bits_words says. bits_lowest and
 *            bits_highest are of one word that is not 0.
 * Ownership: all memory is the caller's.
 */
#ifndef DECHAFF_BASE_BITS_H
#define DECHAFF_BASE_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BITS_EACH_BYTE (~UINT64_C(0) / 255)    /* of eight bytes, the lowest bit of each */
#define BITS_EACH_HIGH (BITS_EACH_BYTE * 0x80) /* and the highest: set where no byte is ASCII */

static inline unsigned bits_lowest(uint64_t bits)
{
#ifdef __GNUC__
    return (unsigned)__builtin_ctzll(bits);
#else
    unsigned at = 0;

    while (!(bits >> at & 1))
        at++;
    return at;
#endif
}

static inline unsigned bits_highest(uint64_t bits)
{
#ifdef __GNUC__
    return 63 - (unsigned)__builtin_clzll(bits);
#else
    unsigned at = 63;

    while (!(bits >> at & 1))
        at--;
    return at;
#endif
}

/* How many numbers are in a word of a set. */
static inline unsigned bits_count(uint64_t bits)
{
    bits -= bits >> 1 & BITS_EACH_BYTE * 0x55;
    bits = (bits & BITS_EACH_BYTE * 0x33) + (bits >> 2 & BITS_EACH_BYTE * 0x33);
    return (unsigned)(((bits + (bits >> 4)) & BITS_EACH_BYTE * 0x0F) * BITS_EACH_BYTE >> 56);
}

/* The numbers below LIMIT, which is 64 at most. */
static inline uint64_t bits_below(size_t limit)
{
    return limit < 64 ? (UINT64_C(1) << limit) - 1 : ~UINT64_C(0);
}

/* The words of a set of numbers below COUNT. */
static inline size_t bits_words(size_t count)
{
    return (count + 63) / 64;
}

static inline bool bits_has(const uint64_t *set, size_t number)
{
    return set[number / 64] >> number % 64 & 1;
}

static inline void bits_add(uint64_t *set, size_t number)
{
    set[number / 64] |= UINT64_C(1) << number % 64;
}

#endif
