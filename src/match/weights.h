/*
 * weights -- the rules that weigh or mark, numbered, and in tables by what they ask.
 *
 * Model:     the rules in no section come first: those that weigh or group, behind them, from a new
 *            word on, those that judge, and from a new block of words on (ranges.h) those that only
 *            mark. Whoever speaks stands by its share, the one that says most against a line's
 *            being article in front. Behind them, from a new block on, come those in sections,
 *            section by section. A set of them is an array of words, of which a document needs few:
 *            chosen.h. Everything that a rule can ask for has a table: ranges.h's, by value, or by
 *            mark. What a line has facts.c tells, what is around it context.c.
 * Ownership: the engine's arena's, and never changed.
 * Errors:    NULL when memory is short.
 */
#ifndef DECHAFF_MATCH_WEIGHTS_H
#define DECHAFF_MATCH_WEIGHTS_H

#include "base/bits.h"
#include "match/ranges.h"
#include "rules/rule.h"

struct weights {
    uint32_t count;                /* of numbers; some may be nobody's */
    size_t words;                  /* of a set */
    size_t common_words;           /* with rules in no section */
    size_t group_word;             /* the first of those that group, behind those that weigh */
    size_t judge_word;             /* the first of those that judge */
    size_t weigh_words;            /* with those that weigh or judge */
    const uint32_t *rules;         /* by number; NO_RULE for nobody's */
    const uint32_t *numbers;       /* by rule; NO_RULE if it does neither */
    const double (*worth)[STATES]; /* of those that weigh, in each state; else for article */
    const double *for_article;     /* the same for article alone, side by side */
    const uint64_t *plain;  /* a set: without a regex, and no mark rule that asks for marks */
    const uint64_t *asking; /* a set: the mark rules that do */
    const uint32_t *common_asking; /* those of them in no section, in file order */
    size_t asking_count;
    const uint32_t *starts;   /* by section: its first number, next to the last of the one before */
    size_t start_count;       /* one more than there are sections with such rules */
    const uint64_t *placed;   /* a set: those that ask for a place in the document; NULL: none do */
    const uint64_t *weighing; /* a set: those that weigh, judge or group */
    const uint64_t *judging;  /* a set: those that judge */
    const uint64_t *grouping; /* a set: those that group */
    const uint64_t *late;     /* a set: those that do either */
    const uint64_t *marking;  /* a set: those that mark */
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

#endif
