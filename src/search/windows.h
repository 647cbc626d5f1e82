/*
 * windows -- where in a line each literal is looked for, and by which of its bytes.
 *
 * Model:     where a literal can be follows from its margins and its own bytes: at the line's first
 *            or last word, where words begin, where characters beyond ASCII do, inside of words, or
 *            at a sign. places.h has a table for each of these kinds.
 * Ownership: the arena's; windows copy the literals they are made of, and never change.
 * Limits:    UINT32_MAX literals, and as many bytes of them.
 * Errors:    NULL for a lack of memory.
 */
#ifndef DECHAFF_SEARCH_WINDOWS_H
#define DECHAFF_SEARCH_WINDOWS_H

#include "regex/literal.h"
#include "search/places.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where in a line a literal is looked for. */
enum window_kind {
    KIND_FIRST,     /* its first word byte is the line's */
    KIND_LAST,      /* its last word byte is the line's */
    KIND_WORD,      /* where words begin */
    KIND_CHARACTER, /* where characters beyond ASCII begin */
    KIND_INSIDE,    /* where some word bytes follow each other */
    KIND_BYTE,      /* at signs, or anywhere */
    KIND_ALONE,     /* anywhere as well; one byte, whatever is beside it */
    KIND_EMPTY,     /* nothing to be looked for: the line's end after its start */
};

#define KINDS_PLACED KIND_ALONE

/* A literal without the ends of the line that it holds. */
struct window_literal {
    uint32_t bytes; /* where they are */
    uint32_t words; /* a bit for each word byte */
    uint8_t length;
    uint8_t before; /* enum margin */
    uint8_t after;
    uint8_t kind;
    uint8_t place; /* which of its bytes is at the place */
    bool at_start;
    bool at_end;
};

struct windows {
    struct places *places[KINDS_PLACED]; /* NULL: no literals of that kind */
    unsigned run;    /* word bytes that the windows of KIND_INSIDE begin with, at least */
    uint32_t *alone; /* by byte: its literal of KIND_ALONE, + 1, or 0; NULL: there are none */
    bool every_byte; /* some of KIND_BYTE or KIND_ALONE are not at signs */
    uint32_t *empties;
    size_t empties_count;
    struct window_literal *literals;
    unsigned char *bytes;
    size_t count;
};

/* The literals are folded and described, no two are the same, none is empty, and no margin is
 * MARGIN_EDGE. */
struct windows *windows_create(struct arena *arena, const struct literal *const *literals,
                               size_t count);

#endif
