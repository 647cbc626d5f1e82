/*
 * facts -- what is measured of a line, each only once, and only if a rule asks.
 *
 * Model:     values that are filled in when they are first wanted.
 * Ownership: the text is borrowed.
 */
#ifndef DECHAFF_FACTS_H
#define DECHAFF_FACTS_H

#include "lexicon.h"
#include "rule.h"

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
    unsigned cases_known; /* bits 1 << enum letter_case: whether it is so was found out */
    unsigned cases;
};

struct facts facts_of(const char *text, size_t length);

/* Whether the conditions about the line alone hold, the cheap ones first; all but `case`. */
bool facts_meet(struct facts *facts, const struct conditions *conditions,
                const struct lexicon *lexicon);

#endif
