/*
 * add -- rules and their examples, from statements into the set.
 *
 * Ownership: what is added lies in the arena of the rules.
 * Errors:    what is wrong goes into the diagnostics of the load; false only when memory is short.
 */
#ifndef DECHAFF_RULES_ADD_H
#define DECHAFF_RULES_ADD_H

#include "rules/statement.h"

#include <stdbool.h>

struct frame;

/* The rule that the statement is; examples that follow are its own. */
bool add_rule(struct frame *frame, const struct statement *statement);

/* An example of the rule above it. */
bool add_example(struct frame *frame, const struct statement *statement);

#endif
