#include "base/table.h"

#include <stdlib.h>
#include <string.h>

#define SIZE_LEAST 16

uint64_t table_hash_bytes(uint64_t hash, const char *bytes, size_t length)
{
    uint64_t word = 0, other = TABLE_GOLDEN, second;

    hash = table_hash_number(hash, length);
    if (length < sizeof word) {
        memcpy(&word, bytes, length);
        return table_hash_number(hash, word);
    }
    /* Two hashes, as each step has to wait for the one before. */
    for (; length > 2 * sizeof word; bytes += 2 * sizeof word, length -= 2 * sizeof word) {
        memcpy(&word, bytes, sizeof word);
        memcpy(&second, bytes + sizeof word, sizeof second);
        hash = table_hash_number(hash, word);
        other = table_hash_number(other, second);
    }
    if (length > sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = table_hash_number(hash, word);
    }
    /* The last eight, which may have been taken in part. */
    memcpy(&word, bytes + length - sizeof word, sizeof word);
    return table_hash_number(hash + other, word);
}

uint64_t table_hash_text(uint64_t hash, const char *text)
{
    return table_hash_bytes(hash, text, strlen(text));
}

static void put(struct table_slot *slots, size_t size, struct table_slot slot)
{
    size_t at = slot.hash & (size - 1);

    while (slots[at].number)
        at = (at + 1) & (size - 1);
    slots[at] = slot;
}

static bool grow(struct table *table)
{
    size_t size = table->size ? 2 * table->size : SIZE_LEAST;
    struct table_slot *slots = calloc(size, sizeof *slots);

    if (!slots)
        return false;
    for (size_t i = 0; i < table->size; i++)
        if (table->slots[i].number)
            put(slots, size, table->slots[i]);
    free(table->slots);
    table->slots = slots;
    table->size = size;
    return true;
}

bool table_add(struct table *table, uint64_t hash, uint32_t number)
{
    if (2 * table->count >= table->size && !grow(table))
        return false;
    put(table->slots, table->size, (struct table_slot){table_spread(hash), number + 1});
    table->count++;
    return true;
}

bool table_copy(struct table *table, struct arena *arena)
{
    struct table_slot *slots = arena_array(arena, table->size, sizeof *slots);

    if (!slots)
        return false;
    if (table->size)
        memcpy(slots, table->slots, table->size * sizeof *slots);
    table->slots = slots;
    return true;
}

void table_release(struct table *table)
{
    free(table->slots);
    *table = (struct table){0};
}
