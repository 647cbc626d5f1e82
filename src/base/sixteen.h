/*
 * sixteen -- sixteen bytes of a text looked at together.
 *
 * Model:     what SSE2 is asked for by more than one, where there is SSE2 (HAS_SSE2) and it is not
 *            to be done without (DECHAFF_PORTABLE); base/eight.h is the portable form.
 */
#ifndef DECHAFF_BASE_SIXTEEN_H
#define DECHAFF_BASE_SIXTEEN_H

#include <stddef.h>
#include <string.h>

#if defined __SSE2__ && !defined DECHAFF_PORTABLE
#define HAS_SSE2
#include <emmintrin.h>
#endif

#define SIXTEEN ((size_t)16)

/* What is there of sixteen bytes, fewer than all, and behind it zeros. */
static inline void sixteen_pad(const unsigned char *text, size_t length,
                               unsigned char padded[SIXTEEN])
{
    memset(padded, 0, SIXTEEN);
    if (length >= 8) {
        memcpy(padded, text, 8);
        memcpy(padded + length - 8, text + length - 8, 8);
    } else if (length >= 4) {
        memcpy(padded, text, 4);
        memcpy(padded + length - 4, text + length - 4, 4);
    } else {
        for (size_t i = 0; i < length; i++)
            padded[i] = text[i];
    }
}

#ifdef HAS_SSE2
/* All ones where a byte is between FIRST and LAST. */
static inline __m128i sixteen_between(__m128i bytes, int first, int last)
{
    __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8((char)first));

    return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8((char)(last - first))), above);
}
#endif

#endif
