#include "io/respell.h"

#include <string.h>

static const char misread[] = "&apos;", well[] = "&#39;";

#define MISREAD (sizeof misread - 1)
#define WELL (sizeof well - 1)

size_t respell(char *bytes, size_t length, size_t *kept)
{
    size_t from = 0, to = 0;

    *kept = 0;
    while (from < length) {
        size_t left = length - from, shared = left < MISREAD ? left : MISREAD;

        if (memcmp(bytes + from, misread, shared) != 0) {
            const char *next = memchr(bytes + from + 1, *misread, left - 1);
            size_t plain = next ? (size_t)(next - bytes) - from : left;

            memmove(bytes + to, bytes + from, plain);
            from += plain;
            to += plain;
        } else if (shared == MISREAD) {
            memcpy(bytes + to, well, WELL);
            from += MISREAD;
            to += WELL;
        } else {
            memmove(bytes + to, bytes + from, left);
            *kept = left;
            return to + left;
        }
    }
    return to;
}
