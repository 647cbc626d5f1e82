#include "line/lexicon.h"

#include "base/fold.h"
#include "base/span.h"
#include "base/table.h"
#include "base/utf8.h"
#include "line/letters.h"

#include <stdlib.h>
#include <string.h>

#define WORD_MAX 64 /* bytes; a longer one is no function word */

struct lexicon {
    struct fold fold;
    struct table table; /* where in `words` each begins */
    char *words;        /* folded, with a NUL behind each */
    size_t used;
    size_t capacity;
};

struct lexicon *lexicon_create(void)
{
    return calloc(1, sizeof(struct lexicon));
}

void lexicon_destroy(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    table_release(&lexicon->table);
    free(lexicon->words);
    free(lexicon);
}

struct lexicon *lexicon_copy(const struct lexicon *lexicon, struct arena *arena)
{
    struct lexicon *copy = arena_alloc(arena, sizeof *copy);

    if (!copy)
        return NULL;
    *copy = *lexicon;
    copy->words = arena_copy(arena, lexicon->words, lexicon->used);
    return copy->words && table_copy(&copy->table, arena) ? copy : NULL;
}

static bool has(const struct lexicon *lexicon, const char *word)
{
    uint64_t hash = table_hash_text(TABLE_HASH, word);
    size_t probe = 0;
    uint32_t at;

    while ((at = table_next(&lexicon->table, hash, &probe)) != TABLE_END)
        if (strcmp(lexicon->words + at, word) == 0)
            return true;
    return false;
}

static bool make_room(struct lexicon *lexicon)
{
    size_t capacity = lexicon->capacity ? 2 * lexicon->capacity : 64 * WORD_MAX;
    char *words;

    if (lexicon->capacity - lexicon->used > WORD_MAX)
        return true;
    words = capacity < TABLE_END ? realloc(lexicon->words, capacity) : NULL;
    if (!words)
        return false;
    lexicon->words = words;
    lexicon->capacity = capacity;
    return true;
}

/* Folds a word of WORD_MAX bytes at most. */
static void fold_word(const struct lexicon *lexicon, const char *word, size_t length,
                      char folded[WORD_MAX + 1])
{
    unsigned char *bytes = (unsigned char *)folded;

    bytes[fold_text(&lexicon->fold, (const unsigned char *)word, length, bytes)] = '\0';
}

static bool add_word(struct lexicon *lexicon, const char *word, size_t length)
{
    char folded[WORD_MAX + 1];

    if (length > WORD_MAX)
        return true;
    fold_word(lexicon, word, length, folded);
    if (has(lexicon, folded))
        return true;
    if (!make_room(lexicon) ||
        !table_add(&lexicon->table, table_hash_text(TABLE_HASH, folded), (uint32_t)lexicon->used))
        return false;
    length = strlen(folded) + 1;
    memcpy(lexicon->words + lexicon->used, folded, length);
    lexicon->used += length;
    return true;
}

bool lexicon_add(struct lexicon *lexicon, const char *words, size_t length)
{
    struct span rest = {words, length}, word;

    if (lexicon->used == 0)
        fold_init(&lexicon->fold);
    while (span_next_word(&rest, &word))
        if (!add_word(lexicon, word.text, word.length))
            return false;
    return true;
}

static bool is_function(const struct lexicon *lexicon, const char *word, size_t length)
{
    char folded[WORD_MAX + 1];

    if (lexicon->used == 0 || length > WORD_MAX)
        return false;
    fold_word(lexicon, word, length, folded);
    return has(lexicon, folded);
}

struct lexicon_count lexicon_count(const struct lexicon *lexicon, const char *text, size_t length)
{
    struct lexicon_count count = {0};
    size_t at = 0;

    if (length > LEXICON_REACH)
        length = LEXICON_REACH;
    while (at < length) {
        size_t start = at;
        uint32_t first = 0, character = 0;

        while (at < length) {
            size_t width = utf8_decode((const unsigned char *)text + at, length - at, &character);

            if (width == 0 || !letters_is_letter(character) ||
                (at > start &&
                 (letters_dense(character)->is_word || letters_dense(first)->is_word)))
                break;
            if (at == start)
                first = character;
            at += width;
        }
        if (at == start) {
            at++;
            continue;
        }
        count.words++;
        count.lower += letters_is_small(first);
        count.function += is_function(lexicon, text + start, at - start);
    }
    return count;
}
