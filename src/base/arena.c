#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE ((size_t)64 * 1024)

struct arena_chunk {
    struct arena_chunk *next;
    size_t used;
    size_t size;
    bool is_borrowed;
    alignas(max_align_t) char bytes[];
};

void arena_begin(struct arena *arena, void *memory, size_t size)
{
    struct arena_chunk *chunk = memory;

    *chunk = (struct arena_chunk){.size = size - sizeof *chunk, .is_borrowed = true};
    *arena = (struct arena){chunk, chunk->size};
}

void *arena_take(struct arena *arena, size_t size)
{
    struct arena_chunk *chunk = arena->chunks;

    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    if (!chunk || chunk->size - chunk->used < size) {
        size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;

        /* Not cleared: what is not handed out is never touched, and takes no memory. */
        chunk = malloc(sizeof *chunk + room);
        if (!chunk)
            return NULL;
        chunk->used = 0;
        chunk->is_borrowed = false;
        chunk->size = room;
        chunk->next = arena->chunks;
        arena->chunks = chunk;
        arena->size += room;
    }
    chunk->used += size;
    return chunk->bytes + chunk->used - size;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *object = arena_take(arena, size);

    if (object && size)
        memset(object, 0, size);
    return object;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    return count <= SIZE_MAX / 2 / size ? arena_alloc(arena, count * size) : NULL;
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_take(arena, length + 1);

    if (!copy)
        return NULL;
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

void arena_free(struct arena *arena)
{
    while (arena->chunks) {
        struct arena_chunk *next = arena->chunks->next;

        if (!arena->chunks->is_borrowed)
            free(arena->chunks);
        arena->chunks = next;
    }
    arena->size = 0;
}
