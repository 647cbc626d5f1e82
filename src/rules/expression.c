#include "rules/expression.h"

#include "regex/pattern.h"

/* Puts the defines of REGEX in; *good is false if that can't be. */
static bool expand(struct expressions *expressions, const struct place *place, struct regex *regex,
                   bool *good)
{
    struct span written = {regex->text, regex->length}, text;
    enum define_status status =
        define_expand(&expressions->defines, expressions->arena, written, &text);

    *good = status == DEFINE_OK;
    if (status == DEFINE_MISSING)
        diag_add_word(expressions->diagnostics, place, "no define for", text,
                      "it must stand above its use; literal braces are \\{\\{");
    else if (status == DEFINE_TOO_LONG)
        diag_add_word(expressions->diagnostics, place, "too long a regex with", text,
                      "at most 65536 bytes may come of defines");
    if (*good)
        *regex = (struct regex){text.text, text.length, regex->flags};
    return status != DEFINE_NO_MEMORY;
}

/* Checks each phrase by itself; those that are bad are empty from then on. */
static bool check_defines(struct expressions *expressions)
{
    struct define *define = expressions->unchecked;

    expressions->unchecked = NULL;
    for (; define; define = define->newer) {
        for (struct phrase *phrase = define->first; phrase; phrase = phrase->next) {
            struct regex regex = {phrase->written.text, phrase->written.length, 0};
            struct required required;
            bool good;

            if (!expression_finish(expressions, &phrase->place, &regex, &required, &good))
                return false;
            phrase->regex = good ? (struct span){regex.text, regex.length} : (struct span){"", 0};
        }
        if (define->first && !define_join(define, expressions->arena))
            return false;
    }
    return true;
}

bool expression_finish(struct expressions *expressions, const struct place *place,
                       struct regex *regex, struct required *required, bool *good)
{
    struct regex written = *regex;
    struct pattern pattern = {0};
    struct pattern_error error;
    enum pattern_status status;
    struct place here = *place;

    if (!expand(expressions, place, regex, good))
        return false;
    if (!*good)
        return true;
    if (!required_analyse(expressions->analyser, regex, required))
        return false;
    if (required->understood)
        return true;
    status = pattern_compile(&pattern, regex, &error);
    pattern_release(&pattern);
    if (status != PATTERN_INVALID)
        return status != PATTERN_NO_MEMORY;
    if (expressions->unchecked) {
        *regex = written;
        return check_defines(expressions) &&
               expression_finish(expressions, place, regex, required, good);
    }
    here.column = (size_t)(written.text - place->source) +
                  define_source_offset(&expressions->defines,
                                       (struct span){written.text, written.length}, error.offset);
    diag_add(expressions->diagnostics, SEVERITY_ERROR, &here, "bad regex: %s; see pcre2pattern(3)",
             error.message);
    *good = false;
    return true;
}

bool expression_define(struct expressions *expressions, const struct source *source,
                       const struct place *place, struct span name, bool *good)
{
    const struct define *known = define_find(&expressions->defines, name);
    struct define *define;

    *good = !known;
    if (known && known->place.line == place->line && source_is_same(known->source, source))
        return true;
    define = arena_alloc(expressions->arena, sizeof *define);
    if (!define)
        return false;
    *define = (struct define){.name = name, .source = source, .place = *place};
    define->place.column = (size_t)(name.text - place->source);
    if (known)
        diag_add(expressions->diagnostics, SEVERITY_ERROR, &define->place,
                 "'%.*s' is defined already at %s:%zu; take another name", (int)name.length,
                 name.text, known->source->path, known->place.line);
    else
        expressions->open = define;
    return true;
}

bool expression_add_phrase(struct expressions *expressions, const struct place *place,
                           struct span written)
{
    struct define *define = expressions->open;
    struct phrase *phrase = arena_alloc(expressions->arena, sizeof *phrase);
    struct regex regex = {written.text, written.length, 0};
    bool good;

    if (!phrase || !expand(expressions, place, &regex, &good))
        return false;
    *phrase = (struct phrase){NULL, written, {regex.text, regex.length}, *place};
    if (!good) /* as if nothing stood there, or each use would be an error as well */
        phrase->written = phrase->regex = (struct span){"", 0};
    if (define->last)
        define->last->next = phrase;
    else
        define->first = phrase;
    define->last = phrase;
    return true;
}

bool expression_close(struct expressions *expressions)
{
    struct define *define = expressions->open;

    expressions->open = NULL;
    if (!define)
        return true;
    if (!define->first) {
        diag_add(expressions->diagnostics, SEVERITY_ERROR, &define->place,
                 "a define without a phrase; put a regex behind its name, or phrases under it, "
                 "each on a line with blanks and a | before it");
    } else if (!define_join(define, expressions->arena)) {
        return false;
    }
    if (expressions->newest)
        expressions->newest->newer = define;
    expressions->newest = define;
    if (!expressions->unchecked)
        expressions->unchecked = define;
    define_add(&expressions->defines, define);
    return !expressions->is_thorough || check_defines(expressions);
}
