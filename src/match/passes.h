/*
 * passes -- what pass rules let by.
 *
 * Model:     a pass rule is tried on a line only where a rule behind it hits, and goes among the
 *            hits at its place, which it ends; unless what is around the line has a say, or a rule
 *            of the user's own behind a shipped pass, which is for the decision to tell. From a
 *            rule of the user's own only those of the user's save: where a shipped rule may be
 *            taken back, the user's behind it are asked too. Most pass rules ask for words, by
 *            which a prefilter of their own refuses them: it is asked of the few lines that are
 * hit. Ownership: one for each stream; passes_release frees what it has, the engine is borrowed.
 * Errors:    none; a rule that comes to a limit protects the line.
 */
#ifndef DECHAFF_MATCH_PASSES_H
#define DECHAFF_MATCH_PASSES_H

#include "line/facts.h"
#include "match/engine.h"
#include "match/hits.h"

#include <stdbool.h>

struct match;

struct pass {
    uint32_t rule;
    uint32_t number; /* that the prefilter has it by, or NO_RULE */
};

struct passes {
    struct pass *list; /* in the order of the rules */
    uint32_t count;
    struct prefilter_scratch *scratch; /* NULL: all are tried */
    uint64_t *named;                   /* a set of numbers: those that can match the line at hand */
};

/* It starts zeroed; false when memory is short. Either way passes_release is due. */
bool passes_init(struct passes *passes, const struct engine *engine, enum match_way way);
void passes_release(struct passes *passes);

/* Tries them on a line that has a hit. */
void passes_try(struct match *match, struct facts *facts, const struct position *position,
                struct matched *matched);

/* Whether one may save a line from the rule, but not from one of the user's own behind it. */
bool passes_may_save(const struct match *match, const struct rule *rule);

/* Whether a rule hit the line that is the last to do so, but for those of the user's own. */
bool passes_await_own(const struct match *match, const struct matched *matched);

#endif
