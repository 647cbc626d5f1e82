#include "flow/arguments.h"

#include "base/nearest.h"
#include "base/number.h"
#include "base/report.h"
#include "flow/pool.h"
#include "io/sandbox.h"
#include "regex/pattern.h"

#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an option does with its argument, and with what its row says. */
enum takes {
    TAKES_TEXT, /* it is put into the field */
    TAKES_FLAG, /* the field is set */
    TAKES_SIZE,
    TAKES_JOBS,
    TAKES_PERCENT,
    TAKES_LIMIT,
    TAKES_RULES,  /* a name of rules, or a statement for false */
    TAKES_ACTION, /* the row's */
    TAKES_SHOW,   /* the same */
    TAKES_EXPLAIN,
    TAKES_IN_PLACE,
    TAKES_RESTORE,
    TAKES_IMAGE,
    TAKES_FORMAT,
    TAKES_BAD,
    TAKES_STATS,
    TAKES_SANDBOX,
    TAKES_ENGINE
};

struct option_row {
    char letter; /* or '\0' */
    const char *name;
    const char *argument; /* as --help shows it; [= if it may be left out, NULL if there is none */
    enum takes takes;
    size_t value; /* where the field is in struct options, or what the option stands for */
    const char *help;
};

#define FIELD(name) offsetof(struct options, name)

static const struct option_row rows[] = {
    {'r', "rules", "=RULES", TAKES_RULES, true,
     "load the profile, pack or rule file RULES\n(default: article; none: no rules)"},
    {'e', "rule", "=RULE", TAKES_RULES, false, "add a statement of the rule language"},
    {'o', "output", "=FILE", TAKES_TEXT, FIELD(output),
     "write to FILE, replaced only when all went well"},
    {'i', "in-place", "[=SUFFIX]", TAKES_IN_PLACE, 0,
     "edit the files themselves; with SUFFIX keep backups"},
    {'v', "invert", NULL, TAKES_SHOW, SHOW_DROPPED, "print the dropped lines instead"},
    {'\0', "explain", "[=FORM]", TAKES_EXPLAIN, SHOW_EXPLAINED,
     "print every line with its verdict and rule;\nFORM is rows (default), dropped or html"},
    {'\0', "stats", "[=json]", TAKES_STATS, 0, "print counts to standard error at the end"},
    {'q', "quiet", NULL, TAKES_FLAG, FIELD(flow.quiet), "make no remarks on what may be a mistake"},
    {'\0', "progress", NULL, TAKES_FLAG, FIELD(flow.progress),
     "show on a terminal how far the run is"},
    {'\0', "format", "=NAME", TAKES_FORMAT, 0, "text, jsonl, wet or nul (default: by file name)"},
    {'z', "null", NULL, TAKES_FORMAT, 0, "documents end with a NUL: --format=nul"},
    {'\0', "field", "=PATH", TAKES_TEXT, FIELD(field_wishes.text),
     "jsonl: the field with the text (default text)"},
    {'\0', "url-field", "=PATH", TAKES_TEXT, FIELD(field_wishes.url),
     "jsonl: the field with its address\n(default url, source, metadata.url, ...)"},
    {'\0', "lang-field", "=PATH", TAKES_TEXT, FIELD(field_wishes.language),
     "jsonl: the field with its language\n(default language, lang)"},
    {'\0', "annotate", "=NAME", TAKES_TEXT, FIELD(field_wishes.annotation),
     "jsonl: add a field NAME with what was dropped"},
    {'\0', "bad", "=WHAT", TAKES_BAD, 0, "pass (default), drop or fail at bad documents"},
    {'\0', "drop-empty", NULL, TAKES_FLAG, FIELD(flow.stream.splice.drop_empty),
     "leave out documents without a line left"},
    {'\0', "max-drop", "=PERCENT", TAKES_PERCENT, FIELD(flow.stream.splice.max_drop),
     "pass documents that would lose more of their words"},
    {'\0', "max-document", "=BYTES", TAKES_SIZE, FIELD(flow.max_document),
     "pass longer documents untouched (default 1G)"},
    {'\0', "rejects", "=FILE", TAKES_TEXT, FIELD(flow.rejects), "write what is dropped to FILE"},
    {'\0', "restore", "=FILE", TAKES_RESTORE, 0, "put what --rejects wrote to FILE back"},
    {'j', "jobs", "=N", TAKES_JOBS, FIELD(flow.jobs),
     "use N threads for many documents (0: all cores)"},
    {'\0', "check", NULL, TAKES_ACTION, ACTION_CHECK, "check rules, FILEs too, and their examples"},
    {'\0', "list-rules", NULL, TAKES_ACTION, ACTION_LIST, "list the loaded rules"},
    {'\0', "list-packs", NULL, TAKES_ACTION, ACTION_PACKS, "list the profiles and packs there are"},
    {'\0', "host", "=NAME", TAKES_TEXT, FIELD(flow.stream.host),
     "the host that the text comes from"},
    {'\0', "lang", "=CODE", TAKES_TEXT, FIELD(flow.stream.language), "the language of the text"},
    {'\0', "limit", "=NAME=N", TAKES_LIMIT, 0, "let rules take up to N of NAME, a ceiling"},
    {'\0', "max-line", "=BYTES", TAKES_SIZE, FIELD(flow.stream.max_line),
     "pass longer lines untouched (default 1M)"},
    {'\0', "buffer-size", "=BYTES", TAKES_SIZE, FIELD(flow.stream.buffer_size),
     "read so much at a time (default 64k)"},
    {'\0', "line-buffered", NULL, TAKES_FLAG, FIELD(flow.line_buffered),
     "write each line as soon as it is decided"},
    {'\0', "engine", "=NAME", TAKES_ENGINE, 0, "prefilter (default), or plain: try every rule"},
    {'\0', "sandbox", "=WHEN", TAKES_SANDBOX, 0,
     "auto (default), on or off: do no more than the work"},
    {'\0', "no-config", NULL, TAKES_FLAG, FIELD(shipped_only),
     "look for rules only where they are installed"},
    {'\0', "no-image", NULL, TAKES_FLAG, FIELD(no_image),
     "load the rules even if there is an image of them"},
    {'\0', "write-image", "=FILE", TAKES_IMAGE, 0, "write an image of the loaded rules to FILE"},
    {'h', "help", NULL, TAKES_ACTION, ACTION_HELP, "print this help"},
    {'V', "version", NULL, TAKES_ACTION, ACTION_VERSION, "print the version"},
};

