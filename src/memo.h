/*
 * memo -- what the rules said of lines that came before, since a site's lines come again.
 *
 * Model:     a table from the bytes of a line to its matched. Entries stand in a ring, one behind
 *            the other; a new one overwrites the oldest. A line is found only by all its bytes, and
 *            only where the rules that ask for its place in the document say the same of it.
 * Ownership: what memo_find gives out is the memo's until the next memo_add; it is for one stream.
 * Limits:    MEMO_BYTES of entries, of lines up to MEMO_LINE bytes; memory is touched as it is
 *            used.
 * Errors:    memo_create returns NULL when memory is short.
 */
#ifndef DECHAFF_MEMO_H
#define DECHAFF_MEMO_H

#include "matched.h"

#define MEMO_BYTES ((size_t)8 << 20)
#define MEMO_LINE ((size_t)2048)

struct memo;

/* How far the document has come; all rules say the same of a line wherever what they ask for was
 * reached. */
enum memo_reach {
    MEMO_FIRST = 1, /* the lines that `first` is about are over */
    MEMO_AFTER = 2, /* so many words were kept that `after` holds */
    MEMO_NEVER = 4  /* not known beforehand */
};

/* WEIGHS is the number of words that a set of rules that weigh takes. */
struct memo *memo_create(size_t weighs);
void memo_destroy(struct memo *memo);

/* Forgets everything. */
void memo_clear(struct memo *memo);

/* What was said of the line, if that holds where REACHED was; false if it is not known. */
bool memo_find(const struct memo *memo, const char *text, size_t length, unsigned reached,
               struct matched *matched);

/* Remembers what MATCHED, which has the line as it is, says of it where ASKED was reached. The line
 * is no longer than MEMO_LINE. */
void memo_add(struct memo *memo, unsigned asked, const struct matched *matched);

#endif
