/*
 * dechaff -- drops the lines that belong to the site and not to the article.
 *
 * The life of a line is filter_document(): next, match, decide, settle, write. All rules are loaded
 * and checked before any input is read. Only this file talks to the user.
 */
#include "flow/explain.h"
#include "flow/ruleset.h"
#include "io/sink.h"
#include "line/measure.h"
#include "match/lint.h"
#include "rules/diag.h"
#include "rules/rules.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum status { DONE = 0, NEEDS_A_LOOK = 1, FAILED = 2 };

struct run {
    const struct options *options;
    struct flow *flow;
    const char *name; /* of the input that is read */
    bool is_over;     /* nothing more can be written, or memory ran out */
    enum status status;
};

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = diag_line(format, arguments);
    va_end(arguments);
    fprintf(stderr, "dechaff: %s\n", text ? text : "out of memory");
    free(text);
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

/* Takes in what became of a part of the run. */
static void note(struct run *run, enum flow_status status)
{
    const struct sink *failed = run->flow->failed;

    if (status == FLOW_NO_MEMORY)
        no_memory();
    else if (status == FLOW_NO_OUTPUT && failed->error != EPIPE) /* who closed a pipe knows */
        say("%s: %s", failed->fault, sink_reason(failed));
    run->is_over |= status >= FLOW_NO_OUTPUT;
    worsen(run, status >= FLOW_FAILED ? FAILED : status == FLOW_OK ? DONE : NEEDS_A_LOOK);
}

static void flush(struct stream *stream)
{
    if (!writer_flush(stream->splice.out))
        stream_fail_put(stream);
}

static void write_line(struct stream *stream, const struct held *line)
{
    bool good;

    if (stream->stats)
        stats_line(stream->stats, line);
    good = stream->wishes->show == SHOW_EXPLAINED
               ? explain_line(stream->splice.out, stream->engine, line, stream->is_coloured)
               : splice_line(&stream->splice, line);
    if (!good)
        stream_fail_put(stream);
    else if (stream->is_prompt)
        flush(stream);
}

static void write_settled(struct stream *stream)
{
    const struct held *settled;

    while ((settled = decide_next(stream->decide)))
        if (stream->failure == FAILURE_NONE)
            write_line(stream, settled);
}

/* Meets the line with the rules; its verdict may have to wait for lines to come. */
static void decide_on(struct stream *stream, const struct line *line)
{
    struct position position = decide_position(stream->decide);
    struct matched matched;

    if (measure_is_blank(line->text, line->length))
        decide_blank(stream->decide, line);
    else if (match_line(stream->match, line->text, line->length, &position, &matched))
        decide_line(stream->decide, line, &matched);
    else
        stream->failure = FAILURE_MEMORY;
}

stream_filter filter_document; /* for the tests, too */

/* The life of a document: its lines are read, matched, decided and written. */
enum line_status filter_document(struct stream *stream)
{
    enum line_status status = LINE_END;
    struct line line;

    while (stream->failure == FAILURE_NONE) {
        if (stream->is_interactive && reader_drained(stream->reader))
            flush(stream);
        status = stream_next(stream, &line);
        if (status == LINE_READ)
            decide_on(stream, &line);
        else if (status == LINE_PART)
            decide_piece(stream->decide, &line);
        else
            break;
        write_settled(stream);
    }
    decide_end(stream->decide); /* after a failure too: nothing may be held for the next one */
    write_settled(stream);
    return status;
}

/* Something about the input that is read. */
static void tell(void *context, const char *text)
{
    say("%s: %s", ((const struct run *)context)->name, text);
}

static void show(void *context, const char *text)
{
    (void)context;
    fputs(text, stderr);
}