#define ROWS (sizeof rows / sizeof *rows)
#define HELP_COLUMN 29

static void print_row(FILE *stream, const struct option_row *row)
{
    const char *help = row->help, *newline;
    int width = row->letter ? fprintf(stream, "  -%c, --%s", row->letter, row->name)
                            : fprintf(stream, "      --%s", row->name);

    if (row->argument)
        width += fprintf(stream, "%s", row->argument);
    while ((newline = strchr(help, '\n'))) {
        fprintf(stream, "%*s%.*s\n", HELP_COLUMN - width, "", (int)(newline - help), help);
        help = newline + 1;
        width = 0;
    }
    fprintf(stream, "%*s%s\n", HELP_COLUMN - width, "", help);
}

char *arguments_help(void)
{
    struct report report;

    if (!report_open(&report))
        return NULL;
    fputs("usage: dechaff [-r RULES]... [-e RULE]... [FILE...]\n"
          "Drop the lines that belong to the site and not to the article.\n"
          "Without FILE, or where it is -, read standard input.\n\n",
          report.stream);
    for (size_t i = 0; i < ROWS; i++)
        print_row(report.stream, &rows[i]);
    fputs("\nExit status: 0 done, 1 done but something needs a look, 2 failed.\n"
          "The manual is dechaff(1), the rule language dechaff-rules(5).\n",
          report.stream);
    return report_close(&report);
}

