#include "stream.h"

#include <stdlib.h>

static bool until_matches(void *match, uint32_t rule, const char *text, size_t length)
{
    return match_until(match, rule, text, length);
}

struct stream *stream_create(const struct rules *rules, const struct stream_wishes *wishes)
{
    struct stream *stream = calloc(1, sizeof *stream);

    if (!stream)
        return NULL;
    stream->reader = reader_create(wishes->buffer_size, wishes->max_line);
    stream->match = match_create(rules, wishes->engine);
    stream->decide = decide_create(rules, wishes->keep_dropped, until_matches, stream->match);
    stream->sink = sink_create();
    if (wishes->tally)
        stream->tally = tally_create(rules);
    if (!stream->reader || !stream->match || !stream->decide || !stream->sink ||
        (wishes->tally && !stream->tally)) {
        stream_destroy(stream);
        return NULL;
    }
    return stream;
}

void stream_destroy(struct stream *stream)
{
    if (!stream)
        return;
    tally_destroy(stream->tally);
    sink_destroy(stream->sink);
    decide_destroy(stream->decide);
    match_destroy(stream->match);
    reader_destroy(stream->reader);
    free(stream);
}
