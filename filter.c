/*
 * dechaff -- drops the lines that belong to the site and not to the article.
 *
 * The life of a line is filter_input(): next, match, decide, settle, write. All rules are loaded
 * and checked before any input is read. Only this file talks to the user.
 */
#include "src/explain.h"
#include "src/lint.h"
#include "src/measure.h"
#include "src/options.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum status { DONE = 0, NEEDS_A_LOOK = 1, FAILED = 2 };

struct run {
    const struct options *options;
    const struct rules *rules;
    struct stream *stream;
    bool is_coloured;
    bool is_interactive; /* write what is decided before waiting for more */
    bool is_over;        /* nothing more can be written, or memory ran out */
    enum status status;
};

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
    va_list arguments;

    fputs("dechaff: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

static enum status no_memory(void)
{
    say("out of memory");
    return FAILED;
}

/* Prints TEXT and frees it; false when memory was short for it. */
static bool print(FILE *stream, char *text)
{
    bool good = text != NULL;

    if (good)
        fputs(text, stream);
    free(text);
    return good;
}

static void worsen(struct run *run, enum status status)
{
    if (run->status < status)
        run->status = status;
}

static void fail_memory(struct run *run)
{
    run->is_over = true;
    run->status = no_memory();
}

/* A closed pipe needs no words: who closed it knows. */
static void fail_output(struct run *run)
{
    if (sink_error(run->stream->sink) != EPIPE)
        say("%s: %s", sink_fault(run->stream->sink), sink_reason(run->stream->sink));
    run->is_over = true;
    run->status = FAILED;
}

static void flush(struct run *run)
{
    if (!sink_flush(run->stream->sink))
        fail_output(run);
}

static void write_line(struct run *run, const struct held *line)
{
    struct writer *writer = run->stream->sink->writer;
    bool good = true;

    if (run->stream->tally)
        tally_line(run->stream->tally, line);
    if (run->options->show == SHOW_EXPLAINED)
        good = explain_line(writer, run->rules, line, run->is_coloured);
    else if ((run->options->show == SHOW_DROPPED) == (line->verdict == VERDICT_DROP))
        good = writer_put(writer, line->text, line->length) &&
               writer_put(writer, hold_ending(line->ending), line->ending);
    if (!good || run->options->line_buffered)
        flush(run);
}

static void write_settled(struct run *run)
{
    const struct held *settled;

    while (!run->is_over && (settled = decide_next(run->stream->decide)))
        write_line(run, settled);
}

/* Meets the line with the rules; its verdict may have to wait for lines to come. */
static void decide_on(struct run *run, const struct line *line)
{
    struct stream *stream = run->stream;
    struct position position = decide_position(stream->decide);
    struct matched matched;

    if (measure_is_blank(line->text, line->length))
        decide_blank(stream->decide, line);
    else if (match_line(stream->match, line->text, line->length, &position, &matched))
        decide_line(stream->decide, line, &matched);
    else
        fail_memory(run);
}

/* What became of an input that ended with STATUS. */
static void report_input(struct run *run, enum reader_status status, const char *name)
{
    uint64_t first, count = reader_long_lines(run->stream->reader, &first);

    if (status == READER_ERROR) {
        say("%s: %s", name, strerror(errno));
        worsen(run, FAILED);
    } else if (status == READER_NO_MEMORY) {
        fail_memory(run);
    }
    if (count) {
        say("%s: line %" PRIu64 " is over --max-line and went through untouched%s", name, first,
            count > 1 ? ", others after it too" : "");
        worsen(run, NEEDS_A_LOOK);
    }
}

/* The life of a document: its lines are read, matched, decided and written. */
static void filter_input(struct run *run, int fd, const char *name)
{
    struct stream *stream = run->stream;
    enum reader_status status = READER_END;
    struct line line;

    reader_open(stream->reader, fd);
    decide_begin(stream->decide);
    while (!run->is_over) {
        if (run->is_interactive && reader_drained(stream->reader))
            flush(run);
        status = reader_next(stream->reader, &line);
        if (status == READER_LINE)
            decide_on(run, &line);
        else if (status == READER_PART)
            decide_piece(stream->decide, &line);
        else
            break;
        write_settled(run);
    }
    report_input(run, status, name);
    if (!run->is_over)
        decide_end(stream->decide);
    write_settled(run);
    if (!run->is_over && match_no_memory(stream->match))
        fail_memory(run);
}

/* Filters one operand; - is standard input. */
static void filter_file(struct run *run, const char *path)
{
    bool is_standard = strcmp(path, "-") == 0;
    int fd = is_standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0) {
        say("%s: %s", path, strerror(errno));
        worsen(run, FAILED);
        return;
    }
    filter_input(run, fd, is_standard ? "standard input" : path);
    if (!is_standard)
        close(fd);
}

