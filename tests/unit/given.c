#include "given.h"

static struct given_stream *watched; /* the one whose document goes through */

struct rules *given_rules_or_errors(const char *statements, bool keep_examples, char **text)
{
    struct diagnostics diagnostics = {0};
    struct paths *paths = paths_create("check_dechaff", true);
    struct rules *rules = rules_create();
    struct load *load = load_create(rules, paths, &diagnostics, keep_examples);
    ck_assert_ptr_nonnull(paths);
    ck_assert_ptr_nonnull(rules);
    ck_assert_ptr_nonnull(load);
    ck_assert(load_text(load, statements));
    ck_assert(rules_finish(rules, &diagnostics));
    load_destroy(load);
    *text = diag_text(&diagnostics);
    ck_assert_ptr_nonnull(*text);
    diag_free(&diagnostics);
    paths_destroy(paths);
    return rules;
}

struct rules *given_rules(const char *statements)
{
    char *text;
    struct rules *rules = given_rules_or_errors(statements, true, &text);
    ck_assert_msg(strstr(text, "error:") == NULL, "%s", text);
    free(text);
    return rules;
}

struct engine *given_engine(const char *statements)
{
    struct engine *engine = engine_create(given_rules(statements));
    ck_assert_ptr_nonnull(engine);
    return engine;
}

void given_release(struct engine *engine)
{
    struct rules *rules = (struct rules *)engine->rules;
    engine_destroy(engine);
    rules_destroy(rules);
}

struct chosen given_chosen(const struct engine *engine)
{
    struct chosen chosen;
    ck_assert(chosen_init(&chosen, engine->weights));
    return chosen;
}

/* The next line of the watched document, in memory of its own; the one before is borrowed no
 * longer. */
static enum line_status next_line(struct document *document, struct line *line)
{
    (void)document;
    free(watched->copy);
    watched->copy = NULL;
    if (*watched->at == '\0')
        return LINE_END;
    const char *at = watched->at;
    const size_t all = strcspn(at, "\n") + (strchr(at, '\n') != NULL);
    const enum line_ending ending = at[all - 1] != '\n'              ? ENDING_NONE
                                    : all > 1 && at[all - 2] == '\r' ? ENDING_CRLF
                                                                     : ENDING_LF;
    watched->copy = malloc(all);
    ck_assert_ptr_nonnull(watched->copy);
    memcpy(watched->copy, at, all);
    watched->at += all;
    *line = (struct line){.text = watched->copy,
                          .length = all - line_ending_size(ending),
                          .ending = ending,
                          .number = ++watched->number,
                          .first = true,
                          .last = true,
                          .size = all};
    return LINE_READ;
}

void given_stream_open(struct given_stream *stream, const struct rules *rules, bool keep_dropped)
{
    static const struct format format = {.name = "given", .next_line = next_line};
    *stream = (struct given_stream){
        .wishes = {.show = keep_dropped ? SHOW_DROPPED : SHOW_KEPT,
                   .splice = {.inverts = keep_dropped, .max_drop = SPLICE_ALL}}};
    stream->engine = engine_create(rules);
    ck_assert_ptr_nonnull(stream->engine);
    stream->stream = stream_create(stream->engine, &stream->wishes);
    ck_assert_ptr_nonnull(stream->stream);
    stream->stream->document->format = &format;
    stream->stream->splice.out = writer_create(WRITER_MEMORY, 0);
    ck_assert_ptr_nonnull(stream->stream->splice.out);
}

void given_stream_close(struct given_stream *stream)
{
    writer_destroy(stream->stream->splice.out);
    stream_destroy(stream->stream);
    engine_destroy(stream->engine);
}

void given_begin(struct given_stream *stream, given_sink *sink, void *context)
{
    watched = stream;
    stream->sink = sink;
    stream->context = context;
    stream->next = 1;
    stream->number = 0;
    writer_clear(stream->stream->splice.out, WRITER_SIZE);
    ck_assert(splice_begin(&stream->stream->splice, NULL));
    decide_begin(stream->stream->decide);
}

void given_document(struct given_stream *stream, const char *text, given_sink *sink, void *context)
{
    given_begin(stream, sink, context);
    stream->at = text;
    ck_assert_int_eq(filter_document(stream->stream), LINE_END);
    ck_assert_int_eq(stream->stream->failure, FAILURE_NONE);
    ck_assert_uint_eq(stream->inside, 0);
    ck_assert_uint_eq(stream->bytes, 0);
    ck_assert_uint_eq(stream->next, stream->number + 1);
}

void watch_line(struct decide *decide, const struct line *line, const struct matched *matched)
{
    watched->inside++;
    watched->bytes += matched->length + line->ending;
    decide_line(decide, line, matched);
}

void watch_blank(struct decide *decide, const struct line *line)
{
    watched->bytes += line->length + line->ending;
    decide_blank(decide, line);
}

static void check_settled(const struct held *settled)
{
    ck_assert_uint_eq(settled->number, watched->next);
    ck_assert_uint_ge(settled->lines, 1);
    ck_assert(settled->verdict == VERDICT_KEEP || settled->verdict == VERDICT_DROP);
    ck_assert(settled->verdict == VERDICT_KEEP || settled->rule < watched->engine->rules->count);
    ck_assert(settled->verdict == VERDICT_DROP || settled->text != NULL);
    if (!settled->is_blank) {
        ck_assert_uint_eq(settled->lines, 1);
        ck_assert_uint_gt(watched->inside, 0);
        watched->inside--;
    }
    watched->bytes -= settled->length + line_ending_size(settled->ending);
    watched->next += settled->lines;
    watched->sink(watched->context, settled);
}

const struct held *watch_next(struct decide *decide)
{
    const struct held *settled = decide_next(decide);
    const struct rules *rules = watched->engine->rules;
    if (settled != NULL) {
        check_settled(settled);
        return settled;
    }
    /* Lines that may be headlines wait apart from the others. */
    const uint64_t parts = rules->weigh_count ? 2 : 1;
    ck_assert_uint_le(watched->inside, rules_held_lines(rules) + (parts - 1) * HEADLINE_LINES);
    ck_assert_uint_le(watched->bytes, parts * rules_held_bytes(rules));
    return NULL;
}

void given_append(struct given_text *text, const char *bytes, size_t length)
{
    ck_assert_uint_lt(text->length + length, sizeof text->bytes);
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void given_keep_text(void *context, const struct held *line)
{
    if (line->verdict != VERDICT_KEEP)
        return;
    given_append(context, line->text, line->length);
    given_append(context, line_ending_text(line->ending), line_ending_size(line->ending));
}

void given_filtered(const struct rules *rules, const char *document, struct given_text *kept)
{
    struct given_stream stream;
    kept->length = 0;
    kept->bytes[0] = '\0';
    given_stream_open(&stream, rules, false);
    given_document(&stream, document, given_keep_text, kept);
    given_stream_close(&stream);
}
