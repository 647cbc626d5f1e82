/*
 * scan -- which of many literals a line holds.
 */
#ifndef DECHAFF_SCAN_H
#define DECHAFF_SCAN_H

#include "alternatives.h"
#include "fold.h"
#include "words.h"

#include <stddef.h>
#include <stdint.h>

#define SCAN_PIECE ((size_t)4096)

/* What is left of the piece before, and the piece. Starts zeroed. */
struct scan_text {
    unsigned char bytes[LITERAL_MAX_LENGTH + SCAN_PIECE];
};

struct scan;

/* LITERAL is the place of a literal in the array that the scan was made of. */
typedef void scan_hit(void *context, uint32_t literal);

/* The literals are folded, none is empty, and no margin is MARGIN_EDGE. */
struct scan *scan_create(const struct literal *literals, size_t count, words_finder *finder);
void scan_destroy(struct scan *scan);

/* Calls HIT for every literal in the line, perhaps more than once for one. */
void scan_line(const struct scan *scan, struct scan_text *text, const char *line, size_t length,
               scan_hit *hit, void *context);

/* Bytes allocated. */
size_t scan_memory(const struct scan *scan);

#endif
