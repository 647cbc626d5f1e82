/*
 * characters -- those of a PCRE2 regex that stand for themselves.
 *
 * Model:     a run of them is a part that matches one string, as long as a literal can be.
 * Contract:  that of cursor.h.
 */
#ifndef DECHAFF_REGEX_CHARACTERS_H
#define DECHAFF_REGEX_CHARACTERS_H

#include "regex/cursor.h"

/* Whether the byte is ASCII and stands for itself wherever it is, but in extended syntax. */
bool characters_is_plain(unsigned char byte);

/* Reads an escape that stands for one character; else false, and the cursor stays or is lost. */
bool characters_escaped(struct cursor *cursor, uint32_t *character);

/* Whether the escape that the text begins with stands for something else. */
bool characters_is_set(const unsigned char *escape, size_t length);

/*
 * Reads as many characters as stand for themselves and fit a literal. The last one is left for the
 * next part if a quantifier follows it. False if there are none, or the cursor is lost.
 */
bool characters_read(struct cursor *cursor, struct part *part);

/* The same for ASCII characters without escapes, and quicker; false also if others may follow. */
bool characters_read_plain(struct cursor *cursor, struct part *part);

#endif
