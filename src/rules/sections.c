/*
 * However many sections there are, those that hold are found by a few look-ups. Each word of each
 * section is in a table: a host, a *.host without its *., or a language, together with the number
 * of its section; words that several sections have are chained. A host is hashed from its last byte
 * to its first, since all names above it are read on the way: of www.news.example.org first org,
 * then example.org, and so on. Each of them is looked up as a *.host at its dot, the whole host,
 * and the host without its www., as a host too. A language is hashed from its first byte on, and
 * looked up wherever a subtag ends: de, then de-AT. What is longer than the longest word is not
 * read.
 */
#include "rules/sections.h"

#include "base/ascii.h"
#include "base/grow.h"
#include "base/table.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum kind { HOST, BELOW, LANGUAGE };

/* A word of a section; BELOW without the *. in front. */
struct word {
    const char *text;
    uint32_t length;
    uint32_t kind;
    uint32_t section;
    uint32_t next; /* the same word in another section, or TABLE_END */
};

struct sections {
    struct section *items;
    size_t count;
    size_t capacity;
    struct word *words;
    size_t word_count;
    size_t word_capacity;
    struct table by_words; /* the sections */
    struct table by_word;  /* the words, each in one section */
    size_t longest;        /* bytes of a word */
};

bool section_is_host(struct span word)
{
    if (word.length > 0 && *word.text == '[')
        return true; /* an address */
    if (word.length > 2 && memcmp(word.text, "*.", 2) == 0)
        word = span_after(word, 2);
    for (size_t i = 0; i < word.length; i++)
        if (strchr("/:@?#*", word.text[i]))
            return false;
    return word.length > 0;
}

bool section_is_language(struct span word)
{
    size_t length = 0;

    while (length < word.length && ascii_is_letter((unsigned char)word.text[length]))
        length++;
    return length >= 1 && length <= 3 &&
           (length == word.length || word.text[length] == '-' || word.text[length] == '_');
}

bool section_fault(enum section_status status, const char **what, const char **mend)
{
    static const char *const faults[][2] = {
        [SECTION_UNKNOWN] = {"unknown section",
                             "sections are [host NAME ...], [lang CODE ...] and []"},
        [SECTION_EMPTY] = {"nothing behind",
                           "say which, as in [host example.com *.example.org] or [lang de nl]"},
        [SECTION_NO_HOST] = {"no host", "name it alone, as in [host example.com *.example.org]"},
        [SECTION_NO_LANGUAGE] = {"no code of a language",
                                 "write one of two letters, or three, as in [lang de pt-BR]"},
        [SECTION_NO_MEMORY] = {NULL, NULL},
    };

    *what = faults[status][0];
    *mend = faults[status][1];
    return *what != NULL;
}

enum section_status section_parse(struct section *section, struct arena *arena, struct span text,
                                  struct span *word)
{
    struct span rest = text, words, each;
    const char **list;

    *section = (struct section){0};
    if (!span_next_word(&rest, word))
        return SECTION_EVERYWHERE;
    section->is_host = span_is(*word, "host");
    if (!section->is_host && !span_is(*word, "lang"))
        return SECTION_UNKNOWN;
    words = rest;
    while (span_next_word(&rest, &each))
        section->count++;
    if (section->count == 0)
        return SECTION_EMPTY;
    list = arena_alloc(arena, section->count * sizeof *list);
    if (!list)
        return SECTION_NO_MEMORY;
    section->words = list;
    while (span_next_word(&words, &each)) {
        *word = each;
        if (section->is_host ? !section_is_host(each) : !section_is_language(each))
            return section->is_host ? SECTION_NO_HOST : SECTION_NO_LANGUAGE;
        if (!(*list++ = arena_copy(arena, each.text, each.length)))
            return SECTION_NO_MEMORY;
    }
    return SECTION_OK;
}

struct sections *sections_create(void)
{
    struct sections *sections = calloc(1, sizeof *sections);

