/*
 * diffing -- documents that are not filtered but decided twice, to see what new rules change.
 *
 * Model:     the stream_filter of a run that compares: each line goes through the stream's own
 *            match and decide and through those of its differ, which are of the old rules; what
 *            the two say is joined line by line (diff/join.h) and counted (diff/changes.h).
 * Ownership: diffing_end frees what diffing_begin made.
 * Errors:    FAILURE_MEMORY; below.
 */
#ifndef DECHAFF_FLOW_DIFFING_H
#define DECHAFF_FLOW_DIFFING_H

#include "flow/stream.h"

stream_filter diffing_document;

/* What a run that compares has beside its streams. */
struct diffing {
    const struct diff_wishes *wishes;
    struct engine *engine;  /* of the old rules */
    struct differ *differs; /* of the streams */
    unsigned count;
    bool is_told; /* all was counted and written */
};

/* Gives each of the streams, COUNT of them, which have the same engine, a differ for the rules OLD.
 * NULL when memory is short. */
struct diffing *diffing_begin(struct stream *const *streams, unsigned count,
                              const struct rules *old);
void diffing_end(struct diffing *diffing);

/* Brings together what the streams have counted, and writes it, once. False if memory was short, or
 * the writer failed, of which it tells. */
bool diffing_write(struct diffing *diffing, struct writer *writer);

/* How much changes, and whether it is more than --max-change lets; of a run that ended before all
 * was written it is not known. */
double diffing_percent(const struct diffing *diffing);
bool diffing_exceeds(const struct diffing *diffing);

#endif
