/*
 * outcome -- what a run comes to, over all its streams.
 *
 * Model:     asked for once, when all inputs are done: the streams' counts are added up.
 * Ownership: the caller frees the texts.
 * Errors:    below.
 */
#ifndef DECHAFF_FLOW_OUTCOME_H
#define DECHAFF_FLOW_OUTCOME_H

#include "flow/flow.h"

/* The counts of all streams together; NULL when memory is short. */
char *outcome_stats(const struct flow *flow);

/* What the user should know: that rules reached the match limit, or that more changes than
 * --max-change lets. NULL: nothing, unless *no_memory is set. Nothing takes no memory: by then the
 * files are in place, and the run must not fail. */
char *outcome_findings(const struct flow *flow, bool *no_memory);

#endif
