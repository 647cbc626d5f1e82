#include "line/cells.h"

#include "base/eight.h"
#include "base/sixteen.h"
#include "base/span.h"

#define WIDE 3 /* as many blanks part cells */

/* Three in a row of the set, which begins with two of what came before. */
static uint64_t wide(uint64_t blanks)
{
    return blanks & blanks << 1 & blanks << 2;
}

bool cells_may_part_portably(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    uint64_t blanks = 0;

    for (; length >= 8; bytes += 8, length -= 8) {
        uint64_t eight = eight_load(bytes);

        blanks = blanks >> 8 | eight_gather(eight_within(eight, ' ', ' ')) << 2;
        if (eight_within(eight, '\t', '\t') | eight_within(eight, '|', '|') | wide(blanks))
            return true;
    }
    blanks >>= 8;
    for (size_t i = 0; i < length; i++) {
        blanks |= (uint64_t)(bytes[i] == ' ') << (i + 2);
        if (bytes[i] == '\t' || bytes[i] == '|')
            return true;
    }
    return wide(blanks) != 0;
}

#ifdef HAS_SSE2
/* Whether one of sixteen bytes may part, or the last of blanks that go on. */
static inline bool may_part(const char *text, uint64_t *blanks)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
    __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')),
                                 _mm_cmpeq_epi8(bytes, _mm_set1_epi8('|')));
    uint64_t found =
        (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));

    *blanks = *blanks >> SIXTEEN | found << 2;
    return (unsigned)_mm_movemask_epi8(marks) | wide(*blanks);
}

bool cells_may_part(const char *text, size_t length)
{
    uint64_t blanks = 0;
    unsigned char padded[SIXTEEN];

    for (; length >= SIXTEEN; text += SIXTEEN, length -= SIXTEEN)
        if (may_part(text, &blanks))
            return true;
    sixteen_pad((const unsigned char *)text, length, padded);
    return may_part((const char *)padded, &blanks);
}
#else
bool cells_may_part(const char *text, size_t length)
{
    return cells_may_part_portably(text, length);
}
#endif

/* Behind the blanks at AT; *parts: they part cells. */
static size_t pass_blanks(const char *text, size_t length, size_t at, bool *parts)
{
    size_t end = at;

    *parts = false;
    for (; end < length && span_is_blank(text[end]); end++)
        *parts = *parts || text[end] == '\t';
    *parts = *parts || end - at >= WIDE;
    if (!*parts && end - at == 1 && length - end > 2 && text[end] == '|' && text[end + 1] == ' ' &&
        !span_is_blank(text[end + 2])) {
        *parts = true;
        end += 2;
    }
    return end;
}

size_t cells_count(const char *text, size_t length)
{
    size_t at = 0, count = 1;
    bool parts;

    while (at < length && span_is_blank(text[at]))
        at++;
    while (length > at && (span_is_blank(text[length - 1]) || text[length - 1] == '\r'))
        length--;
    if (at == length)
        return 0;
    if (!cells_may_part(text + at, length - at))
        return 1;
    while (at < length) {
        if (!span_is_blank(text[at])) {
            at++;
            continue;
        }
        at = pass_blanks(text, length, at, &parts);
        count += parts;
    }
    return count;
}
