/*
 * likeness -- what of a line others are compared with, and whether it says the same twice.
 *
 * Model:     pure functions of a line without its ending. Lines that differ in case, blanks and
 *            signs of ASCII are alike.
 * Limits:    letters and digits beyond LIKENESS_LETTERS bytes do not count.
 */
#ifndef DECHAFF_LINE_LIKENESS_H
#define DECHAFF_LINE_LIKENESS_H

#include "line/sets.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LIKENESS_LETTERS ((size_t)200)

struct likeness {
    uint64_t letters;   /* a hash of its letters and digits, 0 if it has none */
    uint64_t beginning; /* of the first 30 of them, 0 if they are fewer than 12 */
    size_t indent;      /* columns */
    size_t words;
};

/* The bytes of the letters and digits read so far, small letters for the capitals of ASCII, and
 * room for those of a block. */
struct likeness_letters {
    size_t count; /* at first 0 */
    unsigned char bytes[LIKENESS_LETTERS + SETS_SIZE + 8];
};

/* Adds those of a block (sets.h) that are in the set. */
void likeness_add(struct likeness_letters *letters, const struct sets *sets, uint64_t set);

/* Without indent and words. */
struct likeness likeness_of(const struct likeness_letters *letters);

/* Whether the line says the same twice: its second half is its first, or its first 20 bytes come
 * again in a line of 40 or more. An image's text often stands before the caption that repeats it.
 */
bool likeness_is_doubled(const char *text, size_t length);

#endif
