/*
 * utf8 -- what is well-formed UTF-8.
 *
 * Model:     The Unicode Standard's table 3-7: the shortest form, no surrogates, nothing above
 *            U+10FFFF. A NUL is a character like any other.
 */
#ifndef DECHAFF_BASE_UTF8_H
#define DECHAFF_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* How many bytes at the start of TEXT are well-formed; LENGTH if all are. */
size_t utf8_valid_length(const char *text, size_t length);

static inline bool utf8_is_valid(const char *text, size_t length)
{
    return utf8_valid_length(text, length) == length;
}

#endif
