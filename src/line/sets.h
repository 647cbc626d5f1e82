/*
 * sets -- sixty-four bytes of a line as sets: where what is.
 *
 * Model:     a bit a byte, the lowest for the first. All bytes of a character are in the sets of
 *            its kinds; a byte that belongs to none is a character of no kind. A block ends where a
 *            character does, and has 61 bytes or more, or goes to the line's end.
 * Ownership: the text is borrowed; `bytes` are in it, or in `padded`, so that the struct can't be
 *            copied.
 * Contract:  nothing outside of the text is read. The readers differ in speed alone.
 */
#ifndef DECHAFF_LINE_SETS_H
#define DECHAFF_LINE_SETS_H

#include "line/alphabet.h"

#include <stddef.h>

#define SETS_SIZE ((size_t)64)
#define SETS_BEHIND ((size_t)16)

struct sets {
    const unsigned char *bytes; /* of the block; as many as SETS_BEHIND behind it may be read */
    size_t length;
    uint64_t firsts;  /* where characters begin */
    uint64_t beyond;  /* bytes that are not ASCII */
    uint64_t invalid; /* bytes that belong to no character */
    uint64_t of[KINDS];
    size_t tenths; /* of words, that dense characters count for */
    unsigned char padded[SETS_SIZE + SETS_BEHIND];
};

/* Reads the block that begins at AT; LENGTH is that of the text, and above AT. */
typedef void sets_reader(struct sets *sets, struct alphabet *alphabet, const char *text,
                         size_t length, size_t at);

sets_reader sets_read, sets_read_portably;

#endif
