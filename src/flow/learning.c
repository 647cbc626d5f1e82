#include "flow/learning.h"

#include "flow/origin.h"
#include "line/measure.h"

#include <errno.h>
#include <string.h>

static void note(struct stream *stream, enum learn_status status)
{
    if (status != LEARN_OK && stream->failure == FAILURE_NONE)
        stream->failure = status == LEARN_NO_MEMORY ? FAILURE_MEMORY : FAILURE_LEARNER;
}

static void take_line(struct stream *stream, const struct line *line)
{
    if (measure_is_blank(line->text, line->length))
        return;
    stream->had_line = stream->has_line = true;
    note(stream, learner_line(stream->learner, (struct span){line->text, line->length}));
}

enum line_status learning_document(struct stream *stream)
{
    char name[DOCUMENT_HOST];
    struct span site = origin_site(stream, stream->wishes->learn->study.is_by_site, name);
    enum line_status status = LINE_END;
    struct line line;

    if (site.length)
        note(stream, learner_begin(stream->learner, site));
    else
        stream->remarks->homeless++;
    while (stream->failure == FAILURE_NONE) {
        status = stream_next(stream, &line);
        if (status != LINE_READ && status != LINE_PART)
            break;
        if (status == LINE_READ && site.length)
            take_line(stream, &line);
    }
    if (site.length && stream->failure == FAILURE_NONE)
        note(stream, learner_end(stream->learner));
    return status;
}

bool learning_begin(struct flow *flow)
{
    flow->learn = learn_create(flow->wishes->stream.learn, flow->count);
    for (unsigned i = 0; i < flow->count && flow->learn; i++) {
        flow->streams[i]->learner = learn_learner(flow->learn, i);
        flow->streams[i]->filter = learning_document;
    }
    return flow->learn != NULL;
}

enum flow_status learning_status(struct flow *flow, enum learn_status status)
{
    char text[256];

    switch (status) {
    case LEARN_OK:
        return FLOW_OK;
    case LEARN_NO_READ:
        flow->tell(flow->context, strerror(errno));
        return FLOW_FAILED;
    case LEARN_BAD:
        flow->tell(flow->context, "these are no counts of --learn=counts, or not all of them");
        return FLOW_FAILED;
    case LEARN_NO_SPOOL:
        learn_fault(flow->learn, text, sizeof text);
        flow->tell(flow->context, text);
        flow->has_ended = true;
        return FLOW_FAILED;
    case LEARN_NO_WRITE:
        outlet_fail(&flow->outlet, flow->outlet.sink);
        return FLOW_NO_OUTPUT;
    case LEARN_NO_MEMORY:
        break;
    }
    return FLOW_NO_MEMORY;
}