char *arguments_version(void)
{
    char pcre2[256], sandbox[64];
    struct report report;

    if (!report_open(&report))
        return NULL;
    pattern_version(pcre2, sizeof pcre2);
    sandbox_version(sandbox, sizeof sandbox);
    fprintf(report.stream, "dechaff %s (%s, sandbox %s)\n", DECHAFF_VERSION, pcre2, sandbox);
    return report_close(&report);
}

static enum options_status add_rules(struct options *options, const char *text, bool is_name)
{
    struct rules_option *list = realloc(options->rules, (options->rules_count + 1) * sizeof *list);

    if (!list)
        return OPTIONS_NO_MEMORY;
    options->rules = list;
    list[options->rules_count++] = (struct rules_option){text, is_name};
    options->has_profile |= is_name;
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

static enum options_status parse_sandbox(struct options *options, const char *when)
{
    static const char *const names[] = {[WISH_AUTO] = "auto", [WISH_ON] = "on", [WISH_OFF] = "off"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(when, names[i]) == 0) {
            options->sandbox = (enum sandbox_wish)i;
            return OPTIONS_OK;
        }
    return options_bad(options, "unknown --sandbox=%s; take auto, on or off", when);
}

static enum options_status take(struct options *options, const struct option_row *row,
                                const char *argument)
{
    void *field = (char *)options + row->value;

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
    case TAKES_LIMIT:
        return limits_take(&options->limits, argument)
                   ? OPTIONS_OK
                   : options_bad(options, "bad limit '%s'; write NAME=N, see LIMITS in dechaff(1)",
                                 argument);
    case TAKES_RULES:
        return add_rules(options, argument, row->value);
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
    case TAKES_ENGINE:
        return parse_engine(options, argument);
    }
    return OPTIONS_OK;
}

/* What getopt_long calls a row: its letter, or a number that is none. */
static int code_of(const struct option_row *row)
{
    return row->letter ? row->letter : 256 + (int)(row - rows);
}

static const struct option_row *row_of(int code)
{
    for (size_t i = 0; i < ROWS; i++)
        if (code_of(&rows[i]) == code)
            return &rows[i];
    return NULL;
}

static void fill_getopt(char *letters, struct option *names)
{
    *letters++ = ':';
    for (size_t i = 0; i < ROWS; i++) {
        const char *argument = rows[i].argument;
        int has_argument = !argument          ? no_argument
                           : *argument == '[' ? optional_argument
                                              : required_argument;

        names[i] = (struct option){rows[i].name, has_argument, NULL, code_of(&rows[i])};
        if (rows[i].letter)
            letters += sprintf(letters, "%c%s", rows[i].letter, &"::"[2 - has_argument]);
    }
    names[ROWS] = (struct option){0};
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

enum options_status arguments_parse(struct options *options, int argc, char **argv)
{
    static const char *const standard_input[] = {"-"};
    struct option names[ROWS + 1];
    char letters[3 * ROWS + 2];
    const char *no_color = getenv("NO_COLOR");
    int code;
    enum options_status status = OPTIONS_OK;

    *options = (struct options){.limits = limits_defaults(),
                                .flow = {.stream = {.max_line = READER_MAX_LINE,
                                                    .buffer_size = READER_CHUNK,
                                                    .splice = {.max_drop = SPLICE_ALL}},
                                         .max_document = INTAKE_LIMIT,
                                         .jobs = 1,
                                         .no_color = no_color && *no_color}};
    fill_getopt(letters, names);
    opterr = 0;
    while (status == OPTIONS_OK && (code = getopt_long(argc, argv, letters, names, NULL)) != -1)
        status = code == '?' || code == ':' ? report_getopt(options, names, code, argv)
                                            : take(options, row_of(code), optarg);
    if (status != OPTIONS_OK)
        return status;
    options->has_files = optind < argc;
    options->flow.files = options->has_files ? (const char *const *)argv + optind : standard_input;
    options->flow.file_count = options->has_files ? (size_t)(argc - optind) : 1;
    return options_finish(options);
}
