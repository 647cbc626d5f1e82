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
