/*
 * pages -- memory that is mapped from a file.
 *
 * Model:     what was read of it stays resident, until the system wants the memory for something
 *            else. What is read once only need not be: it can be given back, and would be mapped
 *            again.
 * Errors:    none: where the system knows no such thing nothing is done.
 */
#ifndef DECHAFF_BASE_PAGES_H
#define DECHAFF_BASE_PAGES_H

#include <stddef.h>

/* Bytes mapped from a file that are never written to. Starts zeroed: none. */
struct pages {
    const char *bytes;
    size_t size;
};

/* Threads may read them all the while. Of the pages at either end that are not theirs alone nothing
 * is given back. */
void pages_give_back(struct pages pages);

#endif
