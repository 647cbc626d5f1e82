/*
 * bits -- where the bits of a set are.
 *
 * Model:     pure functions of 64 bits that are not all 0.
 */
#ifndef DECHAFF_BASE_BITS_H
#define DECHAFF_BASE_BITS_H

#include <stdint.h>

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

#endif
