/*
 * alternatives -- small sets of strings, one of which must occur.
 *
 * Model:     what a part of a regex matches, as far as it can be listed. A newline stands for
 *            either end of the line: none can be inside. Sets are values; their strings lie in
 *            a pool, are never changed, and go when the pool is emptied.
 * Ownership: the pool's; alternatives_pool_release frees it.
 * Limits:    a set that comes from joining has at most ALTERNATIVES_JOINED strings, one that
 *            comes from adding at most what the caller says; LITERAL_MAX_LENGTH bytes a string;
 *            ALTERNATIVES_POOL bytes in all.
 * Errors:    a function that cannot do it returns false, and the pool notes if it is full.
 */
#ifndef DECHAFF_ALTERNATIVES_H
#define DECHAFF_ALTERNATIVES_H

#include <stdbool.h>
#include <stddef.h>

#define LITERAL_MAX_LENGTH 32
#define ALTERNATIVES_JOINED 16
#define ALTERNATIVES_LISTED 64 /* of a set that is joined with a single string */
#define ALTERNATIVES_POOL ((size_t)256 * 1024)
#define LINE_END '\n'

struct literal {
    const unsigned char *bytes; /* folded; LINE_END stands for an end of the line */
    size_t length;              /* at most LITERAL_MAX_LENGTH */
};

/* Bytes fill the memory from the front, arrays of strings from the back. */
struct alternatives_pool {
    unsigned char *memory;
    size_t front;
    size_t back;
    bool full;
};

struct alternatives {
    struct literal *strings;
    size_t count;    /* 0: there is no such set */
    bool line_start; /* a string holds the line's start */
    bool line_end;   /* a string holds the line's end */
};

/* False when memory is short. */
bool alternatives_pool_init(struct alternatives_pool *pool);
void alternatives_pool_empty(struct alternatives_pool *pool);
void alternatives_pool_release(struct alternatives_pool *pool);

/* Room for SIZE bytes, which the next call hands out again unless a set is made of them. */
unsigned char *alternatives_room(struct alternatives_pool *pool, size_t size);

/* A set of one string: LENGTH bytes of the room that was just asked for. */
bool alternatives_single(struct alternatives_pool *pool, size_t length, struct alternatives *set);

/* Every string of HEAD followed by every string of TAIL. */
bool alternatives_join(struct alternatives_pool *pool, const struct alternatives *head,
                       const struct alternatives *tail, struct alternatives *set);

/* Adds the strings of SET to LIST, which starts zeroed and is made by this function alone. */
bool alternatives_add(struct alternatives_pool *pool, struct alternatives *list,
                      const struct alternatives *set, size_t limit);

/* How much it tells to have seen one of them, in half bits; 0: not worth looking for. */
unsigned alternatives_rarity(const struct alternatives *set);

/* Drops strings that contain another of the set. */
bool alternatives_minimise(struct alternatives_pool *pool, struct alternatives *set);

#endif
