/*
 * ranges -- which of many rules a value suits, looked up instead of asked rule by rule.
 *
 * Model:     rules are numbers below a count, a set of them is one of bits.h. Each rule
 *            suits the values between its least and its most; between two neighbouring limits all
 *            values suit the same rules, so that there is one set for each such step. A rule that
 *            asks for bits of a value is kept in sets by bit. Between which words of a set rules
 *            are that ask is known, in blocks of four, as vector instructions take them.
 * Ownership: tables lie in the arena that they are built in, and never change.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_MATCH_RANGES_H
#define DECHAFF_MATCH_RANGES_H

#include "base/arena.h"
#include "base/bits.h"
#include "line/facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Values below this are looked up without a search. */
#define RANGES_NEAR 128
#define RANGES_BITS 64

/* So many words are looked at in one go. */
#define RANGES_BLOCK ((size_t)4)

/* Those between which all rules are that ask, in whole blocks. */
struct ranges_span {
    uint32_t from;
    uint32_t to;
};

struct ranges {
    const uint64_t *starts;  /* of the steps, ascending; the first is 0 */
    const uint64_t *sets;    /* of each step */
    size_t count;            /* of steps */
    size_t words;            /* of a set, in whole blocks */
    struct ranges_span span; /* of the rules that do not suit all values */
    uint16_t near[RANGES_NEAR];
};

/* Which words of the tables' sets a set has: the first ones, whole blocks of them, and behind them
 * some more. */
struct ranges_words {
    size_t first;
    const uint32_t *more;
    size_t more_count;
};

struct ranges_bits {
    uint64_t asked;      /* the bits that any rule asks for */
    const uint64_t *any; /* sets, by bit */
    size_t words;        /* of a set, in whole blocks */
    struct ranges_span spans[RANGES_BITS];
};

/* How many words a set of COUNT rules has. */
static inline size_t ranges_words_for(size_t count)
{
    return (bits_words(count) + RANGES_BLOCK - 1) / RANGES_BLOCK * RANGES_BLOCK;
}

/* ASKED are the ranges of COUNT rules. */
bool ranges_build(struct ranges *ranges, struct arena *arena, const struct range *asked,
                  size_t count);

/* ASKED are the bits that each of COUNT rules asks for. */
bool ranges_build_bits(struct ranges_bits *bits, struct arena *arena, const uint64_t *asked,
                       size_t count);

/* For ranges_at alone: the step of a value that is not near. */
size_t ranges_far_step(const struct ranges *ranges, uint64_t value);

/* The rules that the value suits. */
static inline const uint64_t *ranges_at(const struct ranges *ranges, uint64_t value)
{
    size_t step = value < RANGES_NEAR ? ranges->near[value] : ranges_far_step(ranges, value);

    return ranges->sets + step * ranges->words;
}

/* How many words such a set has. */
static inline size_t ranges_count(const struct ranges_words *words)
{
    return words->first + words->more_count;
}

/* Which of the tables' words is number I of such a set. */
static inline size_t ranges_word(const struct ranges_words *words, size_t i)
{
    return i < words->first ? i : words->more[i - words->first];
}

/* Whether nothing is in the span. */
static inline bool ranges_is_empty(const struct ranges_span *span)
{
    return span->from == span->to;
}

/* Widens the span by another one, of which the first WORDS words count. */
static inline void ranges_widen(struct ranges_span *span, const struct ranges_span *other,
                                size_t words)
{
    uint32_t to = other->to < words ? other->to : (uint32_t)words;

    if (other->from >= to)
        return;
    if (ranges_is_empty(span))
        *span = (struct ranges_span){other->from, to};
    span->from = other->from < span->from ? other->from : span->from;
    span->to = to > span->to ? to : span->to;
}

/* Makes a block the OTHER. */
static inline void ranges_copy(uint64_t *restrict block, const uint64_t *restrict other)
{
    block[0] = other[0];
    block[1] = other[1];
    block[2] = other[2];
    block[3] = other[3];
}

/* Of one block, leaves those that are in OTHER. */
static inline void ranges_leave(uint64_t *restrict block, const uint64_t *restrict other)
{
    block[0] &= other[0];
    block[1] &= other[1];
    block[2] &= other[2];
    block[3] &= other[3];
}

/* To one block, adds those that are in OTHER. */
static inline void ranges_join(uint64_t *restrict block, const uint64_t *restrict other)
{
    block[0] |= other[0];
    block[1] |= other[1];
    block[2] |= other[2];
    block[3] |= other[3];
}

/* Of one block, takes those out that are in OTHER. */
static inline void ranges_take(uint64_t *restrict block, const uint64_t *restrict other)
{
    block[0] &= ~other[0];
    block[1] &= ~other[1];
    block[2] &= ~other[2];
    block[3] &= ~other[3];
}

#endif
