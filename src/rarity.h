/*
 * rarity -- how rare a few bytes are in ordinary text.
 *
 * Model:     pairs of bytes, told apart as letters, digits, signs, space, a line's end and parts
 *            of UTF-8 characters; text is folded (fold.h). A guess that only speed hangs on.
 * Ownership: constant data.
 */
#ifndef DECHAFF_RARITY_H
#define DECHAFF_RARITY_H

#include <stddef.h>

/* In half bits: 2n says that one place in 2 to the n holds this text. 0 for no text. It is not
 * counted further once it is ENOUGH. */
unsigned rarity_of(const unsigned char *text, size_t length, unsigned enough);

/* Where the rarest SIZE bytes of the text begin; 0 in a text that is no longer. */
size_t rarity_window(const unsigned char *text, size_t length, size_t size);

#endif
