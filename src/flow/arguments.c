#include "flow/arguments.h"

#include "base/nearest.h"
#include "base/number.h"
#include "flow/pool.h"
#include "io/sink.h"

#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum options_status add(struct rules_option **list, size_t *count, const char *text,
                               bool is_name)
{
    struct rules_option *longer = realloc(*list, (*count + 1) * sizeof *longer);

    if (!longer)
        return OPTIONS_NO_MEMORY;
    *list = longer;
    longer[(*count)++] = (struct rules_option){text, is_name};
    return OPTIONS_OK;
}

static enum options_status parse_size(struct options *options, size_t *bytes, const char *text)
{
    uint64_t number;

    if (!number_read(text, SIZE_MAX / 16, &number))
        return options_bad(options,
                           "bad size '%s'; write bytes above 0, with k, M or G if you like", text);
    *bytes = (size_t)number;
    return OPTIONS_OK;
}

static enum options_status parse_engine(struct options *options, const char *name)
{
    if (strcmp(name, "plain") == 0)
        options->flow.stream.way = MATCH_PLAIN;
    else if (strcmp(name, "prefilter") == 0)
        options->flow.stream.way = MATCH_PREFILTER;
    else
        return options_bad(options, "unknown engine '%s'; take prefilter or plain", name);
    return OPTIONS_OK;
}

static enum options_status parse_format(struct options *options, const char *name)
{
    options->format = formats_find(name);
    if (options->format)
        return OPTIONS_OK;
    return options_bad(options, "unknown format '%s'; take text, jsonl, wet or nul", name);
}

static enum options_status parse_bad(struct options *options, const char *what)
{
    struct stream_wishes *stream = &options->flow.stream;

    stream->splice.drop_bad = strcmp(what, "drop") == 0;
    stream->bad_is_fatal = strcmp(what, "fail") == 0;
    if (stream->splice.drop_bad || stream->bad_is_fatal || strcmp(what, "pass") == 0)
        return OPTIONS_OK;
    return options_bad(options, "unknown --bad=%s; take pass, drop or fail", what);
}

static enum options_status parse_stats(struct options *options, const char *how)
{
    options->flow.stream.stats = true;
    options->flow.stats_as_json = how && strcmp(how, "json") == 0;
    if (!how || options->flow.stats_as_json)
        return OPTIONS_OK;
    return options_bad(options, "unknown --stats=%s; take json, or nothing", how);
}

/* Finds the place of NAME among NAMES, which end with NULL. */
static bool find_name(const char *const *names, const char *name, size_t *place)
{
    for (*place = 0; names[*place]; ++*place)
        if (strcmp(name, names[*place]) == 0)
            return true;
    return false;
}

static enum options_status parse_sandbox(struct options *options, const char *when)
{
    static const char *const names[] = {
        [WISH_AUTO] = "auto", [WISH_ON] = "on", [WISH_OFF] = "off", NULL};
    size_t place;

    if (!find_name(names, when, &place))
        return options_bad(options, "unknown --sandbox=%s; take auto, on or off", when);
    options->sandbox = (enum sandbox_wish)place;
    return OPTIONS_OK;
}

static enum options_status parse_html(struct options *options, const char *what)
{
    struct html_wishes *html = &options->flow.html;
    const struct dumper *dumper = dumpers_find(what);
    char names[OPTIONS_ERROR / 2];

    html->wish = strcmp(what, "off") == 0 ? HTML_IS_TEXT : HTML_IS_SHOWN;
    html->is_only = dumper != NULL;
    html->dumper = dumper ? dumper : dumpers;
    if (dumper || html->wish == HTML_IS_TEXT || strcmp(what, "auto") == 0)
        return OPTIONS_OK;
    dumpers_names(names, sizeof names);
    snprintf(options->error, sizeof options->error,
             "unknown --html=%s; take auto, off, or one of %s", what, names);
    return OPTIONS_BAD;
}

static enum options_status parse_shell(struct options *options, const char *name)
{
    static const char *const names[] = {
        [SHELL_BASH] = "bash", [SHELL_ZSH] = "zsh", [SHELL_FISH] = "fish", NULL};
    size_t place;

    options->action = ACTION_COMPLETION;
    if (!find_name(names, name, &place))
        return options_bad(options, "unknown --completion=%s; take bash, zsh or fish", name);
    options->shell = (enum shell)place;
    return OPTIONS_OK;
}

static enum options_status parse_count(struct options *options, uint32_t *count, const char *text)
{
    uint64_t number;

    if (!number_read(text, UINT32_MAX, &number))
        return options_bad(options, "bad number '%s'; write one above 0", text);
    *count = (uint32_t)number;
    return OPTIONS_OK;
}

