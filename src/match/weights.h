/*
 * weights -- the rules that weigh or mark, numbered, and in tables by what they ask.
 *
 * Model:     the rules that weigh come first, by their share, the one that says most against a
 *            line's being article in front; then those that only mark. A set of them is an array
 *            of words; of those that weigh alone, the first `weigh_words`. Everything that a rule
 *            can ask for has a table: ranges.h's, by value, or by mark. What a line has facts.c
 *            tells, what is around it context.c.
 * Ownership: the engine's arena's, and never changed.
 * Errors:    NULL when memory is short.
 */
#ifndef DECHAFF_MATCH_WEIGHTS_H
#define DECHAFF_MATCH_WEIGHTS_H

#include "base/bits.h"
#include "match/ranges.h"
#include "rules/rule.h"

struct weights {
    uint32_t count;
    uint32_t weigh_count;
    bool has_sections; /* one of them stands in a section */
    size_t words;
    size_t weigh_words;
    const uint32_t *rules;         /* by number */
    const uint32_t *numbers;       /* by rule; NO_RULE if it does neither */
    const double (*worth)[STATES]; /* of those that weigh, in each state */
    const uint64_t *plain;      /* a set: without a regex, and no mark rule that asks for marks */
    const uint64_t *asking;     /* a set: the mark rules that do */
    const uint64_t *placed;     /* a set: those that ask for a place in the document */
    const uint64_t *weighing;   /* a set: those that weigh */
    const uint64_t *marking;    /* a set: those that mark */
    uint32_t against;           /* how many have a share below 0: the first ones */
    struct ranges asked[ASKED]; /* by what is asked of, as rule_asks has it */
    struct ranges_bits marks[MARKS_ASKED];
};

/* Of the COUNT rules of ITEMS, those that weigh or mark. */
const struct weights *weights_create(struct arena *arena, const struct rule *items, uint32_t count);

/* How much more the rule is worth for a line of article than for one that is not. */
double weights_share(const struct rule *rule);

/* What a line's marks are when rules ask: chrome is no prose. */
static inline uint64_t weights_marks(uint64_t marks)
{
    return marks & MARK_CHROME ? marks & ~MARK_PROSE : marks;
}

/* The lowest number in a set of rules that weigh, or above all. */
static inline uint32_t weights_first(const struct weights *weights, const uint64_t *set)
{
    for (size_t i = 0; i < weights->weigh_words; i++)
        if (set[i])
            return (uint32_t)(i * 64 + bits_lowest(set[i]));
    return UINT32_MAX;
}

#endif
