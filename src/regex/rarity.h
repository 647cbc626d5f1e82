/*
 * rarity -- how rare a few bytes are in ordinary text.
 *
 * Model:     pairs of bytes, told apart as letters, digits, signs, space, a line's end and parts
 *            of UTF-8 characters; text is folded (fold.h). A guess that only speed hangs on.
 * Ownership: constant data.
 */
#ifndef DECHAFF_REGEX_RARITY_H
#define DECHAFF_REGEX_RARITY_H

#include <stdbool.h>
#include <stddef.h>

/* In half bits: 2n says that one place in 2 to the n holds this text. 0 for no text. */
unsigned rarity_of(const unsigned char *text, size_t length);

/* The same one byte after the other: the class of a byte, what it costs at the text's beginning,
 * and behind another one. */
unsigned rarity_class(unsigned char byte);
unsigned rarity_of_first(unsigned class);
unsigned rarity_of_next(unsigned previous, unsigned class);

/* What a text that begins with this byte has more when it comes behind that one: it may be less. */
int rarity_joined(unsigned char before, unsigned char first);

/* Whether it is one of the most frequent words, and perhaps signs around it. */
bool rarity_is_common(const unsigned char *text, size_t length);

#endif
