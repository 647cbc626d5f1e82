/*
 * twins -- pages of a site that have the same article.
 *
 * Model:     twins_begin, twins_note for each template that reads as prose and stands on several
 *            pages, twins_find. Two pages are twins if what they share of prose is half of the
 *            longer one's or more, and TWINS_WORDS words; twins of a twin are twins. What is shared
 *            is noted of pages that are neighbours among those that have a template, so that
 *            time and memory are linear in the sightings: twins of one article have most of its
 *            lines, and so are neighbours mostly.
 * Ownership: twins_release frees it all.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_LEARN_TWINS_H
#define DECHAFF_LEARN_TWINS_H

#include "base/table.h"
#include "learn/record.h"

#define TWINS_WORDS ((uint32_t)40)

struct twins_pair {
    uint32_t first;
    uint32_t second;
    uint32_t words; /* of prose that both have */
};

/* Zeroed at first. */
struct twins {
    struct twins_pair *pairs;
    uint32_t count;
    uint32_t room;
    struct table table;
    uint32_t *parents; /* of pages; a page that has none is its own */
    uint32_t *seen_by; /* by page, for the last line whose articles were counted */
    uint32_t pages;
    uint32_t pages_room;
    uint32_t articles; /* once they are found: pages, twins counted once */
    uint32_t counted;
};

bool twins_begin(struct twins *twins, uint32_t pages);
/* WORDS of prose, or 0. */
bool twins_note(struct twins *twins, const struct seen_line *line, uint32_t words);
void twins_find(struct twins *twins, const struct seen_site *site);

/* How many of the pages are of different articles. */
uint32_t twins_articles(struct twins *twins, const uint32_t *pages, uint32_t count);

void twins_release(struct twins *twins);

#endif
