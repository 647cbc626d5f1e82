#include "flow/options.h"

#include "flow/clash.h"
#include "flow/version.h"
#include "io/identity.h"
#include "learn/spool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum options_status options_bad(struct options *options, const char *format, const char *detail)
{
    snprintf(options->error, sizeof options->error, format, detail);
    return OPTIONS_BAD;
}

/* A name in a list that is none. */
static enum options_status bad_name(struct options *options, size_t index)
{
    const struct operands *inputs = &options->flow.inputs;
    char place[OPERANDS_PLACE / 2];

    operands_place(inputs, index, place, sizeof place);
    snprintf(options->error, sizeof options->error, "%s: %s, and nothing was edited", place,
             operands_fault(inputs, index));
    return OPTIONS_BAD;
}

bool options_read_text(const struct options *options)
{
    return options->action == ACTION_FILTER || options->action == ACTION_LEARN ||
           options->action == ACTION_DIFF || options->action == ACTION_REPORT;
}

bool options_take_names(const struct options *options)
{
    return options_read_text(options) || options->action == ACTION_RESTORE ||
           options->action == ACTION_CHECK;
}

static enum options_status check_in_place(struct options *options)
{
    if (options->output)
        return options_bad(options, "-i can't go with %s: the files are their own output", "-o");
    if (!options->has_files)
        return options_bad(options, "-i needs the files to edit%s", "");
    for (size_t i = 0; i < options->flow.inputs.count; i++)
        if (operands_fault(&options->flow.inputs, i))
            return bad_name(options, i);
        else if (operands_is_standard(options->flow.inputs.files[i]))
            return options_bad(options, "-i can't edit standard input%s; name a file", "");
    if (options->flow.suffix && strchr(options->flow.suffix, '/'))
        return options_bad(options, "the suffix '%s' has a slash; a backup stands beside its file",
                           options->flow.suffix);
    if (options->flow.inputs.count > 1 &&
        (options->flow.rejects || options->action == ACTION_RESTORE))
        return options_bad(options, "-i with %s takes one file: each needs rejects of its own",
                           options->flow.rejects ? "--rejects" : "--restore");
    return OPTIONS_OK;
}

/* What no document can be of. */
static enum options_status check_origin(struct options *options)
{
    const char *host = options->flow.stream.host, *language = options->flow.stream.language;
    struct span meant, code = {language, language ? strlen(language) : 0};

    if (code.length) {
        if (!section_is_language(code) || !language_canonical(code, options->language))
            return options_bad(options, "'%s' is no code of a language; write one as de or pt-BR",
                               language);
        options->flow.stream.language = options->language;
    }
    if (!host || !*host)
        return OPTIONS_OK;
    meant = document_host_in((struct span){host, strlen(host)});
    if (meant.length == strlen(host) && section_is_host(meant) && !strchr(host, '*'))
        return OPTIONS_OK;
    if (!section_is_host(meant) || memchr(meant.text, '*', meant.length))
        return options_bad(options, "'%s' is no host; write its name, as example.com", host);
    snprintf(options->error, sizeof options->error, "'%s' is no host; is '--host=%.*s' meant?",
             host, (int)meant.length, meant.text);
    return OPTIONS_BAD;
}

/* The first input that is not of JSON lines, or NULL. */
static const char *other_than_json_lines(const struct options *options)
{
    for (size_t i = 0; i < options->flow.inputs.count; i++)
        if (options_format(options, options->flow.inputs.files[i]) != &jsonl_format)
            return options->flow.inputs.files[i];
    return NULL;
}

/* The field that names what stands for a document's host. */
static enum options_status check_host_field(struct options *options)
{
    struct field_wishes *fields = &options->field_wishes;
    const char *by = options->action == ACTION_LEARN ? options->by_field : NULL;
    const char *other = by && fields->host ? "--host-field" : fields->url ? "--url-field" : NULL;
    const char *text;

    if (by && other)
        return options_bad(options, "--by=field can't go with %s: each says where the host is",
                           other);
    if (by)
        fields->host = by;
    if (fields->host && other)
        return options_bad(options, "--host-field can't go with %s: each says where the host is",
                           other);
    options->learn.study.field = options->learn.merges ? by : fields->host;
    text = by && !options->learn.merges ? other_than_json_lines(options) : NULL;
    return text ? options_bad(options,
                              "%s: --by=field is for JSON lines; say --format=jsonl if it is", text)
                : OPTIONS_OK;
}

/* Files that would overwrite each other. */
static enum options_status check_files(struct options *options)
{
    struct clash clash;

    if (!clash_find(&clash, &options->flow, options->output, options->restore, options->list))
        return OPTIONS_NO_MEMORY;
    return clash.format ? options_bad(options, clash.format, clash.name) : OPTIONS_OK;
}

/* What says that something else comes out than what is kept. */
static const char *shown_by(const struct options *options)
{
    if (options->action == ACTION_LEARN)
        return "--learn";
    if (options->action == ACTION_DIFF)
        return "--diff";
    if (options->action == ACTION_REPORT)
        return "--report";
    return options->flow.stream.show == SHOW_DROPPED ? "-v" : "--explain";
}

