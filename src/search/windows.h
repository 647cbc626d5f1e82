/*
 * windows -- where in a line each literal is looked for, and by which of its bytes.
 *
 * Model:     where a literal can be follows from its margins and its own words: at the line's first
 *            or last word, where words begin, or anywhere. For the first three kinds places.h has
 *            the tables. A literal that may be anywhere is found by one to four of its bytes, its
 *            window: a table for each size lists them by their hash, and a filter of bits refuses
 *            most of what is in none.
 * Ownership: the arena's; windows copy the literals they are made of, and never change.
 * Limits:    UINT32_MAX literals, and as many bytes of them.
 * Errors:    NULL for a lack of memory.
 */
#ifndef DECHAFF_SEARCH_WINDOWS_H
#define DECHAFF_SEARCH_WINDOWS_H

#include "regex/literal.h"
#include "search/blocks.h"
#include "search/places.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WINDOW sizeof(uint32_t)
#define WINDOW_BLANKS UINT32_C(0x20202020)

/* Where in a line a literal is looked for. */
enum window_kind {
    KIND_FIRST, /* its first word byte is the line's */
    KIND_LAST,  /* its last word byte is the line's */
    KIND_WORD,  /* where words begin */
    KIND_ANY,
    KIND_EMPTY, /* nothing to be looked for: the line's end after its start */
};

#define KINDS_PLACED KIND_ANY

/* A literal without the ends of the line that it holds. */
struct window_literal {
    uint32_t bytes; /* where they are */
    uint32_t words; /* a bit for each word byte */
    uint8_t length;
    uint8_t before; /* enum margin */
    uint8_t after;
    uint8_t kind;
    uint8_t place; /* which of its bytes is at the place, or where its window begins */
    uint8_t size;  /* of the window, for KIND_ANY */
    bool at_start;
    bool at_end;
};

/* What follows the window is compared before the literal is looked at. */
struct window_entry {
    uint32_t key;
    uint32_t next; /* up to four bytes behind the window */
    uint32_t mask; /* of them */
    uint32_t literal;
};

/* The windows of one size, in buckets by the hash of their bytes. */
struct window_table {
    uint32_t mask;   /* of a window's bytes, as they are loaded */
    uint32_t blanks; /* set in them, so that letters are equal in either case */
    size_t size;
    unsigned shift;   /* of a hash, to a bucket */
    uint32_t *starts; /* into `entries`, by bucket */
    struct window_entry *entries;
    size_t count;
};

/* Which hashes the windows have, of four bytes: a shorter one has all that it can begin. */
struct window_filter {
    uint64_t *bits; /* a set of hashes, shifted */
    unsigned shift;
};

struct windows {
    struct places *places[KINDS_PLACED];
    struct window_table tables[WINDOW]; /* by size - 1 */
    bool used;                          /* a literal may be anywhere */
    struct window_filter filter;
    /* The tables to be asked for a window, a bit each: by whether the filter holds it and by its
     * first byte, in which the bit 0x20 is set. */
    uint8_t asked[2][UINT8_MAX + 1];
    struct blocks_beginnings beginnings; /* that the windows begin with */
    uint32_t *empties;
    size_t empties_count;
    struct window_literal *literals;
    unsigned char *bytes;
    size_t count;
};

/* The literals are folded and described, none is empty, and no margin is MARGIN_EDGE. */
struct windows *windows_create(struct arena *arena, const struct literal *const *literals,
                               size_t count);

/* The bytes at AT, the first one lowest, and zeros behind the text's end. */
static inline uint32_t window_at(const unsigned char *text, size_t length, size_t at)
{
    uint32_t window = 0;

    if (at + WINDOW <= length)
        return text[at] | (uint32_t)text[at + 1] << 8 | (uint32_t)text[at + 2] << 16 |
               (uint32_t)text[at + 3] << 24;
    for (size_t i = at; i < length; i++)
        window |= (uint32_t)text[i] << 8 * (i - at);
    return window;
}

#endif
