/*
 * sequence -- what is known of several parts of a regex, taken together.
 *
 * Model:     in a sequence every part has to match: exact strings are multiplied as long as they
 *            stay few, and of the sets that are required the rarest is kept. In a choice one part
 *            has to match: exact strings and required sets are united.
 * Contract:  that of cursor.h. A function that returns false has lost the regex.
 * Ownership: sets lie in the cursor's pool.
 */
#ifndef DECHAFF_REGEX_SEQUENCE_H
#define DECHAFF_REGEX_SEQUENCE_H

#include "regex/cursor.h"

#define SEQUENCE_REQUIRED 256 /* strings of the largest set that a choice can require */

/* The strings that were the tail when a part came that is not listed, as long as the parts that
 * follow may still tell the margin behind them. */
struct open_end {
    struct alternatives set;
    bool adjacent; /* the next part may stand right after them */
    bool signs;    /* what came since holds no word byte */
};

struct sequence {
    struct alternatives tail; /* the strings that its end matches exactly */
    bool whole;               /* `tail` is all of it */
    struct part part;         /* but for `exact` */
    struct open_end open;
};

/* Where in a line a set is: its strings are the first words, or they aren't, all of them. */
enum side { SIDE_LATER, SIDE_FRONT, SIDES };

/* Every part of a choice begins in the same context. */
struct choice {
    struct part part; /* but for the sets: */
    struct alternatives exact;
    struct alternatives required;
    struct alternatives sides[SIDES]; /* of all parts those that they require there */
    bool has_side[SIDES];
    bool is_exact;
    bool requires;
    bool is_required_exact; /* it requires `exact`: not copied as long as nothing else comes */
};

/* What a line must hold if the part matches: one of a set, or NULL. */
const struct alternatives *sequence_required(const struct part *part);

/* PART matches only where OTHER does. */
void sequence_require(struct part *part, const struct part *other);

bool sequence_start(struct cursor *cursor, struct sequence *sequence);

/* PART is repeated LEAST to MOST times; UINT32_MAX: without a bound. */
bool sequence_append(struct cursor *cursor, struct sequence *sequence, const struct part *part,
                     uint32_t least, uint32_t most);

/* Makes of PART what a sequence of it alone is. */
void sequence_single(const struct cursor *cursor, struct part *part);
void sequence_end(const struct cursor *cursor, struct sequence *sequence, struct part *part);

bool choice_start(struct cursor *cursor, struct choice *choice, const struct part *part);
bool choice_add(struct cursor *cursor, struct choice *choice, const struct part *part);
void choice_end(struct choice *choice, struct part *part);

#endif
