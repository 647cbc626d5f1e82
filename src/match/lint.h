/*
 * lint -- what `--check` says of rules that loaded without an error.
 *
 * Model:     every example is tried on its rule alone, as a line of its own; conditions about the
 *            place in the document count as met. Then each rule is looked at for what its author
 *            can't have meant: the user's rules, or, if there are none, the shipped ones.
 * Errors:    findings are diagnostics; false is a lack of memory.
 */
#ifndef DECHAFF_MATCH_LINT_H
#define DECHAFF_MATCH_LINT_H

#include "rules/rules.h"

struct lint_result {
    size_t rules;
    size_t examples;
    size_t failed;  /* examples that are not caught, or are and should not be */
    size_t lacking; /* shipped rules without a + or a - example */
    size_t warnings;
};

bool lint_rules(const struct rules *rules, struct diagnostics *diagnostics,
                struct lint_result *result);

/* The result in a line. The caller frees it; NULL when memory is short. */
char *lint_text(const struct lint_result *result);

#endif
