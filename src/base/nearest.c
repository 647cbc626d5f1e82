#include "base/nearest.h"

#include <stdint.h>
#include <string.h>

#define LONGEST_WORD 24

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* Levenshtein's distance, one row of his table at a time. */
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t row[LONGEST_WORD + 1];

    if (a_length > LONGEST_WORD || b_length > LONGEST_WORD)
        return SIZE_MAX;
    for (size_t j = 0; j <= b_length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t above = row[j];

            row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[b_length];
}

const char *nearest_name(const void *rows, size_t stride, const char *name, size_t length)
{
    const char *row = rows;
    const char *row_name;
    const char *nearest = NULL;
    size_t best = 3;

    for (; memcpy(&row_name, row, sizeof row_name), row_name; row += stride) {
        size_t distance = edit_distance(name, length, row_name, strlen(row_name));

        if (distance < best && distance < length) {
            best = distance;
            nearest = row_name;
        }
    }
    return nearest;
}
