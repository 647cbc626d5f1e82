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

/* Whether there is more to be said: counts, or of a report that is in place what it holds. */
bool outcome_has_more(const struct flow *flow, bool has_failed);

/* That; NULL when memory is short. */
char *outcome_more(const struct flow *flow);

/* What the user should know: that rules reached the match limit, that more changes than
 * --max-change lets, or that a report was cut. NULL: nothing, unless *no_memory is set. Nothing
 * takes no memory: by then the files are in place, and the run must not fail. */
char *outcome_findings(const struct flow *flow, bool *no_memory);

#endif
