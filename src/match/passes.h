/*
 * passes -- what pass rules let by.
 *
 * Model:     a pass rule is tried on a line only where a rule behind it hits, and goes among the
 *            hits at its place, which it ends; unless what is around the line has a say, or a rule
 *            of the user's own behind a shipped pass, which is for the decision to tell. From a
 *            rule of the user's own only those of the user's save: where a shipped rule may be
 *            taken back, the user's behind it are asked too.
 * Ownership: nothing is kept.
 * Errors:    none; a rule that comes to a limit protects the line.
 */
#ifndef DECHAFF_MATCH_PASSES_H
#define DECHAFF_MATCH_PASSES_H

#include "line/facts.h"
#include "match/hits.h"
#include "rules/rule.h"

#include <stdbool.h>

struct match;

/* Tries them on a line that has a hit. */
void passes_try(struct match *match, struct facts *facts, const struct position *position,
                struct matched *matched);

/* Whether one may save a line from the rule, but not from one of the user's own behind it. */
bool passes_may_save(const struct match *match, const struct rule *rule);

/* Whether a rule hit the line that is the last to do so, but for those of the user's own. */
bool passes_await_own(const struct match *match, const struct matched *matched);

#endif
