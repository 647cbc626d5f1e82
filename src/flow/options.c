#include "flow/options.h"

#include "base/report.h"
#include "flow/pool.h"
#include "flow/value.h"
#include "io/reader.h"
#include "regex/pattern.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef DECHAFF_VERSION
#define DECHAFF_VERSION "unknown"
#endif

/* Options without a letter. */
enum {
    LONG_EXPLAIN = 256,
    LONG_STATS,
    LONG_CHECK,
    LONG_LIST_RULES,
    LONG_HOST,
    LONG_LANG,
    LONG_MAX_LINE,
    LONG_BUFFER_SIZE,
    LONG_LINE_BUFFERED,
    LONG_ENGINE,
    LONG_NO_CONFIG,
    LONG_FORMAT,
    LONG_FIELD,
    LONG_URL_FIELD,
    LONG_LANG_FIELD,
    LONG_BAD,
    LONG_DROP_EMPTY,
    LONG_ANNOTATE,
    LONG_MAX_DROP,
    LONG_MAX_DOCUMENT,
    LONG_REJECTS,
    LONG_RESTORE,
    LONG_PROGRESS,
};

struct option_row {
    int code; /* the letter, or one of the above */
    const char *name;
    int has_argument;
    const char *argument;
    const char *help;
};

static const struct option_row rows[] = {
    {'r', "rules", required_argument, "RULES",
     "load the profile, pack or rule file RULES\n(default: article; none: no rules)"},
    {'e', "rule", required_argument, "RULE", "add a statement of the rule language"},
    {'o', "output", required_argument, "FILE", "write to FILE, replaced only when all went well"},
    {'i', "in-place", optional_argument, "SUFFIX",
     "edit the files themselves; with SUFFIX keep backups"},
    {'v', "invert", no_argument, NULL, "print the dropped lines instead"},
    {LONG_EXPLAIN, "explain", no_argument, NULL, "print every line with its verdict and rule"},
    {LONG_STATS, "stats", optional_argument, "json", "print counts to standard error at the end"},
    {LONG_PROGRESS, "progress", no_argument, NULL, "show on a terminal how far the run is"},
    {LONG_FORMAT, "format", required_argument, "NAME",
     "text, jsonl, wet or nul (default: by file name)"},
    {'z', "null", no_argument, NULL, "documents end with a NUL: --format=nul"},
    {LONG_FIELD, "field", required_argument, "PATH",
     "jsonl: the field with the text (default text)"},
    {LONG_URL_FIELD, "url-field", required_argument, "PATH",
     "jsonl: the field with its address\n(default url, source, metadata.url, ...)"},
    {LONG_LANG_FIELD, "lang-field", required_argument, "PATH",
     "jsonl: the field with its language\n(default language, lang)"},
    {LONG_ANNOTATE, "annotate", required_argument, "NAME",
     "jsonl: add a field NAME with what was dropped"},
    {LONG_BAD, "bad", required_argument, "WHAT", "pass (default), drop or fail at bad documents"},
    {LONG_DROP_EMPTY, "drop-empty", no_argument, NULL, "leave out documents without a line left"},
    {LONG_MAX_DROP, "max-drop", required_argument, "PERCENT",
     "pass documents that would lose more of their words"},
    {LONG_MAX_DOCUMENT, "max-document", required_argument, "BYTES",
     "pass longer documents untouched (default 1G)"},
    {LONG_REJECTS, "rejects", required_argument, "FILE", "write what is dropped to FILE"},
    {LONG_RESTORE, "restore", required_argument, "FILE", "put what --rejects wrote to FILE back"},
    {'j', "jobs", required_argument, "N", "use N threads for many documents (0: all cores)"},
    {LONG_CHECK, "check", no_argument, NULL, "check rules, FILEs too, and their examples"},
    {LONG_LIST_RULES, "list-rules", no_argument, NULL, "list the loaded rules"},
    {LONG_HOST, "host", required_argument, "NAME", "the host that the text comes from"},
    {LONG_LANG, "lang", required_argument, "CODE", "the language of the text"},
    {LONG_MAX_LINE, "max-line", required_argument, "BYTES",
     "pass longer lines untouched (default 1M)"},
    {LONG_BUFFER_SIZE, "buffer-size", required_argument, "BYTES",
     "read so much at a time (default 64k)"},
    {LONG_LINE_BUFFERED, "line-buffered", no_argument, NULL,
     "write each line as soon as it is decided"},
    {LONG_ENGINE, "engine", required_argument, "NAME",
     "prefilter (default), or plain: try every rule"},
    {LONG_NO_CONFIG, "no-config", no_argument, NULL,
     "look for rules only where they are installed"},
    {'h', "help", no_argument, NULL, "print this help"},
    {'V', "version", no_argument, NULL, "print the version"},
};

