/*
 * nearest -- the name that a misspelt one most likely meant.
 *
 * Model:     at most two edits (Levenshtein) away, fewer than the name has bytes; of names equally
 *            near the first. Names of more than 24 bytes are near to none.
 * Ownership: what is returned is the table's.
 * Errors:    none; NULL if no name is near.
 */
#ifndef DECHAFF_BASE_NEAREST_H
#define DECHAFF_BASE_NEAREST_H

#include <stddef.h>

/* ROWS are STRIDE bytes apart and begin with a pointer to their name, that of the last is NULL. */
const char *nearest_name(const void *rows, size_t stride, const char *name, size_t length);

#endif
