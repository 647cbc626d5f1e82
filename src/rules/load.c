#include "rules/load.h"

#include "base/language.h"
#include "base/utf8.h"
#include "rules/add.h"
#include "rules/bind.h"
#include "rules/catalog.h"
#include "rules/frame.h"
#include "rules/include.h"
#include "rules/scanner.h"
#include "rules/statement.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

struct load *load_create(struct rules *rules, const struct paths *paths,
                         struct diagnostics *diagnostics, bool keep_examples)
{
    struct load *load = rules ? calloc(1, sizeof *load) : NULL;

    if (!load)
        return NULL;
    load->rules = rules;
    load->paths = paths;
    load->diagnostics = diagnostics;
    load->keep_examples = keep_examples;
    load->expressions.analyser = rules->analyser;
    load->expressions.known = rules->known;
    load->expressions.arena = &rules->arena;
    load->expressions.diagnostics = diagnostics;
    load->expressions.is_thorough = keep_examples;
    return load;
}

void load_destroy(struct load *load)
{
    if (!load)
        return;
    defines_release(&load->expressions.defines);
    sources_release(&load->sources);
    free(load);
}

static size_t column_of(const struct frame *frame, const char *text)
{
    return (size_t)(text - frame->place.source);
}

static void report(const struct frame *frame, const char *what, struct span word, const char *mend)
{
    diag_add_word(frame->load->diagnostics, &frame->place, what, word, mend);
}

static bool add_define(struct frame *frame, const struct statement *statement)
{
    struct expressions *expressions = &frame->load->expressions;
    struct span regex = {statement->draft.rule.regex.text, statement->draft.rule.regex.length};
    bool good;

    if (!expression_define(expressions, frame->source, &frame->place, statement->name, !regex.text,
                           &good))
        return false;
    frame->last_was_bad = !good;
    if (!good || !regex.text)
        return true;
    expression_add_phrase(expressions, &frame->place, regex);
    return expression_close(expressions);
}

/* A language has one spelling in all documents: a section with another never holds. */
static void check_language(const struct frame *frame, struct span word)
{
    struct place place = frame->place;
    char meant[LANGUAGE_SIZE];

    if (!language_canonical(word, meant))
        return;
    place.column = column_of(frame, word.text);
    if (strlen(meant) != word.length || strncasecmp(meant, word.text, word.length) != 0)
        diag_add(frame->load->diagnostics, SEVERITY_WARNING, &place,
                 "the language of documents in '%.*s' is told as '%s'; write [lang %s]",
                 (int)word.length, word.text, meant, meant);
    else if (!language_is_known(meant))
        diag_add(frame->load->diagnostics, SEVERITY_WARNING, &place,
                 "'%s' is no language's code, so that no document has it", meant);
}

/* NAMES are those of the section, behind what it is of. */
static void check_languages(const struct frame *frame, struct span names)
{
    struct span word;

    for (bool is_first = true; span_next_word(&names, &word); is_first = false)
        if (!is_first)
            check_language(frame, word);
}

static bool enter_section(struct frame *frame, const struct statement *statement)
{
    struct section section;
    struct span word;
    const char *what, *mend;
    enum section_status status =
        section_parse(&section, frame_arena(frame), statement->name, &word);

    if (status == SECTION_NO_MEMORY)
        return false;
    if (section_fault(status, &what, &mend)) {
        report(frame, what, word, mend);
        return true;
    }
    if (status == SECTION_EVERYWHERE) {
        frame->section = frame->base_section;
        return true;
    }
    if (!section.is_host)
        check_languages(frame, statement->name);
    /* Equal sections are one, so that including a file for each stays bounded. */
    return sections_add(frame->load->rules->sections, &section, &frame->section);
}

static void set_parameter(struct frame *frame, const struct statement *statement)
{
    const struct syntax_parameter *parameter = statement->parameter;
    uint64_t most;

    if (parameter->kind == PARAMETER_NUMBER &&
        !limits_allow(&frame->load->rules->limits, parameter, statement->number, &most))
        diag_add(frame->load->diagnostics, SEVERITY_ERROR, &frame->place,
                 "'%s' may be %" PRIu64 " at most, the caller's ceiling; --limit=%s=N raises it",
                 parameter->name, most, parameter->name);
    else
        statement_set(statement, &frame->load->rules->parameters);
}

/* Files. */

static bool read_lines(struct frame *frame);

/* Included files are told apart by device and inode: a link is the same file. */
static bool is_open(const struct frame *frame, const struct source *file)
{
    for (; frame; frame = frame->outer)
        if (source_is_same(frame->source, file))
            return true;
    return false;
}

/* Says where NAME was looked for, and what it was most likely meant for. */
static void report_missing(const struct load *load, const struct place *place, struct span name)
{
    const struct paths *paths = load->paths;
    char *nearest = catalog_nearest(paths, name);
    char list[1024] = "";
    size_t used = 0;

    for (size_t i = 0; i < paths->count && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "",
                                 paths->directories[i].name);
    diag_add(load->diagnostics, SEVERITY_ERROR, place,
             "no rules named '%.*s'; %s%s%slooked in %s (a path needs a slash: ./%.*s)",
             (int)name.length, name.text, nearest ? "is '" : "", nearest ? nearest : "",
             nearest ? "' meant? " : "", list, (int)name.length, name.text);
    free(nearest);
}

