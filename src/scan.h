/*
 * scan -- which of many literals a line holds.
 *
 * Model:     the line is folded (fold.h) into a buffer, a newline before and after it. Of each
 *            literal the rarest four bytes are hashed into one bit table, which is asked at every
 *            byte of the line; where a bit is set, the literals of that hash are compared. This
 *            is Wu and Manber's multi-pattern search without its shifts, which thousands of
 *            literals leave too short to pay. The few literals below four bytes have a table of
 *            byte pairs, and a pass of their own if there are any.
 * Ownership: a scan copies its literals and is never changed once made; threads may share it.
 *            The text buffer belongs to one stream.
 * Limits:    UINT32_MAX literals; a line of any length is scanned in pieces of SCAN_PIECE bytes.
 * Errors:    NULL for a lack of memory, when made; scanning cannot fail.
 */
#ifndef DECHAFF_SCAN_H
#define DECHAFF_SCAN_H

#include "alternatives.h"
#include "fold.h"

#include <stddef.h>
#include <stdint.h>

#define SCAN_PIECE ((size_t)4096)

#define SCAN_PADDING 8 /* bytes behind the text that may be read */

/* What is left of the piece before, the piece, a newline. Starts zeroed. */
struct scan_text {
    unsigned char bytes[LITERAL_MAX_LENGTH + SCAN_PIECE + 1 + SCAN_PADDING];
};

struct scan;

/* LITERAL is the place of a literal in the array that the scan was made of. */
typedef void scan_hit(void *context, uint32_t literal);

/* The literals are folded, none is empty. */
struct scan *scan_create(const struct literal *literals, size_t count);
void scan_destroy(struct scan *scan);

/* Calls HIT for every literal in the line, perhaps more than once for one. */
void scan_line(const struct scan *scan, struct scan_text *text, const char *line, size_t length,
               scan_hit *hit, void *context);

/* Bytes allocated. */
size_t scan_memory(const struct scan *scan);

#endif