    if (!sections)
        return NULL;
    sections->items = grow_by_one(NULL, 0, &sections->capacity, sizeof *sections->items);
    if (!sections->items) {
        free(sections);
        return NULL;
    }
    sections->items[sections->count++] = (struct section){0};
    return sections;
}

void sections_destroy(struct sections *sections)
{
    if (!sections)
        return;
    table_release(&sections->by_words);
    table_release(&sections->by_word);
    free(sections->items);
    free(sections->words);
    free(sections);
}

struct sections *sections_copy(const struct sections *sections, struct arena *arena)
{
    struct sections *copy = arena_alloc(arena, sizeof *copy);

    if (!copy)
        return NULL;
    *copy = *sections;
    copy->items = arena_array(arena, sections->count, sizeof *copy->items);
    copy->words = arena_array(arena, sections->word_count, sizeof *copy->words);
    if (!copy->items || !copy->words || !table_copy(&copy->by_words, arena) ||
        !table_copy(&copy->by_word, arena))
        return NULL;
    memcpy(copy->items, sections->items, sections->count * sizeof *copy->items);
    if (sections->word_count)
        memcpy(copy->words, sections->words, sections->word_count * sizeof *copy->words);
    return copy;
}

const struct section *sections_at(const struct sections *sections, uint32_t number)
{
    return &sections->items[number];
}

/* As strcasecmp has it in the C locale. */
static unsigned char folded(char byte)
{
    return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
}

static uint64_t hash_folded(uint64_t hash, char byte)
{
    return table_hash_on(hash, folded(byte));
}

static uint64_t hash_word(const struct word *word)
{
    uint64_t hash = TABLE_HASH;

    for (size_t i = 0; i < word->length; i++)
        hash = hash_folded(hash, word->text[word->kind == LANGUAGE ? i : word->length - 1 - i]);
    return table_hash_number(hash, word->kind);
}

static uint64_t hash_section(const struct section *section)
{
    uint64_t hash = table_hash_number(TABLE_HASH, section->is_host);

    for (size_t i = 0; i < section->count; i++) {
        for (const char *at = section->words[i]; *at; at++)
            hash = hash_folded(hash, *at);
        hash = table_hash_on(hash, ' ');
    }
    return hash;
}

static uint32_t find_word(const struct sections *sections, const struct word *wanted, uint64_t hash)
{
    size_t probe = 0;
    uint32_t number;

    while ((number = table_next(&sections->by_word, hash, &probe)) != TABLE_END) {
        const struct word *word = &sections->words[number];

        if (word->kind == wanted->kind && word->length == wanted->length &&
            strncasecmp(word->text, wanted->text, word->length) == 0)
            break;
    }
    return number;
}

static bool add_word(struct sections *sections, const struct section *section, const char *text)
{
    struct word word = {.text = text,
                        .length = (uint32_t)strlen(text),
                        .kind = section->is_host ? HOST : LANGUAGE,
                        .section = (uint32_t)sections->count,
                        .next = TABLE_END};
    struct word *words =
        grow_by_one(sections->words, sections->word_count, &sections->word_capacity, sizeof *words);
    uint32_t known;
    uint64_t hash;

    if (!words)
        return false;
    sections->words = words;
    if (word.kind == HOST && word.length > 2 && text[0] == '*' && text[1] == '.') {
        word.kind = BELOW;
        word.text += 2;
        word.length -= 2;
    }
    if (word.length > sections->longest)
        sections->longest = word.length;
    hash = hash_word(&word);
    known = find_word(sections, &word, hash);
    if (known != TABLE_END) {
        word.next = words[known].next;
        words[known].next = (uint32_t)sections->word_count;
    } else if (!table_add(&sections->by_word, hash, (uint32_t)sections->word_count)) {
        return false;
    }
    words[sections->word_count++] = word;
    return true;
}

/* Whether both are for the same documents, said in the same words. */
static bool is_same(const struct section *a, const struct section *b)
{
    if (a->is_host != b->is_host || a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcasecmp(a->words[i], b->words[i]) != 0)
            return false;
    return true;
}

