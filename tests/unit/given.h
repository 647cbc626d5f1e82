/*
 * given -- rules and documents for the unit tests, written as text.
 *
 * Model:     given_rules loads rules as -e would; filtered_text sends a document through match and
 *            decide the way filter.c does, and checks on the way what must hold of any stream:
 *            every line comes out once, in order.
 * Ownership: results are the caller's; each line lies in memory of its own, freed as soon as
 *            the borrowing is over, so that a sanitizer sees who reads it later.
 * Errors:    a failed check ends the test.
 */
#ifndef DECHAFF_TESTS_GIVEN_H
#define DECHAFF_TESTS_GIVEN_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "decide/decide.h"
#include "decide/headline.h"
#include "line/measure.h"
#include "match/match.h"
#include "rules/load.h"

/* Rules that may have errors; *text is the messages. */
static inline struct rules *given_rules_or_errors(const char *statements, bool keep_examples,
                                                  char **text)
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

static inline struct rules *given_rules(const char *statements)
{
    char *text;
    struct rules *rules = given_rules_or_errors(statements, true, &text);
    ck_assert_msg(strstr(text, "error:") == NULL, "%s", text);
    free(text);
    return rules;
}

/* The same with what is built of them; given_release frees both. */
static inline struct engine *given_engine(const char *statements)
{
    struct engine *engine = engine_create(given_rules(statements));
    ck_assert_ptr_nonnull(engine);
    return engine;
}

static inline void given_release(struct engine *engine)
{
    struct rules *rules = (struct rules *)engine->rules;
    engine_destroy(engine);
    rules_destroy(rules);
}

/* The line at *AT, which moves behind it, in memory of its own. */
static inline struct line given_line(const char **at, uint64_t number)
{
    const size_t all = strcspn(*at, "\n") + (strchr(*at, '\n') != NULL);
    const size_t ending = (*at)[all - 1] != '\n' ? 0 : all > 1 && (*at)[all - 2] == '\r' ? 2 : 1;
    char *copy = malloc(all);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, *at, all);
    *at += all;
    return (struct line){.text = copy,
                         .length = all - ending,
                         .ending = ending,
                         .number = number,
                         .first = true,
                         .last = true,
                         .size = all};
}

/* What becomes of the lines that come out; returns nothing, checks for itself. */
typedef void given_sink(void *context, const struct held *line);

struct given_stream {
    const struct rules *rules;
    struct engine *engine;
    struct match *match;
    struct decide *decide;
    uint64_t next;   /* number of the line that must come out next */
    uint64_t inside; /* lines that are not blank and still wait */
    uint64_t bytes;  /* of all that waits */
    given_sink *sink;
    void *context;
};

static inline bool given_until(void *context, uint32_t rule, const char *text, size_t length)
{
    return match_until(context, rule, text, length);
}

static inline void given_stream_open(struct given_stream *stream, const struct rules *rules,
                                     bool keep_dropped)
{
    *stream = (struct given_stream){.rules = rules};
    stream->engine = engine_create(rules);
    ck_assert_ptr_nonnull(stream->engine);
    stream->match = match_create(stream->engine, MATCH_PREFILTER);
    ck_assert_ptr_nonnull(stream->match);
    stream->decide =
        decide_create(rules, stream->engine->weights, keep_dropped, given_until, stream->match);
    ck_assert_ptr_nonnull(stream->decide);
}

static inline void given_stream_close(struct given_stream *stream)
{
    decide_destroy(stream->decide);
    match_destroy(stream->match);
    engine_destroy(stream->engine);
}

static inline void given_drain(struct given_stream *stream)
{
    const struct held *settled;
    while ((settled = decide_next(stream->decide)) != NULL) {
        ck_assert_uint_eq(settled->number, stream->next);
        ck_assert_uint_ge(settled->lines, 1);
        ck_assert(settled->verdict == VERDICT_KEEP || settled->verdict == VERDICT_DROP);
        ck_assert(settled->verdict == VERDICT_KEEP || settled->rule < stream->rules->count);
        ck_assert(settled->verdict == VERDICT_DROP || settled->text != NULL);
        if (!settled->is_blank) {
            ck_assert_uint_eq(settled->lines, 1);
            ck_assert_uint_gt(stream->inside, 0);
            stream->inside--;
        }
        stream->bytes -= settled->length + settled->ending;
        stream->next += settled->lines;
        stream->sink(stream->context, settled);
    }
    /* Lines that may be headlines wait apart from the others. */
    const uint64_t parts = stream->rules->weigh_count ? 2 : 1;
    ck_assert_uint_le(stream->inside,
                      stream->rules->parameters.hold_lines + (parts - 1) * HEADLINE_LINES);
    ck_assert_uint_le(stream->bytes, parts * stream->rules->parameters.hold_bytes);
}

/* Sends a document through. */
static inline void given_document(struct given_stream *stream, const char *text, given_sink *sink,
                                  void *context)
{
    uint64_t number = 0;
    stream->sink = sink;
    stream->context = context;
    stream->next = 1;
    decide_begin(stream->decide);
    while (*text != '\0') {
        const struct line line = given_line(&text, ++number);
        if (measure_is_blank(line.text, line.length)) {
            decide_blank(stream->decide, &line);
            stream->bytes += line.length + line.ending;
        } else {
            const struct position position = decide_position(stream->decide);
            struct matched matched;
            ck_assert(match_line(stream->match, line.text, line.length, &position, &matched));
            decide_line(stream->decide, &line, &matched);
            stream->bytes += matched.length + line.ending;
            stream->inside++;
        }
        given_drain(stream);
        free((char *)line.text);
    }
    decide_end(stream->decide);
    given_drain(stream);
    ck_assert_uint_eq(stream->inside, 0);
    ck_assert_uint_eq(stream->next, number + 1);
}

/* Text as it is put together. */
struct given_text {
    char bytes[8192];
    size_t length;
};

static inline void given_append(struct given_text *text, const char *bytes, size_t length)
{
    ck_assert_uint_lt(text->length + length, sizeof text->bytes);
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

static inline void given_keep_text(void *context, const struct held *line)
{
    if (line->verdict != VERDICT_KEEP)
        return;
    given_append(context, line->text, line->length);
    given_append(context, hold_ending(line->ending), line->ending);
}

/* What is left of the document under the rules. */
static inline void given_filtered(const struct rules *rules, const char *document,
                                  struct given_text *kept)
{
    struct given_stream stream;
    kept->length = 0;
    kept->bytes[0] = '\0';
    given_stream_open(&stream, rules, false);
    given_document(&stream, document, given_keep_text, kept);
    given_stream_close(&stream);
}

#endif
