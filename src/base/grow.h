/*
 * grow -- arrays to which items are added one by one.
 *
 * Model:     the caller keeps the array, how many items it has and how many it has room for.
 * Ownership: the array is the caller's, from malloc; it starts as NULL with room for none.
 * Errors:    NULL when memory is short; the array is then as it was.
 */
#ifndef DECHAFF_BASE_GROW_H
#define DECHAFF_BASE_GROW_H

#include <stddef.h>

/* The array of COUNT items of SIZE bytes, moved if that takes room for one more. */
void *grow_by_one(void *items, size_t count, size_t *capacity, size_t size);

#endif
