/*
 * alphabet -- what the characters of a text are, each found out once.
 *
 * Model:     a cache by character, for those beyond ASCII: a text has few of them, and they come
 *            again and again. The tables are those of letters, marks and category.
 * Ownership: a value, one for each stream; zeroed, it is empty.
 */
#ifndef DECHAFF_LINE_ALPHABET_H
#define DECHAFF_LINE_ALPHABET_H

#include <stdint.h>

/* A character may be of several. */
enum kind {
    KIND_WHITE,
    KIND_DENSE, /* counts for tenths of a word, see letters.h */
    KIND_DIGIT,
    KIND_COMMA,
    KIND_END,    /* may end a sentence */
    KIND_LETTER, /* of a word that a lexicon may have; */
    KIND_WORD,   /* is such a word by itself; */
    KIND_SMALL,  /* begins one with a small letter */
    KIND_FOLDED, /* is another character when case is folded */
    /* by category */
    KIND_PROPER,  /* \p{L} */
    KIND_NUMBER,  /* \p{N} */
    KIND_CAPITAL, /* \p{Lu} */
    KIND_INITIAL, /* \p{Lu} or \p{Lt} */
    KIND_LOWER,   /* \p{Ll} */
    KIND_APOSTROPHE,
    KINDS
};

struct character {
    uint32_t code;
    uint16_t kinds; /* bits 1 << enum kind */
    uint16_t tenths;
};

#define ALPHABET_SIZE 4096

struct alphabet {
    struct character characters[ALPHABET_SIZE];
};

/* For alphabet_find alone: finds out what a character is. */
struct character alphabet_learn(uint32_t code);

/* CODE is beyond ASCII. What is given out holds until the next call. */
static inline const struct character *alphabet_find(struct alphabet *alphabet, uint32_t code)
{
    struct character *character = &alphabet->characters[code % ALPHABET_SIZE];

    if (character->code != code)
        *character = alphabet_learn(code);
    return character;
}

#endif
