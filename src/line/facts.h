/*
 * facts -- what is measured of a line, each only once, and only if a rule asks.
 *
 * Model:     a fact is a number: a count, a percentage, an end, or 1 for what is so and 0 for what
 *            is not. Rules ask for ranges of them. A new one is an enumerator, what measures it in
 *            facts.c and a row of syntax.c. Most come of one survey of the line (survey.h).
 * Ownership: the text is borrowed; the surveyor is that of the stream.
 * Limits:    what is above UINT32_MAX counts as that.
 */
#ifndef DECHAFF_LINE_FACTS_H
#define DECHAFF_LINE_FACTS_H

#include "line/likeness.h"
#include "line/survey.h"

struct range {
    uint32_t least;
    uint32_t most; /* UINT32_MAX: there is no most */
};

#define RANGE_ANY ((struct range){0, UINT32_MAX})

/* In the order in which they are measured: the cheap ones first. */
enum fact {
    FACT_WORDS,
    FACT_CHARS,
    FACT_END, /* enum measure_end */
    FACT_BULLET,
    FACT_INDENT,
    FACT_CELLS,
    FACT_COMMAS,
    FACT_DIGITS,
    FACT_SENTENCES,
    FACT_FUNCTION,
    FACT_FUNCTION_SHARE,
    FACT_SPEAKS, /* 0 to 100; 50 if no word speaks */
    FACT_LOWER,
    FACT_NO_LOWER,
    FACT_DOUBLED,
    FACT_UPPER,
    FACT_TITLE,
    FACTS
};

struct facts {
    const char *text;
    size_t length;
    uint32_t known; /* bits 1 << enum fact: those that are in values */
    uint32_t values[FACTS];
    bool is_surveyed;
    bool has_letter_or_digit;
    struct likeness likeness;
};

static inline struct facts facts_of(const char *text, size_t length)
{
    return (struct facts){.text = text, .length = length};
}

static inline bool facts_know(const struct facts *facts, enum fact fact)
{
    return facts->known >> fact & 1;
}

static inline void facts_note(struct facts *facts, enum fact fact, size_t value)
{
    facts->known |= UINT32_C(1) << fact;
    facts->values[fact] = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
}

/* Finds out at once what a survey tells: for whoever asks for more than one or two facts. */
void facts_survey(struct facts *facts, struct surveyor *surveyor);

/* For facts_value alone: finds out what is not known yet. */
void facts_measure(struct facts *facts, enum fact fact, struct surveyor *surveyor);

static inline uint32_t facts_value(struct facts *facts, enum fact fact, struct surveyor *surveyor)
{
    if (!facts_know(facts, fact))
        facts_measure(facts, fact, surveyor);
    return facts->values[fact];
}

struct likeness facts_likeness(struct facts *facts, struct surveyor *surveyor);
bool facts_has_letter_or_digit(struct facts *facts, struct surveyor *surveyor);

#endif
