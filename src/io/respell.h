/*
 * respell -- what a dumper misreads, written in another way.
 *
 * Model:     lynx takes &apos; for U+02BC, a letter; &#39; is the same apostrophe to every program.
 *            A page goes through in pieces of any size.
 * Ownership: the bytes are the caller's.
 * Errors:    none.
 */
#ifndef DECHAFF_IO_RESPELL_H
#define DECHAFF_IO_RESPELL_H

#include <stddef.h>

/* Respells LENGTH bytes in place, which become no more; how many there are then. The last *KEPT of
 * them may be the beginning of what is to be respelt, and are to be given again before those that
 * follow. */
size_t respell(char *bytes, size_t length, size_t *kept);

#endif