#define DEFAULT_PROFILE "article"
#define ROWS (sizeof rows / sizeof *rows)
#define HELP_COLUMN 29

static void print_row(FILE *stream, const struct option_row *row)
{
    const char *help = row->help, *newline;
    int width = row->code < 256 ? fprintf(stream, "  -%c, --%s", row->code, row->name)
                                : fprintf(stream, "      --%s", row->name);

    if (row->has_argument == required_argument)
        width += fprintf(stream, "=%s", row->argument);
    else if (row->has_argument == optional_argument)
        width += fprintf(stream, "[=%s]", row->argument);
    while ((newline = strchr(help, '\n'))) {
        fprintf(stream, "%*s%.*s\n", HELP_COLUMN - width, "", (int)(newline - help), help);
        help = newline + 1;
        width = 0;
    }
    fprintf(stream, "%*s%s\n", HELP_COLUMN - width, "", help);
}

char *options_help(void)
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

char *options_version(void)
{
    char pcre2[256];
    size_t size = sizeof "dechaff  ()\n" + sizeof DECHAFF_VERSION + sizeof pcre2;
    char *text = malloc(size);

    pattern_version(pcre2, sizeof pcre2);
    if (text)
        snprintf(text, size, "dechaff %s (%s)\n", DECHAFF_VERSION, pcre2);
    return text;
}

