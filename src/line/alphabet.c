#include "line/alphabet.h"

#include "base/fold.h"
#include "line/category.h"
#include "line/letters.h"
#include "line/marks.h"

#define APOSTROPHE 0x2019

struct character alphabet_learn(uint32_t code)
{
    const struct letters_dense *dense = letters_dense(code);
    enum category category = category_of(code);
    const bool is[KINDS] = {
        [KIND_WHITE] = marks_is_white(code),
        [KIND_DENSE] = dense->tenths > 0,
        [KIND_DIGIT] = letters_is_digit(code),
        [KIND_COMMA] = marks_is_comma(code),
        [KIND_END] = marks_is_end(code),
        [KIND_LETTER] = letters_is_letter(code),
        [KIND_WORD] = dense->is_word,
        [KIND_SMALL] = letters_is_small(code),
        [KIND_FOLDED] = fold_character(code) != code,
        [KIND_PROPER] = category > CATEGORY_NUMBER,
        [KIND_NUMBER] = category == CATEGORY_NUMBER,
        [KIND_CAPITAL] = category == CATEGORY_CAPITAL,
        [KIND_INITIAL] = category == CATEGORY_CAPITAL || category == CATEGORY_TITLE,
        [KIND_LOWER] = category == CATEGORY_SMALL,
        [KIND_APOSTROPHE] = code == APOSTROPHE,
    };
    struct character character = {.code = code, .tenths = (uint16_t)dense->tenths};

    for (int kind = 0; kind < KINDS; kind++)
        character.kinds |= (uint16_t)(is[kind] << kind);
    return character;
}
