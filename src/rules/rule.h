/*
 * rule -- what one rule says: a verb, a regex and conditions.
 *
 * Model:     plain data, filled in by statement.c and never changed once loaded, so that threads
 *            may share it. Lengths and counts of 0 mean "not asked for" unless noted.
 * Ownership: every pointer is borrowed from the rule set that holds the rule.
 */
#ifndef DECHAFF_RULES_RULE_H
#define DECHAFF_RULES_RULE_H

#include "regex/regex.h"
#include "rules/source.h"

#include <stdbool.h>
#include <stdint.h>

#define NO_RULE UINT32_MAX

/* In the order in which a line meets them: strip, keep, then the rest in file order. */
enum verb {
    VERB_STRIP,
    VERB_KEEP,
    VERB_DROP,
    VERB_CUT,
    VERB_BLOCK,
    VERB_RUN,
    VERB_HEAD,
    VERB_TAIL,
    VERB_MARK,
    VERB_WEIGH
};

/* Where the lines of a page are, for rules that weigh. */
enum state { STATE_BEFORE, STATE_ARTICLE, STATE_GAP, STATE_PAST, STATES };

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
    uint32_t commas;
    uint32_t function;       /* words that rule files list as function words */
    uint32_t function_share; /* per cent of the words */
    uint32_t lower;          /* at least this percentage of the words begin small */
    uint32_t indent;         /* columns */
    bool no_lower;           /* there is a letter, and no word begins small */
    bool doubled;
};

/* How a line is indented against another. */
enum level { LEVEL_ANY, LEVEL_DEEPER, LEVEL_SAME, LEVEL_SHALLOWER };

enum next_line { NEXT_ANY, NEXT_BLANK, NEXT_LINE };

/* What a rule that weighs asks of the line's marks and of the lines around it. Marks are bits, all
 * of which must be there. */
struct context {
    uint64_t is;
    uint64_t isnt;
    uint64_t previous;
    uint64_t next_is; /* of the line after it */
    uint64_t seen;
    uint64_t unseen;
    uint32_t blanks;      /* before it: 1 + 0, 1 or 2 for more */
    uint32_t next;        /* enum next_line */
    uint32_t level;       /* enum level, against the line before */
    uint32_t prose_level; /* against the last line of prose */
    uint32_t run;         /* lines since the last prose, at least */
    uint32_t prose;       /* words of prose before, at least */
    uint32_t density;     /* words of prose a line of late, at least */
    uint32_t since;       /* lines since a closing one, at most */
    bool repeated;
    bool as_previous;
    bool as_next;
};

/* What the verbs mark and weigh say besides. */
struct weighing {
    struct context context;
    uint64_t marks;         /* that a line gets */
    double weights[STATES]; /* for the line to be there */
};

struct example {
    const struct example *next;
    const char *text;
    size_t length;
    size_t line;
    bool caught; /* + or - */
};

struct required;

struct rule {
    enum verb verb;
    uint32_t section; /* 0: everywhere, else an index into the sections */
    struct regex regex;
    const struct required *required; /* of a line by the regex; NULL if there is none */
    struct regex until;              /* block: text NULL if there is none */
    struct conditions conditions;
    const struct weighing *weighing; /* of mark and weigh, else NULL */
    uint32_t count;                  /* run: how many lines; block: lines=N */
    uint32_t paras;
    uint32_t back;
    bool soft;        /* cut: the article may resume */
    const char *with; /* strip: what goes in the place of a match */
    size_t with_length;
    const char *name;
    const struct source *source;
    size_t line;
    const char *statement; /* where its line begins in the source */
    const struct example *examples;
};

#endif