/* Filters into PATH's replacement, or standard output for NULL; a failure leaves PATH as it was. */
static void filter_into(struct run *run, const char *path, const char *const *files, size_t count)
{
    struct sink *sink = run->stream->sink;
    enum status before = run->status;

    run->status = DONE;
    run->is_over = false;
    if (!sink_open(sink, path, run->options->in_place))
        fail_output(run);
    for (size_t i = 0; i < count && !run->is_over; i++)
        filter_file(run, files[i]);
    if (run->status == FAILED && sink_replaces(sink))
        sink_abort(sink);
    else if (!run->is_over && !sink_commit(sink, run->options->suffix))
        fail_output(run);
    worsen(run, before);
}

/* What the rules did that the user should know. */
static void report_rules(struct run *run)
{
    const struct stream *stream = run->stream;

    if (match_any_limited(stream->match)) {
        worsen(run, NEEDS_A_LOOK);
        if (!print(stderr, match_limits_text(stream->match)))
            fail_memory(run);
    }
    if (stream->tally && !print(stderr, tally_text(stream->tally, run->rules)))
        fail_memory(run);
}

static enum status filter(const struct options *options, const struct rules *rules)
{
    struct run run = {.options = options, .rules = rules};

    run.stream = stream_create(rules, &options->stream);
    if (!run.stream)
        return no_memory();
    run.is_interactive = !options->output && isatty(STDOUT_FILENO);
    run.is_coloured = run.is_interactive && !options->no_color;
    match_document(run.stream->match, options->host, options->language);
    if (!options->in_place)
        filter_into(&run, options->output, options->files, options->file_count);
    for (size_t i = 0; i < options->file_count && options->in_place; i++)
        filter_into(&run, options->files[i], &options->files[i], 1);
    report_rules(&run);
    stream_destroy(run.stream);
    return run.status;
}

/* Prints TEXT to standard output and frees it: STATUS, unless the last write fails. */
static enum status print_all(char *text, enum status status)
{
    if (!print(stdout, text))
        return no_memory();
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (errno != EPIPE)
        say("standard output: %s", strerror(errno));
    return FAILED;
}

static enum status run_with_rules(const struct options *options, const char *program)
{
    struct rules *rules = rules_create(options->action == ACTION_CHECK);
    struct search *search = search_create(program, options->shipped_only);
    struct diagnostics diagnostics = {0};
    struct lint_result lint = {0};
    enum status status = FAILED;
    bool good = rules && search && options_load(options, rules, search, &diagnostics);
    bool is_usable = good && diagnostics.errors == 0;

    if (is_usable && options->action == ACTION_CHECK)
        good = lint_rules(rules, &diagnostics, &lint);
    good = print(stderr, diag_text(&diagnostics)) && good && !diagnostics.no_memory;
    if (!good)
        no_memory();
    else if (is_usable && options->action == ACTION_CHECK)
        status = print_all(lint_text(&lint), diagnostics.errors ? NEEDS_A_LOOK : DONE);
    else if (is_usable && options->action == ACTION_LIST)
        status = print_all(rules_text(rules), DONE);
    else if (is_usable)
        status = filter(options, rules);
    diag_free(&diagnostics);
    search_destroy(search);
    rules_destroy(rules);
    return status;
}

int main(int argc, char **argv)
{
    struct options options;
    enum options_status parsed = options_parse(&options, argc, argv);
    enum status status = FAILED;

    if (parsed == OPTIONS_NO_MEMORY)
        no_memory();
    else if (parsed == OPTIONS_BAD)
        say("%s\nTry 'dechaff --help'.", options.error);
    else if (options.action == ACTION_HELP)
        status = print_all(options_help(), DONE);
    else if (options.action == ACTION_VERSION)
        status = print_all(options_version(), DONE);
    else
        status = run_with_rules(&options, argv[0]);
    options_free(&options);
    return (int)status;
}
