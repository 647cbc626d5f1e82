/*
 * eight -- eight bytes of a text looked at together.
 *
 * Model:     they are a number, the first byte lowest, on any machine. What is found of them is
 *            told by the high bit of each byte, until eight_gather puts these side by side.
 */
#ifndef DECHAFF_BASE_EIGHT_H
#define DECHAFF_BASE_EIGHT_H

#include "base/bits.h"

/* Compilers make one load of it. */
static inline uint64_t eight_load(const unsigned char *bytes)
{
    return bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
           (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 |
           (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

/* Which bytes are ASCII and between FIRST and LAST. */
static inline uint64_t eight_within(uint64_t bytes, unsigned first, unsigned last)
{
    uint64_t low_bits = bytes & ~BITS_EACH_HIGH;

    return (low_bits + BITS_EACH_BYTE * (0x80 - first)) &
           ~(low_bits + BITS_EACH_BYTE * (0x7F - last)) & ~bytes & BITS_EACH_HIGH;
}

static inline uint64_t eight_gather(uint64_t high_bits)
{
    return (high_bits >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

#endif
