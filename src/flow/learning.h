/*
 * learning -- documents that are not filtered but learnt from, each by its stream's learner.
 *
 * Model:     the stream_filter of a run that learns: nothing is written. Where there are rules,
 *            what they decide is learnt from, too. A document whose site is not known (origin.h) is
 *            passed over.
 * Errors:    FAILURE_MEMORY, or FAILURE_LEARNER, of which learn_fault tells.
 */
#ifndef DECHAFF_FLOW_LEARNING_H
#define DECHAFF_FLOW_LEARNING_H

#include "flow/stream.h"

stream_filter learning_document;

/* Gives each of the streams, COUNT of them, a learner of what it returns, which is the caller's:
 * NULL when memory is short. */
struct learn *learning_begin(const struct learn_wishes *wishes, struct stream *const *streams,
                             unsigned count);

/* What the user should know of a step of learning that could not be done: LEARN_BAD, LEARN_NO_READ
 * with errno set, or LEARN_NO_SPOOL. */
void learning_fault(const struct learn *learn, enum learn_status status, char *text, size_t size);

#endif
