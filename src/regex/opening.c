#include "regex/opening.h"

#include "base/fold.h"
#include "regex/literal.h"

#include <string.h>

#define CASES (OPENING_SMALL | OPENING_CAPITAL)

static uint32_t of_letter(char letter)
{
    return UINT32_C(1) << (letter - 'a');
}

/* OPENING_NONE for a sign. */
static uint32_t of_byte(unsigned char byte)
{
    if (byte >= 'a' && byte <= 'z')
        return OPENING_SMALL | of_letter((char)byte);
    if (byte >= 'A' && byte <= 'Z')
        return OPENING_CAPITAL | of_letter((char)(byte | 0x20));
    if (byte >= 0x80)
        return OPENING_BEYOND;
    if (byte >= '0' && byte <= '9')
        return OPENING_DIGIT;
    return byte == '_' ? OPENING_UNDERSCORE : OPENING_NONE;
}

static uint32_t of_bytes(const unsigned char *bytes, size_t length)
{
    size_t at = 0;

    while (at < length && bytes[at] < 0x80 && !literal_is_word(bytes[at]))
        at++;
    return at < length ? of_byte(bytes[at]) : OPENING_NONE;
}

uint32_t opening_of_line(const char *line, size_t length)
{
    return of_bytes((const unsigned char *)line, length);
}

/* With the other case, and what beyond ASCII folds to the same. */
static uint32_t in_any_case(uint32_t traits)
{
    if (traits & (of_letter('k') | of_letter('s')))
        traits |= OPENING_BEYOND;
    return traits & OPENING_LETTERS ? traits | CASES : traits;
}

uint32_t opening_of_folded(const unsigned char *bytes, size_t length)
{
    return in_any_case(of_bytes(bytes, length));
}

uint32_t opening_of_range(uint32_t first, uint32_t last, bool caseless)
{
    uint32_t traits = last >= 0x80 ? OPENING_BEYOND : 0;

    for (uint32_t c = first; c <= last && c < 0x80; c++)
        traits |= of_byte((unsigned char)c);
    if (first <= FOLD_LONG_S && last >= FOLD_LONG_S)
        traits |= of_byte('s');
    if (first <= FOLD_KELVIN && last >= FOLD_KELVIN)
        traits |= of_byte('k');
    return caseless ? in_any_case(traits) : traits;
}

/* Only of those that tell ASCII characters apart. */
static uint32_t of_property(const char *name, size_t length, bool caseless)
{
    uint32_t traits = OPENING_LETTERS | OPENING_BEYOND;

    if (length > 2 && *name == '{') {
        name++;
        length -= 2;
    }
    if (*name == 'N' && (length == 1 || (length == 2 && name[1] == 'd')))
        return OPENING_DIGIT | OPENING_BEYOND;
    if (*name != 'L' || length > 2 || (length == 2 && !strchr("&lu", name[1])))
        return UINT32_MAX;
    if (length == 1 || name[1] == '&' || caseless)
        return traits | CASES;
    return traits | (name[1] == 'l' ? OPENING_SMALL : OPENING_CAPITAL);
}

uint32_t opening_of_escape(const unsigned char *text, size_t length, bool caseless)
{
    switch (text[1]) {
    case 'd':
        return OPENING_DIGIT | OPENING_BEYOND;
    case 'w':
        return OPENING_WORD;
    case 'W':
    case 's':
    case 'h':
    case 'v':
        return OPENING_SIGN;
    case 'p':
        return of_property((const char *)text + 2, length - 2, caseless);
    default:
        return UINT32_MAX;
    }
}
