#include "line/lexicon.h"

#include "base/arena.h"
#include "base/fold.h"
#include "base/span.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define WORD_MAX 64 /* bytes; a longer one is no function word */

struct lexicon {
    struct fold fold;
    struct arena arena;
    struct span *slots;
    size_t slot_count; /* a power of two, or 0 */
    size_t count;
};

struct lexicon *lexicon_create(void)
{
    return calloc(1, sizeof(struct lexicon));
}

void lexicon_destroy(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    arena_free(&lexicon->arena);
    free(lexicon->slots);
    free(lexicon);
}

static size_t hash(const char *word, size_t length)
{
    uint64_t sum = length;

    for (size_t i = 0; i < length; i++)
        sum = (sum ^ (unsigned char)word[i]) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(sum >> 32);
}

/* Where the word is, or would be. */
static struct span *find(const struct lexicon *lexicon, const char *word, size_t length)
{
    size_t slot = hash(word, length) & (lexicon->slot_count - 1);

    for (;; slot = (slot + 1) & (lexicon->slot_count - 1)) {
        struct span *known = &lexicon->slots[slot];

        if (!known->text || (known->length == length && memcmp(known->text, word, length) == 0))
            return known;
    }
}

static bool grow(struct lexicon *lexicon)
{
    struct lexicon larger = *lexicon;

    if (lexicon->slot_count == 0)
        fold_init(&lexicon->fold);
    larger.slot_count = lexicon->slot_count ? 2 * lexicon->slot_count : 256;
    larger.slots = calloc(larger.slot_count, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < lexicon->slot_count; i++) {
        const struct span *word = &lexicon->slots[i];

        if (word->text)
            *find(&larger, word->text, word->length) = *word;
    }
    free(lexicon->slots);
    lexicon->slots = larger.slots;
    lexicon->slot_count = larger.slot_count;
    return true;
}

static bool add_word(struct lexicon *lexicon, const char *word, size_t length)
{
    unsigned char folded[WORD_MAX];
    struct span *slot;

    if (length == 0 || length > WORD_MAX)
        return true;
    if (2 * (lexicon->count + 1) > lexicon->slot_count && !grow(lexicon))
        return false;
    length = fold_text(&lexicon->fold, (const unsigned char *)word, length, folded);
    slot = find(lexicon, (const char *)folded, length);
    if (slot->text)
        return true;
    slot->text = arena_copy(&lexicon->arena, (const char *)folded, length);
    slot->length = length;
    lexicon->count++;
    return slot->text != NULL;
}

bool lexicon_add(struct lexicon *lexicon, const char *words, size_t length)
{
    size_t at = 0;

    while (at < length) {
        size_t start;

        while (at < length && (words[at] == ' ' || words[at] == '\t'))
            at++;
        start = at;
        while (at < length && words[at] != ' ' && words[at] != '\t')
            at++;
        if (!add_word(lexicon, words + start, at - start))
            return false;
    }
    return true;
}

static bool is_spaceless(uint32_t c)
{
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
           (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

/* Letters and what goes with them, as the blocks of Unicode have them: signs, punctuation and
 * symbols beyond ASCII lie in blocks of their own. */
static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    if (c < 0xC0)
        return c == 0xAA || c == 0xB5 || c == 0xBA;
    return c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) &&
           !(c >= 0x2E00 && c <= 0x303F) && !(c >= 0xFE10 && c <= 0xFE6F) &&
           !(c >= 0xFF00 && c <= 0xFF20) && !(c >= 0xFF3B && c <= 0xFF40) &&
           !(c >= 0xFF5B && c <= 0xFF65) && !(c >= 0xFFE0 && c <= 0xFFFF) &&
           !(c >= 0x1F000 && c <= 0x1FFFF);
}

/* A letter of a script with two cases that is its own small one. */
static bool is_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z';
    return ((c >= 0xDF && c <= 0x24F) || (c >= 0x370 && c <= 0x58F) ||
            (c >= 0x1E00 && c <= 0x1FFF)) &&
           fold_character(c) == c;
}

static bool is_function(const struct lexicon *lexicon, const char *word, size_t length)
{
    unsigned char folded[WORD_MAX];

    if (lexicon->count == 0 || length > WORD_MAX)
        return false;
    length = fold_text(&lexicon->fold, (const unsigned char *)word, length, folded);
    return find(lexicon, (const char *)folded, length)->text != NULL;
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

            if (width == 0 || !is_letter(character) ||
                (at > start && (is_spaceless(character) || is_spaceless(first))))
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
        count.lower += is_lower(first);
        count.function += is_function(lexicon, text + start, at - start);
    }
    return count;
}
