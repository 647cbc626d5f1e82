/*
 * view -- a line as rules see it.
 *
 * Model:     what readers can't tell apart, rules need not: white space of any width is a space,
 *            what has no width of its own is not there (soft hyphens, zero-width characters, marks
 *            of direction, byte order marks), non-breaking hyphens are hyphens, full-width and
 *            small forms of ASCII are ASCII. Zero-width joiners stay between two characters of
 *            scripts, or of emoji, that need them. A byte that belongs to no UTF-8 character is the
 *            character that Windows-1252 has for it (as the WHATWG's Encoding Standard says, so
 *            that none is left over): a view is always well-formed. Most lines are their own view,
 *            which costs one look at their bytes.
 *            The characters are those that Unicode 14.0 calls White_Space, Default_Ignorable (of
 *            those that are found in running text) or <wide>, <small> and <noBreak> forms of ASCII.
 * Ownership: a view is the line itself, or lies in the buffer until the next one is made there;
 *            view_release frees that.
 * Limits:    a view has at most three times the bytes of its line.
 * Errors:    view_make returns false when memory is short.
 */
#ifndef DECHAFF_LINE_VIEW_H
#define DECHAFF_LINE_VIEW_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed at first. */
struct view_buffer {
    char *bytes;
    size_t capacity;
};

/* A place in a line and in its view; both zero at first. */
struct view_place {
    size_t seen;
    size_t real;
    uint32_t before; /* the character before it in the view */
};

bool view_make(struct view_buffer *buffer, struct span real, struct span *seen);
void view_release(struct view_buffer *buffer);

/* Goes on in REAL, no further than it must, until the place is SEEN bytes into its view. */
void view_reach(struct view_place *place, struct span real, size_t seen);

#endif
