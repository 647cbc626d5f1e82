/*
 * atoms -- the smallest parts of a PCRE2 regex: runs of characters, classes, escapes and anchors.
 *
 * Model:     one function for each of them; characters.h and classes.h read the two large kinds.
 * Contract:  that of cursor.h.
 */
#ifndef DECHAFF_REGEX_ATOMS_H
#define DECHAFF_REGEX_ATOMS_H

#include "regex/cursor.h"

/* Reads one part that is not a group, not `|` and not a quantifier; false: lost. */
bool atoms_read(struct cursor *cursor, struct part *part);

#endif
