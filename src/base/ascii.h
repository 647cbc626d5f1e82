/*
 * ascii -- characters of ASCII: which ones are letters, and how far a text has no others.
 *
 * Model:     pure functions. Most text is ASCII, which is passed over many bytes at a time.
 */
#ifndef DECHAFF_BASE_ASCII_H
#define DECHAFF_BASE_ASCII_H

#include "base/eight.h"
#include "base/sixteen.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

static inline bool ascii_is_letter(uint32_t character)
{
    return (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
}

#ifdef HAS_SSE2
/* For ascii_skip alone: a bit for each byte that is not ASCII. */
static inline unsigned ascii_beyond(const unsigned char *sixteen)
{
    return (unsigned)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)sixteen));
}
#endif

/* The place of the first byte from AT on that is not ASCII, or the length. */
static inline size_t ascii_skip(const unsigned char *bytes, size_t length, size_t at)
{
#ifdef HAS_SSE2
    for (; length - at >= SIXTEEN; at += SIXTEEN)
        if (ascii_beyond(bytes + at))
            return at + bits_lowest(ascii_beyond(bytes + at));
    if (at < length && length >= SIXTEEN) {
        unsigned beyond = ascii_beyond(bytes + length - SIXTEEN) >> (at + SIXTEEN - length);

        return beyond ? at + bits_lowest(beyond) : length;
    }
#endif
    for (; length - at >= 8; at += 8)
        if (eight_load(bytes + at) & BITS_EACH_HIGH)
            break;
    while (at < length && bytes[at] < 0x80)
        at++;
    return at;
}

/* Whether the text has no other characters. */
static inline bool ascii_is_all(struct span text)
{
    return ascii_skip((const unsigned char *)text.text, text.length, 0) == text.length;
}

#endif
