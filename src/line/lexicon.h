/*
 * lexicon -- the function words that rule files list, and how many a line has.
 *
 * Model:     a set of folded words (fold.h). A word of a line is a run of letters; of scripts that
 *            write no blanks (Han, kana, Hangul) each character is one.
 * Ownership: the set owns its words; lexicon_destroy frees it. Once filled it never changes.
 * Errors:    false and NULL when memory is short.
 */
#ifndef DECHAFF_LINE_LEXICON_H
#define DECHAFF_LINE_LEXICON_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a line that are looked at. */
#define LEXICON_REACH ((size_t)1024)

struct lexicon;

struct lexicon_count {
    uint32_t words;
    uint32_t function; /* words of the set */
    uint32_t lower;    /* words that begin with a small letter */
};

struct lexicon *lexicon_create(void);
void lexicon_destroy(struct lexicon *lexicon);

/* A copy that is the arena's: nothing is added to it, and it is not destroyed. */
struct lexicon *lexicon_copy(const struct lexicon *lexicon, struct arena *arena);

/* Adds words that stand between blanks. */
bool lexicon_add(struct lexicon *lexicon, const char *words, size_t length);

struct lexicon_count lexicon_count(const struct lexicon *lexicon, const char *text, size_t length);

#endif
