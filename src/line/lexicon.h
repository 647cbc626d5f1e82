/*
 * lexicon -- the words that rule files list: function words, and words that speak.
 *
 * Model:     a set of folded words (fold.h). A word's head is its first eight bytes as a number,
 *            zeros behind a shorter word: most words of a text are told by that. What a word speaks
 *            for goes by its head alone, so that longer ones which begin alike say the same.
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

/* What is known of a word; all is 0 of those that nobody listed. */
struct lexicon_word {
    uint32_t is_function; /* 1 if it is, or LEXICON_PERHAPS */
    int32_t weight;       /* for a line to be article, in hundredths */
};

/* Of a head that a longer function word has, and others may have. */
#define LEXICON_PERHAPS 2u

struct lexicon_slot {
    uint64_t head; /* 0: free */
    struct lexicon_word word;
};

/* Visible for the inline path. */
struct lexicon {
    struct fold fold;
    struct lexicon_slot *slots; /* by hash, free ones between them; NULL if there are none */
    size_t slot_count;          /* a power of two */
    size_t head_count;
    struct table
        table;   /* function words as long as a head or longer: where in `words` each begins */
    char *words; /* folded, each in its pieces */
    size_t used;
    size_t capacity;
};

struct lexicon *lexicon_create(void);
void lexicon_destroy(struct lexicon *lexicon);

/* A copy that is the arena's: nothing is added to it, and it is not destroyed. */
struct lexicon *lexicon_copy(const struct lexicon *lexicon, struct arena *arena);

/* Adds function words that stand between blanks. */
bool lexicon_add(struct lexicon *lexicon, const char *words, size_t length);

/* Gives words that stand between blanks, and longer ones that begin as they do, a weight in
 * hundredths. */
bool lexicon_speak(struct lexicon *lexicon, const char *words, size_t length, int32_t weight);

static inline bool lexicon_is_empty(const struct lexicon *lexicon)
{
    return lexicon->head_count == 0;
}

/* Where the head is, or would be. Nearly all are at the first place, which is free or theirs; as
 * which of both it is can't be foreseen, they are one question. */
static inline struct lexicon_slot *lexicon_slot(const struct lexicon *lexicon, uint64_t head)
{
    size_t at = table_spread(head) & (lexicon->slot_count - 1);

    while (number_smaller(lexicon->slots[at].head, lexicon->slots[at].head ^ head) != 0)
        at = (at + 1) & (lexicon->slot_count - 1);
    return &lexicon->slots[at];
}

/* What is known of the word, which is letters; the lexicon is not empty. */
struct lexicon_word lexicon_look_folded(const struct lexicon *lexicon, const unsigned char *word,
                                        size_t length);

/* The same of letters that do not change when they are folded, but for those of ASCII. LEXICON_HEAD
 * bytes from WORD on may be read. */
static inline struct lexicon_word lexicon_look(const struct lexicon *lexicon,
                                               const unsigned char *word, size_t length)
{
    uint64_t head = eight_load(word);
    struct lexicon_word known;

    head = (head | (~head & BITS_EACH_HIGH) >> 2) & bits_below(8 * length);
    known = lexicon_slot(lexicon, head)->word;
    if (known.is_function == LEXICON_PERHAPS) /* few are */
        return lexicon_look_folded(lexicon, word, length);
    return known;
}

#endif
