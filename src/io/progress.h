/*
 * progress -- how far a run is, in one line for a terminal.
 *
 * Model:     a pure function of what the caller counts and of its clock: bytes and documents so
 *            far, nanoseconds of any clock that does not go back. The rate is over the whole run.
 * Ownership: nothing is kept but the times; the text is the caller's.
 * Limits:    the text is ASCII, so a byte is a column; what would be beyond SIZE is left out.
 */
#ifndef DECHAFF_IO_PROGRESS_H
#define DECHAFF_IO_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Nanoseconds between two texts. */
#define PROGRESS_INTERVAL (UINT64_C(500) * 1000 * 1000)

struct progress {
    uint64_t total;   /* bytes there are to read; 0: not known */
    uint64_t started; /* nanoseconds */
    uint64_t last;    /* when a text was due, or the start */
};

struct progress progress_start(uint64_t total, uint64_t now);

/* Whether PROGRESS_INTERVAL has passed since the last text was due, or since the start. If it has,
 * the next interval begins. */
bool progress_is_due(struct progress *progress, uint64_t now);

/*
 * Writes, terminated and without a newline,
 *
 *   1.2 GB of 4.0 GB, 310,000 documents, 85.3 MB/s, 0:33 left
 *
 * and returns its length. A kB is 1024 B. The total and the time left are named where the total is
 * known and not yet read, the rate once a millisecond has passed. From the first of its parts on
 * that would not fit into SIZE, one byte more than there are columns, they are left out.
 */
size_t progress_text(const struct progress *progress, uint64_t bytes, uint64_t documents,
                     uint64_t now, char *text, size_t size);

#endif
