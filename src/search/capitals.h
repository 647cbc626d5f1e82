/*
 * capitals -- which letters of a line in ASCII are capitals.
 *
 * Model:     a pure function of the line's bytes. A word begins with a letter that no letter,
 *            digit or apostrophe stands before.
 */
#ifndef DECHAFF_SEARCH_CAPITALS_H
#define DECHAFF_SEARCH_CAPITALS_H

#include <stdbool.h>
#include <stddef.h>

struct capitals {
    bool is_ascii; /* else nothing is known */
    bool is_upper; /* there is a capital and no small letter */
    bool is_title; /* every word of four letters or more begins with one, and there is one */
};

struct capitals capitals_of(const char *text, size_t length);

#endif
