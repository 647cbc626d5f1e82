/*
 * ruleset -- the rules that a command line asks for.
 *
 * Model:     what -r, -e and the operands of --check name, in their order, or the profile
 *            `article`, is loaded under the ceilings of --limit, and the set is finished. The rules
 *            of one name are taken from their image if there is one; --write-image makes it.
 * Ownership: the rules and diagnostics stay the caller's, also after a failure.
 * Errors:    false when memory is short; what is wrong in the rules is in the diagnostics.
 */
#ifndef DECHAFF_FLOW_RULESET_H
#define DECHAFF_FLOW_RULESET_H

#include "flow/options.h"

/* PROGRAM is argv's, for rules/paths. */
bool ruleset_load(const struct options *options, const char *program, struct rules *rules,
                  struct diagnostics *diagnostics);

/* The same of the rules that --diff names, whose regexes may be known from the image that RULES
 * were taken from; *old, NULL without it, is the caller's to destroy, before RULES. */
bool ruleset_load_old(const struct options *options, const char *program, const struct rules *rules,
                      struct rules **old, struct diagnostics *diagnostics);

/* The rules that can be named, see rules/catalog; the caller frees the text. NULL when memory is
 * short. */
char *ruleset_packs(const struct options *options, const char *program);

#endif
