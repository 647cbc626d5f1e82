/*
 * diff_text -- what changes under new rules, as text.
 *
 * Model:     the totals, a block for each rule, headed by @@, with a line for each of its samples,
 *            and a row for each host, of the busiest DIFF_TEXT_HOSTS.
 * Ownership: all is borrowed; ROWS are those of changes_rank, after changes_finish.
 * Errors:    the writer's.
 */
#ifndef DECHAFF_FLOW_DIFF_TEXT_H
#define DECHAFF_FLOW_DIFF_TEXT_H

#include "diff/changes.h"
#include "io/writer.h"

/* As many as a screen shows; all are in the JSON. */
#define DIFF_TEXT_HOSTS 20

bool diff_text_put(struct writer *writer, const struct changes *changes,
                   const struct change_row *rows, size_t count);

/* COUNT and WHAT, which is one of them, as in "2 lines". */
struct diff_count {
    char text[64];
};
struct diff_count diff_count(uint64_t count, const char *what);

/* The id of a row's rule, or -. */
void diff_rule(const struct changes *changes, const struct change_row *row, char *id, size_t size);

/* The changes of the hosts beyond the first SHOWN; *documents that have them. */
struct change_counts diff_rest(const struct changes *changes, size_t shown, uint64_t *documents);

#endif
