#include "flow/stream.h"

#include "line/measure.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Lines of a text after which its progress is told. */
#define LINES_BETWEEN 4096

bool stream_until(void *match, uint32_t rule, const char *text, size_t length)
{
    return match_until(match, rule, text, length);
}

bool stream_reports(const struct stream_wishes *wishes)
{
    return wishes->show == SHOW_EXPLAINED && wishes->form == EXPLAIN_HTML;
}

struct stream *stream_create(const struct engine *engine, const struct stream_wishes *wishes)
{
    struct stream *stream = calloc(1, sizeof *stream);
    const struct rules *rules = engine->rules;
    bool keeps_dropped =
        wishes->show == SHOW_DROPPED || wishes->show == SHOW_EXPLAINED || wishes->learn;

    if (!stream)
        return NULL;
    stream->wishes = wishes;
    stream->engine = engine;
    stream->reader = reader_create(wishes->buffer_size, wishes->max_line);
    stream->match = match_create(engine, wishes->way);
    if (stream->match)
        stream->decide = decide_create(rules, match_chosen(stream->match), keeps_dropped,
                                       stream_until, stream->match);
    stream->document = document_create(wishes->fields, wishes->max_line);
    stream->splice.notes = writer_create(WRITER_MEMORY, 0);
    if (wishes->stats)
        stream->stats = stats_create(rules);
    if (stream_reports(wishes))
        stream->page = report_create(rules);
    if (wishes->dossier)
        stream->dossier = dossier_create(wishes->dossier, rules);
    if (!stream->reader || !stream->match || !stream->decide || !stream->document ||
        !stream->splice.notes || (wishes->stats && !stream->stats) ||
        (stream_reports(wishes) && !stream->page) || (wishes->dossier && !stream->dossier)) {
        stream_destroy(stream);
        return NULL;
    }
    if (rules->parameters.view == VIEW_PLAIN)
        reader_read_plainly(stream->reader);
    stream->document->is_plain = rules->parameters.view == VIEW_PLAIN;
    stream->splice.wishes = &wishes->splice;
    stream->splice.rules = rules;
    return stream;
}

void stream_destroy(struct stream *stream)
{
    if (!stream)
        return;
    dossier_destroy(stream->dossier);
    report_destroy(stream->page);
    stats_destroy(stream->stats);
    writer_destroy(stream->splice.notes);
    document_destroy(stream->document);
    decide_destroy(stream->decide);
    match_destroy(stream->match);
    reader_destroy(stream->reader);
    free(stream);
}

static bool fail(struct stream *stream, enum failure failure)
{
    if (stream->failure == FAILURE_NONE)
        stream->failure = failure;
    return false;
}

void stream_fail_put(struct stream *stream)
{
    fail(stream, stream->is_streamed ? FAILURE_OUTPUT : FAILURE_MEMORY);
}

static void count(struct stream *stream, enum stats_count which)
{
    if (stream->stats)
        stream->stats->documents[which]++;
}

static const char *or_else(const char *text, const char *other)
{
    return *text ? text : other;
}

/* A document begins with these bytes, a line or more. */
static void look_at(struct stream *stream, struct span begin, bool is_cut,
                    const struct format *format)
{
    const struct looks *looks = looks_find(begin, is_cut);

    if (looks && looks->format != format)
        stream->remarks->looks = looks;
}

/* The same of the first line that is not blank of a text that is read as it comes. */
static void look_at_first(struct stream *stream, const struct line *line)
{
    stream->is_begun = true;
    look_at(stream, (struct span){line->text, line->length}, !line->last, &text_format);
}

/* A line of a text that is read as it comes. */
static void look_at_line(struct stream *stream, const struct line *line)
{
    if ((stream->is_begun && !stream->wishes->looks_for_page) ||
        measure_is_blank(line->text, line->length))
        return;
    if (!stream->is_begun)
        look_at_first(stream, line);
    if (stream->wishes->looks_for_page && line->first)
        remarks_note_line(stream->remarks, line->text, line->length);
}

/* A line of a document's field. */
static void look_at_field(struct stream *stream, const struct line *line)
{
    if (stream->is_begun || measure_is_blank(line->text, line->length))
        return;
    stream->is_begun = true;
    stream->is_html = looks_are_html((struct span){line->text, line->length});
}

/* No line of the document was seen yet. */
static void begin_remarks(struct stream *stream)
{
    stream->is_begun = stream->is_html = stream->had_line = stream->has_line = false;
}

static void end_remarks(struct stream *stream)
{
    stream->remarks->texts += stream->had_line;
    stream->remarks->html += stream->had_line && stream->is_html;
    stream->remarks->emptied += stream->had_line && !stream->has_line;
}

