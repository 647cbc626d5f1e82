/*
 * unused -- options that were given, and have no effect beside the others.
 *
 * Model:     whether an option has one is told by the action, by what is shown of the text and by
 *            the formats of the inputs, before any of these is read; for an origin by the rules.
 * Ownership: nothing is kept.
 * Errors:    warnings among the diagnostics.
 */
#ifndef DECHAFF_FLOW_UNUSED_H
#define DECHAFF_FLOW_UNUSED_H

#include "flow/options.h"
#include "rules/diag.h"
#include "rules/rules.h"

/* RULES are those that were loaded, or NULL. */
void unused_note(const struct options *options, const struct rules *rules,
                 struct diagnostics *diagnostics);

#endif
