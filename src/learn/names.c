#include "learn/names.h"

#include "base/grow.h"
#include "base/utf8.h"
#include "learn/template.h"
#include "line/category.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_LETTERS 2 /* of a beginning: By */
#define LEAST_WORDS 2   /* of a name */
#define MOST_WORDS 4
#define WORD "\\p{Lu}[\\p{L}'\xE2\x80\x99.-]*"
#define NAME WORD "(?: " WORD "){1,3}"

static size_t decode(struct span text, uint32_t *character)
{
    return utf8_decode((const unsigned char *)text.text, text.length, character);
}

/* Whether a part of a key begins with what is in a word of a name; its bytes are *SIZE. */
static bool is_of_name(struct span key, size_t *size)
{
    uint32_t c;

    *size = 2;
    if (key.length > 1 && memcmp(key.text, "\\.", 2) == 0)
        return true;
    *size = decode(key, &c);
    return *size && (c == '\'' || c == '-' || c == 0x2019 || category_of(c) >= CATEGORY_LETTER);
}

/* The bytes of the word of a name that a part of a key begins with, or 0. */
static size_t word_of_name(struct span key)
{
    size_t length, size;
    uint32_t c;

    length = decode(key, &c);
    if (length == 0 || category_of(c) != CATEGORY_CAPITAL)
        return 0;
    while (is_of_name(span_after(key, length), &size))
        length += size;
    return length;
}

/* Whether nothing but signs can come next in what is behind a name. */
static bool is_behind_name(struct span rest)
{
    uint32_t c;

    if (rest.length > 1 && *rest.text == ' ')
        rest = span_after(rest, 1);
    if (decode(rest, &c) == 0 || c == ' ')
        return false;
    if (c == '\\')
        return rest.length > 1 && !strchr("dp", rest.text[1]);
    return category_of(c) == CATEGORY_OTHER;
}

/* Letters of the line that a part of a key has, about. */
static size_t letters_of(struct span key)
{
    size_t letters = 0, size;
    uint32_t c;

    for (; (size = decode(key, &c)); key = span_after(key, size))
        if (c == '\\' && key.length > 1)
            size = 2;
        else
            letters += category_of(c) >= CATEGORY_LETTER;
    return letters;
}

/* Parts a key around the name in it; false if there is none. */
static bool part(struct span key, struct span *beginning, struct span *rest)
{
    size_t at = 0, size = 0, words = 0;

    while (size == 0) {
        const char *blank = memchr(key.text + at, ' ', key.length - at);

        if (!blank)
            return false;
        at = (size_t)(blank - key.text) + 1;
        size = word_of_name(span_after(key, at));
    }
    *beginning = (struct span){key.text, at};
    while (size) {
        at += size;
        words++;
        size = at < key.length && key.text[at] == ' ' ? word_of_name(span_after(key, at + 1)) : 0;
        at += size > 0;
    }
    *rest = span_after(key, at);
    return words >= LEAST_WORDS && words <= MOST_WORDS && is_behind_name(*rest) &&
           letters_of(*beginning) >= LEAST_LETTERS;
}

static bool starts_with(struct span key, struct span beginning)
{
    return key.length >= beginning.length &&
           memcmp(key.text, beginning.text, beginning.length) == 0;
}

struct names_group *names_over(struct names *names, struct span key)
{
    struct names_group *last = &names->groups[NAMES_DEPTH], *group, empty = {0};

    if (names->count == 0 || starts_with(key, names->groups[names->count - 1].beginning))
        return NULL;
    group = &names->groups[--names->count];
    arena_free(&last->arena);
    free(last->pages);
    *last = *group;
    *group = empty;
    last->count = record_sort_pages(last->pages, last->count);
    return last;
}

static bool copy(struct arena *arena, struct span text, struct span *into)
{
    into->text = arena_copy(arena, text.text, text.length);
    into->length = text.length;
    return into->text != NULL;
}

static bool open_group(struct names *names, const struct seen_line *line, struct span beginning,
                       struct span rest)
{
    struct names_group *group = &names->groups[names->count++];

    return copy(&group->arena, beginning, &group->beginning) &&
           copy(&group->arena, rest, &group->rest) &&
           template_sample(&group->arena, line->key, line->sample, &group->text);
}

/* Notes the pages of a line that goes on with a name. */
static bool take_name(struct names_group *group, const struct seen_line *line)
{
    if (group->count > 2 * RECORD_PAGES)
        group->count = record_sort_pages(group->pages, group->count);
    if (!grow_to((void **)&group->pages, (uint64_t)group->count + line->count, &group->room,
                 sizeof *group->pages))
        return false;
    for (uint32_t i = 0; i < line->count; i++)
        group->pages[group->count++] = line->at[i].page;
    group->named++;
    group->once += line->count == 1;
    return true;
}

/* Shows a line that surely is none of the group. */
static bool show_other(struct names_group *group, const struct seen_line *line)
{
    size_t at = group->beginning.length;
    char next = line->key.length > at ? line->key.text[at] : ' ';

    return group->other.length || next < 'a' || next > 'z' ||
           template_sample(&group->arena, line->key, line->sample, &group->other);
}

bool names_take(struct names *names, const struct seen_line *line)
{
    struct span beginning = {0}, rest = {0};
    bool has_name = part(line->key, &beginning, &rest);
    struct names_group *group = names->count ? &names->groups[names->count - 1] : NULL;

    if (has_name && names->count < NAMES_DEPTH &&
        (!group || !span_equal(group->beginning, beginning)) &&
        !open_group(names, line, beginning, rest))
        return false;
    for (uint32_t i = 0; i < names->count; i++) {
        bool is_named;

        group = &names->groups[i];
        is_named =
            has_name && span_equal(group->beginning, beginning) && span_equal(group->rest, rest);
        group->lines++;
        if (!(is_named ? take_name(group, line) : show_other(group, line)))
            return false;
    }
    return true;
}

bool names_are(const struct names_group *group, uint32_t least)
{
    return group->once >= least &&
           (uint64_t)group->named * NAMES_OF >= (uint64_t)group->lines * NAMES_MOST;
}

struct span names_key(const struct names_group *group, struct arena *arena)
{
    size_t name = sizeof NAME - 1, length = group->beginning.length + name + group->rest.length;
    char *key = arena_alloc(arena, length);

    if (!key)
        return (struct span){0};
    memcpy(key, group->beginning.text, group->beginning.length);
    memcpy(key + group->beginning.length, NAME, name);
    memcpy(key + group->beginning.length + name, group->rest.text, group->rest.length);
    return (struct span){key, length};
}

void names_release(struct names *names)
{
    for (size_t i = 0; i <= NAMES_DEPTH; i++) {
        arena_free(&names->groups[i].arena);
        free(names->groups[i].pages);
    }
    *names = (struct names){0};
}
