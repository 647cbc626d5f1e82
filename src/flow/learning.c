#include "flow/learning.h"

#include "flow/origin.h"
#include "line/measure.h"

#include <errno.h>
#include <stdio.h>
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

struct learn *learning_begin(const struct learn_wishes *wishes, struct stream *const *streams,
                             unsigned count)
{
    struct learn *learn = learn_create(wishes, count);

    for (unsigned i = 0; i < count && learn; i++) {
        streams[i]->learner = learn_learner(learn, i);
        streams[i]->filter = learning_document;
    }
    return learn;
}

void learning_fault(const struct learn *learn, enum learn_status status, char *text, size_t size)
{
    if (status == LEARN_NO_SPOOL)
        learn_fault(learn, text, size);
    else
        snprintf(text, size, "%s",
                 status == LEARN_NO_READ
                     ? strerror(errno)
                     : "these are no counts of --learn=counts, or not all of them");
}
