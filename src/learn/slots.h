/*
 * slots -- what stands between two lines that a site's pages share.
 *
 * Model:     slots_note takes in where on their pages the landmarks are, lines that are on many of
 *            them; slots_find has the pairs of landmarks that come one behind the other, with lines
 *            between them that rules mostly drop. What stands there changes from page to page, as
 *            lists of headlines do, and now and then rules keep some of it; what they did on all
 *            the pages tells that it is none of the article.
 * Ownership: slots_release frees it all.
 * Limits:    in memory are the places of the landmarks of a site; SLOTS_OF pairs for each line that
 *            begins one.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_LEARN_SLOTS_H
#define DECHAFF_LEARN_SLOTS_H

#include "learn/record.h"
#include "learn/twins.h"

#define SLOTS_OF ((uint32_t)4)

struct slots_place {
    struct seen_at at;
    uint32_t landmark;
};

/* Two landmarks on a page, one behind the other. */
struct slots_gap {
    uint32_t first;
    uint32_t last;
    uint32_t page;
    uint32_t words; /* between them */
    uint32_t kept;
};

struct slot {
    uint32_t first; /* landmark */
    uint32_t last;
    uint32_t articles; /* pages, those with the same article counted once */
    uint64_t words;
    uint64_t kept;
};

/* Zeroed at first. */
struct slots {
    struct slots_place *places;
    struct slots_gap *gaps;
    uint32_t *pages;
    struct slot *found; /* by the first landmark; of several the one on most pages first */
    uint32_t place_count, place_room, gap_count, gap_room, page_room, count, room;
};

void slots_begin(struct slots *slots);

/* Where a landmark is on COUNT pages. Places that are not known count for nothing. */
bool slots_note(struct slots *slots, uint32_t landmark, const struct seen_at *at, uint32_t count);

/* Finds those on LEAST pages or more of which rules keep MOST per cent of the words, or fewer. */
bool slots_find(struct slots *slots, struct twins *twins, uint32_t least, double most);

void slots_release(struct slots *slots);

#endif
