/*
 * report -- an HTML page of documents with what became of their lines.
 *
 * Model:     report_head, then for each document report_begin, its lines, report_end; report_foot.
 *            The page is complete in itself: no script, nothing that is fetched. Whatever comes
 *            from outside stands in the content of an element, never in a tag or an attribute, and
 *            what cannot be shown as it is (control characters, characters that turn the direction
 *            of text, bytes that are no UTF-8) is named instead. Documents need not be known
 *            beforehand: what is counted is written behind each and shown before it.
 * Ownership: report_create borrows the rules; report_destroy frees the rest.
 * Limits:    memory for the rules and their packs, whatever the documents.
 * Errors:    NULL when memory is short, else the writer's.
 */
#ifndef DECHAFF_FLOW_REPORT_H
#define DECHAFF_FLOW_REPORT_H

#include "decide/hold.h"
#include "io/writer.h"
#include "match/chosen.h"
#include "rules/rules.h"

struct report_page;

struct report_page *report_create(const struct rules *rules);
void report_destroy(struct report_page *page);

bool report_head(struct writer *writer);
bool report_foot(struct writer *writer);

/* NUMBER counts all documents of the run; the NAME is of the input, the HOST may be empty. */
bool report_begin(struct report_page *page, struct writer *writer, uint64_t number,
                  const char *name, const char *host);

/* CHOSEN are the rules that weigh in the document; NULL if no rule does. */
bool report_line(struct report_page *page, struct writer *writer, const struct chosen *chosen,
                 const struct held *line);
bool report_end(struct report_page *page, struct writer *writer);

#endif
