/*
 * dechaff -- drops the lines that belong to the site and not to the article.
 *
 * The life of a line is filter_document(): next, match, decide, settle, write. All rules are loaded
 * and checked before any input is read. Only this file talks to the user.
 */
#include "flow/arguments.h"
#include "flow/confine.h"
#include "flow/itself.h"
#include "flow/outcome.h"
#include "flow/ruleset.h"
#include "flow/unused.h"
#include "io/patient.h"
#include "io/sink.h"
#include "line/measure.h"
#include "match/lint.h"
#include "rules/diag.h"
#include "rules/rules.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum status { DONE = 0, NEEDS_A_LOOK = 1, FAILED = 2 };

struct run {
    const struct options *options;
    struct flow *flow;
    struct opened input; /* that is read */
    bool is_over;        /* nothing more can be written, or memory ran out */
    bool is_unheard;     /* a message could not be written */
    enum status status;
};

static void worsen(struct run *run, enum status status)
{
    run->status = run->status < status ? status : run->status;
}

/* Writes to a standard descriptor. Who closed standard error wants no messages, only counts. */
static bool put(struct run *run, int fd, const char *text)
{
    bool good = patient_write_all(fd, text, strlen(text));

    run->is_unheard |=
        !good && fd == STDERR_FILENO && (run->options->flow.stream.stats || !sink_was_closed(fd));
    return good;
}

static void no_memory(struct run *run)
{
    put(run, STDERR_FILENO, "dechaff: out of memory\n");
    worsen(run, FAILED);
}

static void say(struct run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes TEXT, which it frees, to a standard descriptor; NULL is a lack of memory. */
static void print(struct run *run, int fd, char *text)
{
    if (!text)
        no_memory(run);
    else if (!put(run, fd, text) && fd == STDOUT_FILENO) {
        if (errno != EPIPE)
            say(run, "standard output: %s", strerror(errno));
        worsen(run, FAILED);
    }
    free(text);
}

static void say(struct run *run, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(run, STDERR_FILENO, diag_line(format, arguments));
    va_end(arguments);
}

/* Takes in what became of a part of the run. */
static void note(struct run *run, enum flow_status status)
{
    const struct sink *failed = run->flow->outlet.failed;

    if (status == FLOW_NO_MEMORY)
        no_memory(run);
    else if (status == FLOW_NO_OUTPUT && failed->error != EPIPE) /* who closed a pipe knows */
        say(run, "%s: %s", failed->fault, sink_reason(failed));
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
    bool good = stream->wishes->show == SHOW_EXPLAINED ? stream_explain(stream, line)
                                                       : splice_line(&stream->splice, line);

    stream_count(stream, line);
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
    struct run *run = context;

    say(run, "%s: %s", run->input.name, text);
}

static void show(void *context, const char *text)
{
    put(context, STDERR_FILENO, text);
}

/* Filters the input numbered INDEX. */
static void filter_file(struct run *run, size_t index)
{
    const struct options *options = run->options;
    struct opened *input = &run->input;

    operands_open(&options->flow.inputs, index, input);
    if (input->fault) {
        tell(run, input->fault);
        worsen(run, FAILED);
        return;
    }
    note(run, options->restore
                  ? flow_restore(run->flow, input, options->restore)
                  : flow_input(run->flow, input, options_format(options, input->path)));
    operands_close(input);
}

/* Filters into PATH's replacement, or standard output for NULL; a failure leaves it as it was. */
static void filter_into(struct run *run, const char *path, size_t first, size_t count)
{
    enum status before = run->status;

    run->status = DONE;
    run->is_over = false;
    note(run, flow_open(run->flow, path));
    for (size_t i = 0; i < count && !run->is_over && !run->flow->has_ended; i++)
        filter_file(run, first + i);
    if (run->is_over)
        flow_abort(run->flow);
    else
        note(run, flow_close(run->flow, run->status == FAILED));
    worsen(run, before);
}

/* What the rules did that the user should know. */
static void report_rules(struct run *run)
{
    bool is_short;
    char *findings = outcome_findings(run->flow, &is_short);

    if (findings || is_short) {
        worsen(run, NEEDS_A_LOOK);
        print(run, STDERR_FILENO, findings);
    }
    if (outcome_has_more(run->flow, run->status == FAILED))
        print(run, STDERR_FILENO, outcome_more(run->flow));
}

static void filter(struct run *run, const struct rules *rules, const struct rules *old)
{
    const struct flow_wishes *wishes = &run->options->flow;
    bool is_interactive = !run->options->output && isatty(STDOUT_FILENO);
    struct unpack unpack;
    const char *missing = confine_run(run->options, rules && rules->count, &unpack);

    if (!missing) /* no more than its work from here on */
        run->flow = flow_create(wishes, rules, old, filter_document, is_interactive, &unpack);
    if (!run->flow) {
        say(run, "%s", missing ? missing : "out of memory");
        worsen(run, FAILED);
        return;
    }
    run->flow->tell = tell;
    run->flow->show = wishes->progress ? show : NULL;
    run->flow->context = run;
    if (!wishes->in_place)
        filter_into(run, run->options->output, 0, wishes->inputs.count);
    for (size_t i = 0; i < wishes->inputs.count && wishes->in_place && !run->flow->has_ended; i++)
        filter_into(run, wishes->inputs.files[i], i, 1);
    flow_end_progress(run->flow);
    if (rules)
        report_rules(run);
    flow_destroy(run->flow);
}

static void run_with_rules(struct run *run, const char *program)
{
    struct rules *rules = rules_create(), *old = NULL;
    struct diagnostics diagnostics = {0};
    struct lint_result lint = {0};
    bool good = rules && ruleset_load(run->options, program, rules, &diagnostics) &&
                ruleset_load_old(run->options, program, rules, &old, &diagnostics);
    bool is_usable = good && diagnostics.errors == 0;

    if (is_usable && run->options->action == ACTION_CHECK)
        good = lint_rules(rules, &diagnostics, &lint);
    unused_note(run->options, rules, &diagnostics);
    print(run, STDERR_FILENO, diag_text(&diagnostics));
    if (!good || diagnostics.no_memory)
        no_memory(run);
    else if (!is_usable || run->status == FAILED)
        worsen(run, FAILED);
    else if (run->options->action == ACTION_CHECK) {
        worsen(run, diagnostics.errors ? NEEDS_A_LOOK : DONE);
        print(run, STDOUT_FILENO, lint_text(&lint));
    } else if (run->options->action == ACTION_LIST)
        print(run, STDOUT_FILENO, rules_text(rules));
    else if (run->options->action != ACTION_IMAGE) /* one was written already */
        filter(run, rules, old);
    diag_free(&diagnostics);
    rules_destroy(old);
    rules_destroy(rules);
}

int main(int argc, char **argv)
{
    struct options options;
    enum options_status parsed = arguments_parse(&options, argc, argv);
    struct run run = {.options = &options};

    if (parsed == OPTIONS_NO_MEMORY)
        no_memory(&run);
    else if (parsed == OPTIONS_BAD) {
        say(&run, "%s", options.error);
        put(&run, STDERR_FILENO, "Try 'dechaff --help'.\n");
        worsen(&run, FAILED);
    } else if (itself_is_asked(&options))
        print(&run, STDOUT_FILENO, itself_text(&options, argv[0]));
    else if (options.action == ACTION_RESTORE)
        filter(&run, NULL, NULL);
    else
        run_with_rules(&run, argv[0]);
    options_free(&options);
    return run.is_unheard ? FAILED : (int)run.status;
}
