#include "io/path.h"

#include <stdlib.h>
#include <string.h>

char *path_join(const char *head, size_t length, const char *tail)
{
    size_t tail_size = strlen(tail) + 1;
    char *joined = malloc(length + tail_size);

    if (joined) {
        memcpy(joined, head, length);
        memcpy(joined + length, tail, tail_size);
    }
    return joined;
}

size_t path_directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash - path) + 1 : 0;
}
