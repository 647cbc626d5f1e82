#include "rules/section.h"

#include <string.h>
#include <strings.h>

/* Takes the next word off REST; false at its end. */
static bool next_word(struct span *rest, struct span *word)
{
    while (rest->length && (*rest->text == ' ' || *rest->text == '\t')) {
        rest->text++;
        rest->length--;
    }
    *word = (struct span){rest->text, 0};
    while (word->length < rest->length && rest->text[word->length] != ' ' &&
           rest->text[word->length] != '\t')
        word->length++;
    rest->text += word->length;
    rest->length -= word->length;
    return word->length > 0;
}

static bool is_word(struct span word, const char *name)
{
    return word.length == strlen(name) && memcmp(word.text, name, word.length) == 0;
}

enum section_status section_parse(struct section *section, struct arena *arena, struct span text,
                                  struct span *word)
{
    struct span rest = text, words, each;
    const char **list;

    *section = (struct section){0};
    if (!next_word(&rest, word))
        return SECTION_EVERYWHERE;
    section->is_host = is_word(*word, "host");
    if (!section->is_host && !is_word(*word, "lang"))
        return SECTION_UNKNOWN;
    words = rest;
    while (next_word(&rest, &each))
        section->count++;
    if (section->count == 0)
        return SECTION_EMPTY;
    list = arena_alloc(arena, section->count * sizeof *list);
    if (!list)
        return SECTION_NO_MEMORY;
    section->words = list;
    while (next_word(&words, &each))
        if (!(*list++ = arena_copy(arena, each.text, each.length)))
            return SECTION_NO_MEMORY;
    return SECTION_OK;
}

static bool host_matches(const char *word, const char *host)
{
    size_t word_length = strlen(word), host_length = strlen(host);

    if (word_length > 2 && word[0] == '*' && word[1] == '.') {
        word += 2;
        word_length -= 2;
        return host_length == word_length
                   ? strcasecmp(host, word) == 0
                   : host_length > word_length && host[host_length - word_length - 1] == '.' &&
                         strcasecmp(host + host_length - word_length, word) == 0;
    }
    if (strncasecmp(host, "www.", 4) == 0 && strncasecmp(word, "www.", 4) != 0)
        host += 4;
    return strcasecmp(host, word) == 0;
}

/* RFC 4647's basic filtering: `de` holds for `de` and `de-AT`. */
static bool language_matches(const char *word, const char *language)
{
    size_t length = strlen(word);

    return strncasecmp(word, language, length) == 0 &&
           (language[length] == '\0' || language[length] == '-' || language[length] == '_');
}

bool section_equal(const struct section *a, const struct section *b)
{
    if (a->is_host != b->is_host || a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcasecmp(a->words[i], b->words[i]) != 0)
            return false;
    return true;
}

bool section_holds(const struct section *section, const char *host, const char *language)
{
    const char *value = section->is_host ? host : language;

    for (size_t i = 0; value && i < section->count; i++)
        if (section->is_host ? host_matches(section->words[i], value)
                             : language_matches(section->words[i], value))
            return true;
    return false;
}
