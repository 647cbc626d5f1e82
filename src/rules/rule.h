/*
 * rule -- what one rule says: a verb, a regex and conditions; and the names of marks.
 *
 * Model:     plain data, filled in by statement.c and never changed once loaded, so that threads
 *            may share it. Lengths and counts of 0 mean "not asked for" unless noted. A mark is a
 *            bit; the first ones are those that the engine itself knows.
 * Ownership: every pointer is borrowed from the rule set that holds the rule; the names of marks
 *            belong to whoever gave them.
 * Limits:    MARKS_MAX marks.
 */
#ifndef DECHAFF_RULES_RULE_H
#define DECHAFF_RULES_RULE_H

#include "regex/regex.h"
#include "rules/diag.h"
#include "rules/source.h"

#include <stdbool.h>
#include <stdint.h>

#define NO_RULE UINT32_MAX
#define RULE_ID_SIZE 4352 /* a path and a line number */

/* The names that `mark` rules give to lines, as bits. */
#define MARKS_MAX 64

/* What the engine goes by: running text, lines of the site, headings of what comes after an
 * article, lines that a drop, cut, block or run rule hits, headlines. */
#define MARK_PROSE UINT64_C(1)
#define MARK_CHROME UINT64_C(2)
#define MARK_CLOSING UINT64_C(4)
#define MARK_RULE UINT64_C(8)
#define MARK_HEADLINE UINT64_C(16)

struct marks {
    struct span names[MARKS_MAX];
    uint32_t count;
};

void marks_init(struct marks *marks);

/* The name's bit, a new one if need be; 0 if there is no room. */
uint64_t marks_add(struct marks *marks, struct span name);

/* The bit of a name that is there, or 0. */
uint64_t marks_find(const struct marks *marks, struct span name);

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

/* The rule's id: its name, or FILE:LINE. Truncated to SIZE, always terminated. */
void rule_id(const struct rule *rule, char *buffer, size_t size);

/* Where the rule stands, for a diagnostic. */
struct place rule_place(const struct rule *rule);

#endif
