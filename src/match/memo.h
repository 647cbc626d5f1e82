/*
 * memo -- what the rules said of lines that came before, since a site's lines come again.
 *
 * Model:     a table from the bytes of a line to what was said of it. Entries stand in a ring, one
 *            behind the other; a new one overwrites the oldest. A line is found only by all its
 *            bytes, and only where the rules that ask for its place in the document say the same.
 * Ownership: what memo_find gives out is the memo's until the next memo_add; a memo is for one
 *            stream.
 * Limits:    MEMO_BYTES of entries; memory is touched as it is used.
 * Errors:    memo_create returns NULL when memory is short.
 */
#ifndef DECHAFF_MATCH_MEMO_H
#define DECHAFF_MATCH_MEMO_H

#include "match/hits.h"

#define MEMO_BYTES ((size_t)2 << 20)
#define MEMO_LINE ((size_t)16384)
#define MEMO_SHORT_LINE ((size_t)128)

struct memo;

/* Where in its document a line stands. The places where all rules say the same of it are a span:
 * each rule that asks for a place cuts off those where it would say something else. */
struct memo_place {
    uint64_t line;
    uint64_t words;
};

struct memo_span {
    struct memo_place least;
    struct memo_place most;
};

#define MEMO_EVERYWHERE ((struct memo_span){.most = {.line = UINT64_MAX, .words = UINT64_MAX}})

/* WEIGHS is the number of words that a set of rules that weigh takes; lines of more than LONGEST
 * bytes are not remembered. */
struct memo *memo_create(size_t weighs, size_t longest);
void memo_destroy(struct memo *memo);

/* Forgets everything; sets have WEIGHS words from here on. */
void memo_clear(struct memo *memo, size_t weighs);

/* What was said of the line, if that holds at PLACE; false if it is not known. */
bool memo_find(struct memo *memo, const char *text, size_t length, struct memo_place place,
               struct matched *matched);

/* Remembers what MATCHED, which has the line as it is, says of it anywhere in SPAN. It is the line
 * that memo_find was asked for last. */
void memo_add(struct memo *memo, const struct memo_span *span, const struct matched *matched);

#endif
