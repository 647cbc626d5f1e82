/*
 * given -- rules and documents for the unit tests, written as text.
 *
 * Model:     given_rules loads rules as -e would; given_document sends a document through the loop
 *            of filter.c, and checks on the way what must hold of any stream: every line comes out
 *            once, in order. The Makefile links a filter.c whose main has another name and which
 *            calls watch_line, watch_blank and watch_next, below, for those of decide.h.
 * Ownership: results are the caller's; each line lies in memory of its own, freed as soon as
 *            the borrowing is over, so that a sanitizer sees who reads it later.
 * Errors:    a failed check ends the test.
 */
#ifndef DECHAFF_TESTS_GIVEN_H
#define DECHAFF_TESTS_GIVEN_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "decide/headline.h"
#include "flow/stream.h"
#include "match/match.h"
#include "rules/load.h"

/* Rules that may have errors; *text is the messages. */
struct rules *given_rules_or_errors(const char *statements, bool keep_examples, char **text);

struct rules *given_rules(const char *statements);

/* The same with what is built of them; given_release frees both. */
struct engine *given_engine(const char *statements);
void given_release(struct engine *engine);

/* The engine's rules that weigh where no section holds. */
struct chosen given_chosen(const struct engine *engine);

/* What becomes of the lines that come out; returns nothing, checks for itself. */
typedef void given_sink(void *context, const struct held *line);

struct given_stream {
    struct engine *engine;
    struct stream_wishes wishes;
    struct stream *stream;
    const char *at;  /* the rest of the document */
    char *copy;      /* of the line that is lent out */
    uint64_t number; /* of that line */
    uint64_t next;   /* number of the line that must come out next */
    uint64_t inside; /* lines that are not blank and still wait */
    uint64_t bytes;  /* of all that waits */
    given_sink *sink;
    void *context;
};

/* The stream must stay where it is. */
void given_stream_open(struct given_stream *stream, const struct rules *rules, bool keep_dropped);
void given_stream_close(struct given_stream *stream);

/* Starts a document without sending it through. */
void given_begin(struct given_stream *stream, given_sink *sink, void *context);

/* Sends a document through. */
void given_document(struct given_stream *stream, const char *text, given_sink *sink, void *context);

/* The loop of filter.c. */
stream_filter filter_document;

/* Those of decide.h, which count what goes in and check what comes out. */
void watch_blank(struct decide *decide, const struct line *line);
void watch_line(struct decide *decide, const struct line *line, const struct matched *matched);
const struct held *watch_next(struct decide *decide);

/* Text as it is put together. */
struct given_text {
    char bytes[8192];
    size_t length;
};

void given_append(struct given_text *text, const char *bytes, size_t length);
void given_keep_text(void *context, const struct held *line);

/* What is left of the document under the rules. */
void given_filtered(const struct rules *rules, const char *document, struct given_text *kept);

#endif