/* A set from an image has files, of which one may be named again: those that there are now are told
 * apart by device and inode. */
static bool know_base(struct load *load)
{
    const struct rules *base = load->rules->base;

    if (!base || load->sources.count)
        return true;
    for (const struct source *source = base->sources; source; source = source->previous) {
        struct source *known = arena_alloc(&load->rules->arena, sizeof *known);

        if (!known)
            return false;
        *known = *source;
        if (!source_identify(known))
            load->is_beyond = load->is_over = true;
        else if (!sources_add(&load->sources, known))
            return false;
    }
    return true;
}

/* What can't be read once more, as a pipe, is read where all is loaded. */
static void note_once(struct load *load, const char *path)
{
    struct stat status;

    if (load->rules->base && (stat(path, &status) != 0 || !S_ISREG(status.st_mode)))
        load->is_beyond = load->is_over = true;
}

/* Loads NAME for FRAME's includer, or for the command line when OUTER is NULL. */
static bool load_file(struct load *load, struct span name, const struct frame *outer)
{
    struct arena *arena = &load->rules->arena;
    struct source *source = arena_alloc(arena, sizeof *source);
    char *path = paths_find(load->paths, name.text, name.length);
    int error = errno;
    struct span label = source_label(name);
    struct place place = {.file = "dechaff"};
    struct frame frame = {.outer = outer, .load = load};
    const struct source *known;
    enum source_status status;

    if (outer) {
        place = outer->place;
        place.column = column_of(outer, name.text);
        frame.depth = outer->depth + 1;
        frame.base_section = outer->section;
    }
    if (!source || (!path && error == ENOMEM)) {
        free(path);
        return false;
    }
    if (!path) {
        report_missing(load, &place, name);
        return true;
    }
    source->path = arena_copy(arena, path, strlen(path));
    source->label = arena_copy(arena, label.text, label.length);
    source->includer = outer ? outer->source : NULL;
    source->binds = !outer && !paths_is_shipped(load->paths, path);
    source->shipped = load->keep_examples && paths_is_shipped(load->paths, path);
    free(path);
    if (!source->path || !source->label)
        return false;
    if (!outer)
        place.file = source->path;
    if (!know_base(load))
        return false;
    note_once(load, source->path);
    if (load->is_beyond)
        return true;
    known = sources_at(&load->sources, source->path);
    status = include_read(source, memchr(name.text, '/', name.length), load->paths, known, arena);
    if (status == SOURCE_NO_MEMORY)
        return false;
    if (status != SOURCE_OK) {
        diag_add(load->diagnostics, SEVERITY_ERROR, &place, "can't read %s: %s",
                 outer ? source->path : "it", include_reason(source, status));
        return true;
    }
    if (frame.depth >= LOAD_DEPTH_MAX) {
        diag_add(load->diagnostics, SEVERITY_ERROR, &place,
                 "files are included more than %d deep; include some of them higher up",
                 LOAD_DEPTH_MAX);
        return true;
    }
    if (is_open(outer, source)) {
        diag_add(load->diagnostics, SEVERITY_ERROR, &place,
                 "%s includes itself, directly or through others; take one include out",
                 source->path);
        return true;
    }
    source->section = frame.base_section;
    source->previous = load->rules->sources;
    load->rules->sources = source;
    if (sources_have(&load->sources, source))
        return true;
    frame.source = source;
    return sources_add(&load->sources, source) && read_lines(&frame);
}

/* Whether the statement can be added to an image; others have to be known of all rule files. */
static bool can_be_added(const struct statement *statement)
{
    return statement->kind == STATEMENT_RULE || statement->kind == STATEMENT_INCLUDE ||
           statement->kind == STATEMENT_SECTION || statement->kind == STATEMENT_SET;
}

static bool add_statement(struct frame *frame, const struct statement *statement)
{
    if (statement->kind == STATEMENT_EMPTY)
        return true;
    if (statement->kind == STATEMENT_EXAMPLE)
        return add_example(frame, statement);
    if (statement->kind == STATEMENT_PHRASE) {
        frame->statements++;
        if (!frame->last_was_bad)
            diag_add(frame->load->diagnostics, SEVERITY_ERROR, &frame->place,
                     "a phrase without a define; put it under one that has no regex of its own");
        return true;
    }
    if (frame->load->rules->base && !can_be_added(statement)) {
        frame->load->is_beyond = frame->load->is_over = true;
        return true;
    }
    if (!expression_close(&frame->load->expressions))
        return false;
    frame->statements++;
    frame->last_rule = NULL;
    frame->last_was_bad = statement->kind == STATEMENT_BAD;
    switch (statement->kind) {
    case STATEMENT_INCLUDE:
        return load_file(frame->load, statement->name, frame);
    case STATEMENT_BIND:
        if (frame->section != 0)
            report(frame, "within a section", statement->name,
                   "bind it outside, for all documents");
        return bind_add(frame_arena(frame), &frame->load->rules->binds, statement->name,
                        &frame->place);
    case STATEMENT_SET:
        set_parameter(frame, statement);
        return true;
    case STATEMENT_DEFINE:
        return add_define(frame, statement);
    case STATEMENT_SECTION:
        return enter_section(frame, statement);
    case STATEMENT_FUNCTION:
        return lexicon_add(frame->load->rules->lexicon, statement->name.text,
                           statement->name.length);
    case STATEMENT_SPEAK:
        return lexicon_speak(frame->load->rules->lexicon, statement->name.text,
                             statement->name.length, statement->weight);
    case STATEMENT_RULE:
        return add_rule(frame, statement);
    default:
        return true;
    }
}

