/*
 * table -- a hash table from hashes to numbers.
 *
 * Model:     the items stand in an array of the caller's; the table keeps their numbers by their
 *            hash. Whether an item of that hash is the one looked for, the caller tells. Items
 *            are never taken out.
 * Ownership: a table starts zeroed; table_release frees what it holds. One that is only looked into
 *            may be shared by threads.
 * Limits:    numbers below UINT32_MAX.
 * Errors:    false when memory is short; the table is then as it was.
 */
#ifndef DECHAFF_BASE_TABLE_H
#define DECHAFF_BASE_TABLE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TABLE_END UINT32_MAX
#define TABLE_HASH UINT64_C(0xCBF29CE484222325)   /* of nothing */
#define TABLE_GOLDEN UINT64_C(0x9E3779B97F4A7C15) /* 2^64 over the golden ratio: spreads bits */

struct table_slot {
    uint32_t hash;
    uint32_t number; /* + 1; 0: none */
};

struct table {
    struct table_slot *slots; /* half of them are free */
    size_t size;
    size_t count;
};

/* FNV-1a: the hash of what was hashed so far and BYTE behind it. */
static inline uint64_t table_hash_on(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT64_C(0x100000001B3);
}

/* The hash of what was hashed so far and a number behind it. */
static inline uint64_t table_hash_number(uint64_t hash, uint64_t number)
{
    hash = (hash ^ number) * TABLE_GOLDEN;
    return hash ^ hash >> 29;
}

/* A hash of 32 bits, the upper ones being the best. */
static inline uint32_t table_hash_short(uint32_t number)
{
    return number * (uint32_t)(TABLE_GOLDEN >> 32);
}

/* The hash of what was hashed so far and LENGTH bytes behind it; takes eight at a time. */
uint64_t table_hash_bytes(uint64_t hash, const char *bytes, size_t length);

/* The same for a text that ends with a NUL. */
uint64_t table_hash_text(uint64_t hash, const char *text);

bool table_add(struct table *table, uint64_t hash, uint32_t number);

/* What of a hash is kept: names that differ in their last digit have hashes that do in few bits. */
static inline uint32_t table_spread(uint64_t hash)
{
    return (uint32_t)((hash * TABLE_GOLDEN) >> 32);
}

/* The next number of an item that has HASH, or TABLE_END. *PROBE is 0 at the first call. */
static inline uint32_t table_next(const struct table *table, uint64_t hash, size_t *probe)
{
    uint32_t wanted = table_spread(hash);

    while (table->size) {
        const struct table_slot *slot = &table->slots[(wanted + (*probe)++) & (table->size - 1)];

        if (!slot->number)
            break;
        if (slot->hash == wanted)
            return slot->number - 1;
    }
    return TABLE_END;
}

/* *TABLE as a copy of itself in the arena, which is never released nor added to. */
bool table_copy(struct table *table, struct arena *arena);

void table_release(struct table *table);

#endif