static enum options_status bad(struct options *options, const char *format, const char *detail)
{
    snprintf(options->error, sizeof options->error, format, detail);
    return OPTIONS_BAD;
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

static enum options_status parse_engine(struct options *options, const char *name)
{
    if (strcmp(name, "plain") == 0)
        options->flow.stream.way = MATCH_PLAIN;
    else if (strcmp(name, "prefilter") == 0)
        options->flow.stream.way = MATCH_PREFILTER;
    else
        return bad(options, "unknown engine '%s'; take prefilter or plain", name);
    return OPTIONS_OK;
}

static enum options_status parse_size(struct options *options, size_t *bytes, const char *text)
{
    if (value_bytes(text, bytes))
        return OPTIONS_OK;
    return bad(options, "bad size '%s'; write bytes above 0, with k, M or G if you like", text);
}

static enum options_status parse_format(struct options *options, const char *name)
{
    options->format = formats_find(name);
    if (options->format)
        return OPTIONS_OK;
    return bad(options, "unknown format '%s'; take text, jsonl, wet or nul", name);
}

static enum options_status parse_bad(struct options *options, const char *what)
{
    options->flow.stream.splice.drop_bad = strcmp(what, "drop") == 0;
    options->flow.stream.bad_is_fatal = strcmp(what, "fail") == 0;
    if (options->flow.stream.splice.drop_bad || options->flow.stream.bad_is_fatal ||
        strcmp(what, "pass") == 0)
        return OPTIONS_OK;
    return bad(options, "unknown --bad=%s; take pass, drop or fail", what);
}

static enum options_status parse_percent(struct options *options, const char *text)
{
    if (value_percent(text, &options->flow.stream.splice.max_drop))
        return OPTIONS_OK;
    return bad(options, "bad percentage '%s'; write a number from 0 to 100", text);
}

static enum options_status parse_stats(struct options *options, const char *how)
{
    options->flow.stream.stats = true;
    options->flow.stats_as_json = how && strcmp(how, "json") == 0;
    if (!how || options->flow.stats_as_json)
        return OPTIONS_OK;
    return bad(options, "unknown --stats=%s; take json, or nothing", how);
}

/* Options about documents. */
static enum options_status take_document(struct options *options, int code, char *argument)
{
    switch (code) {
    case 'j':
        if (!value_jobs(argument, POOL_WORKERS, &options->flow.jobs))
            return bad(options, "bad number of jobs '%s'; write 1 to 1024, or 0 for all cores",
                       argument);
        break;
    case 'z':
        return parse_format(options, "nul");
    case LONG_FORMAT:
        return parse_format(options, argument);
    case LONG_BAD:
        return parse_bad(options, argument);
    case LONG_MAX_DROP:
        return parse_percent(options, argument);
    case LONG_MAX_DOCUMENT:
        return parse_size(options, &options->flow.max_document, argument);
    case LONG_FIELD:
        options->field_wishes.text = argument;
        break;
    case LONG_URL_FIELD:
        options->field_wishes.url = argument;
        break;
    case LONG_LANG_FIELD:
        options->field_wishes.language = argument;
        break;
    case LONG_ANNOTATE:
        options->field_wishes.annotation = options->flow.stream.splice.annotation = argument;
        break;
    case LONG_DROP_EMPTY:
        options->flow.stream.splice.drop_empty = true;
        break;
    case LONG_REJECTS:
        options->flow.rejects = argument;
        options->flow.stream.splice.reject = true;
        break;
    case LONG_RESTORE:
        options->restore = argument;
        options->action = ACTION_RESTORE;
        break;
    default:
        break;
    }
    return OPTIONS_OK;
}

static enum options_status take(struct options *options, int code, char *argument)
{
    switch (code) {
    case 'r':
        return add_rules(options, argument, true);
    case 'e':
        return add_rules(options, argument, false);
    case 'o':
        options->output = argument;
        break;
    case 'i':
        options->flow.in_place = true;
        options->flow.suffix = argument;
        break;
    case 'v':
        options->flow.stream.show = SHOW_DROPPED;
        options->flow.stream.splice.inverts = true;
        break;
    case LONG_EXPLAIN:
        options->flow.stream.show = SHOW_EXPLAINED;
        break;
    case LONG_STATS:
        return parse_stats(options, argument);
    case LONG_PROGRESS:
        options->flow.progress = true;
        break;
    case LONG_CHECK:
        options->action = ACTION_CHECK;
        break;
    case LONG_LIST_RULES:
        options->action = ACTION_LIST;
        break;
    case LONG_HOST:
        options->flow.stream.host = argument;
        break;
    case LONG_LANG:
        options->flow.stream.language = argument;
        break;
    case LONG_MAX_LINE:
        return parse_size(options, &options->flow.stream.max_line, argument);
    case LONG_BUFFER_SIZE:
        return parse_size(options, &options->flow.stream.buffer_size, argument);
    case LONG_LINE_BUFFERED:
        options->flow.line_buffered = true;
        break;
    case LONG_ENGINE:
        return parse_engine(options, argument);
    case LONG_NO_CONFIG:
        options->shipped_only = true;
        break;
    case 'h':
        options->action = ACTION_HELP;
        break;
    case 'V':
        options->action = ACTION_VERSION;
        break;
    default:
        return take_document(options, code, argument);
    }
    return OPTIONS_OK;
}

static void fill_getopt(char *letters, struct option *names)
{
    *letters++ = ':';
    for (size_t i = 0; i < ROWS; i++) {
        names[i] = (struct option){rows[i].name, rows[i].has_argument, NULL, rows[i].code};
        if (rows[i].code >= 256)
            continue;
        *letters++ = (char)rows[i].code;
        if (rows[i].has_argument != no_argument)
            *letters++ = ':';
        if (rows[i].has_argument == optional_argument)
            *letters++ = ':';
    }
    *letters = '\0';
    names[ROWS] = (struct option){0};
}

static enum options_status report_getopt(struct options *options, int code, char **argv)
{
    char letter[] = {'-', (char)optopt, '\0'};
    const char *name = optopt > 0 && optopt < 256 ? letter : argv[optind - 1];

    if (code == ':')
        return bad(options, "option '%s' needs an argument", name);
    /* getopt_long names an option it knows only for an argument that this one doesn't take. */
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].code == optopt)
            return bad(options, "option '--%s' takes no argument", rows[i].name);
    return bad(options, "unknown or ambiguous option '%s'", name);
}

static enum options_status check_in_place(struct options *options)
{
    if (options->output)
        return bad(options, "-i can't go with %s: the files are their own output", "-o");
    if (!options->has_files)
        return bad(options, "-i needs the files to edit%s", "");
    for (size_t i = 0; i < options->flow.file_count; i++)
        if (strcmp(options->flow.files[i], "-") == 0)
            return bad(options, "-i can't edit standard input%s; name a file", "");
    if (options->flow.suffix && strchr(options->flow.suffix, '/'))
        return bad(options, "the suffix '%s' has a slash; a backup stands beside its file",
                   options->flow.suffix);
    if (options->flow.file_count > 1 &&
        (options->flow.rejects || options->action == ACTION_RESTORE))
        return bad(options, "-i with %s takes one file: each needs rejects of its own",
                   options->flow.rejects ? "--rejects" : "--restore");
    return OPTIONS_OK;
}

/* Whether the rejects would take the place of what is read or written. */
static bool rejects_collide(const struct options *options)
{
    bool collide = options->output && value_is_same_file(options->flow.rejects, options->output);

    for (size_t i = 0; i < options->flow.file_count; i++)
        collide |= value_is_same_file(options->flow.rejects, options->flow.files[i]);
    return collide;
}