/* How much of it is text: UTF-8 without NUL. */
static size_t text_length(const char *text, size_t length)
{
    size_t valid = utf8_valid_length(text, length);
    const char *nul = memchr(text, '\0', valid);

    return nul ? (size_t)(nul - text) : valid;
}

/* Whether a line is of no consequence: blank, a comment, or an example that nobody will try. */
static bool is_idle(const struct frame *frame, const char *text, size_t length)
{
    size_t at = 0;

    while (at < length && span_is_blank(text[at]))
        at++;
    if (at == length || text[at] == '#')
        return true;
    return at > 0 && (text[at] == '+' || text[at] == '-') && frame->last_rule &&
           !frame->load->keep_examples;
}

/* The line is that of FRAME's place. */
static bool read_line(struct frame *frame)
{
    struct load *load = frame->load;
    const struct place *place = &frame->place;
    struct statement statement;
    struct span phrase;

    if (load->expressions.open && scanner_phrase(place->source, place->source_length, &phrase)) {
        expression_add_phrase(&load->expressions, place, phrase);
        return true;
    }
    if (is_idle(frame, place->source, place->source_length))
        return true;
    statement_parse(&statement, place->source, place->source_length, place, &load->rules->marks,
                    load->diagnostics);
    return add_statement(frame, &statement);
}

static bool read_lines(struct frame *frame)
{
    const char *at = frame->source->text, *end = at + frame->source->length;
    const char *text_end;
    struct load *load = frame->load;
    size_t errors = load->diagnostics->errors;
    bool is_secret = frame->source->is_secret; /* one error says enough */
    size_t statements = 0;

    frame->section = frame->base_section;
    frame->place.file = frame->source->path;
    frame->place.is_secret = is_secret;
    if (span_starts((struct span){at, frame->source->length}, UTF8_MARK))
        at += strlen(UTF8_MARK);
    text_end = at + text_length(at, (size_t)(end - at));
    load->is_over = rules_are_too_many(load->rules, load->diagnostics, &frame->place);
    while (at < end && !load->is_over && !(is_secret && errors < load->diagnostics->errors)) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        size_t length = (size_t)(stop - at);

        if (length && newline && at[length - 1] == '\r')
            length--;
        frame->place.line++;
        frame->place.column = 0;
        frame->place.source = at;
        frame->place.source_length = length;
        if (stop > text_end)
            frame->place.column = text_length(at, length);
        if (stop > text_end && frame->place.column < length) {
            frame->statements++;
            diag_add(load->diagnostics, SEVERITY_ERROR, &frame->place,
                     "not text in UTF-8; save the file as UTF-8, or write \\x{...}");
        } else {
            frame->place.column = 0;
            if (!read_line(frame))
                return false;
            if (frame->statements > statements && !load->is_over)
                load->is_over = rules_are_too_many(load->rules, load->diagnostics, &frame->place);
            statements = frame->statements;
        }
        at = newline ? newline + 1 : end;
    }
    if (!expression_close(&load->expressions))
        return false;
    if (frame->statements == 0 && !load->is_over) {
        frame->place = (struct place){.file = frame->source->path};
        diag_add(load->diagnostics, SEVERITY_WARNING, &frame->place, "there are no rules in it");
    }
    return true;
}

bool load_name(struct load *load, const char *name)
{
    return load->is_over || strcmp(name, "none") == 0 ||
           load_file(load, (struct span){name, strlen(name)}, NULL);
}

bool load_text(struct load *load, const char *text)
{
    struct arena *arena = &load->rules->arena;
    struct source *source = arena_alloc(arena, sizeof *source);
    struct frame frame = {.load = load, .source = source};

    if (load->is_over)
        return true;
    if (!source)
        return false;
    *source = (struct source){.path = "-e", .label = "-e", .length = strlen(text), .binds = true};
    source->text = arena_copy(arena, text, source->length);
    if (!source->text)
        return false;
    frame.place.line = load->inline_lines;
    if (!read_lines(&frame))
        return false;
    load->inline_lines = frame.place.line;
    return true;
}

bool load_is_beyond(const struct load *load)
{
    return load->is_beyond;
}
