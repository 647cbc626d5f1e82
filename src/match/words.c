#include "match/words.h"

#include "base/bits.h"
#include "base/fold.h"
#include "base/utf8.h"

#include <string.h>

#define KEY ((size_t)3)
/* A word that begins so far before a block's end lies within it as far as it counts. */
#define STRIDE (BLOCKS_SIZE - KEY + 1)

static uint32_t hash_of(const unsigned char key[KEY])
{
    uint32_t number = key[0] | (uint32_t)key[1] << 8 | (uint32_t)key[2] << 16;

    return number * UINT32_C(0x9E3779B1) >> (32 - WORDS_HASH_BITS);
}

/* How the byte AT is spelled plainly, a letter being small already; 0: not known. */
static unsigned char plain_byte(const struct literal *literal, size_t at)
{
    unsigned char byte;

    if (at >= literal->length)
        return at == literal->length && literal_after(literal) >= MARGIN_SIGN ? ' ' : 0;
    byte = literal->bytes[at];
    if (!literal_is_word(byte))
        return ' ';
    return byte == '_' ? 0x7F : byte;
}

/* The key of the word that begins at AT: false if none does, or not all of it is known. */
static bool key_at(const struct literal *literal, size_t at, unsigned char key[KEY])
{
    bool begins =
        at > 0 ? !literal_is_word(literal->bytes[at - 1]) : literal_before(literal) >= MARGIN_SIGN;

    if (!begins || !literal_is_word(literal->bytes[at]))
        return false;
    for (size_t i = 0; i < KEY; i++) {
        key[i] = i > 0 && key[i - 1] == ' ' ? ' ' : plain_byte(literal, at + i);
        if (key[i] == 0)
            return false;
    }
    return true;
}

/* How much of the word that begins at AT the literal has. */
static size_t known_length(const struct literal *literal, size_t at)
{
    size_t end = at;

    while (end < literal->length && literal_is_word(literal->bytes[end]))
        end++;
    return end - at;
}

/* The key of the literal's longest word; false if none is known. */
static bool key_of(const struct literal *literal, unsigned char key[KEY])
{
    size_t longest = 0;

    for (size_t at = 0; at < literal->length; at++) {
        unsigned char found[KEY];

        if (known_length(literal, at) <= longest || !key_at(literal, at, found))
            continue;
        longest = known_length(literal, at);
        memcpy(key, found, KEY);
    }
    return longest > 0;
}

bool words_of_literals(const struct literal *literals, size_t count, struct words *words)
{
    *words = (struct words){{0}};
    for (size_t i = 0; i < count; i++) {
        unsigned char key[KEY];

        if (!key_of(&literals[i], key))
            return false;
        bits_add(words->hashes, hash_of(key));
    }
    return true;
}

/* Whether the character beyond ASCII that begins at AT folds to one of ASCII. */
static bool folds_to_ascii(const unsigned char *text, size_t length, size_t at)
{
    uint32_t character;

    return utf8_decode(text + at, length - at, &character) > 0 &&
           (character == FOLD_LONG_S || character == FOLD_KELVIN);
}

void words_of_line(blocks_finder *finder, const char *line, size_t length, struct words *words)
{
    const unsigned char *text = (const unsigned char *)line;
    unsigned char plain[BLOCKS_SIZE + KEY], small[BLOCKS_SIZE];
    uint64_t was_word = 0;

    *words = (struct words){{0}};
    memset(plain, ' ', sizeof plain);
    for (size_t at = 0; at < length; at += STRIDE) {
        uint64_t own = bits_below(length - at <= BLOCKS_SIZE ? BLOCKS_SIZE : STRIDE);
        struct block block;
        uint64_t begin;

        finder(text, length, at, &block, plain, small);
        for (block.leads &= own; block.leads; block.leads &= block.leads - 1) {
            if (folds_to_ascii(text, length, at + bits_lowest(block.leads))) {
                memset(words, UINT8_MAX, sizeof *words);
                return;
            }
        }
        begin = block.words & ~(block.words << 1 | was_word) & own;
        for (; begin; begin &= begin - 1) {
            unsigned char key[KEY];

            memcpy(key, plain + bits_lowest(begin), KEY);
            key[2] = key[1] == ' ' ? ' ' : key[2];
            bits_add(words->hashes, hash_of(key));
        }
        if (length - at <= BLOCKS_SIZE)
            return;
        was_word = block.words >> (STRIDE - 1) & 1;
    }
}
