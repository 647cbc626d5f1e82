/*
 * join -- lines that wait until two sets of rules have decided them.
 *
 * Model:     a queue of lines that are not blank: join_push for each as it is read, join_settle for
 *            each that a side has decided, in their order, join_next for those that both have.
 * Ownership: join_push copies the text; what join_next hands out holds until the next push.
 * Limits:    those of the two sides, which hold lines back so long and no longer (decide.h).
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_DIFF_JOIN_H
#define DECHAFF_DIFF_JOIN_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum side { SIDE_OLD, SIDE_NEW, SIDES };

/* What a side did with a line. */
struct decided {
    bool is_kept;
    bool is_edited;
    uint32_t rule;  /* that dropped or edited it, or NO_RULE */
    uint64_t words; /* that stay; of a line that is not edited the join knows them */
    uint64_t hash;  /* of the text that stays, if it is edited */
};

struct joined {
    uint64_t number; /* of the line in its document */
    size_t at;       /* for the join alone: where its text is */
    struct span text;
    uint64_t words;
    struct decided sides[SIDES];
};

struct join {
    struct joined *lines; /* [first, next) wait */
    size_t first;
    size_t next;
    size_t capacity;
    size_t settled[SIDES]; /* where the line is that the side settles next */
    char *bytes;
    size_t used;
    size_t size;
};

/* A join starts zeroed. */
void join_release(struct join *join);

bool join_push(struct join *join, struct span text, uint64_t number);
void join_settle(struct join *join, enum side side, const struct decided *outcome);

/* NULL if the first that waits is not settled by both. */
const struct joined *join_next(struct join *join);

/* Forgets all that waits. */
void join_clear(struct join *join);

#endif
