/*
 * stream -- everything that changes while one stream of documents is filtered.
 *
 * Model:     the modules a line passes through, each with its own state, over rules that other
 *            streams may share.
 * Ownership: stream_destroy frees all but the rules.
 */
#ifndef DECHAFF_STREAM_H
#define DECHAFF_STREAM_H

#include "decide.h"
#include "match.h"
#include "reader.h"
#include "sink.h"
#include "tally.h"

struct stream {
    struct reader *reader;
    struct match *match;
    struct decide *decide;
    struct sink *sink;
    struct tally *tally; /* NULL unless counts are wanted */
};

struct stream_wishes {
    enum match_engine engine;
    size_t buffer_size;
    size_t max_line;
    bool keep_dropped; /* dropped lines' texts are wanted */
    bool tally;
};

/* NULL when memory is short. */
struct stream *stream_create(const struct rules *rules, const struct stream_wishes *wishes);
void stream_destroy(struct stream *stream);

#endif
