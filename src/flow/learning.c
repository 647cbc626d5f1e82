#include "flow/learning.h"

#include "line/measure.h"
#include "rules/sections.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

static struct span of_text(const char *text)
{
    return (struct span){text, text ? strlen(text) : 0};
}

static bool is_host(struct span name)
{
    return name.length > 0 && name.length < DOCUMENT_HOST && *name.text != '*' &&
           section_is_host(name);
}

/* The last directory of PATH that could be a host: it has a dot in it, but not before it. */
static struct span host_of_path(struct span path)
{
    while (path.length) {
        size_t begin;
        struct span name;

        while (path.length && path.text[path.length - 1] != '/')
            path.length--;
        while (path.length && path.text[path.length - 1] == '/')
            path.length--;
        for (begin = path.length; begin && path.text[begin - 1] != '/';)
            begin--;
        name = (struct span){path.text + begin, path.length - begin};
        if (name.length && *name.text != '.' && memchr(name.text, '.', name.length) &&
            is_host(name))
            return name;
    }
    return path;
}

static struct span host_of(const struct stream *stream)
{
    struct span host = of_text(stream->is_streamed ? NULL : stream->document->host);

    if (!host.length)
        host = of_text(stream->wishes->host);
    if (!host.length)
        host = host_of_path(of_text(stream->name));
    return is_host(host) ? host : (struct span){"", 0};
}

static size_t last_label(struct span host, size_t end)
{
    while (end && host.text[end - 1] != '.')
        end--;
    return end;
}

/* The domain that a host is of: two labels, or three if the second last has three letters or fewer
 * and the last has two, as in co.uk. */
static struct span domain_of(struct span host)
{
    size_t last = last_label(host, host.length), second, third;

    if (last == 0 || isdigit((unsigned char)host.text[last]))
        return host; /* an address, too */
    second = last_label(host, last - 1);
    third = second ? last_label(host, second - 1) : 0;
    if (host.length - last == 2 && last - second <= 4)
        second = third;
    return span_after(host, second);
}

/* The name of the section for the host. */
static struct span site_of(const struct stream *stream, char site[DOCUMENT_HOST])
{
    struct span host = host_of(stream);

    if (span_starts(host, "www.") && is_host(span_after(host, 4)))
        host = span_after(host, 4);
    if (stream->wishes->learn->study.is_by_site)
        host = domain_of(host);
    for (size_t i = 0; i < host.length; i++)
        site[i] = (char)tolower((unsigned char)host.text[i]);
    return (struct span){site, host.length};
}

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
    struct span site = site_of(stream, name);
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
