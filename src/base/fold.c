#include "base/fold.h"

#include "base/bits.h"
#include "base/utf8.h"

#include <string.h>

/* FIRST, FIRST + STEP, ... LAST fold to FOLDED, FOLDED + STEP, ... */
struct fold_row {
    uint32_t first;
    uint32_t last;
    uint32_t step;
    uint32_t folded;
};

/* Ascending. Where cases differ in length, the shorter one is the folded one. */
static const struct fold_row fold_rows[] = {
    {0x0041, 0x005A, 1, 0x0061}, /* A */
    {0x00B5, 0x00B5, 1, 0x03BC}, /* micro sign */
    {0x00C0, 0x00D6, 1, 0x00E0}, {0x00D8, 0x00DE, 1, 0x00F8},
    {0x0100, 0x012E, 2, 0x0101}, {0x0132, 0x0136, 2, 0x0133},
    {0x0139, 0x0147, 2, 0x013A}, {0x014A, 0x0176, 2, 0x014B},
    {0x0178, 0x0178, 1, 0x00FF}, {0x0179, 0x017D, 2, 0x017A},
    {0x017F, 0x017F, 1, 0x0073}, /* long s */
    {0x018F, 0x018F, 1, 0x0259}, {0x01A0, 0x01A4, 2, 0x01A1},
    {0x01AF, 0x01AF, 1, 0x01B0}, {0x01CD, 0x01DB, 2, 0x01CE},
    {0x01DE, 0x01EE, 2, 0x01DF}, {0x01F8, 0x021E, 2, 0x01F9},
    {0x0222, 0x0232, 2, 0x0223}, {0x0345, 0x0345, 1, 0x03B9}, /* iota below */
    {0x0370, 0x0372, 2, 0x0371}, {0x0376, 0x0376, 1, 0x0377},
    {0x0386, 0x0386, 1, 0x03AC}, {0x0388, 0x038A, 1, 0x03AD},
    {0x038C, 0x038C, 1, 0x03CC}, {0x038E, 0x038F, 1, 0x03CD},
    {0x0391, 0x03A1, 1, 0x03B1}, {0x03A3, 0x03AB, 1, 0x03C3},
    {0x03C2, 0x03C2, 1, 0x03C3}, /* final sigma */
    {0x03CF, 0x03CF, 1, 0x03D7}, {0x03D0, 0x03D0, 1, 0x03B2},
    {0x03D1, 0x03D1, 1, 0x03B8}, {0x03D5, 0x03D5, 1, 0x03C6},
    {0x03D6, 0x03D6, 1, 0x03C0}, {0x03D8, 0x03EE, 2, 0x03D9},
    {0x03F0, 0x03F0, 1, 0x03BA}, {0x03F1, 0x03F1, 1, 0x03C1},
    {0x03F4, 0x03F4, 1, 0x03B8}, {0x03F5, 0x03F5, 1, 0x03B5},
    {0x0400, 0x040F, 1, 0x0450}, {0x0410, 0x042F, 1, 0x0430},
    {0x0460, 0x0480, 2, 0x0461}, {0x048A, 0x04BE, 2, 0x048B},
    {0x04C0, 0x04C0, 1, 0x04CF}, {0x04C1, 0x04CD, 2, 0x04C2},
    {0x04D0, 0x052E, 2, 0x04D1}, {0x0531, 0x0556, 1, 0x0561},
    {0x1C80, 0x1C80, 1, 0x0432}, /* Cyrillic of old prints */
    {0x1C81, 0x1C81, 1, 0x0434}, {0x1C82, 0x1C82, 1, 0x043E},
    {0x1C83, 0x1C84, 1, 0x0441}, {0x1C85, 0x1C85, 1, 0x0442},
    {0x1C86, 0x1C86, 1, 0x044A}, {0x1C87, 0x1C87, 1, 0x0463},
    {0x1C90, 0x1CBA, 1, 0x10D0}, {0x1CBD, 0x1CBF, 1, 0x10FD},
    {0x1E00, 0x1E94, 2, 0x1E01}, {0x1E9B, 0x1E9B, 1, 0x1E61},
    {0x1E9E, 0x1E9E, 1, 0x00DF}, /* capital sharp s */
    {0x1EA0, 0x1EFE, 2, 0x1EA1}, {0x1FBE, 0x1FBE, 1, 0x03B9},
    {0x2126, 0x2126, 1, 0x03C9}, /* Ohm */
    {0x212A, 0x212A, 1, 0x006B}, /* Kelvin */
    {0x212B, 0x212B, 1, 0x00E5}, /* Angstrom */
    {0xFF21, 0xFF3A, 1, 0xFF41},
};

