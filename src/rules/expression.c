#include "rules/expression.h"

#include "regex/pattern.h"
#include "regex/phrase.h"
#include "regex/ways.h"
#include "rules/scanner.h"

#include <string.h>

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
        *regex = (struct regex){.text = text.text, .length = text.length, .flags = regex->flags};
    return status != DEFINE_NO_MEMORY;
}

/* False if it is too long for one define. */
static bool join(struct expressions *expressions, struct span phrase)
{
    size_t length = expressions->joined_length;

    if (phrase.length >= DEFINE_MAX - length)
        return false;
    if (length)
        expressions->joined[length++] = '|';
    memcpy(expressions->joined + length, phrase.text, phrase.length);
    expressions->joined_length = length + phrase.length;
    return true;
}

/* Makes a define's regex of what was joined; it is empty if a use in it is not good. */
static bool take_joined(struct expressions *expressions, struct define *define, bool *good)
{
    struct span text = {NULL, expressions->joined_length};
    enum define_status status;

    text.text = arena_copy(expressions->arena, expressions->joined, text.length);
    expressions->joined_length = 0;
    if (!text.text)
        return false;
    status = define_expand(&expressions->defines, expressions->arena, text, &define->regex);
    *good = status == DEFINE_OK;
    if (!*good)
        define->regex = (struct span){"", 0};
    return status != DEFINE_NO_MEMORY;
}

/* The next phrase at or behind PLACE, whose line it is then. */
static bool find_phrase(const struct define *define, struct place *place, struct span *phrase)
{
    const char *end = define->written.text + define->written.length;

    while (place->source < end) {
        const char *newline = memchr(place->source, '\n', (size_t)(end - place->source));
        const char *stop = newline ? newline : end;

        if (newline && newline > place->source && newline[-1] == '\r')
            stop--;
        place->source_length = (size_t)(stop - place->source);
        if (scanner_phrase(place->source, place->source_length, phrase))
            return true;
        place->source = newline ? newline + 1 : end;
        place->line++;
    }
    return false;
}

/* Checks each phrase by itself; DEFINE has those that are good from then on. */
static bool check_define(struct expressions *expressions, struct define *define)
{
    struct place place = define->place;
    struct span phrase = define->written;
    bool good;

    if (!phrase.text) /* without a phrase, as was told */
        return true;
    while (!define->has_phrases || find_phrase(define, &place, &phrase)) {
        struct regex regex = {.text = phrase.text, .length = phrase.length};
        struct required required;

        if (!expression_finish(expressions, &place, &regex, &required, &good))
            return false;
        if (good)
            join(expressions, phrase);
        if (!define->has_phrases)
            break;
        place.source += place.source_length;
    }
    return take_joined(expressions, define, &good);
}

static bool check_defines(struct expressions *expressions)
{
    struct define *define = expressions->unchecked;

    expressions->unchecked = NULL;
    for (; define; define = define->newer)
        if (!check_define(expressions, define))
            return false;
    return true;
}

/* Analyses the regex, unless that was done already. */
static bool analyse(const struct expressions *expressions, struct regex *regex,
                    struct required *required)
{
    const struct rule *known = expressions->known ? known_find(expressions->known, regex) : NULL;

    if (!known)
        return required_analyse(expressions->analyser, regex, required) &&
               ways_part(expressions->analyser, expressions->arena, regex, required);
    regex->compiled = known->regex.compiled;
    *required = *known->required;
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
    if (!analyse(expressions, regex, required))
        return false;
    regex->phrase = phrase_of(regex);
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
                       const struct place *place, struct span name, bool has_phrases, bool *good)
{
    const struct define *known = define_find(&expressions->defines, name);
    struct define *define;

    *good = !known;
    if (known && known->place.line == place->line && source_is_same(known->source, source))
        return true;
    define = arena_alloc(expressions->arena, sizeof *define);
    if (!define)
        return false;
    define->name = name;
    define->source = source;
    define->has_phrases = has_phrases;
    define->place = *place;
    define->place.column = (size_t)(name.text - place->source);
    if (*good)
        expressions->open = define;
    else
        diag_add(expressions->diagnostics, SEVERITY_ERROR, &define->place,
                 "'%.*s' is defined already at %s:%zu; take another name", (int)name.length,
                 name.text, known->source->path, known->place.line);
    return true;
}

void expression_add_phrase(struct expressions *expressions, const struct place *place,
                           struct span phrase)
{
    struct define *define = expressions->open;

    if (!define->written.text)
        define->written.text = phrase.text;
    define->written.length = (size_t)(phrase.text + phrase.length - define->written.text);
    if (!join(expressions, phrase))
        diag_add(expressions->diagnostics, SEVERITY_ERROR, place,
                 "too long a define; all its phrases together may have %zu bytes", DEFINE_MAX - 1);
}

bool expression_close(struct expressions *expressions)
{
    struct define *define = expressions->open;
    bool good;

    expressions->open = NULL;
    if (!define)
        return true;
    if (!define->written.text) {
        diag_add(expressions->diagnostics, SEVERITY_ERROR, &define->place,
                 "a define without a phrase; put a regex behind its name, or phrases under it, "
                 "each on a line with blanks and a | before it");
        define->written = define->name;
    }
    if (!take_joined(expressions, define, &good))
        return false;
    if (expressions->newest)
        expressions->newest->newer = define;
    expressions->newest = define;
    if (!expressions->unchecked)
        expressions->unchecked = define;
    if ((!good || expressions->is_thorough) && !check_defines(expressions))
        return false;
    return define_add(&expressions->defines, define);
}