/* Filters one operand; - is standard input. */
static void filter_file(struct run *run, const char *path)
{
    bool is_standard = strcmp(path, "-") == 0;
    int fd = is_standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    run->name = is_standard ? "standard input" : path;
    if (fd < 0) {
        tell(run, strerror(errno));
        worsen(run, FAILED);
        return;
    }
    note(run, run->options->restore
                  ? flow_restore(run->flow, fd, run->options->restore)
                  : flow_input(run->flow, fd, options_format(run->options, path)));
    if (!is_standard)
        close(fd);
}

/* Filters into PATH's replacement, or standard output for NULL; a failure leaves PATH as it was. */
static void filter_into(struct run *run, const char *path, const char *const *files, size_t count)
{
    enum status before = run->status;

    run->status = DONE;
    run->is_over = false;
    note(run, flow_open(run->flow, path));
    for (size_t i = 0; i < count && !run->is_over && !run->flow->has_ended; i++)
        filter_file(run, files[i]);
    if (run->is_over)
        flow_abort(run->flow);
    else
        note(run, flow_close(run->flow, run->status == FAILED));
    worsen(run, before);
}

/* What the rules did that the user should know. */
static void report_rules(struct run *run)
{
    bool no_memory;
    char *limits = flow_limits(run->flow, &no_memory);

    if (limits)
        worsen(run, NEEDS_A_LOOK);
    if (no_memory || (limits && !print(stderr, limits)) ||
        (run->options->flow.stream.stats && !print(stderr, flow_stats(run->flow))))
        note(run, FLOW_NO_MEMORY);
}

/* Without rules: restores. */
static enum status filter(const struct options *options, const struct rules *rules)
{
    const struct flow_wishes *wishes = &options->flow;
    struct run run = {.options = options};
    bool is_interactive = !options->output && isatty(STDOUT_FILENO);

    run.flow = flow_create(wishes, rules, filter_document, is_interactive);
    if (!run.flow)
        return no_memory();
    run.flow->tell = tell;
    run.flow->show = wishes->progress && isatty(STDERR_FILENO) ? show : NULL;
    run.flow->context = &run;
    if (!wishes->in_place)
        filter_into(&run, options->output, wishes->files, wishes->file_count);
    for (size_t i = 0; i < wishes->file_count && wishes->in_place && !run.flow->has_ended; i++)
        filter_into(&run, wishes->files[i], &wishes->files[i], 1);
    flow_end_progress(run.flow);
    if (rules)
        report_rules(&run);
    flow_destroy(run.flow);
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
    struct rules *rules = rules_create();
    struct diagnostics diagnostics = {0};
    bool is_check = options->action == ACTION_CHECK;
    struct lint_result lint = {0};
    enum status status = FAILED;
    bool good = rules && ruleset_load(options, program, rules, &diagnostics);
    bool is_usable = good && diagnostics.errors == 0;

    if (is_usable && is_check)
        good = lint_rules(rules, &diagnostics, &lint);
    good = print(stderr, diag_text(&diagnostics)) && good && !diagnostics.no_memory;
    if (!good)
        no_memory();
    else if (is_usable && is_check)
        status = print_all(lint_text(&lint), diagnostics.errors ? NEEDS_A_LOOK : DONE);
    else if (is_usable && options->action == ACTION_LIST)
        status = print_all(rules_text(rules), DONE);
    else if (is_usable)
        status = filter(options, rules);
    diag_free(&diagnostics);
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
    else if (parsed == OPTIONS_BAD) {
        say("%s", options.error);
        fputs("Try 'dechaff --help'.\n", stderr);
    } else if (options.action == ACTION_HELP)
        status = print_all(options_help(), DONE);
    else if (options.action == ACTION_VERSION)
        status = print_all(options_version(), DONE);
    else if (options.action == ACTION_RESTORE)
        status = filter(&options, NULL);
    else
        status = run_with_rules(&options, argv[0]);
    /* Who closed standard error wants no messages; counts were asked for. */
    if (ferror(stderr) && (options.flow.stream.stats || !sink_was_closed(STDERR_FILENO)))
        status = FAILED;
    options_free(&options);
    return (int)status;
}
