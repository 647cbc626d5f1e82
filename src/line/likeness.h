/*
 * likeness -- what of a line others are compared with, and whether it says the same twice.
 *
 * Model:     pure functions of a line without its ending. Lines that differ in case, blanks and
 *            signs of ASCII are alike.
 * Limits:    letters and digits beyond the 200th do not count.
 */
#ifndef DECHAFF_LINE_LIKENESS_H
#define DECHAFF_LINE_LIKENESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct likeness {
    uint64_t letters;   /* a hash of its letters and digits, 0 if it has none */
    uint64_t beginning; /* of the first 30 of them, 0 if they are fewer than 12 */
    size_t indent;      /* columns */
    size_t words;
};

struct likeness likeness_of(const char *text, size_t length);

/* Whether the line says the same twice: its second half is its first, or its first 20 bytes come
 * again in a line of 40 or more. An image's text often stands before the caption that repeats it.
 */
bool likeness_is_doubled(const char *text, size_t length);

#endif
