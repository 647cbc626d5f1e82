/*
 * grow -- arrays to which items are added.
 *
 * Model:     the caller keeps the array, how many items it has and how many it has room for.
 * Ownership: the array is the caller's, from malloc; it starts as NULL with room for none.
 * Errors:    NULL, or false, when memory is short; the array is then as it was.
 */
#ifndef DECHAFF_BASE_GROW_H
#define DECHAFF_BASE_GROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The array of COUNT items of SIZE bytes, moved if that takes room for one more. */
void *grow_by_one(void *items, size_t count, size_t *capacity, size_t size);

/* Gives *ITEMS room for COUNT items of SIZE bytes, and as many again: it is never left NULL. False
 * also where the items are more than 32 bits should number. */
bool grow_to(void **items, uint64_t count, uint32_t *capacity, size_t size);

#endif