/* Options that contradict each other. */
static enum options_status check(struct options *options)
{
    const struct splice_wishes *splice = &options->flow.stream.splice;
    const char *shows = options->flow.stream.show == SHOW_DROPPED ? "-v" : "--explain";

    if (options->action == ACTION_RESTORE && options->flow.file_count > 1)
        return bad(options, "--restore takes one file, what came out%s", "");
    if (options->action != ACTION_FILTER && options->action != ACTION_RESTORE)
        return OPTIONS_OK;
    if (options->flow.rejects && rejects_collide(options))
        return bad(options, "--rejects=%s is read or written too; name another file",
                   options->flow.rejects);
    if (options->flow.stream.show != SHOW_KEPT && options->flow.in_place)
        return bad(options, "-i can't go with %s: the files would lose their article", shows);
    if (options->flow.stream.show != SHOW_KEPT &&
        (splice->reject || splice->annotation || splice->max_drop < SPLICE_ALL))
        return bad(options, "%s can't go with --rejects, --annotate or --max-drop", shows);
    for (size_t i = 0; i < options->flow.file_count && splice->annotation; i++)
        if (options_format(options, options->flow.files[i]) != &jsonl_format)
            return bad(options, "%s: --annotate is for JSON lines; say --format=jsonl if it is",
                       options->flow.files[i]);
    return options->flow.in_place ? check_in_place(options) : OPTIONS_OK;
}

/* What the options say of the fields of JSON lines. */
static enum options_status make_fields(struct options *options)
{
    const char *wrong;

    options->fields = fields_create(&options->field_wishes, &wrong);
    options->flow.stream.fields = options->fields;
    if (options->fields)
        return OPTIONS_OK;
    if (!wrong)
        return OPTIONS_NO_MEMORY;
    return bad(options, "bad field '%s'; write names with dots between them, as .doc.text", wrong);
}

const struct format *options_format(const struct options *options, const char *path)
{
    const struct splice_wishes *splice = &options->flow.stream.splice;
    const struct format *format = options->format ? options->format : formats_of_file(path);

    /* What a text needs its bytes for, to be told of or to be spared. */
    if (format == &text_format && !splice->reject && splice->max_drop == SPLICE_ALL)
        return NULL;
    return format;
}

enum options_status options_parse(struct options *options, int argc, char **argv)
{
    static const char *const standard_input[] = {"-"};
    struct option names[ROWS + 1];
    char letters[3 * ROWS + 2];
    const char *no_color = getenv("NO_COLOR");
    int code;
    enum options_status status = OPTIONS_OK;

    *options = (struct options){.flow = {.stream = {.max_line = READER_MAX_LINE,
                                                    .buffer_size = READER_CHUNK,
                                                    .splice = {.max_drop = SPLICE_ALL}},
                                         .max_document = INTAKE_LIMIT,
                                         .jobs = 1}};
    fill_getopt(letters, names);
    opterr = 0;
    while (status == OPTIONS_OK && (code = getopt_long(argc, argv, letters, names, NULL)) != -1)
        status = code == '?' || code == ':' ? report_getopt(options, code, argv)
                                            : take(options, code, optarg);
    if (status != OPTIONS_OK)
        return status;
    options->has_files = optind < argc;
    options->flow.files = options->has_files ? (const char *const *)argv + optind : standard_input;
    options->flow.file_count = options->has_files ? (size_t)(argc - optind) : 1;
    options->flow.no_color = no_color && *no_color;
    for (size_t i = 0; i < options->flow.file_count; i++)
        options->flow.has_documents |= options_format(options, options->flow.files[i]) != NULL;
    status = check(options);
    return status == OPTIONS_OK ? make_fields(options) : status;
}

void options_free(struct options *options)
{
    free(options->rules);
    options->rules = NULL;
    fields_destroy(options->fields);
    options->fields = NULL;
}

bool options_load(const struct options *options, struct load *load)
{
    bool checks_files = options->action == ACTION_CHECK && options->has_files;
    bool good = true;

    if (!options->has_profile && !checks_files)
        good = load_name(load, DEFAULT_PROFILE);
    for (size_t i = 0; good && i < options->rules_count; i++) {
        const struct rules_option *option = &options->rules[i];

        good = option->is_name ? load_name(load, option->text) : load_text(load, option->text);
    }
    for (size_t i = 0; good && checks_files && i < options->flow.file_count; i++)
        good = load_name(load, options->flow.files[i]);
    return good;
}