static enum options_status parse_learn(struct options *options, const char *what)
{
    options->action = ACTION_LEARN;
    options->learn.counts = what && strcmp(what, "counts") == 0;
    if (!what || options->learn.counts || strcmp(what, "rules") == 0)
        return OPTIONS_OK;
    return options_bad(options, "unknown --learn=%s; take rules or counts", what);
}

static enum options_status parse_by(struct options *options, const char *what)
{
    static const char field[] = "field:";
    bool is_field = strncmp(what, field, sizeof field - 1) == 0;

    options->learn.study.is_by_site = strcmp(what, "site") == 0;
    options->by_field = is_field ? what + sizeof field - 1 : NULL;
    if (is_field || options->learn.study.is_by_site || strcmp(what, "host") == 0)
        return OPTIONS_OK;
    return options_bad(options, "unknown --by=%s; take host, site, or field:PATH for a field",
                       what);
}

static enum options_status parse_diff_as(struct options *options, const char *name)
{
    options->diff.form = diff_form_find(name);
    return options->diff.form
               ? OPTIONS_OK
               : options_bad(options, "unknown --diff-as=%s; take text, json or html", name);
}

static enum options_status take(struct options *options, const struct option_row *row,
                                const char *argument)
{
    void *field = (char *)options + row->value;

    options->given |= UINT64_C(1) << (row - option_rows);
    switch (row->takes) {
    case TAKES_TEXT:
        *(const char **)field = argument;
        break;
    case TAKES_FLAG:
        *(bool *)field = true;
        break;
    case TAKES_SIZE:
        return parse_size(options, field, argument);
    case TAKES_JOBS:
        return pool_workers(argument, field)
                   ? OPTIONS_OK
                   : options_bad(options,
                                 "bad number of jobs '%s'; write 1 to 1024, or 0 for all cores",
                                 argument);
    case TAKES_PERCENT:
        return number_percent(argument, field)
                   ? OPTIONS_OK
                   : options_bad(options, "bad percentage '%s'; write a number from 0 to 100",
                                 argument);
    case TAKES_COUNT:
        return parse_count(options, field, argument);
    case TAKES_LEARN:
        return parse_learn(options, argument);
    case TAKES_BY:
        return parse_by(options, argument);
    case TAKES_LIMIT:
        return limits_take(&options->limits, argument)
                   ? OPTIONS_OK
                   : options_bad(options, "bad limit '%s'; write NAME=N, see LIMITS in dechaff(1)",
                                 argument);
    case TAKES_RULES:
        options->has_profile |= row->value;
        return add(&options->rules, &options->rules_count, argument, row->value);
    case TAKES_DIFF:
        options->action = ACTION_DIFF;
        return add(&options->old, &options->old_count, argument, true);
    case TAKES_REPORT:
        options->action = ACTION_REPORT;
        options->dossier.path = argument;
        break;
    case TAKES_DIFF_AS:
        return parse_diff_as(options, argument);
    case TAKES_ACTION:
        options->action = (enum action)row->value;
        break;
    case TAKES_SHOW:
        options->flow.stream.show = (enum show)row->value;
        break;
    case TAKES_EXPLAIN:
        options->flow.stream.show = (enum show)row->value;
        return explain_form_find(argument ? argument : "rows", &options->flow.stream.form)
                   ? OPTIONS_OK
                   : options_bad(options, "unknown --explain=%s; take rows, dropped or html",
                                 argument);
    case TAKES_IN_PLACE:
        options->flow.in_place = true;
        options->flow.suffix = argument;
        break;
    case TAKES_RESTORE:
        options->action = ACTION_RESTORE;
        options->restore = argument;
        break;
    case TAKES_IMAGE:
        options->action = ACTION_IMAGE;
        options->image = argument;
        break;
    case TAKES_FORMAT:
        return parse_format(options, argument ? argument : "nul");
    case TAKES_BAD:
        return parse_bad(options, argument);
    case TAKES_STATS:
        return parse_stats(options, argument);
    case TAKES_SANDBOX:
        return parse_sandbox(options, argument);
    case TAKES_HTML:
        return parse_html(options, argument);
    case TAKES_ENGINE:
        return parse_engine(options, argument);
    case TAKES_SHELL:
        return parse_shell(options, argument);
    }
    return OPTIONS_OK;
}

/* What getopt_long calls a row: its letter, or a number that is none. */
static int code_of(const struct option_row *row)
{
    return row->letter ? row->letter : 256 + (int)(row - option_rows);
}

static const struct option_row *row_of(int code)
{
    for (const struct option_row *row = option_rows; row->name; row++)
        if (code_of(row) == code)
            return row;
    return NULL;
}