/* Turns to a document from there, which begins. */
static void begin_lines(struct stream *stream, const char *host, const char *language)
{
    match_document(stream->match, host, language);
    decide_begin(stream->decide);
    if (!stream->differ)
        return;
    match_document(stream->differ->match, host, language);
    decide_begin(stream->differ->decide);
}

bool stream_begin_text(struct stream *stream, int fd, struct span begun, uint64_t number,
                       struct writer *out)
{
    stream->is_streamed = true;
    stream->splice.out = out;
    stream->on_text = (struct remarks){0};
    stream->remarks = &stream->on_text;
    begin_remarks(stream);
    reader_open(stream->reader, fd);
    reader_go_on(stream->reader, begun);
    stream->number = number;
    begin_lines(stream, stream->wishes->host, stream->wishes->language);
    count(stream, STATS_DOCUMENTS);
    return (stream->page ? report_begin(stream->page, out, number, stream->name,
                                        stream->wishes->host ? stream->wishes->host : "")
                         : splice_begin(&stream->splice, NULL)) ||
           fail(stream, FAILURE_OUTPUT);
}

/* A document of the batch that is not filtered: let alone, or dropped for the reason. */
static bool pass(struct stream *stream, const char *reason)
{
    if (stream->wishes->show == SHOW_KEPT &&
        !splice_whole(&stream->splice, stream->document, reason))
        fail(stream, FAILURE_MEMORY);
    return false;
}

static void report(struct stream *stream, struct batch *batch, const struct fault *fault)
{
    if (!batch_add_fault(batch, fault))
        fail(stream, FAILURE_MEMORY);
}

static bool pass_part(struct stream *stream, struct batch *batch)
{
    if (batch->is_first_part) {
        count(stream, STATS_DOCUMENTS);
        count(stream, STATS_BAD);
        report(stream, batch,
               &(struct fault){.document = batch->number,
                               .offset = batch->offset,
                               .reason = "over --max-document, so it went through untouched"});
    }
    return pass(stream, NULL);
}

static bool pass_bad(struct stream *stream, struct batch *batch)
{
    const struct document *document = stream->document;
    struct fault fault = {.document = document->number,
                          .offset = document->offset + document->fault_at,
                          .column = document->fault_at + 1,
                          .reason = document->fault};

    count(stream, STATS_BAD);
    report(stream, batch, &fault);
    batch->is_fatal = stream->wishes->bad_is_fatal;
    if (batch->is_fatal)
        return false;
    return pass(stream, stream->wishes->splice.drop_bad ? "bad" : NULL);
}

/* With --explain a row of its own: what document, and where it comes from. */
static bool put_heading(const struct stream *stream)
{
    const struct document *document = stream->document;
    char text[DOCUMENT_HOST + 64];
    int length;

    if (stream->page)
        return report_begin(stream->page, stream->splice.out, stream->number, stream->name,
                            document->host);
    length = snprintf(text, sizeof text, "document\t%" PRIu64 "\t%s%s\n", document->number,
                      stream->engine->weights ? "-\t" : "", or_else(document->host, "-"));
    return writer_put(stream->splice.out, text, (size_t)length);
}

/* What comes before the document's lines. */
static bool begin_output(struct stream *stream)
{
    if (stream->wishes->show == SHOW_NOTHING)
        return true;
    return stream->wishes->show == SHOW_EXPLAINED ? put_heading(stream)
                                                  : splice_begin(&stream->splice, stream->document);
}

bool stream_begin_document(struct stream *stream, struct batch *batch, size_t index)
{
    struct document *document = stream->document;
    struct span bytes = batch_document(batch, index);
    uint64_t offset = batch->offset + (uint64_t)(bytes.text - batch->bytes);

    stream->is_streamed = false;
    stream->splice.out = batch->out;
    stream->splice.rejects = batch->rejects;
    stream->splice.first_document = batch->first_document;
    stream->splice.first_offset = batch->first_offset;
    stream->remarks = &batch->remarks;
    if (batch->is_part) {
        document->bytes = bytes.text;
        document->size = bytes.length;
        return pass_part(stream, batch);
    }
    document_open(document, batch->format, bytes, batch->number + index, offset);
    if (document->no_memory)
        return fail(stream, FAILURE_MEMORY);
    count(stream, STATS_DOCUMENTS);
    if (document->number == 1 && (document->fault || document->begin == 0))
        look_at(stream, bytes, false, batch->format);
    remarks_note_fields(stream->remarks, document);
    if (document->fault)
        return pass_bad(stream, batch);
    if (!document->has_text)
        return pass(stream, NULL);
    stream->number = stream->splice.first_document + document->number;
    begin_lines(stream, or_else(document->host, stream->wishes->host),
                or_else(document->language, stream->wishes->language));
    begin_remarks(stream);
    return begin_output(stream) || fail(stream, FAILURE_MEMORY);
}

