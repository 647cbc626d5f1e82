/*
 * samples -- a few lines out of many.
 *
 * Model:     of all lines that were added those whose texts have the lowest hashes, each text once,
 *            with the earliest place where it stands. So every text is as likely as any other, and
 *            the order in which lines are added, or whether they are added apart and then
 *            together, makes no difference.
 * Ownership: samples start zeroed; samples_release frees them.
 * Limits:    `most` lines, each cut to SAMPLE_BYTES.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_DIFF_SAMPLES_H
#define DECHAFF_DIFF_SAMPLES_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SAMPLE_BYTES 160 /* two lines of a terminal */

enum sample_kind { SAMPLE_LOST, SAMPLE_GAINED, SAMPLE_EDITED };

struct sample {
    uint64_t hash;
    uint64_t document; /* its number in the run */
    uint64_t line;
    enum sample_kind kind;
    size_t length;
    char text[SAMPLE_BYTES + 3]; /* with an ellipsis behind it if it was cut */
};

struct samples {
    struct sample *items; /* the lowest hash first; NULL, or room for as many as are wanted */
    uint32_t count;
};

void samples_release(struct samples *samples);

bool samples_add(struct samples *samples, uint32_t most, struct span text, enum sample_kind kind,
                 uint64_t document, uint64_t line);

/* Puts them in the order of their places. Nothing may be added after it. */
void samples_finish(struct samples *samples);

/* Adds those of OTHER, which had the same MOST. */
bool samples_merge(struct samples *samples, uint32_t most, const struct samples *other);

#endif
