#include "flow/unused.h"

#include "flow/option_rows.h"

#include <string.h>

/* Whether an input is read in a format that is IS_SO. */
static bool has_format(const struct options *options, bool (*is_so)(const struct format *))
{
    for (size_t i = 0; i < options->flow.inputs.count; i++)
        if (is_so(options_format(options, options->flow.inputs.files[i])))
            return true;
    return false;
}

static bool is_jsonl(const struct format *format)
{
    return format == &jsonl_format;
}

static bool has_many(const struct format *format)
{
    return format && format != &text_format;
}

/* Whether it is about what comes out of texts. */
static bool is_for_filtering(const struct option_row *row)
{
    return row->used == USED_IF_FILTERED || row->used == USED_IF_WRITTEN_WHOLE;
}

/* Why the option of a row that was given has no effect, or NULL. */
static const char *why_unused(const struct options *options, const struct option_row *row)
{
    enum show show = options->flow.stream.show;
    bool shows = row->takes == TAKES_SHOW || row->takes == TAKES_EXPLAIN;

    if ((row->takes == TAKES_ACTION && row->value != options->action) ||
        (row->takes == TAKES_RESTORE && options->action != ACTION_RESTORE) ||
        (row->takes == TAKES_IMAGE && options->action != ACTION_IMAGE) ||
        (row->takes == TAKES_SHELL && options->action != ACTION_COMPLETION) ||
        (row->takes == TAKES_LEARN && options->action != ACTION_LEARN) ||
        (row->takes == TAKES_DIFF && options->action != ACTION_DIFF) ||
        (row->takes == TAKES_REPORT && options->action != ACTION_REPORT))
        return "another option says what to do";
    if (row->used == USED_IF_NAMED)
        return options_take_names(options) ? NULL : "no file is read";
    if (row->used == USED_IF_LEARNT)
        return options->action == ACTION_LEARN ? NULL : "nothing is learnt; is '--learn' meant?";
    if (row->used == USED_IF_COMPARED)
        return options->action == ACTION_DIFF ? NULL : "nothing is compared; is '--diff' meant?";
    if (row->used != USED_ALWAYS && !options_read_text(options))
        return "no text is read";
    if (options->action == ACTION_LEARN &&
        (is_for_filtering(row) || (row->used == USED_IF_TRIED && options->rules_count == 0)))
        return "rules are written, not texts";
    if (options->action == ACTION_DIFF && is_for_filtering(row))
        return "a comparison is written, not texts";
    if (options->action == ACTION_REPORT && is_for_filtering(row))
        return "a report is written, which has it all";
    if (shows && row->value != show)
        return show == SHOW_EXPLAINED ? "--explain shows all" : "-v, behind it, says what to show";
    switch (row->used) {
    case USED_IF_MANY:
        return has_format(options, has_many) ? NULL : "each input is one text";
    case USED_IF_WRITTEN_WHOLE:
        if (show == SHOW_EXPLAINED)
            return "--explain shows all";
        return options->flow.has_documents ? NULL : "a text is written as it is read";
    case USED_IF_HELD:
        return options->flow.has_documents || options->list ? NULL
                                                            : "a text is written as it is read";
    case USED_IF_JSON_LINES:
        return has_format(options, is_jsonl) ? NULL
                                             : "no input is read as JSON lines; is "
                                               "'--format=jsonl' meant?";
    case USED_ALWAYS:
    case USED_IF_NAMED:
    case USED_IF_READ:
    case USED_IF_FILTERED:
    case USED_IF_LEARNT:
    case USED_IF_TRIED:
    case USED_IF_COMPARED:
        break;
    }
    return NULL;
}

/* Notes an origin that no section of the rules is for. */
static void note_origin(const struct rules *rules, const char *host, const char *language,
                        const char *option, struct diagnostics *diagnostics)
{
    const struct place place = {.file = "dechaff"};
    struct holding holding = {0};

    if (!holding_init(&holding, rules->sections))
        diagnostics->no_memory = true;
    else if (!holding_choose(&holding, rules->sections, host, language))
        diag_add(diagnostics, SEVERITY_WARNING, &place, "no rule is for '%s=%s'", option,
                 host ? host : language);
    holding_release(&holding);
}

static void note_origins(const struct options *options, const struct rules *rules,
                         struct diagnostics *diagnostics)
{
    const struct stream_wishes *wishes = &options->flow.stream;

    if ((options->action != ACTION_FILTER && options->action != ACTION_REPORT) || !rules ||
        rules->count == 0 || diagnostics->errors)
        return;
    if (wishes->host && *wishes->host)
        note_origin(rules, wishes->host, NULL, "--host", diagnostics);
    if (wishes->language && *wishes->language)
        note_origin(rules, NULL, wishes->language, "--lang", diagnostics);
}

/* Notes operands that are not read, and a list without any. */
static void note_operands(const struct options *options, struct diagnostics *diagnostics)
{
    const struct place place = {.file = "dechaff"};
    const struct operands *inputs = &options->flow.inputs;

    if (inputs->list && inputs->count == 0)
        diag_add(diagnostics, SEVERITY_WARNING, &place, "'--files0-from=%s' names no file",
                 inputs->list);
    else if (options->has_files &&
             (options->action == ACTION_LIST || options->action == ACTION_IMAGE))
        diag_add(diagnostics, SEVERITY_WARNING, &place, "'%s' is not read; is '-r %s' meant?",
                 inputs->files[0], inputs->files[0]);
}

void unused_note(const struct options *options, const struct rules *rules,
                 struct diagnostics *diagnostics)
{
    const struct place place = {.file = "dechaff"};

    if (options->flow.quiet)
        return;
    for (const struct option_row *row = option_rows; row->name; row++) {
        bool is_given = options->given >> (row - option_rows) & 1;
        const char *why = is_given ? why_unused(options, row) : NULL;

        if (why)
            diag_add(diagnostics, SEVERITY_WARNING, &place, "'%s%.*s' has no effect: %s",
                     row->letter ? "-" : "--", row->letter ? 1 : (int)strlen(row->name),
                     row->letter ? &row->letter : row->name, why);
    }
    note_origins(options, rules, diagnostics);
    note_operands(options, diagnostics);
}
