/*
 * scan -- which of many literals a line holds.
 *
 * Model:     Wu and Manber's multi-pattern search, without its shifts and over the places where a
 *            literal can be at all: one probe at the line's first word and one at its last, one
 *            wherever a word or a character beyond ASCII begins, and for the few literals left one
 *            at each run of word bytes or at each sign. Bit masks of 64 bytes say where these are
 *            (blocks.h). A line that folding (fold.h) would change in no more than the case of
 *            ASCII letters is searched in place, any other in a folded copy, piece by piece.
 * Contract:  nothing outside of the line is read. No literal that is there is left out. One may be
 *            named in vain: where a long line was cut, its margins may not hold, and a sign that
 *            differs from one of its own as small letters do from capitals is taken for that.
 * Ownership: the arena's; a scan copies its literals and is never changed once made, so that
 *            threads may share it; it is the same for every machine. The text buffer belongs to one
 *            stream, and has the finder, which is the machine's.
 * Limits:    UINT32_MAX literals; a line of any length, SCAN_PIECE bytes at a time if folded.
 * Errors:    NULL for a lack of memory, when made; scanning cannot fail.
 */
#ifndef DECHAFF_SEARCH_SCAN_H
#define DECHAFF_SEARCH_SCAN_H

#include "base/arena.h"
#include "regex/literal.h"
#include "search/blocks.h"

#include <stddef.h>
#include <stdint.h>

#define SCAN_PIECE ((size_t)4096)

/* The rest starts zeroed: what is left of the piece before, and the piece. */
struct scan_text {
    blocks_finder *finder;
    unsigned char bytes[LITERAL_MAX_LENGTH + SCAN_PIECE];
};

struct scan;

/* LITERAL is the place of a literal in the array that the scan was made of. */
typedef void scan_hit(void *context, uint32_t literal);

/* The literals are folded, no two are the same, none is empty, and no margin is MARGIN_EDGE. Those
 * of OTHER, which is borrowed and was not added to another one itself, are looked for as well,
 * their numbers from COUNT on; it may be NULL. */
struct scan *scan_create(struct arena *arena, const struct scan *other,
                         const struct literal *const *literals, size_t count);

/* Calls HIT for every literal in the line: once for most of them. */
void scan_line(const struct scan *scan, struct scan_text *text, const char *line, size_t length,
               scan_hit *hit, void *context);

#endif
