/*
 * span -- a stretch of somebody else's text.
 *
 * Ownership: borrowed; a span never outlives the text it points into.
 */
#ifndef DECHAFF_BASE_SPAN_H
#define DECHAFF_BASE_SPAN_H

#include <stddef.h>
#include <string.h>

struct span {
    const char *text; /* not terminated */
    size_t length;
};

/* Where the first of those SIZE bytes begin, at least one; NULL if they are not there. */
static inline const char *span_find(struct span text, const char *bytes, size_t size)
{
    const char *at = text.text;
    size_t left = text.length;

    while (left >= size) {
        const char *found = memchr(at, bytes[0], left - size + 1);

        if (!found || memcmp(found, bytes, size) == 0)
            return found;
        left -= (size_t)(found + 1 - at);
        at = found + 1;
    }
    return NULL;
}

/* Where the first BYTE is that no backslash takes, an odd number of them before it; LENGTH if there
 * is none. */
static inline size_t span_find_bare(const char *text, size_t length, char byte)
{
    size_t at = 0;

    while (at < length) {
        const char *found = memchr(text + at, byte, length - at);
        size_t first;

        if (!found)
            return length;
        at = first = (size_t)(found - text);
        while (first > 0 && text[first - 1] == '\\')
            first--;
        if ((at - first) % 2 == 0)
            return at;
        at++;
    }
    return length;
}

#endif
