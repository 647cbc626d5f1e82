/*
 * cursor -- where the reading of a PCRE2 regex is, and what is known of a part of it.
 *
 * Model:     a cursor goes over the regex from left to right. Each part that is read is described
 *            by what it can match: the smallest parts by atoms.h, several together by sequence.h.
 * Contract:  a part says no more than is certain. What is not understood loses the cursor, and then
 *            nothing is known of the whole regex; what is understood but might not compile clears
 *            `certain`.
 * Ownership: the cursor borrows the regex and the pool that parts lie in.
 */
#ifndef DECHAFF_REGEX_CURSOR_H
#define DECHAFF_REGEX_CURSOR_H

#include "regex/alternatives.h"
#include "regex/regex.h"

#include <stdint.h>

#define PART_VARIES UINT32_MAX

/* Parts are copied often: to make them larger costs time. */
struct part {
    struct alternatives exact;    /* all that it matches, if count is not 0 */
    struct alternatives required; /* one of these is in every line in which it matches */
    struct alternatives besides;  /* and one of these, elsewhere in the line */
    uint32_t min_length;          /* bytes it consumes */
    uint32_t max_length;          /* REGEX_UNBOUNDED: without a bound */
    uint32_t characters;          /* that it consumes if that is fixed, else PART_VARIES */
    uint32_t barred;              /* no match has such an opening (opening.h) */
    uint32_t weight;              /* at least the bytes it takes when compiled */
    unsigned char rarity;         /* of `required` */
    unsigned char besides_rarity; /* 0: there is no such set */
    unsigned char digits;         /* that it consumes, at least (digits.h) */
    unsigned char digits_around;  /* that a line holds, at least, in which it matches */
    unsigned char context;        /* enum margin: known, at least, before that which follows it */
    bool line_start;              /* it matches at the line's start only */
    bool line_end;
    bool starts_sign; /* what it matches begins with no word byte, if with anything */
    bool ends_sign;   /* nor ends with one */
    bool signs;       /* nor holds one */
    bool repeatable;  /* a quantifier may follow */
    bool grouped;     /* compiled as often as a quantifier repeats it */
    bool tells_ends;  /* strings of `required` end it unless they are inside */
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

/* Always false. */
static inline bool cursor_lose(struct cursor *cursor)
{
    cursor->lost = true;
    return false;
}

static inline bool cursor_at_end(const struct cursor *cursor)
{
    return cursor->next == cursor->end;
}

/* The next byte, or NUL at the end. */
static inline unsigned char cursor_peek(const struct cursor *cursor)
{
    return cursor_at_end(cursor) ? '\0' : *cursor->next;
}

/* Moves over BYTE if it is next. */
static inline bool cursor_accept(struct cursor *cursor, unsigned char byte)
{
    if (cursor_at_end(cursor) || *cursor->next != byte)
        return false;
    cursor->next++;
    return true;
}

static inline bool cursor_is_digit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

/* White space that extended syntax skips. */
static inline bool cursor_is_space(unsigned char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Whether nothing to be skipped can be next: the usual case, told at a glance. */
static inline bool cursor_is_bare(const struct cursor *cursor)
{
    return !cursor->quoted && !cursor->extended && cursor_peek(cursor) != '(';
}

/* For cursor_skip alone. */
void cursor_skip_slowly(struct cursor *cursor);

/* Moves over what stands between items: \E, comments, and white space in extended syntax. */
static inline void cursor_skip(struct cursor *cursor)
{
    if (!cursor_is_bare(cursor))
        cursor_skip_slowly(cursor);
}

static inline bool cursor_is_quantifier(unsigned char byte)
{
    return byte == '*' || byte == '+' || byte == '?' || byte == '{';
}

/* For cursor_quantifier_follows alone: where there is something to be skipped. */
bool cursor_quantifier_follows_behind(const struct cursor *cursor);

/* Whether a quantifier follows what the cursor is at, if it skips first. */
static inline bool cursor_quantifier_follows(const struct cursor *cursor)
{
    return cursor_is_bare(cursor) ? cursor_is_quantifier(cursor_peek(cursor))
                                  : cursor_quantifier_follows_behind(cursor);
}

/* Reads the quantifier of what was read last, which is one time if none follows; false: lost. */
bool cursor_quantifier(struct cursor *cursor, bool repeatable, uint32_t *least, uint32_t *most);

/* Reads the letters of (?imsx-imsx), up to the `)` or `:` behind them; false: lost. */
bool cursor_flags(struct cursor *cursor);

/* The part that matches the empty string and nothing else; false: lost. */
bool cursor_empty(struct cursor *cursor, struct part *part);

#endif
