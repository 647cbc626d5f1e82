/*
 * category -- letters, by case, and numbers: Unicode's General_Category as far as facts ask for it.
 *
 * Model:     a pure function of a character, by UnicodeData.txt of Unicode 14.0: \p{Lu}, \p{Ll},
 *            \p{Lt}, the other \p{L}, and \p{N} of a regex.
 */
#ifndef DECHAFF_LINE_CATEGORY_H
#define DECHAFF_LINE_CATEGORY_H

#include <stdint.h>

enum category {
    CATEGORY_OTHER,
    CATEGORY_NUMBER,
    CATEGORY_LETTER, /* of no case, or a modifier */
    CATEGORY_CAPITAL,
    CATEGORY_TITLE, /* two letters in one, the first a capital */
    CATEGORY_SMALL
};

enum category category_of(uint32_t character);

#endif
