/*
 * merge -- texts of records, read side by side as if they were one.
 *
 * Model:     merge_site turns to the next site, merge_line to its next template, until there are
 *            none; those of the site that were not asked for are passed over. What comes out is
 *            the same however the pages were spread over the texts, and in any order of these.
 * Ownership: the readers become the merge's; what record_site and record_line are for readers,
 *            merge->site and merge->line are here, until the next one is asked for.
 * Errors:    enum record_status.
 */
#ifndef DECHAFF_LEARN_MERGE_H
#define DECHAFF_LEARN_MERGE_H

#include "learn/record.h"

struct merge_source;
struct merge_page;

struct merge {
    struct seen_site site;
    struct seen_line line;

    struct merge_source *sources;
    size_t *heap; /* of sources, that of the least record first */
    size_t count; /* of sources, and of the heap */
    size_t heap_count;
    struct merge_page *found; /* of all sources that have the site */
    uint32_t found_room;
    uint32_t least; /* page of the line: its sample is of that */
    uint32_t page_room;
    uint32_t line_room;
    char *name;
    char *text; /* the key and the sample */
    size_t text_room;
};

/* Takes over the readers. False when memory is short. */
bool merge_open(struct merge *merge, struct record_reader *const *readers, size_t count);
void merge_close(struct merge *merge);

/* RECORD_SITE, or RECORD_END. */
enum record_status merge_site(struct merge *merge);

/* RECORD_LINE, or RECORD_END where the site ends. */
enum record_status merge_line(struct merge *merge);

#endif
