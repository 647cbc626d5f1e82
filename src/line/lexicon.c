#include "line/lexicon.h"

#include "base/eight.h"
#include "base/fold.h"
#include "base/span.h"
#include "base/table.h"

#include <stdlib.h>
#include <string.h>

#define WORD_MAX 64 /* bytes; a longer one is no function word */

/* Words are looked at eight bytes at a time, zeros behind them; the last piece is never whole. */
#define PIECE sizeof(uint64_t)
#define PIECES (WORD_MAX / PIECE + 1)

struct lexicon {
    struct fold fold;
    struct table table; /* where in `words` each begins */
    char *words;        /* folded, each in its pieces */
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

static inline bool has(const struct lexicon *lexicon, const struct word *word, uint64_t hash)
{
    size_t probe = 0;
    uint32_t at;

    while ((at = table_next(&lexicon->table, hash, &probe)) != TABLE_END)
        if (is_word(lexicon->words + at, word))
            return true;
    return false;
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

static bool add_word(struct lexicon *lexicon, const char *text, size_t length)
{
    char folded[PIECES * PIECE];
    struct word word;
    uint64_t hash;

    if (length > WORD_MAX)
        return true;
    word = fold_word(lexicon, text, length, folded);
    hash = hash_of(&word);
    if (has(lexicon, &word, hash))
        return true;
    if (!make_room(lexicon) || !table_add(&lexicon->table, hash, (uint32_t)lexicon->used))
        return false;
    memcpy(lexicon->words + lexicon->used, folded, word.count * PIECE);
    lexicon->used += word.count * PIECE;
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

bool lexicon_is_empty(const struct lexicon *lexicon)
{
    return lexicon->used == 0;
}

/* The piece that begins at AT, in small letters where it is ASCII; the word ends at END. */
static inline uint64_t piece_at(const unsigned char *text, size_t length, size_t at, size_t end)
{
    uint64_t piece = 0;

    if (length - at >= PIECE)
        piece = eight_load(text + at);
    else
        for (size_t i = end; i > at; i--)
            piece = piece << 8 | text[i - 1];
    piece |= (~piece & BITS_EACH_HIGH) >> 2;
    return piece & bits_below(8 * (end - at));
}

bool lexicon_has(const struct lexicon *lexicon, const char *text, size_t length, size_t start,
                 size_t end, bool folds)
{
    const unsigned char *bytes = (const unsigned char *)text;
    struct word word;

    if (end - start > WORD_MAX)
        return false;
    if (folds) {
        char folded[PIECES * PIECE];

        word = fold_word(lexicon, text + start, end - start, folded);
        return has(lexicon, &word, hash_of(&word));
    }
    word.pieces[0] = piece_at(bytes, length, start, end);
    if (end - start < PIECE) { /* nearly all are */
        word.count = 1;
        return has(lexicon, &word, hash_of(&word));
    }
    word.count = 1;
    for (size_t at = start + PIECE; at <= end; at += PIECE)
        word.pieces[word.count++] = piece_at(bytes, length, at, end);
    return has(lexicon, &word, hash_of(&word));
}
