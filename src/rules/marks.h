/*
 * marks -- the names that `mark` rules give to lines, as bits.
 *
 * Model:     a small table: the first names are those the engine itself knows.
 * Ownership: the names belong to whoever gave them, and must outlive the table.
 * Limits:    MARKS_MAX names.
 */
#ifndef DECHAFF_RULES_MARKS_H
#define DECHAFF_RULES_MARKS_H

#include "base/span.h"

#include <stdint.h>

#define MARKS_MAX 64

/* What the engine goes by: running text, lines of the site, headings of what comes after an
 * article, lines that a drop, cut, block or run rule hits, headlines. */
#define MARK_PROSE UINT64_C(1)
#define MARK_CHROME UINT64_C(2)
#define MARK_CLOSING UINT64_C(4)
#define MARK_RULE UINT64_C(8)
#define MARK_HEADLINE UINT64_C(16)

struct marks {
    struct span names[MARKS_MAX];
    uint32_t count;
};

void marks_init(struct marks *marks);

/* The name's bit, a new one if need be; 0 if there is no room. */
uint64_t marks_add(struct marks *marks, struct span name);

/* The bit of a name that is there, or 0. */
uint64_t marks_find(const struct marks *marks, struct span name);

#endif