void stream_count(struct stream *stream, const struct held *line)
{
    if (stream->stats)
        stats_line(stream->stats, line);
    if (line->is_blank)
        return;
    stream->had_line = true;
    if (!stream->has_line)
        stream->has_line =
            line->verdict == VERDICT_KEEP && !measure_is_blank(line->text, line->length);
}

bool stream_explain(struct stream *stream, const struct held *line)
{
    const struct chosen *chosen = match_chosen(stream->match);

    if (stream->dossier)
        return dossier_line(stream->dossier, chosen, line) || fail(stream, FAILURE_MEMORY);
    if (stream->page)
        return report_line(stream->page, stream->splice.out, chosen, line);
    return explain_line(stream->splice.out, stream->engine->rules, chosen, line,
                        stream->wishes->form, stream->is_coloured);
}

static bool counts_words(const struct stream *stream)
{
    return !stream->is_streamed && stream->wishes->splice.max_drop < SPLICE_ALL;
}

enum line_status stream_next(struct stream *stream, struct line *line)
{
    struct document *document = stream->document;
    enum line_status status = stream->is_streamed ? reader_next(stream->reader, line)
                                                  : document->format->next_line(document, line);

    if (stream->is_streamed && (status == LINE_READ || status == LINE_PART))
        look_at_line(stream, line);
    else if (document->has_fields && (status == LINE_READ || status == LINE_PART))
        look_at_field(stream, line);
    if (stream->dossier && (status == LINE_READ || status == LINE_PART) &&
        !dossier_read(stream->dossier, line))
        fail(stream, FAILURE_MEMORY);
    if (status == LINE_READ && stream->is_streamed && line->number % LINES_BETWEEN == 0)
        stream->moved(stream->moved_context, line->offset);
    if ((status == LINE_READ || status == LINE_PART) && counts_words(stream))
        splice_count(&stream->splice, line->text, line->length);
    return status;
}

bool stream_gave_up(const struct stream *stream)
{
    return decide_gave_up(stream->decide) ||
           (stream->differ && decide_gave_up(stream->differ->decide));
}

static enum splice_end end_document(struct stream *stream, struct batch *batch)
{
    const struct document *document = stream->document;
    enum splice_end end = SPLICE_DONE;

    if (stream->wishes->show == SHOW_KEPT || stream->wishes->show == SHOW_DROPPED)
        end = splice_end(&stream->splice);
    if (end == SPLICE_NO_MEMORY)
        fail(stream, FAILURE_MEMORY);
    else if (end == SPLICE_SPARED)
        count(stream, STATS_SPARED);
    else if (end == SPLICE_EMPTY)
        count(stream, STATS_EMPTY);
    if (document->long_lines)
        report(stream, batch,
               &(struct fault){.document = document->number,
                               .offset = document->offset,
                               .line = document->first_long,
                               .reason = "over --max-line, so it went through untouched"});
    if (stream_gave_up(stream))
        report(stream, batch,
               &(struct fault){
                   .document = document->number,
                   .offset = document->offset,
                   .reason = "too long to be looked at as a whole, so no document rule had a say"});
    if (stream->stats)
        stats_end(stream->stats, end != SPLICE_SPARED);
    return end;
}

/* Whether memory was short for those who decide. */
static bool was_short(const struct stream *stream)
{
    const struct differ *differ = stream->differ;

    if (differ && (match_no_memory(differ->match) || decide_no_memory(differ->decide)))
        return true;
    return match_no_memory(stream->match) || decide_no_memory(stream->decide);
}

void stream_end(struct stream *stream, struct batch *batch)
{
    enum splice_end end = SPLICE_DONE;

    if (was_short(stream))
        fail(stream, FAILURE_MEMORY);
    if (stream->page && stream->failure == FAILURE_NONE &&
        !report_end(stream->page, stream->splice.out))
        stream_fail_put(stream);
    if (stream->dossier && stream->failure == FAILURE_NONE &&
        !dossier_end(stream->dossier, stream->splice.out))
        fail(stream, stream->splice.out->error ? FAILURE_OUTPUT : FAILURE_MEMORY);
    if (batch && stream->failure == FAILURE_NONE)
        end = end_document(stream, batch);
    else if (stream->stats)
        stats_end(stream->stats, true);
    if (end != SPLICE_SPARED)
        end_remarks(stream);
}
