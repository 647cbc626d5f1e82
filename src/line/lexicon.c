#include "line/lexicon.h"

#include "base/span.h"

#include <stdlib.h>
#include <string.h>

#define WORD_MAX 64 /* bytes; a longer one is no function word */

/* Words are looked at eight bytes at a time, zeros behind them; the last piece is never whole. */
#define PIECE LEXICON_HEAD
#define PIECES (WORD_MAX / PIECE + 1)

#define SLOTS_LEAST ((size_t)64)
#define SLOTS_FOR_HEAD 4 /* at least */

struct lexicon *lexicon_create(void)
{
    return calloc(1, sizeof(struct lexicon));
}

void lexicon_destroy(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    table_release(&lexicon->table);
    free(lexicon->slots);
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
    copy->slots = arena_array(arena, lexicon->slot_count, sizeof *copy->slots);
    if (!copy->words || !copy->slots || !table_copy(&copy->table, arena))
        return NULL;
    if (lexicon->slots)
        memcpy(copy->slots, lexicon->slots, lexicon->slot_count * sizeof *copy->slots);
    return copy;
}

/* A folded word. */
struct word {
    uint64_t pieces[PIECES];
    size_t count;
};

static inline bool is_word(const char *bytes, const struct word *word)
{
    for (size_t i = 0; i < word->count; i++)
        if (eight_load((const unsigned char *)bytes + i * PIECE) != word->pieces[i])
            return false;
    return true;
}

static inline uint64_t hash_of(const struct word *word)
{
    uint64_t hash = TABLE_HASH;

    for (size_t i = 0; i < word->count; i++)
        hash = table_hash_number(hash, word->pieces[i]);
    return hash;
}

static bool has_pieces(const struct lexicon *lexicon, const struct word *word, uint64_t hash)
{
    size_t probe = 0;
    uint32_t at;

    while ((at = table_next(&lexicon->table, hash, &probe)) != TABLE_END)
        if (is_word(lexicon->words + at, word))
            return true;
    return false;
}

static bool grow(struct lexicon *lexicon)
{
    struct lexicon_slot *slots = lexicon->slots;
    size_t count = lexicon->slot_count;

    lexicon->slot_count = count ? 2 * count : SLOTS_LEAST;
    lexicon->slots = calloc(lexicon->slot_count, sizeof *slots);
    if (!lexicon->slots) {
        lexicon->slots = slots;
        lexicon->slot_count = count;
        return false;
    }
    for (size_t i = 0; i < count; i++)
        if (slots[i].head)
            *lexicon_slot(lexicon, slots[i].head) = slots[i];
    free(slots);
    return true;
}

/* The head's slot, which may be new. */
static struct lexicon_slot *add_head(struct lexicon *lexicon, uint64_t head)
{
    struct lexicon_slot *slot;

    if (SLOTS_FOR_HEAD * lexicon->head_count >= lexicon->slot_count && !grow(lexicon))
        return NULL;
    slot = lexicon_slot(lexicon, head);
    lexicon->head_count += slot->head == 0;
    slot->head = head;
    return slot;
}

static bool make_room(struct lexicon *lexicon)
{
    size_t capacity = lexicon->capacity ? 2 * lexicon->capacity : 64 * sizeof(struct word);
    char *words;

    if (lexicon->capacity - lexicon->used >= PIECES * PIECE)
        return true;
    words = capacity < TABLE_END ? realloc(lexicon->words, capacity) : NULL;
    if (!words)
        return false;
    lexicon->words = words;
    lexicon->capacity = capacity;
    return true;
}

/* Of LENGTH bytes, WORD_MAX at most. FOLDED gets its pieces as bytes. */
static struct word fold_word(const struct lexicon *lexicon, const char *text, size_t length,
                             char folded[PIECES * PIECE])
{
    unsigned char *bytes = (unsigned char *)folded;
    struct word word;

    memset(folded, 0, PIECES * PIECE);
    length = fold_text(&lexicon->fold, (const unsigned char *)text, length, bytes);
    word.count = length / PIECE + 1;
    for (size_t i = 0; i < word.count; i++)
        word.pieces[i] = eight_load(bytes + i * PIECE);
    return word;
}

static bool add_function(struct lexicon *lexicon, const struct word *word, const char *folded)
{
    struct lexicon_slot *slot = add_head(lexicon, word->pieces[0]);
    uint64_t hash = hash_of(word);

    if (!slot)
        return false;
    slot->word.is_function = word->count == 1 ? 1 : LEXICON_PERHAPS;
    if (word->count == 1 || has_pieces(lexicon, word, hash))
        return true;
    if (!make_room(lexicon) || !table_add(&lexicon->table, hash, (uint32_t)lexicon->used))
        return false;
    memcpy(lexicon->words + lexicon->used, folded, word->count * PIECE);
    lexicon->used += word->count * PIECE;
    return true;
}

bool lexicon_add(struct lexicon *lexicon, const char *words, size_t length)
{
    struct span rest = {words, length}, text;
    char folded[PIECES * PIECE];
    struct word word;

    if (lexicon_is_empty(lexicon))
        fold_init(&lexicon->fold);
    while (span_next_word(&rest, &text)) {
        if (text.length > WORD_MAX)
            continue;
        word = fold_word(lexicon, text.text, text.length, folded);
        if (!add_function(lexicon, &word, folded))
            return false;
    }
    return true;
}

bool lexicon_speak(struct lexicon *lexicon, const char *words, size_t length, int32_t weight)
{
    struct span rest = {words, length}, text;
    char folded[PIECES * PIECE];
    struct lexicon_slot *slot;

    if (lexicon_is_empty(lexicon))
        fold_init(&lexicon->fold);
    while (span_next_word(&rest, &text)) {
        if (text.length > WORD_MAX)
            continue;
        slot = add_head(lexicon, fold_word(lexicon, text.text, text.length, folded).pieces[0]);
        if (!slot)
            return false;
        slot->word.weight = weight;
    }
    return true;
}

struct lexicon_word lexicon_look_folded(const struct lexicon *lexicon, const unsigned char *word,
                                        size_t length)
{
    char folded[PIECES * PIECE];
    struct lexicon_word known;
    struct word pieces;

    pieces = fold_word(lexicon, (const char *)word, number_smaller(length, WORD_MAX), folded);
    known = lexicon_slot(lexicon, pieces.pieces[0])->word;
    if (known.is_function == LEXICON_PERHAPS)
        known.is_function = length <= WORD_MAX && has_pieces(lexicon, &pieces, hash_of(&pieces));
    return known;
}
