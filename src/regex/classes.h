/*
 * classes -- sets of characters in a PCRE2 regex: [...], \d, \p{...} and their like.
 *
 * Model:     a class of few characters is listed, of any other only the lengths are known.
 * Contract:  that of cursor.h.
 */
#ifndef DECHAFF_REGEX_CLASSES_H
#define DECHAFF_REGEX_CLASSES_H

#include "regex/cursor.h"

/* Reads an escape that stands for a set of characters, the cursor being at its backslash; false
 * if it is no such escape. */
bool classes_escape(struct cursor *cursor);

/* Whether the escape of this letter stands for no character of a word. */
bool classes_is_sign(unsigned char letter);

/* Reads a class in brackets; false: lost. */
bool classes_read(struct cursor *cursor, struct part *part);

#endif
