/*
 * arena -- memory that is freed all at once.
 *
 * Model:     chunks, filled from the front; what was handed out never moves.
 * Ownership: everything that is handed out belongs to the arena; arena_free frees it all and
 *            leaves an empty arena. Memory that it was told to begin with stays the caller's.
 * Errors:    NULL when memory is short; the arena stays usable.
 */
#ifndef DECHAFF_BASE_ARENA_H
#define DECHAFF_BASE_ARENA_H

#include <stddef.h>

struct arena {
    struct arena_chunk *chunks; /* the newest first; NULL in an empty arena */
    size_t size;                /* bytes of all of them */
};

/* Fills MEMORY, SIZE zeroed bytes aligned for any object, before it takes more: at first. */
void arena_begin(struct arena *arena, void *memory, size_t size);

/* SIZE zeroed bytes, aligned for any object: none too, but not NULL then. */
void *arena_alloc(struct arena *arena, size_t size);

/* The same for COUNT objects of SIZE bytes each, at least one. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* SIZE bytes of any value, aligned for any object. */
void *arena_take(struct arena *arena, size_t size);

/* A copy of LENGTH bytes with a NUL behind them. */
char *arena_copy(struct arena *arena, const char *text, size_t length);

void arena_free(struct arena *arena);

#endif