static void fill_getopt(char *letters, struct option *names)
{
    *letters++ = ':';
    for (const struct option_row *row = option_rows; row->name; row++) {
        const char *argument = row->argument;
        int has_argument = !argument          ? no_argument
                           : *argument == '[' ? optional_argument
                                              : required_argument;

        *names++ = (struct option){row->name, has_argument, NULL, code_of(row)};
        if (row->letter)
            letters += sprintf(letters, "%c%s", row->letter, &"::"[2 - has_argument]);
    }
    *names = (struct option){0};
}

/* WORD is no option, or could be several; NAMES are those there are. */
static enum options_status report_unknown(struct options *options, const struct option *names,
                                          const char *word)
{
    const char *nearest = strncmp(word, "--", 2) != 0 ? NULL
                                                      : nearest_name(names, sizeof *names, word + 2,
                                                                     strcspn(word + 2, "="));

    if (!nearest)
        return options_bad(options, "unknown or ambiguous option '%s'", word);
    snprintf(options->error, sizeof options->error,
             "unknown or ambiguous option '%.*s'; is '--%s' meant?", (int)strcspn(word, "="), word,
             nearest);
    return OPTIONS_BAD;
}

static enum options_status report_getopt(struct options *options, const struct option *names,
                                         int code, char **argv)
{
    char letter[] = {'-', (char)optopt, '\0'};
    const char *name = optopt > 0 && optopt < 256 ? letter : argv[optind - 1];
    const struct option_row *known = row_of(optopt);

    if (code == ':')
        return options_bad(options, "option '%s' needs an argument", name);
    /* getopt_long names an option it knows only for an argument that this one doesn't take. */
    if (known)
        return options_bad(options, "option '--%s' takes no argument", known->name);
    return report_unknown(options, names, name);
}

static enum options_status read_list(struct options *options)
{
    switch (operands_read(&options->flow.inputs, options->list, options->flow.max_document)) {
    case OPERANDS_NO_READ:
        snprintf(options->error, sizeof options->error, "can't read '--files0-from=%s': %s",
                 options->list, strerror(errno));
        return OPTIONS_BAD;
    case OPERANDS_TOO_LONG:
        return options_bad(options, "'--files0-from=%s' is longer than --max-document",
                           options->list);
    case OPERANDS_NO_MEMORY:
        return OPTIONS_NO_MEMORY;
    case OPERANDS_OK:
        break;
    }
    return OPTIONS_OK;
}

static enum options_status take_operands(struct options *options, const char *const *operands,
                                         size_t count)
{
    static const char *const standard_input[] = {"-"};

    options->has_files = count || (options->list && options_take_names(options));
    options->flow.inputs = count ? (struct operands){.files = operands, .count = count}
                                 : (struct operands){.files = standard_input, .count = 1};
    if (!options->list || !options_take_names(options))
        return OPTIONS_OK;
    if (count)
        return options_bad(options, "'%s' can't go with --files0-from: the list names all files",
                           operands[0]);
    return read_list(options);
}

enum options_status arguments_parse(struct options *options, int argc, char **argv)
{
    struct option names[OPTION_ROWS_MAX + 1];
    char letters[3 * OPTION_ROWS_MAX + 2];
    const char *no_color = getenv("NO_COLOR");
    int code;
    enum options_status status = OPTIONS_OK;

    *options = (struct options){
        .limits = limits_defaults(),
        .learn = {.study = {.pages = LEARN_PAGES,
                            .share = LEARN_SHARE,
                            .prose_share = LEARN_PROSE_SHARE,
                            .sure_pages = LEARN_SURE_PAGES,
                            .sure_share = LEARN_SURE_SHARE,
                            .most_kept = LEARN_MOST_KEPT},
                  .memory = LEARN_MEMORY,
                  .spool = -1},
        .diff = {.form = &diff_text_form, .max_change = 100, .samples = DIFF_SAMPLES},
        .flow = {.html = {.wish = HTML_IS_SHOWN, .dumper = dumpers},
                 .stream = {.max_line = READER_MAX_LINE,
                            .buffer_size = READER_CHUNK,
                            .splice = {.max_drop = SPLICE_ALL}},
                 .max_document = INTAKE_LIMIT,
                 .jobs = 1,
                 .no_color = no_color && *no_color}};
    sink_fill_descriptors(); /* a list may be opened, and a spool */
    fill_getopt(letters, names);
    opterr = 0;
    while (status == OPTIONS_OK && (code = getopt_long(argc, argv, letters, names, NULL)) != -1)
        status = code == '?' || code == ':' ? report_getopt(options, names, code, argv)
                                            : take(options, row_of(code), optarg);
    if (status != OPTIONS_OK)
        return status;
    options->dossier.words = (const char *const *)argv;
    status = take_operands(options, (const char *const *)argv + optind, (size_t)(argc - optind));
    return status == OPTIONS_OK ? options_finish(options) : status;
}
