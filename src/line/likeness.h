/*
 * likeness -- what of a line others are compared with, and whether it says the same twice.
 *
 * Model:     pure functions of a line without its ending. Lines that differ in case, blanks and
 *            signs of ASCII are alike.
 * Limits:    letters and digits beyond the 200th do not count.
 */
#ifndef DECHAFF_LINE_LIKENESS_H
#define DECHAFF_LINE_LIKENESS_H

#include "base/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct likeness {
    uint64_t letters;   /* a hash of its letters and digits, 0 if it has none */
    uint64_t beginning; /* of the first 30 of them, 0 if they are fewer than 12 */
    size_t indent;      /* columns */
    size_t words;
};

/* Of the letters and digits read so far; at first LIKENESS_NO_LETTERS. */
struct likeness_letters {
    uint64_t sum;
    uint64_t beginning;
    unsigned count;
};

#define LIKENESS_NO_LETTERS ((struct likeness_letters){.sum = TABLE_GOLDEN})

/* Adds the bytes of TEXT that are in the set, letters and digits: of ASCII, case does not count. */
void likeness_add(struct likeness_letters *letters, const char *text, uint64_t set);

struct likeness likeness_of(const struct likeness_letters *letters, size_t indent, size_t words);

/* Whether the line says the same twice: its second half is its first, or its first 20 bytes come
 * again in a line of 40 or more. An image's text often stands before the caption that repeats it.
 */
bool likeness_is_doubled(const char *text, size_t length);

#endif
