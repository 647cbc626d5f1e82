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
    note(stream,
         learner_line(stream->learner, (struct span){line->text, line->length}, LEARN_UNKNOWN));
}

/* Takes in what rules have decided by now. */
static void take_decided(struct stream *stream)
{
    const struct held *line;

    while ((line = decide_next(stream->decide)))
        if (!line->is_blank && !line->continues && !line->is_continued &&
            stream->failure == FAILURE_NONE)
            note(stream, learner_line(stream->learner, (struct span){line->text, line->length},
                                      line->verdict == VERDICT_KEEP ? LEARN_STAYS : LEARN_GOES));
}

/* Has rules decide on a line, or a piece of one. */
static void decide_on(struct stream *stream, const struct line *line, bool is_piece)
{
    struct position position = decide_position(stream->decide);
    struct matched matched;

    if (is_piece)
        decide_piece(stream->decide, line);
    else if (measure_is_blank(line->text, line->length))
        decide_blank(stream->decide, line);
    else if (match_line(stream->match, line->text, line->length, &position, &matched)) {
        stream->had_line = stream->has_line = true;
        decide_line(stream->decide, line, &matched);
    } else
        stream->failure = FAILURE_MEMORY;
    take_decided(stream);
}

enum line_status learning_document(struct stream *stream)
{
    char name[DOCUMENT_HOST];
    struct span site = origin_site(stream, stream->wishes->learn->study.is_by_site, name);
    bool is_decided = stream->engine->rules->count > 0 && site.length;
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
        if (is_decided)
            decide_on(stream, &line, status == LINE_PART);
        else if (status == LINE_READ && site.length)
            take_line(stream, &line);
    }
    if (is_decided) {
        decide_end(stream->decide); /* after a failure too: nothing may be held for the next one */
        take_decided(stream);
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
