/*
 * atoms -- the smallest parts of a PCRE2 regex: runs of characters, escapes and anchors.
 *
 * Model:     a cursor goes over the regex and every part it reads is described by what it can
 *            match. Groups, alternation and quantifiers are required.c's.
 * Contract:  a part says no more than is certain. What is not understood sets `lost`, and then
 *            nothing is known of the whole regex; what is understood but might not compile
 *            clears `certain`.
 * Ownership: the cursor borrows the regex and the pool that parts lie in.
 */
#ifndef DECHAFF_REGEX_ATOMS_H
#define DECHAFF_REGEX_ATOMS_H

#include "regex/alternatives.h"

#include <stdint.h>

/* Length of what has no bound. */
#define LENGTH_UNBOUNDED UINT32_MAX

#define PART_VARIES UINT32_MAX

/* They fold to s and k: the only characters beyond ASCII that fold into it. */
#define LONG_S 0x017F
#define KELVIN 0x212A

/* Copied so often that its size tells. */
struct part {
    struct alternatives exact;    /* all that it matches, if count is not 0 */
    struct alternatives required; /* one of these is in every line in which it matches */
    uint32_t min_length;          /* bytes it consumes */
    uint32_t max_length;
    uint32_t characters;   /* that it consumes if that is fixed, else PART_VARIES */
    uint32_t weight;       /* at least the bytes it takes when compiled */
    unsigned char rarity;  /* of `required` */
    unsigned char context; /* enum margin: known, at least, before that which follows it */
    bool line_start;       /* it matches at the line's start only */
    bool line_end;
    bool starts_sign; /* what it matches begins with no word byte, if with anything */
    bool ends_sign;   /* nor ends with one */
    bool signs;       /* nor holds one */
    bool repeatable;  /* a quantifier may follow */
    bool grouped;     /* compiled as often as a quantifier repeats it */
};

struct cursor {
    const unsigned char *next;
    const unsigned char *end;
    const unsigned char *quoted; /* the end of the \Q...\E that `next` is in, or NULL */
    bool caseless;
    bool extended;
    bool certain;
    bool lost;
    unsigned references; /* the highest group that a backreference names */
    enum margin before;  /* what is known of the line before the part that comes next */
    struct alternatives_pool *pool;
};

/* White space that extended syntax skips. */
static inline bool atoms_is_space(unsigned char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Whether nothing to be skipped can be next: the usual case, told at a glance. */
static inline bool atoms_is_bare(const struct cursor *cursor)
{
    return !cursor->quoted && !cursor->extended &&
           (cursor->next == cursor->end || *cursor->next != '(');
}

/* For atoms_skip alone. */
void atoms_skip_slowly(struct cursor *cursor);

/* Moves over what stands between items: \E, comments, and white space in extended syntax. */
static inline void atoms_skip(struct cursor *cursor)
{
    if (!atoms_is_bare(cursor))
        atoms_skip_slowly(cursor);
}

/* Whether a quantifier follows what the cursor is at, if it skips first. */
bool atoms_quantifier_follows(const struct cursor *cursor);

/* Reads digits: false if there are none or the number is above 65535, PCRE2's limit. */
bool atoms_number(struct cursor *cursor, uint32_t *number);

/* Nothing matched but the empty string. */
bool atoms_empty(struct cursor *cursor, struct part *part);

/* Reads one part that is not a group, not `|` and not a quantifier; false: lost. */
bool atoms_read(struct cursor *cursor, struct part *part);

#endif