/* Ascending. Characters that have a row above, or are what one folds to, and those that have no
 * case: blocks of scripts that know none, of marks and of signs. */
static const struct utf8_range fold_known[] = {
    {0x0000, 0x012F}, {0x0132, 0x0137}, {0x0139, 0x0148},   {0x014A, 0x017F},   {0x018F, 0x018F},
    {0x01A0, 0x01A5}, {0x01AF, 0x01B0}, {0x01CD, 0x01DC},   {0x01DE, 0x01EF},   {0x01F8, 0x021F},
    {0x0222, 0x0233}, {0x0259, 0x0259}, {0x0300, 0x0373},   {0x0376, 0x0377},   {0x0386, 0x0386},
    {0x0388, 0x038A}, {0x038C, 0x038C}, {0x038E, 0x038F},   {0x0391, 0x03A1},   {0x03A3, 0x03AF},
    {0x03B1, 0x03D1}, {0x03D5, 0x03F1}, {0x03F4, 0x03F5},   {0x0400, 0x0481},   {0x048A, 0x052F},
    {0x0531, 0x0556}, {0x0561, 0x0586}, {0x0590, 0x109F},   {0x10D0, 0x10FA},   {0x10FD, 0x139F},
    {0x1400, 0x1C87}, {0x1C90, 0x1CBA}, {0x1CBD, 0x1CBF},   {0x1E00, 0x1E95},   {0x1E9B, 0x1E9B},
    {0x1E9E, 0x1E9E}, {0x1EA0, 0x1EFF}, {0x1FBE, 0x1FBE},   {0x2000, 0x2126},   {0x212A, 0x212B},
    {0x2190, 0x24B5}, {0x24EA, 0x2BFF}, {0x2E00, 0xA63F},   {0xA800, 0xAB2F},   {0xABC0, 0xFAFF},
    {0xFB1D, 0xFF3A}, {0xFF41, 0xFFFF}, {0x1F000, 0x1FAFF}, {0x20000, 0x3FFFF},
};

#define ROWS (sizeof fold_rows / sizeof *fold_rows)
#define RANGES (sizeof fold_known / sizeof *fold_known)

static unsigned char fold_ascii(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

uint32_t fold_character(uint32_t character)
{
    size_t low = 0, high = ROWS;

    if (character < 0x80)
        return fold_ascii((unsigned char)character);
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (fold_rows[middle].last < character)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == ROWS || character < fold_rows[low].first ||
        (character - fold_rows[low].first) % fold_rows[low].step != 0)
        return character;
    return character - fold_rows[low].first + fold_rows[low].folded;
}

bool fold_certain(uint32_t character)
{
    return utf8_among(fold_known, RANGES, character);
}

bool fold_may_change(const struct fold *fold, unsigned char first, unsigned char second)
{
    uint32_t character = (first & 0x1FU) << 6 | (second & 0x3FU);

    switch (first) {
    case 0xE1:
        return true;
    case 0xE2:
        return second == 0x84; /* Ohm, Kelvin, Angstrom */
    case 0xEF:
        return second == 0xBC; /* full-width letters */
    default:
        return first >= 0xC2 && first <= 0xDF && fold->two_bytes[character] != character;
    }
}

