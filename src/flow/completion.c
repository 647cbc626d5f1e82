#include "flow/completion.h"

#include "base/report.h"
#include "flow/frames.h"
#include "flow/option_rows.h"
#include "rules/syntax.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* How each shell is told what to offer, where that is no list of words. */
struct offer {
    const char *name;
    const char *bash; /* shell lines; without any, files are offered */
    const char *zsh;  /* an action of _arguments */
    const char *fish; /* options of complete */
};

static const struct offer offers[] = {
    {OFFER_FILES, "", "_files", "-r -F"},
    {OFFER_RULES, "[[ $word == */* ]] || offers=$(_dechaff_rules \"$command\")", "_dechaff_rules",
     "-r -a '(__dechaff_rules)'"},
    {OFFER_STATEMENTS, "offers=$(_dechaff_statements \"$command\") statement=yes",
     "_dechaff_statements", "-x -a '(__dechaff_statements)'"},
    {OFFER_FIELDS, "offers=$(_dechaff_fields)", "_dechaff_fields", "-x -a '(__dechaff_fields)'"},
    {OFFER_HOSTS, "offers=$(compgen -A hostname)", "_hosts", "-x -a '(__fish_print_hostnames)'"},
    {NULL, "compopt +o default +o bashdefault 2>/dev/null", " ", "-x"},
};

/* What is offered for the row's argument; words have a row of no name. */
static const struct offer *offer_of(const struct option_row *row)
{
    const struct offer *offer = offers;

    while (offer->name && (!row->offers || strcmp(offer->name, row->offers) != 0))
        offer++;
    return offer;
}

static bool offers_words(const struct option_row *row)
{
    return row->offers && !offer_of(row)->name;
}

static bool is_optional(const struct option_row *row)
{
    return row->argument && *row->argument == '[';
}

/* Writes TEXT for between single quotes, as one line: QUOTE stands for one of its own, and a
 * backslash before each byte that is one of SPECIAL. */
static void put_quoted(FILE *stream, const char *text, const char *quote, const char *special)
{
    for (; *text; text++)
        if (*text == '\'')
            fputs(quote, stream);
        else if (*text == '\n')
            fputc(' ', stream);
        else
            fprintf(stream, "%s%c", strchr(special, *text) ? "\\" : "", *text);
}

/* All options that bash offers, one a line. */
static void put_options(FILE *stream)
{
    fputs("$'", stream);
    for (const struct option_row *row = option_rows; row->name; row++)
        fprintf(stream, "%s--%s%s", row == option_rows ? "" : "\\n", row->name,
                row->argument && !is_optional(row) ? "=" : "");
    fputs("'", stream);
}

static void put_verbs(FILE *stream)
{
    for (const struct syntax_verb *verb = syntax_verbs; verb->name; verb++)
        fprintf(stream, "%s%s", verb == syntax_verbs ? "" : " ", verb->name);
}

static void put_frame(FILE *stream, const char *frame)
{
    for (; *frame; frame++)
        if (strncmp(frame, "%V", 2) == 0)
            put_verbs(stream), frame++;
        else if (strncmp(frame, "%F", 2) == 0)
            fputs(frames_fields, stream), frame++;
        else if (strncmp(frame, "%O", 2) == 0)
            put_options(stream), frame++;
        else
            fputc(*frame, stream);
}

/* A case of the option that stands before the word. */
static void put_bash(FILE *stream, const struct option_row *row)
{
    if (!row->argument)
        return;
    fputs("    ", stream);
    if (row->letter && !is_optional(row))
        fprintf(stream, "-%c | ", row->letter);
    fprintf(stream, "--%s) ", row->name);
    if (is_optional(row))
        fputs("[[ $attached ]] && ", stream);
    if (offers_words(row)) {
        fputs("offers=$'", stream);
        for (const char *word = row->offers; *word; word++)
            if (*word == ' ')
                fputs("\\n", stream);
            else
                fputc(*word, stream);
        fputs("'", stream);
    } else {
        fputs(offer_of(row)->bash, stream);
    }
    fprintf(stream, "%s ;;\n", is_optional(row) ? " || option=" : "");
}

/* The name of an argument, as a message has it. */
static void put_argument(FILE *stream, const char *argument)
{
    for (; *argument; argument++)
        if (isalpha((unsigned char)*argument))
            fputc(tolower((unsigned char)*argument), stream);
}

/* A row for _arguments. */
static void put_zsh(FILE *stream, const struct option_row *row)
{
    bool repeats = row->takes == TAKES_RULES || row->takes == TAKES_LIMIT;
    const char *letter = !row->argument ? "" : is_optional(row) ? "-" : "+";
    const char *name = !row->argument ? "" : is_optional(row) ? "=-" : "=";

    fputs("        ", stream);
    if (repeats)
        fputs("'*'", stream);
    else if (row->letter)
        fprintf(stream, "'(-%c --%s)'", row->letter, row->name);
    if (row->letter)
        fprintf(stream, "{-%c%s,--%s%s}", row->letter, letter, row->name, name);
    else
        fprintf(stream, "--%s%s", row->name, name);
    fputs("'[", stream);
    put_quoted(stream, row->help, "'\\''", "[]:");
    fputs("]", stream);
    if (row->argument) {
        fputs(is_optional(row) ? "::" : ":", stream);
        put_argument(stream, row->argument);
        if (offers_words(row)) {
            fputs(":(", stream);
            put_quoted(stream, row->offers, "'\\''", ":");
            fputs(")", stream);
        } else {
            fprintf(stream, ":%s", offer_of(row)->zsh);
        }
    }
    fputs("' \\\n", stream);
}

static void put_fish(FILE *stream, const struct option_row *row)
{
    fputs("complete -c dechaff", stream);
    if (row->letter)
        fprintf(stream, " -s %c", row->letter);
    fprintf(stream, " -l %s ", row->name);
    if (offers_words(row))
        fprintf(stream, "%s-a '%s' ", is_optional(row) ? "" : "-x ", row->offers);
    else if (row->argument && !is_optional(row))
        fprintf(stream, "%s ", offer_of(row)->fish);
    fputs("-d '", stream);
    put_quoted(stream, row->help, "\\'", "");
    fputs("'\n", stream);
}

char *completion_text(enum shell shell)
{
    static const struct {
        const char *head;
        void (*put)(FILE *stream, const struct option_row *row);
        const char *foot;
    } shells[] = {[SHELL_BASH] = {frames_bash_head, put_bash, frames_bash_foot},
                  [SHELL_ZSH] = {frames_zsh_head, put_zsh, frames_zsh_foot},
                  [SHELL_FISH] = {frames_fish_head, put_fish, ""}};
    struct report report;

    if (!report_open(&report))
        return NULL;
    put_frame(report.stream, shells[shell].head);
    for (const struct option_row *row = option_rows; row->name; row++)
        shells[shell].put(report.stream, row);
    put_frame(report.stream, shells[shell].foot);
    return report_close(&report);
}
