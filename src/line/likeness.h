/*
 * look -- what of a line others are compared with: its letters, its indentation, its length.
 *
 * Model:     a pure function of a line without its ending.
 * Limits:    letters beyond the 200th do not count.
 */
#ifndef DECHAFF_LINE_LIKENESS_H
#define DECHAFF_LINE_LIKENESS_H

#include <stddef.h>
#include <stdint.h>

struct look {
    uint64_t letters;   /* a hash of its letters and digits, 0 if it has none */
    uint64_t beginning; /* of the first 30 of them, 0 if they are fewer than 12 */
    size_t indent;      /* columns */
    size_t words;
};

struct look look_at(const char *text, size_t length);

#endif
