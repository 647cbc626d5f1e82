/*
 * letters -- what is a letter, and which scripts write no blanks between words.
 *
 * Model:     pure functions of a character. Properties are those of Unicode 14.0. Where modules
 *            take different characters for a letter, or a character for a different part of a
 *            word, both are here, with the reason.
 */
#ifndef DECHAFF_LINE_LETTERS_H
#define DECHAFF_LINE_LETTERS_H

#include "base/ascii.h"

#include <stdbool.h>
#include <stdint.h>

/* A script that writes no blanks, or that one of the fields treats as such. */
struct letters_dense {
    uint32_t first;
    uint32_t last;
    unsigned tenths; /* of a word that a character counts for; 0: blanks part the words that are
                        counted */
    bool is_word;    /* each character is a word by itself, which may be a function word */
    bool is_half;    /* any two characters are a word that a headline and its article may share */
};

/* The script of a character; never NULL, all zeros where blanks part the words. */
const struct letters_dense *letters_dense(uint32_t character);

/* A letter or digit of ASCII. */
static inline bool letters_is_ascii(uint32_t character)
{
    return (character >= '0' && character <= '9') || ascii_is_letter(character);
}

/* A letter or what goes with letters, such as an accent, by the blocks of Unicode: signs,
 * punctuation and symbols beyond ASCII lie in blocks of their own. */
bool letters_is_letter(uint32_t character);

/* A letter or a digit. Beyond Latin-1 all but punctuation is taken for a letter, symbols too: two
 * texts that share a symbol share a word. */
static inline bool letters_is_of_word(uint32_t character)
{
    if (character < 0xC0)
        return letters_is_ascii(character);
    return character < 0x2000 || character > 0x303F;
}

/* A small letter, of a script that has two cases. */
bool letters_is_small(uint32_t character);

/* A decimal digit of any script (General_Category Nd). */
bool letters_is_digit(uint32_t character);

#endif
