/*
 * sightings -- which templates were seen on which pages, in memory.
 *
 * Model:     sightings_begin, the page's lines, sightings_end, for one page after the other; then,
 *            in any order of the pages, sightings_write writes the same records and leaves nothing.
 *            A page is known by its templates: of pages with the same ones, in the same order, one
 *            counts.
 * Ownership: sightings_destroy frees it all; what is given is copied.
 * Limits:    SIGHTINGS_LINES templates of a page; of its memory sightings_is_full tells, which
 *            one page goes beyond at most.
 * Errors:    false when memory is short, and from sightings_write also when the writer failed.
 */
#ifndef DECHAFF_LEARN_SIGHTINGS_H
#define DECHAFF_LEARN_SIGHTINGS_H

#include "learn/record.h"
#include "learn/template.h"

#define SIGHTINGS_LINES ((uint32_t)4096)

struct sightings;

/* MEMORY in bytes, what writing takes included. NULL when memory is short. */
struct sightings *sightings_create(size_t memory);
void sightings_destroy(struct sightings *sightings);

bool sightings_begin(struct sightings *sightings, struct span site);
/* A line of the page, where it is, whose page need not be said. */
bool sightings_line(struct sightings *sightings, const struct template *template,
                    const struct seen_at *at);
bool sightings_end(struct sightings *sightings);

bool sightings_is_full(const struct sightings *sightings);

/* All that was seen, as a text of records. */
bool sightings_write(struct sightings *sightings, struct writer *out);

#endif
