#include "line/line.h"

#include "base/bits.h"
#include "base/sixteen.h"

/* Whether an ending that is neither LF nor CRLF begins at AT; of a CR at the end IS_ALL decides. */
static bool is_rare_ending(const unsigned char *text, size_t at, size_t length, bool is_all)
{
    size_t left = length - at;

    switch (text[at]) {
    case '\r':
        return left > 1 ? text[at + 1] != '\n' : is_all;
    case 0xC2:
        return left > 1 && text[at + 1] == 0x85;
    case 0xE2:
        return left > 2 && text[at + 1] == 0x80 && (text[at + 2] == 0xA8 || text[at + 2] == 0xA9);
    default:
        return false;
    }
}

#ifdef HAS_SSE2
/* Where in sixteen bytes, with one behind them, a CR stands that is not before a LF, or the last
 * two bytes of another ending. */
static inline __m128i rare_endings(const unsigned char *text)
{
    __m128i here = _mm_loadu_si128((const __m128i *)(const void *)text);
    __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(text + 1));
    __m128i returns = _mm_andnot_si128(_mm_cmpeq_epi8(next, _mm_set1_epi8('\n')),
                                       _mm_cmpeq_epi8(here, _mm_set1_epi8('\r')));
    __m128i next_lines = _mm_and_si128(_mm_cmpeq_epi8(here, _mm_set1_epi8((char)0xC2)),
                                       _mm_cmpeq_epi8(next, _mm_set1_epi8((char)0x85)));
    __m128i separators = _mm_and_si128(_mm_cmpeq_epi8(here, _mm_set1_epi8((char)0x80)),
                                       sixteen_between(next, 0xA8, 0xA9));

    return _mm_or_si128(_mm_or_si128(returns, next_lines), separators);
}

static inline unsigned set_of(__m128i places)
{
    return (unsigned)_mm_movemask_epi8(places);
}
#endif

size_t line_find_rare_ending(const char *text, size_t from, size_t length, bool is_all)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = from;

#ifdef HAS_SSE2
    for (; length - at > 2 * SIXTEEN; at += 2 * SIXTEEN) {
        __m128i here = rare_endings(bytes + at), behind = rare_endings(bytes + at + SIXTEEN);
        unsigned left = set_of(_mm_or_si128(here, behind));

        for (left = left ? set_of(here) | set_of(behind) << SIXTEEN : 0; left; left &= left - 1) {
            size_t place = at + bits_lowest(left);

            place -= bytes[place] == 0x80; /* which the ending's first byte stands before */
            if (place >= from && place < length && is_rare_ending(bytes, place, length, is_all))
                return place;
        }
    }
    at -= at > from; /* the last byte may be an ending's first */
#endif
    while (at < length && !is_rare_ending(bytes, at, length, is_all))
        at++;
    return at;
}

enum line_ending line_rare_ending(const char *text, size_t at)
{
    switch ((unsigned char)text[at]) {
    case '\r':
        return ENDING_CR;
    case 0xC2:
        return ENDING_NEXT_LINE;
    default:
        return (unsigned char)text[at + 2] == 0xA8 ? ENDING_LINE_SEPARATOR
                                                   : ENDING_PARAGRAPH_SEPARATOR;
    }
}
