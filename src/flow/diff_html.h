/*
 * diff_html -- what changes under new rules, as a page for a browser.
 *
 * Model:     that of diff_text in the look of the report (report.h), and what that says of texts
 *            from outside holds here, too.
 * Ownership: all is borrowed; ROWS are those of changes_rank, after changes_finish.
 * Errors:    the writer's.
 */
#ifndef DECHAFF_FLOW_DIFF_HTML_H
#define DECHAFF_FLOW_DIFF_HTML_H

#include "diff/changes.h"
#include "io/writer.h"

bool diff_html_put(struct writer *writer, const struct changes *changes,
                   const struct change_row *rows, size_t count);

#endif
