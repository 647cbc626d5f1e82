#include "line/lexicon.h"

#include "base/span.h"

#include <stdlib.h>
#include <string.h>

#define WORD_MAX 64 /* bytes; a longer one is no function word */

/* Words are looked at eight bytes at a time, zeros behind them; the last piece is never whole. */
#define PIECE LEXICON_HEAD
#define PIECES (WORD_MAX / PIECE + 1)

#define HEADS_LEAST ((size_t)64)
#define HEADS_ROOM 4 /* slots for a head, at least */

struct lexicon *lexicon_create(void)
{
    return calloc(1, sizeof(struct lexicon));
}

void lexicon_destroy(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    table_release(&lexicon->table);
    free(lexicon->heads);
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
    copy->heads = arena_array(arena, lexicon->head_size, sizeof *copy->heads);
    if (!copy->words || !copy->heads || !table_copy(&copy->table, arena))
        return NULL;
    if (lexicon->heads)
        memcpy(copy->heads, lexicon->heads, lexicon->head_size * sizeof *copy->heads);
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

static void put_head(struct lexicon *lexicon, uint64_t head)
{
    lexicon->heads[lexicon_slot(lexicon, head) - lexicon->heads] = head;
}

static bool grow_heads(struct lexicon *lexicon)
{
    uint64_t *heads = lexicon->heads;
    size_t size = lexicon->head_size;

    lexicon->head_size = size ? 2 * size : HEADS_LEAST;
    lexicon->heads = calloc(lexicon->head_size, sizeof *heads);
    if (!lexicon->heads) {
        lexicon->heads = heads;
        lexicon->head_size = size;
        return false;
    }
    for (size_t i = 0; i < size; i++)
        if (heads[i])
            put_head(lexicon, heads[i]);
    free(heads);
    return true;
}

static bool add_head(struct lexicon *lexicon, uint64_t head)
{
    if (HEADS_ROOM * lexicon->head_count >= lexicon->head_size && !grow_heads(lexicon))
        return false;
    lexicon->head_count += *lexicon_slot(lexicon, head) == 0;
    put_head(lexicon, head);
    return true;
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
    if (word.count == 1)
        return add_head(lexicon, word.pieces[0]);
    hash = hash_of(&word);
    if (has_pieces(lexicon, &word, hash))
        return true;
    if (!make_room(lexicon) || !add_head(lexicon, word.pieces[0]) ||
        !table_add(&lexicon->table, hash, (uint32_t)lexicon->used))
        return false;
    memcpy(lexicon->words + lexicon->used, folded, word.count * PIECE);
    lexicon->used += word.count * PIECE;
    return true;
}

bool lexicon_add(struct lexicon *lexicon, const char *words, size_t length)
{
    struct span rest = {words, length}, word;

    if (lexicon_is_empty(lexicon))
        fold_init(&lexicon->fold);
    while (span_next_word(&rest, &word))
        if (!add_word(lexicon, word.text, word.length))
            return false;
    return true;
}

bool lexicon_has_folded(const struct lexicon *lexicon, const unsigned char *word, size_t length)
{
    char folded[PIECES * PIECE];
    struct word pieces;

    if (length > WORD_MAX)
        return false;
    pieces = fold_word(lexicon, (const char *)word, length, folded);
    if (pieces.count == 1)
        return *lexicon_slot(lexicon, pieces.pieces[0]) != 0;
    return has_pieces(lexicon, &pieces, hash_of(&pieces));
}
