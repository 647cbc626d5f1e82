/*
 * rule -- what one rule says: a verb, a regex and conditions.
 *
 * Model:     plain data, filled in by statement.c and never changed once loaded, so that threads
 *            may share it. Lengths and counts of 0 mean "not asked for" unless noted.
 * Ownership: every pointer is borrowed from the rule set that holds the rule.
 */
#ifndef DECHAFF_RULE_H
#define DECHAFF_RULE_H

#include "regex.h"
#include "source.h"

#include <stdbool.h>
#include <stdint.h>

#define NO_RULE UINT32_MAX

/* In the order in which a line meets them: strip, keep, then the rest in file order. */
enum verb { VERB_STRIP, VERB_KEEP, VERB_DROP, VERB_CUT, VERB_BLOCK, VERB_RUN };

enum letter_case { CASE_ANY, CASE_UPPER, CASE_TITLE };

struct conditions {
    uint32_t min_words;
    uint32_t max_words; /* UINT32_MAX: no maximum */
    uint32_t min_chars;
    uint32_t max_chars; /* UINT32_MAX: no maximum */
    uint32_t first;     /* only among the document's first non-blank lines */
    uint32_t after;     /* only once this many words of article were kept */
    uint32_t digits;    /* at least this percentage of the visible characters */
    uint32_t end;       /* 0, or 1 + enum measure_end */
    uint32_t letter_case;
    bool bullet;
};

struct example {
    const struct example *next;
    const char *text;
    size_t length;
    size_t line;
    bool caught; /* + or - */
};

struct rule {
    enum verb verb;
    uint32_t section; /* 0: everywhere, else an index into the sections */
    struct regex regex;
    struct regex until; /* block: text NULL if there is none */
    struct conditions conditions;
    uint32_t count; /* run: how many lines; block: lines=N */
    uint32_t paras;
    uint32_t back;
    const char *with; /* strip: what goes in the place of a match */
    size_t with_length;
    const char *name;
    const struct source *source;
    size_t line;
    const char *statement; /* where its line begins in the source */
    const struct example *examples;
};

#endif