bool sections_add(struct sections *sections, const struct section *section, uint32_t *number)
{
    uint64_t hash = hash_section(section);
    size_t probe = 0;
    struct section *items;

    while ((*number = table_next(&sections->by_words, hash, &probe)) != TABLE_END)
        if (is_same(&sections->items[*number], section))
            return true;
    items = grow_by_one(sections->items, sections->count, &sections->capacity, sizeof *items);
    if (!items)
        return false;
    sections->items = items;
    for (size_t i = 0; i < section->count; i++)
        if (!add_word(sections, section, section->words[i]))
            return false;
    *number = (uint32_t)sections->count;
    if (!table_add(&sections->by_words, hash, *number))
        return false;
    items[sections->count++] = *section;
    return true;
}

struct sections *sections_clone(const struct sections *sections)
{
    struct sections *clone = sections_create();
    uint32_t number;

    for (size_t i = 1; clone && i < sections->count; i++)
        if (!sections_add(clone, &sections->items[i], &number)) {
            sections_destroy(clone);
            clone = NULL;
        }
    return clone;
}

bool holding_init(struct holding *holding, const struct sections *sections)
{
    holding->holds = calloc(sections->count, sizeof *holding->holds);
    holding->numbers = calloc(sections->count, sizeof *holding->numbers);
    holding->spare = calloc(sections->count, sizeof *holding->spare);
    if (!holding->holds || !holding->numbers || !holding->spare)
        return false;
    holding->holds[0] = true;
    return true;
}

void holding_release(struct holding *holding)
{
    free(holding->holds);
    free(holding->numbers);
    free(holding->spare);
    *holding = (struct holding){0};
}

/* Notes the sections that have the word; HASH is that of its bytes. */
static void hold(struct holding *holding, const struct sections *sections, enum kind kind,
                 struct span text, uint64_t hash)
{
    const struct word wanted = {
        .text = text.text, .length = (uint32_t)text.length, .kind = (uint32_t)kind};
    uint32_t number = find_word(sections, &wanted, table_hash_number(hash, wanted.kind));

    for (; number != TABLE_END; number = sections->words[number].next) {
        uint32_t section = sections->words[number].section;

        if (holding->holds[section])
            continue;
        holding->holds[section] = true;
        holding->spare[holding->count++] = section;
    }
}

static bool has_www(const char *host)
{
    return strncasecmp(host, "www.", 4) == 0;
}

static void hold_host(struct holding *holding, const struct sections *sections, const char *host)
{
    size_t length = strlen(host), most = sections->longest;
    /* a word that has www. itself is for a host that has it once */
    size_t bare = has_www(host) && !has_www(host + 4) ? 4 : 0;
    uint64_t hash = TABLE_HASH;

    for (size_t at = length; at-- > 0 && length - at <= most;) {
        struct span name = {host + at, length - at};

        hash = hash_folded(hash, host[at]);
        if (at == 0 || host[at - 1] == '.')
            hold(holding, sections, BELOW, name, hash);
        if (at == 0 || at == bare)
            hold(holding, sections, HOST, name, hash);
    }
}

static void hold_language(struct holding *holding, const struct sections *sections,
                          const char *language)
{
    uint64_t hash = TABLE_HASH;

    for (size_t length = 1; length <= sections->longest && language[length - 1]; length++) {
        char next = language[length];

        hash = hash_folded(hash, language[length - 1]);
        if (next == '\0' || next == '-' || next == '_')
            hold(holding, sections, LANGUAGE, (struct span){language, length}, hash);
    }
}

bool holding_choose(struct holding *holding, const struct sections *sections, const char *host,
                    const char *language)
{
    uint32_t *before = holding->numbers;
    size_t count = holding->count, still = 0;

    if (sections->count == 1)
        return false;
    for (size_t i = 0; i < count; i++)
        holding->holds[before[i]] = false;
    holding->count = 0;
    if (host)
        hold_host(holding, sections, host);
    if (language)
        hold_language(holding, sections, language);
    holding->numbers = holding->spare;
    holding->spare = before;
    for (size_t i = 0; i < count; i++)
        still += holding->holds[before[i]];
    return still != count || holding->count != count;
}
