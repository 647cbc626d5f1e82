#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>

#define ITEMS_LEAST ((size_t)16)

void *grow_by_one(void *items, size_t count, size_t *capacity, size_t size)
{
    size_t more = *capacity ? 2 * *capacity : ITEMS_LEAST;
    void *larger;

    if (count < *capacity)
        return items;
    if (more > SIZE_MAX / size)
        return NULL;
    larger = realloc(items, more * size);
    if (larger)
        *capacity = more;
    return larger;
}

bool grow_to(void **items, uint64_t count, uint32_t *capacity, size_t size)
{
    uint64_t more = 2 * count + ITEMS_LEAST;
    void *larger;

    if (*items && count <= *capacity)
        return true;
    if (count > UINT32_MAX / 4 || more > SIZE_MAX / size)
        return false;
    larger = realloc(*items, (size_t)more * size);
    if (!larger)
        return false;
    *items = larger;
    *capacity = (uint32_t)more;
    return true;
}
