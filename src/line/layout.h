/*
 * layout -- how a line is laid out: its indentation, its commas, what it says twice.
 *
 * Model:     pure functions of a line without its ending.
 */
#ifndef DECHAFF_LINE_LAYOUT_H
#define DECHAFF_LINE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

/* Columns of white space before the text; a tab goes on to the next multiple of 8. */
size_t layout_indent(const char *text, size_t length);

/* Commas, Arabic, ideographic and full-width ones too. */
size_t layout_commas(const char *text, size_t length);

/* Whether the line says the same twice: its second half is its first, or its first 20 bytes come
 * again in a line of 40 or more. An image's text often stands before the caption that repeats it.
 */
bool layout_is_doubled(const char *text, size_t length);

#endif
