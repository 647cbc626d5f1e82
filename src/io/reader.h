/*
 * reader -- chunks of a file descriptor in, lines out.
 *
 * Model:     one buffer over one input at a time. A line is the text before an ending
 *            (line.h); read plainly only a line feed ends it, a carriage return right before that
 *            belongs to the ending, and every other one is data. A NUL is data. The last line may
 *            lack its ending.
 *            Text of at most max_line bytes is LINE_READ. Longer text comes as LINE_PARTs: pieces
 *            of exactly max_line bytes and a last one of 1 to max_line bytes, all with the same
 *            number; `first` and `last` mark the ends, only the last piece has an ending (0 bytes
 *            when the input ends without one). How the input was chunked changes none of them.
 * Ownership: a line borrows the buffer until the next reader_next, reader_open or reader_destroy.
 *            The descriptor stays the caller's.
 * Limits:    the buffer starts a little above one chunk and grows, only for a line that needs more,
 *            to max_line + chunk + 3 bytes. It never shrinks.
 * Errors:    a failed read ends the input: what was read before the failure is handed out first,
 *            then LINE_ERROR with errno. LINE_END and LINE_ERROR repeat until reader_open;
 *            LINE_NO_MEMORY loses nothing and may be tried again. Nothing is printed.
 */
#ifndef DECHAFF_IO_READER_H
#define DECHAFF_IO_READER_H

#include "base/span.h"
#include "line/line.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the options default to, in bytes. */
#define READER_CHUNK ((size_t)64 * 1024)
#define READER_MAX_LINE ((size_t)1024 * 1024)

struct reader;

/* `chunk` is the size of one read(2). A 0 of either counts as 1. NULL when memory is short. */
struct reader *reader_create(size_t chunk, size_t max_line);
void reader_destroy(struct reader *reader);

/* Starts a new input: what is left of the one before is forgotten, numbers restart at 1. */
void reader_open(struct reader *reader, int fd);

/* BEGUN was read of this input already: it comes first. Its bytes are borrowed. */
void reader_go_on(struct reader *reader, struct span begun);

/* From here on, for the inputs to come too: before the first line of one. */
void reader_read_plainly(struct reader *reader);

/* Fills *line for LINE_READ and LINE_PART only. */
enum line_status reader_next(struct reader *reader, struct line *line);

/* How many lines of this input came in pieces, and in *first the number of the first of them. */
uint64_t reader_long_lines(const struct reader *reader, uint64_t *first);

/* Bytes handed out since reader_open. */
uint64_t reader_bytes(const struct reader *reader);

/* True when the next reader_next will read(2), and so may wait: time to flush what is due. */
bool reader_drained(const struct reader *reader);

#endif
