/*
 * signs -- characters as the published corpus filters part and count them.
 *
 * Model:     pure functions of a character. Those filters are written in Python: white space and
 *            the ends of lines are what its str.split and str.splitlines go by, which is a little
 *            more than Unicode's White_Space and the endings of line/line.h.
 */
#ifndef DECHAFF_TEXT_SIGNS_H
#define DECHAFF_TEXT_SIGNS_H

#include <stdbool.h>
#include <stdint.h>

/* For the functions below alone: characters beyond ASCII. */
bool signs_is_white_beyond(uint32_t character);
bool signs_ends_line_beyond(uint32_t character);
bool signs_ends_sentence_beyond(uint32_t character);
bool signs_is_symbol_beyond(uint32_t character);

/* Whether a character of ASCII is one of those whose bits are set. */
static inline bool signs_has(uint32_t character, uint64_t low, uint64_t high)
{
    return (character < 64 ? low : high) >> (character & 63) & 1;
}

/* What parts words. */
static inline bool signs_is_white(uint32_t character)
{
    return character < 0x80 ? signs_has(character, UINT64_C(0x1F0003E00), UINT64_C(0x0))
                            : signs_is_white_beyond(character);
}

/* What ends a line; of CR LF each does. */
static inline bool signs_ends_line(uint32_t character)
{
    return character < 0x80 ? signs_has(character, UINT64_C(0x70003C00), UINT64_C(0x0))
                            : signs_ends_line_beyond(character);
}

/* What ends a sentence, in any script: Unicode's Sentence_Terminal and its look-alikes. */
static inline bool signs_ends_sentence(uint32_t character)
{
    return character < 0x80 ? signs_has(character, UINT64_C(0x8000400200000000), UINT64_C(0x0))
                            : signs_ends_sentence_beyond(character);
}

/* What makes no word by itself: punctuation, the ends of sentences, controls. */
static inline bool signs_is_symbol(uint32_t character)
{
    return character < 0x80
               ? signs_has(character, UINT64_C(0xFC00FFFEFFFFF9FF), UINT64_C(0xF8000001F8000001))
               : signs_is_symbol_beyond(character);
}

#endif
