/*
 * pieces -- groups that many regexes share, each of them read once.
 *
 * Model:     a define is put into regexes as a group of its own, so that its text comes again and
 *            again. What is known of a piece depends on nothing but its text, the options that
 *            hold where it stands and what is known of the line before it.
 * Ownership: the arena's, texts included.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_REGEX_PIECES_H
#define DECHAFF_REGEX_PIECES_H

#include "base/arena.h"
#include "base/span.h"
#include "regex/atoms.h"

#define PIECES_BUCKETS 64

struct piece_facts {
    const struct piece_facts *next;
    bool caseless;
    bool extended;
    enum margin before;
    struct part part;
    unsigned groups; /* that capture */
    unsigned depth;  /* of groups in it, itself counted */
};

struct piece {
    struct piece *next;
    const char *text; /* of the group behind its opening bracket */
    size_t length;
    const struct piece_facts *facts;
};

struct pieces {
    struct arena *arena;
    struct piece *buckets[PIECES_BUCKETS];
};

/* TEXT will come as a group, (?:TEXT). */
bool pieces_add(struct pieces *pieces, struct span text);

/* The piece that the cursor is at, behind its opening bracket, or NULL. */
struct piece *pieces_find(const struct pieces *pieces, const struct cursor *cursor);

/* What is known of it there, or NULL. */
const struct piece_facts *pieces_facts(const struct piece *piece, const struct cursor *cursor);

/* The piece at START was read: it is PART. */
bool pieces_learn(struct pieces *pieces, struct piece *piece, const struct cursor *start,
                  const struct part *part, unsigned groups, unsigned depth);

#endif
