#include "line/letters.h"

#include "base/fold.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define HAN 5 /* its place below */

/*
 * Tenths of a word are means of running text: two characters a word in Han and kana, five in Thai,
 * Lao, Burmese and Khmer. Words of the latter cannot be told apart without a dictionary, so none is
 * a function word or a headline's. Ascending.
 */
static const struct letters_dense dense[] = {
    {0x0E01, 0x0EFF, 2, false, false}, /* Thai, Lao */
    {0x1000, 0x109F, 2, false, false}, /* Burmese */
    {0x1780, 0x17FF, 2, false, false}, /* Khmer */
    {0x3041, 0x30FF, 5, true, true},   /* kana */
    {0x3100, 0x33FF, 0, false, true},  /* Bopomofo and squared signs: in headlines if anywhere */
    [HAN] = {0x3400, 0x9FFF, 5, true, true},

    {0xAC00, 0xD7AF, 0, true, true},     /* Hangul: blanks part words, which are counted by them;
                                            but particles are written to the words' ends */
    {0xF900, 0xFAFF, 5, true, false},    /* Han of older encodings, rare in headlines */
    {0x20000, 0x3FFFF, 5, true, true},   /* rare Han */
    {0x40000, 0x10FFFF, 0, false, true}, /* private use: icons of a page's fonts */
};

/* What is no letter, from 0x80 on. */
static const struct utf8_range signs[] = {
    {0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},       {0xD7, 0xD7},
    {0xF7, 0xF7},     {0x2000, 0x2BFF}, {0x2E00, 0x303F}, {0xFE10, 0xFE6F},   {0xFF00, 0xFF20},
    {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FFFF},
};

/* The zeros of General_Category Nd; nine more digits follow each. */
static const uint32_t zeros[] = {
    0x0030,  0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6,
    0x0C66,  0x0CE6,  0x0D66,  0x0DE6,  0x0E50,  0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,
    0x1810,  0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0xA620,
    0xA8D0,  0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30, 0x11066,
    0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0,
    0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2,
    0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
};

const struct letters_dense *letters_dense(uint32_t character)
{
    static const struct letters_dense blanks = {0};

    if (character < dense->first)
        return &blanks;
    if (character >= dense[HAN].first && character <= dense[HAN].last) /* most are */
        return &dense[HAN];
    for (size_t i = 0; i < COUNT(dense) && dense[i].first <= character; i++) {
        if (character <= dense[i].last)
            return &dense[i];
    }
    return &blanks;
}

bool letters_is_letter(uint32_t character)
{
    if (character < 0x80)
        return ascii_is_letter(character);
    return !utf8_among(signs, COUNT(signs), character);
}

bool letters_is_small(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z';
    return ((c >= 0xDF && c <= 0x24F) || (c >= 0x370 && c <= 0x58F) ||
            (c >= 0x1E00 && c <= 0x1FFF)) &&
           fold_character(c) == c;
}

bool letters_is_digit(uint32_t character)
{
    size_t low = 0, high = COUNT(zeros);

    if (character < 0x80)
        return character >= '0' && character <= '9';
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (zeros[middle] <= character)
            low = middle;
        else
            high = middle;
    }
    return character - zeros[low] < 10;
}
