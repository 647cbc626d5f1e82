/*
 * learning -- documents that are not filtered but learnt from, each by its stream's learner.
 *
 * Model:     the stream_filter of a run that learns: nothing is written, and no rule is tried. A
 *            document whose site is not known (origin.h) is passed over.
 * Errors:    FAILURE_MEMORY, or FAILURE_LEARNER, of which learn_fault tells.
 */
#ifndef DECHAFF_FLOW_LEARNING_H
#define DECHAFF_FLOW_LEARNING_H

#include "flow/flow.h"

stream_filter learning_document;

/* Gives each stream of the flow a learner. False when memory is short. */
bool learning_begin(struct flow *flow);

/* What came of a step of learning; tells what the user should know. */
enum flow_status learning_status(struct flow *flow, enum learn_status status);

#endif