void fold_init(struct fold *fold)
{
    for (uint32_t character = 0; character < 0x800; character++)
        fold->two_bytes[character] = (uint16_t)character;
    for (size_t i = 0; i < ROWS && fold_rows[i].first < 0x800; i++) {
        const struct fold_row *row = &fold_rows[i];

        for (uint32_t c = row->first; c <= row->last; c += row->step)
            fold->two_bytes[c] = (uint16_t)(c - row->first + row->folded);
    }
}

/* The ASCII letters among eight bytes; the others stay. */
static uint64_t fold_word(uint64_t word)
{
    uint64_t low_bits = word & BITS_EACH_BYTE * 0x7F;
    uint64_t from_a = low_bits + BITS_EACH_BYTE * (0x80 - 'A');
    uint64_t above_z = low_bits + BITS_EACH_BYTE * (0x80 - 'Z' - 1);
    uint64_t upper = from_a & ~above_z & ~word & BITS_EACH_HIGH;

    return word | upper >> 2;
}

/* Writes a character of U+0000 to U+07FF; returns its bytes. */
static inline size_t put_short(uint32_t character, unsigned char *to)
{
    if (character < 0x80) {
        to[0] = (unsigned char)character;
        return 1;
    }
    to[0] = (unsigned char)(0xC0 | character >> 6);
    to[1] = (unsigned char)(0x80 | (character & 0x3F));
    return 2;
}

/* Whether a character of two bytes begins at TEXT, which is not behind END. */
static inline bool is_pair(const unsigned char *text, const unsigned char *end)
{
    return end - text > 1 && *text >= 0xC2 && *text <= 0xDF && utf8_continues(text[1]);
}

static inline uint32_t pair_of(const unsigned char *text)
{
    return (text[0] & 0x1FU) << 6 | (text[1] & 0x3FU);
}

/* Folds a character beyond ASCII, of *length bytes in the text; returns how many bytes FOLDED got.
 */
static size_t fold_one(const struct fold *fold, const unsigned char *text, size_t left,
                       unsigned char *folded, size_t *length)
{
    uint32_t character;

    if (is_pair(text, text + left)) {
        *length = 2;
        return put_short(fold->two_bytes[pair_of(text)], folded);
    }
    *length = utf8_decode(text, left, &character);
    if (*length == 0) {
        *length = 1;
        *folded = *text;
        return 1;
    }
    /* Few characters of three bytes have case: most are punctuation and East Asian. */
    if (*length == 3 && (character < 0x2000 || character - 0x2126 <= 0x212B - 0x2126 ||
                         character - 0xFF21 <= 0xFF3A - 0xFF21))
        return utf8_encode(fold_character(character), folded);
    memcpy(folded, text, *length);
    return *length;
}

size_t fold_text(const struct fold *fold, const unsigned char *text, size_t length,
                 unsigned char *folded)
{
    const unsigned char *end = text + length;
    unsigned char *out = folded;

    while ((size_t)(end - text) >= sizeof(uint64_t)) {
        size_t used;
        uint64_t word;

        memcpy(&word, text, sizeof word);
        if (!(word & BITS_EACH_HIGH)) {
            word = fold_word(word);
            memcpy(out, &word, sizeof word);
            text += sizeof word;
            out += sizeof word;
            continue;
        }
        while (*text < 0x80)
            *out++ = fold_ascii(*text++);
        do {
            /* what alphabets beyond ASCII are made of */
            for (; is_pair(text, end); text += 2)
                out += put_short(fold->two_bytes[pair_of(text)], out);
            if (text == end || *text < 0x80)
                break;
            out += fold_one(fold, text, (size_t)(end - text), out, &used);
            text += used;
        } while (text < end && *text >= 0x80);
    }
    while (text < end) {
        if (*text < 0x80) {
            *out++ = fold_ascii(*text++);
        } else {
            size_t used;

            out += fold_one(fold, text, (size_t)(end - text), out, &used);
            text += used;
        }
    }
    return (size_t)(out - folded);
}