/* A report is of one text, and takes no file's place; an open one may be where the output goes. */
static enum options_status check_report(struct options *options)
{
    const char *path = options->dossier.path;
    struct stat status;

    if (options->output)
        return options_bad(options, "--report names its file; leave -o out%s", "");
    if (options->flow.inputs.count != 1 || options_format(options, options->flow.inputs.files[0]))
        return options_bad(options, "--report is of one text, not of several files or documents%s",
                           "");
    if (identity_descriptor(path) < 0 && stat(path, &status) == 0 && S_ISREG(status.st_mode))
        return options_bad(options, "%s is there already; name another file for the report", path);
    options->output = path;
    return OPTIONS_OK;
}

/* Options that contradict each other. */
static enum options_status check(struct options *options)
{
    const struct splice_wishes *splice = &options->flow.stream.splice;
    const char *shows = shown_by(options), *text;

    if (options->action == ACTION_RESTORE && options->flow.inputs.count != 1)
        return options_bad(options, "--restore takes one file, what came out%s", "");
    if (options->action == ACTION_LEARN && options->flow.in_place)
        return options_bad(options, "--learn edits no files; leave %s out", "-i");
    if (options->action == ACTION_LEARN && options->learn.merges && options->rules_count)
        return options_bad(
            options, "--merge reads counts, and %s are for documents; leave them out", "-r and -e");
    if (options->action == ACTION_DIFF && options->flow.in_place)
        return options_bad(options, "--diff compares and edits no files; leave %s out", "-i");
    if (!options_take_names(options) || options->action == ACTION_CHECK)
        return OPTIONS_OK;
    if (options->flow.stream.show != SHOW_KEPT && options->flow.in_place)
        return options_bad(options, "-i can't go with %s: the files would lose their article",
                           shows);
    if (options->flow.stream.show != SHOW_KEPT &&
        (splice->reject || splice->annotation || splice->max_drop < SPLICE_ALL))
        return options_bad(options, "%s can't go with --rejects, --annotate or --max-drop", shows);
    if (options->action == ACTION_REPORT && check_report(options) != OPTIONS_OK)
        return OPTIONS_BAD;
    text = splice->annotation ? other_than_json_lines(options) : NULL;
    if (text)
        return options_bad(options, "%s: --annotate is for JSON lines; say --format=jsonl if it is",
                           text);
    if (check_host_field(options) != OPTIONS_OK || check_origin(options) != OPTIONS_OK)
        return OPTIONS_BAD;
    if (options->flow.in_place && check_in_place(options) != OPTIONS_OK)
        return OPTIONS_BAD;
    return check_files(options);
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

enum options_status options_finish(struct options *options)
{
    struct splice_wishes *splice = &options->flow.stream.splice;
    bool is_watched = isatty(STDERR_FILENO);
    const char *wrong;
    enum options_status status;

    options->flow.progress &= is_watched;
    options->flow.stream.looks_for_page =
        is_watched && !options->has_profile && !options->flow.quiet;
    if (options->action == ACTION_LEARN)
        options->flow.stream.learn = &options->learn;
    if (options->action == ACTION_DIFF)
        options->flow.stream.diff = &options->diff;
    if (options->action == ACTION_LEARN || options->action == ACTION_DIFF) {
        options->flow.stream.show = SHOW_NOTHING;
        options->flow.stream.stats = false;
    }
    if (options->flow.in_place && options->flow.html.wish == HTML_IS_SHOWN)
        options->flow.html.wish = HTML_IS_REFUSED;
    if (options->action == ACTION_REPORT) {
        options->flow.stream.dossier = &options->dossier;
        options->flow.stream.show = SHOW_EXPLAINED;
        options->flow.stream.form = EXPLAIN_ROWS;
        options->flow.stream.stats = false;
    }
    splice->inverts = options->flow.stream.show == SHOW_DROPPED;
    splice->reject = options->flow.rejects != NULL;
    splice->annotation = options->field_wishes.annotation;
    for (size_t i = 0; i < options->flow.inputs.count; i++)
        options->flow.has_documents |=
            options_format(options, options->flow.inputs.files[i]) != NULL;
    status = check(options);
    if (status != OPTIONS_OK)
        return status;
    if (options->action == ACTION_REPORT)
        options->dossier.version = version_text();
    if (options->action == ACTION_REPORT && !options->dossier.version)
        return OPTIONS_NO_MEMORY;
    options->fields = fields_create(&options->field_wishes, &wrong);
    options->flow.stream.fields = options->fields;
    if (options->fields && options->action == ACTION_LEARN)
        options->learn.spool = spool_make();
    if (options->fields)
        return OPTIONS_OK;
    if (!wrong)
        return OPTIONS_NO_MEMORY;
    return options_bad(options, "bad field '%s'; write names with dots between them, as .doc.text",
                       wrong);
}

void options_free(struct options *options)
{
    free(options->rules);
    options->rules = NULL;
    free(options->old);
    options->old = NULL;
    fields_destroy(options->fields);
    options->fields = NULL;
    free(options->dossier.version);
    options->dossier.version = NULL;
    operands_free(&options->flow.inputs);
}
