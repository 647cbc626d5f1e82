/*
 * span -- a stretch of somebody else's text.
 *
 * Ownership: borrowed; a span never outlives the text it points into.
 */
#ifndef DECHAFF_SPAN_H
#define DECHAFF_SPAN_H

#include <stddef.h>

struct span {
    const char *text; /* not terminated */
    size_t length;
};

#endif
