#include "rules/sources.h"

#include <stdlib.h>
#include <string.h>

static uint64_t hash_place(const struct source *source)
{
    return table_hash_number(
        table_hash_number(table_hash_number(TABLE_HASH, source->device), source->inode),
        source->section);
}

const struct source *sources_at(const struct sources *sources, const char *path)
{
    uint64_t hash = table_hash_text(TABLE_HASH, path);
    size_t probe = 0;
    uint32_t number;

    while ((number = table_next(&sources->by_path, hash, &probe)) != TABLE_END)
        if (strcmp(sources->items[number]->path, path) == 0)
            return sources->items[number];
    return NULL;
}

bool sources_have(const struct sources *sources, const struct source *source)
{
    uint64_t hash = hash_place(source);
    size_t probe = 0;
    uint32_t number;

    while ((number = table_next(&sources->by_place, hash, &probe)) != TABLE_END) {
        const struct source *known = sources->items[number];

        if (source_is_same(known, source) && known->section == source->section)
            return true;
    }
    return false;
}

bool sources_add(struct sources *sources, const struct source *source)
{
    uint32_t number = (uint32_t)sources->count;

    if (sources->count == sources->capacity) {
        size_t capacity = sources->capacity ? 2 * sources->capacity : 16;
        const struct source **items = realloc(sources->items, capacity * sizeof *items);

        if (!items)
            return false;
        sources->items = items;
        sources->capacity = capacity;
    }
    sources->items[number] = source;
    if ((!sources_at(sources, source->path) &&
         !table_add(&sources->by_path, table_hash_text(TABLE_HASH, source->path), number)) ||
        !table_add(&sources->by_place, hash_place(source), number))
        return false;
    sources->count++;
    return true;
}

void sources_release(struct sources *sources)
{
    free(sources->items);
    table_release(&sources->by_path);
    table_release(&sources->by_place);
    *sources = (struct sources){0};
}
