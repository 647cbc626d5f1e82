/*
 * alternatives -- small sets of strings, one of which must occur.
 *
 * Model:     what a part of a regex matches, as far as it can be listed. Sets are values; their
 *            strings lie in a pool, are never changed but by the set that they were made for, and
 *            go when the pool is emptied.
 * Ownership: the pool's; alternatives_pool_release frees it.
 * Limits:    a set that comes from joining has at most ALTERNATIVES_JOINED strings, or
 *            ALTERNATIVES_SINGLE or _LISTED where one of both sets is a single string; one that
 *            comes from adding has at most what the caller says; LITERAL_MAX_LENGTH bytes a string;
 *            ALTERNATIVES_POOL bytes in all.
 * Errors:    a function that cannot do it returns false, and the pool notes if it is full.
 */
#ifndef DECHAFF_REGEX_ALTERNATIVES_H
#define DECHAFF_REGEX_ALTERNATIVES_H

#include "base/arena.h"
#include "regex/literal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ALTERNATIVES_JOINED 24
#define ALTERNATIVES_SINGLE 64  /* of a set that is joined with a single string */
#define ALTERNATIVES_LISTED 256 /* of one that is joined with the empty string alone */
#define ALTERNATIVES_POOL ((size_t)256 * 1024)

/* Bytes fill the memory from the front, arrays of strings from the back. */
struct alternatives_pool {
    unsigned char *memory;
    size_t front;
    size_t back;
    bool full;
};

struct alternatives {
    struct literal *strings;
    uint64_t hashes;   /* a bit for each string, by its hash: most are told to be new by it */
    uint16_t count;    /* 0: there is no such set */
    uint16_t capacity; /* of a list that alternatives_add made */
    uint8_t longest;   /* bytes of the longest string */
    bool line_start;   /* a string holds the line's start */
    bool line_end;     /* a string holds the line's end */
};

/* False when memory is short. */
bool alternatives_pool_init(struct alternatives_pool *pool);
void alternatives_pool_empty(struct alternatives_pool *pool);
void alternatives_pool_release(struct alternatives_pool *pool);

/* Room for SIZE bytes, which the next call hands out again unless a set is made of them. */
unsigned char *alternatives_room(struct alternatives_pool *pool, size_t size);

/* A set of one string: LENGTH bytes of the room that was just asked for. */
bool alternatives_single(struct alternatives_pool *pool, size_t length, enum margin before,
                         struct alternatives *set);

/* Whether it is nothing but the empty string. */
bool alternatives_is_empty_string(const struct alternatives *set);

/* The same strings, in an array of their own, of which nothing is known before them. */
bool alternatives_forget(struct alternatives_pool *pool, const struct alternatives *set,
                         struct alternatives *copy);

/* The same strings, in an array of their own. */
bool alternatives_copy(struct alternatives_pool *pool, const struct alternatives *set,
                       struct alternatives *copy);

/* The same strings, in the arena, bytes and all: never to be joined. SET and COPY may be the same.
 */
bool alternatives_keep(struct arena *arena, const struct alternatives *set,
                       struct alternatives *copy);

/* The same strings, in an array of their own, all of them inside. */
bool alternatives_enclose(struct alternatives_pool *pool, const struct alternatives *set,
                          struct alternatives *copy);

/* AFTER, at least, follows all strings that are not inside, of a set that has its own array. */
void alternatives_follow(struct alternatives *set, enum margin after);

/* Every string of HEAD followed by every string of TAIL. */
bool alternatives_join(struct alternatives_pool *pool, const struct alternatives *head,
                       const struct alternatives *tail, struct alternatives *set);

/* What strings of HEAD followed by strings of TAIL begin with: those of HEAD, and, where that is
 * the empty one, those of TAIL. False if HEAD has no empty string, or for lack of room. */
bool alternatives_begin(struct alternatives_pool *pool, const struct alternatives *head,
                        const struct alternatives *tail, struct alternatives *set);

/* Adds the strings of SET to LIST, which starts zeroed and is made by this function alone. */
bool alternatives_add(struct alternatives_pool *pool, struct alternatives *list,
                      const struct alternatives *set, size_t limit);

/* How much it tells to have seen one of them, in half bits; 0: no more than FLOOR, or not worth
 * looking for. */
unsigned alternatives_rarity(const struct alternatives *set, unsigned floor);

/* Decides what MARGIN_EDGE means, in an array of its own, and drops strings that are found when
 * another of the set is. */
bool alternatives_finish(struct alternatives_pool *pool, struct alternatives *set);

#endif
