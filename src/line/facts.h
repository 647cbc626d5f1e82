/*
 * facts -- what is measured of a line, each only once, and only if a rule asks.
 *
 * Model:     values that are filled in when they are first wanted.
 * Ownership: the text is borrowed.
 */
#ifndef DECHAFF_LINE_FACTS_H
#define DECHAFF_LINE_FACTS_H

#include "line/lexicon.h"
#include "line/measure.h"
#include "rules/rule.h"

struct facts {
    const char *text;
    size_t length;
    size_t words; /* SIZE_MAX: not counted yet; so below */
    size_t chars;
    size_t indent;
    size_t commas;
    unsigned digits; /* UINT_MAX: not counted yet */
    unsigned end;    /* 1 + enum measure_end; 0: not looked at yet */
    struct lexicon_count lexicon;
    bool has_lexicon;
    bool is_sifted;       /* by the tables of weights.h, for whoever keeps the result */
    unsigned cases_known; /* bits 1 << enum letter_case: whether it is so was found out */
    unsigned cases;
};

/* What tables are made for, the cheap ones first; weights.h says what rules ask of each. */
enum fact {
    FACT_WORDS,
    FACT_CHARS,
    FACT_END, /* facts_end_value */
    FACT_BULLET,
    FACT_INDENT,
    FACT_COMMAS,
    FACT_DIGITS,
    FACT_FUNCTION,
    FACT_FUNCTION_SHARE,
    FACT_LOWER,
    FACT_NO_LOWER,
    FACT_DOUBLED,
    FACTS_MEASURED, /* those before are what facts_value tells */
    FACT_UPPER = FACTS_MEASURED,
    FACT_TITLE,
    FACTS
};

struct facts facts_of(const char *text, size_t length);

/* Whether the conditions about the line alone hold, the cheap ones first; all but `case`. */
bool facts_meet(struct facts *facts, const struct conditions *conditions,
                const struct lexicon *lexicon);

/* What was measured; 1 for what is so, else 0. */
uint64_t facts_value(struct facts *facts, enum fact fact, const struct lexicon *lexicon);

/* Numbers for the ends, such that all that have an end that rules ask for stand in a row. */
uint64_t facts_end_value(enum measure_end end);

#endif
