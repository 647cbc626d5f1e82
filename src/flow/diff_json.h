/*
 * diff_json -- what changes under new rules, as one line of JSON.
 *
 * Model:     an object with the totals, an array of rules and one of hosts, all of them.
 * Ownership: all is borrowed; ROWS are those of changes_rank, after changes_finish.
 * Errors:    the writer's.
 */
#ifndef DECHAFF_FLOW_DIFF_JSON_H
#define DECHAFF_FLOW_DIFF_JSON_H

#include "diff/changes.h"
#include "io/writer.h"

bool diff_json_put(struct writer *writer, const struct changes *changes,
                   const struct change_row *rows, size_t count);

#endif
