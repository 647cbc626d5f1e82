/*
 * cells -- the row of a table in plain text.
 *
 * Model:     cells are parted by three blanks or more, by a tab with whatever blanks beside it, or
 *            by a | between two single blanks. Blanks are those of ASCII, and tabs. What indents
 *            the line parts nothing.
 */
#ifndef DECHAFF_LINE_CELLS_H
#define DECHAFF_LINE_CELLS_H

#include <stdbool.h>
#include <stddef.h>

/* How many cells the line has; 0 if it is blank. */
size_t cells_count(const char *text, size_t length);

/* Whether a byte is there that may part cells: three blanks in a row, a tab or a |. Of the line
 * without indentation, few have one. The readers differ in speed alone. */
typedef bool cells_finder(const char *text, size_t length);

cells_finder cells_may_part, cells_may_part_portably;

#endif
