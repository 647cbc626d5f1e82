/*
 * literal -- a string that a line must hold, and what must stand beside it.
 *
 * Model:     folded bytes (fold.h). A newline stands for either end of the line: none can be
 *            inside. What must stand right beside the string is noted as its margins. Hash, word
 *            bytes and rarity are worked out once; those of a joined string follow from those of
 *            its parts.
 * Ownership: the bytes are borrowed.
 * Limits:    LITERAL_MAX_LENGTH bytes.
 */
#ifndef DECHAFF_REGEX_LITERAL_H
#define DECHAFF_REGEX_LITERAL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define LITERAL_MAX_LENGTH 32
#define LITERAL_LINE_END '\n'

/*
 * What is known of the folded line on one side of a string, from nothing to the most. A word byte
 * is one of A-Z a-z 0-9 _: what \W matches has none, in any encoding of it.
 */
enum margin {
    MARGIN_ANY,
    MARGIN_EDGE, /* as MARGIN_SIGN if the string's byte on this side is a word byte */
    MARGIN_SIGN, /* the byte beside it is no word byte, or there is none */
    MARGIN_LINE, /* no word byte up to the line's end on this side */
};

struct literal {
    const unsigned char *bytes; /* folded; LITERAL_LINE_END stands for an end of the line */
    /* What follows from the bytes: literal_describe or, when strings are joined, theirs. */
    uint32_t hash;
    uint32_t words;       /* a bit for each word byte */
    uint16_t rarity;      /* in half bits (rarity.h) */
    uint8_t length;       /* at most LITERAL_MAX_LENGTH */
    unsigned char before; /* enum margin */
    unsigned char after;
    bool is_inside; /* more of the part that requires it may follow (sequence.h) */
};

extern const char literal_words[0x100 + 1]; /* '1' for each word byte */

static inline bool literal_is_word(unsigned char byte)
{
    return literal_words[byte] & 1;
}

/* Fills in what follows from the literal's bytes, of which there is one at least. */
void literal_describe(struct literal *literal);

/* The same for HEAD's bytes followed by TAIL's, wherever they are; neither is empty. */
void literal_describe_joined(const struct literal *head, const struct literal *tail,
                             struct literal *joined);

/* Whether both have the same bytes. */
static inline bool literal_is_same(const struct literal *one, const struct literal *other)
{
    return one->hash == other->hash && one->length == other->length &&
           memcmp(one->bytes, other->bytes, one->length) == 0;
}

/* The margins, MARGIN_EDGE being decided by the byte that the string has on that side. */
enum margin literal_before(const struct literal *literal);
enum margin literal_after(const struct literal *literal);

/* How much it tells to have seen it, in half bits. */
unsigned literal_rarity(const struct literal *literal);

/* Whether the literal, where it is found, holds PART with the margins that PART asks for. */
bool literal_holds(const struct literal *literal, const struct literal *part);

#endif
