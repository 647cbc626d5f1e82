/*
 * windows -- where in a line each literal is looked for, and by which of its bytes.
 *
 * Model:     one to four bytes of each literal, its window, stand for it. Where the window can be
 *            follows from the literal's margins and its own words: at the line's first or last
 *            word, where words begin, or anywhere. The windows of each kind and size have a table
 *            in which they are found by their hash, and each kind has a filter of bits that
 *            refuses most of what is in none.
 * Ownership: windows copy the literals they are made of, and never change.
 * Limits:    UINT32_MAX literals, and as many bytes of them.
 * Errors:    NULL for a lack of memory.
 */
#ifndef DECHAFF_WINDOWS_H
#define DECHAFF_WINDOWS_H

#include "alternatives.h"
#include "words.h"

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

#define WINDOW_KINDS KIND_EMPTY

/* A literal without the ends of the line that it holds. */
struct window_literal {
    uint32_t bytes; /* where they are */
    uint8_t length;
    uint8_t before; /* enum margin */
    uint8_t after;
    uint8_t kind;
    uint8_t window; /* where the bytes begin that are in a table */
    uint8_t size;   /* and how many they are, at most WINDOW */
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

/* The windows of one kind and one size, in buckets by the hash of their bytes. */
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
    uint32_t *bits;
    unsigned shift; /* of a hash, to a bit */
};

struct windows {
    struct window_table tables[WINDOW_KINDS][WINDOW]; /* those in use come first */
    unsigned used[WINDOW_KINDS];
    struct window_filter filters[WINDOW_KINDS];
    struct words_beginnings beginnings; /* that a window of KIND_ANY begins with */
    uint32_t *empties;
    size_t empties_count;
    struct window_literal *literals;
    unsigned char *bytes;
    size_t count;
    size_t memory; /* bytes allocated */
};

/* The literals are folded, none is empty, and no margin is MARGIN_EDGE. */
struct windows *windows_create(const struct literal *literals, size_t count);
void windows_destroy(struct windows *windows);

/* The bytes at AT, the first one lowest, and zeros behind the text's end. */
static inline uint32_t window_load(const unsigned char *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static inline uint32_t window_at(const unsigned char *text, size_t length, size_t at)
{
    uint32_t window = 0;

    if (at + WINDOW <= length)
        return window_load(text + at);
    if (length >= WINDOW)
        return window_load(text + length - WINDOW) >> 8 * (at + WINDOW - length);
    for (size_t i = at; i < length; i++)
        window |= (uint32_t)text[i] << 8 * (i - at);
    return window;
}

static inline uint32_t window_hash(uint32_t key)
{
    return key * UINT32_C(0x9E3779B1);
}

#endif
