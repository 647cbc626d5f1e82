/*
 * marks -- white space and punctuation.
 *
 * Model:     pure functions of a character, by Unicode 14.0.
 */
#ifndef DECHAFF_LINE_MARKS_H
#define DECHAFF_LINE_MARKS_H

#include <stdbool.h>
#include <stdint.h>

/* White_Space (PropList.txt). */
static inline bool marks_is_white(uint32_t character)
{
    uint32_t c = character;

    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Latin, Arabic, ideographic and full-width ones. */
static inline bool marks_is_comma(uint32_t character)
{
    return character == ',' || character == 0x060C || character == 0x3001 || character == 0xFF0C;
}

/* What may end a sentence. */
bool marks_is_end(uint32_t character);

/* What may close one behind its end: quotes, brackets, asterisks, digits of footnotes. */
bool marks_is_closer(uint32_t character);

#endif
