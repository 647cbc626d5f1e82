/*
 * lexicon -- the function words that rule files list.
 *
 * Model:     a set of folded words (fold.h). A word's head is its first eight bytes as a number,
 *            zeros behind a shorter word: most words of a text are told by that.
 * Ownership: the set owns its words; lexicon_destroy frees it. Once filled it never changes.
 * Errors:    false and NULL when memory is short.
 */
#ifndef DECHAFF_LINE_LEXICON_H
#define DECHAFF_LINE_LEXICON_H

#include "base/arena.h"
#include "base/eight.h"
#include "base/fold.h"
#include "base/number.h"
#include "base/table.h"

#include <stdbool.h>
#include <stddef.h>

#define LEXICON_HEAD ((size_t)8)

/* Visible for the inline path. */
struct lexicon {
    struct fold fold;
    uint64_t *heads;  /* by hash, zeros between them; NULL if there are none */
    size_t head_size; /* a power of two */
    size_t head_count;
    struct table table; /* of words as long as a head or longer: where in `words` each begins */
    char *words;        /* folded, each in its pieces */
    size_t used;
    size_t capacity;
};

struct lexicon *lexicon_create(void);
void lexicon_destroy(struct lexicon *lexicon);

/* A copy that is the arena's: nothing is added to it, and it is not destroyed. */
struct lexicon *lexicon_copy(const struct lexicon *lexicon, struct arena *arena);

/* Adds words that stand between blanks. */
bool lexicon_add(struct lexicon *lexicon, const char *words, size_t length);

static inline bool lexicon_is_empty(const struct lexicon *lexicon)
{
    return lexicon->head_count == 0;
}

/* Where the head is, or would be. Nearly all are at the first place, which is free or theirs; as
 * which of both it is can't be foreseen, they are one question. */
static inline const uint64_t *lexicon_slot(const struct lexicon *lexicon, uint64_t head)
{
    size_t at = table_spread(head) & (lexicon->head_size - 1);

    while (number_smaller(lexicon->heads[at], lexicon->heads[at] ^ head) != 0)
        at = (at + 1) & (lexicon->head_size - 1);
    return &lexicon->heads[at];
}

/* Whether the letters are a word of the lexicon, which is not empty. */
bool lexicon_has_folded(const struct lexicon *lexicon, const unsigned char *word, size_t length);

/* The same of letters that do not change when they are folded, but for those of ASCII. LEXICON_HEAD
 * bytes from WORD on may be read. */
static inline bool lexicon_has(const struct lexicon *lexicon, const unsigned char *word,
                               size_t length)
{
    uint64_t head = eight_load(word);
    bool is_there;

    head = (head | (~head & BITS_EACH_HIGH) >> 2) & bits_below(8 * length);
    is_there = *lexicon_slot(lexicon, head) != 0;
    if (is_there & (length >= LEXICON_HEAD)) /* few are */
        return lexicon_has_folded(lexicon, word, length);
    return is_there;
}

#endif
