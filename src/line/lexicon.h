/*
 * lexicon -- the function words that rule files list.
 *
 * Model:     a set of folded words (fold.h).
 * Ownership: the set owns its words; lexicon_destroy frees it. Once filled it never changes.
 * Errors:    false and NULL when memory is short.
 */
#ifndef DECHAFF_LINE_LEXICON_H
#define DECHAFF_LINE_LEXICON_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct lexicon;

struct lexicon *lexicon_create(void);
void lexicon_destroy(struct lexicon *lexicon);

/* A copy that is the arena's: nothing is added to it, and it is not destroyed. */
struct lexicon *lexicon_copy(const struct lexicon *lexicon, struct arena *arena);

/* Adds words that stand between blanks. */
bool lexicon_add(struct lexicon *lexicon, const char *words, size_t length);

bool lexicon_is_empty(const struct lexicon *lexicon);

/* Whether the letters from START to END of a text of LENGTH bytes are a word of it. FOLDS: some
 * beyond ASCII may change if they are folded. */
bool lexicon_has(const struct lexicon *lexicon, const char *text, size_t length, size_t start,
                 size_t end, bool folds);

#endif
