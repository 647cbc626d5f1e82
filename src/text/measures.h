/*
 * measures -- what rules can ask of a whole document.
 *
 * Model:     measures_begin, then measures_add for each stretch of what is left of it; then
 *            measures_ask. A measure is a number of things, or a share in per cent; which ones
 *            there are says enum measure (rules/rule.h). What is not asked for is not found out.
 * Ownership: one for each stream; measures_release frees what it holds.
 * Limits:    a body's.
 * Errors:    measures_no_memory; what was asked from then on means nothing.
 */
#ifndef DECHAFF_TEXT_MEASURES_H
#define DECHAFF_TEXT_MEASURES_H

#include "rules/rule.h"
#include "text/body.h"
#include "text/grams.h"
#include "text/repeats.h"

/* Zeroed at first. */
struct measures {
    struct body body;
    struct grams grams;
    struct repeats repeats;
    bool has_grams;   /* its words were taken */
    uint64_t dropped; /* words of lines that are not left */
};

void measures_release(struct measures *measures);

/* Starts a document. */
void measures_begin(struct measures *measures);

void measures_add(struct measures *measures, const char *text, size_t length);

/* Notes a line that is not left of it. */
void measures_add_dropped(struct measures *measures, const char *text, size_t length);

/* Whether the document is as RULE, which has a measure, asks. */
bool measures_meet(struct measures *measures, const struct rule *rule);

bool measures_no_memory(const struct measures *measures);

#endif
