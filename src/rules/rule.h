/*
 * rule -- what one rule says: a verb, a regex and conditions; and the names of marks.
 *
 * Model:     plain data, filled in by attribute.c and load.c and never changed once loaded, so that
 *            threads may share it. Lengths and counts of 0 mean "not asked for" unless noted. A
 *            mark is a bit; the first ones are those that the engine itself knows.
 * Ownership: every pointer is borrowed from the rule set that holds the rule; the names of marks
 *            belong to whoever gave them.
 * Limits:    MARKS_MAX marks.
 */
#ifndef DECHAFF_RULES_RULE_H
#define DECHAFF_RULES_RULE_H

#include "line/facts.h"
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
    VERB_PASS,
    VERB_MARK,
    VERB_WEIGH,
    VERB_JUDGE,
    VERB_GROUP,
    VERB_DOCUMENT
};

/* Where the lines of a page are, for rules that weigh. */
enum state { STATE_BEFORE, STATE_ARTICLE, STATE_GAP, STATE_PAST, STATES };

/* What is around a line that is weighed, but for marks. What follows it is known last. */
enum around {
    AROUND_BLANKS,
    AROUND_LEVEL,       /* enum level, against the line before */
    AROUND_PROSE_LEVEL, /* against the last line of prose */
    AROUND_AS_PREVIOUS,
    AROUND_RUN,     /* lines since the last prose */
    AROUND_PROSE,   /* words of prose before */
    AROUND_DENSITY, /* words of prose a line of late */
    AROUND_SINCE,   /* lines since a closing one */
    AROUND_REPEATED,
    AROUND_NEXT, /* enum next_line */
    AROUND_AS_NEXT,
    AROUND_BEHIND, /* enum behind; of pass rules, not of those that weigh */
    AROUNDS
};

/* Where a line stands in its whole page, for rules that judge (decide/whole.h). */
enum whole_fact {
    WHOLE_P, /* per cent */
    WHOLE_P_BEFORE,
    WHOLE_P_BEFORE_2,
    WHOLE_P_AFTER,
    WHOLE_P_AFTER_2,
    WHOLE_P_ABOVE,
    WHOLE_P_BELOW,
    WHOLE_PROSE_ABOVE, /* words */
    WHOLE_PROSE_BELOW,
    WHOLE_SPEAKS_ABOVE, /* as FACT_SPEAKS */
    WHOLE_SPEAKS_BELOW,
    WHOLE_PIECE_AHEAD,  /* lines until the heaviest piece begins */
    WHOLE_PIECE_BEHIND, /* lines since it ended */
    WHOLE_PIECE_SHARE,  /* per cent */
    WHOLE_PIECE_LINES,
    WHOLE_PIECE_PLACE, /* per cent of its lines that stand before */
    WHOLE_PIECE_WEIGHT,
    WHOLE_SECOND_SHARE, /* per cent of the heaviest piece */
    WHOLE_IN_SECOND,    /* whether the line is in that next heaviest piece */
    WHOLE_LONGEST_WORDS,
    WHOLE_LONGEST_AHEAD, /* lines until the longest line that may be article */
    WHOLE_LONGEST_BEHIND,
    WHOLE_WEIGHT_BEFORE, /* per cent */
    WHOLE_PAGE_WEIGHT,   /* of what speaks for article */
    WHOLES
};

/* What can be asked of a whole document (text/measures.h). */
enum measure {
    MEASURE_NONE,
    MEASURE_WORDS,
    MEASURE_WORD_LENGTH, /* characters of a word, on average */
    MEASURE_ALL_WORDS,
    MEASURE_MEDIAN,     /* of their characters */
    MEASURE_ALPHABETIC, /* words with a letter; this and what follows in per cent, if not said */
    MEASURE_SYMBOLS,    /* for each word */
    MEASURE_FEEDS,      /* the same */
    MEASURE_SYMBOL_WORDS,
    MEASURE_NAMED,     /* how many words of a list are there */
    MEASURE_LISTED,    /* how many words are of the list */
    MEASURE_SENTENCES, /* how many */
    MEASURE_BEGINNING, /* lines */
    MEASURE_ENDING,
    MEASURE_BARE_BEGINNING,
    MEASURE_BARE_ENDING,
    MEASURE_ENDED,
    MEASURE_SHORT,
    MEASURE_LINES, /* repeated ones */
    MEASURE_LINE_CHARS,
    MEASURE_PARAGRAPHS,
    MEASURE_PARAGRAPH_CHARS,
    MEASURE_REPEATED_TEXT,
    MEASURE_COPIED_LINES, /* the first ones too */
    MEASURE_COPIED_LINE_CHARS,
    MEASURE_COMMON_GRAMS, /* characters */
    MEASURE_REPEATED_GRAMS,
    MEASURE_COPIED_GRAMS,
    MEASURE_DROPPED /* words */
};

/* Words in a row that are measured, at most: the time for a word grows with them. */
#define MEASURE_GRAM ((uint32_t)100)

/* How a line is indented against another. */
enum level { LEVEL_UNKNOWN, LEVEL_DEEPER, LEVEL_SAME, LEVEL_SHALLOWER };

enum next_line { NEXT_BLANK, NEXT_LINE };

/* What a line stands behind: the colon of a sentence, or a line of the list beneath it; a line that
 * ends in the midst of a sentence. */
enum behind { BEHIND_NOTHING, BEHIND_COLON, BEHIND_OPEN };

/* Marks that are asked for, all of them, and those none of which may be there. */
enum asked_marks {
    MARKS_IS,
    MARKS_ISNT,
    MARKS_PREVIOUS,
    MARKS_NEXT,
    MARKS_SEEN,
    MARKS_UNSEEN,
    MARKS_ABOUT, /* of pass rules, not of those that weigh; as the next */
    MARKS_UNDER,
    MARKS_ASKED
};

/* What a rule asks: what can be asked of is numbered, the facts of the line first, then what is
 * around it, FACTS + enum around, and where it stands in its page. */
enum { ASKED_WHOLE = FACTS + AROUNDS, ASKED = ASKED_WHOLE + WHOLES };
enum { ASKED_OF_LINE = (1 << FACTS) - 1 };
#define ASKED_AROUND (~(uint64_t)ASKED_OF_LINE)

struct asked {
    uint64_t which;             /* a bit for each that is asked for */
    const struct range *ranges; /* of those, in their order */
};

/* What the verbs mark, weigh, judge and group say besides. */
struct weighing {
    uint64_t asked[MARKS_ASKED];
    uint64_t marks;         /* that a line gets */
    double weights[STATES]; /* for the line to be in each state; judge, group: for article alone */
};

/* Whether the verb is of those that look at a page once more, when its end is known. */
static inline bool verb_judges(enum verb verb)
{
    return verb == VERB_JUDGE || verb == VERB_GROUP;
}

/* Whether the verb adds a weight to a line: at the first look, or later. */
static inline bool verb_weighs(enum verb verb)
{
    return verb == VERB_WEIGH || verb_judges(verb);
}

/* Whether it is a mark rule that asks for marks: it is met after those that ask for none. */
static inline bool weighing_asks(const struct weighing *weighing, enum verb verb)
{
    return verb == VERB_MARK && (weighing->asked[MARKS_IS] | weighing->asked[MARKS_ISNT]);
}

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
    const struct required *required; /* what the regex requires of a line; NULL without one */
    struct regex until;              /* block, tail: text NULL if there is none */
    struct asked asked;
    uint32_t first;                  /* only among the document's first non-blank lines */
    uint32_t after;                  /* only once this many words of article were kept */
    const struct weighing *weighing; /* of mark, weigh, judge and group, else NULL */
    uint64_t is;                     /* pass: marks that the line must have */
    uint64_t under; /* pass: marks that lines above it in its paragraph must have */
    uint64_t about; /* pass: marks that the document must be about (about.h) */
    /* run: how many lines; block, tail, pass: lines=N; document: how many words or characters */
    uint32_t count;
    uint32_t paras;
    uint32_t back;
    /* cut: 1 if the article may resume; block: 1 if until is a while; group: 1 if enclosed */
    uint32_t soft;
    uint32_t between; /* block: 1 if it takes only what stands between its two lines */
    uint32_t measure; /* document: enum measure, or none, and one of */
    uint32_t above;   /* more than so many, or 0 */
    uint32_t below;   /* fewer, or 0 */
    uint32_t hint;    /* 1 if it decides nothing where rules weigh, whoever's it is */
    bool binds;       /* it decides even where rules weigh */
    const char *with; /* strip: what goes in the place of a match; document: words */
    size_t with_length;
    const char *name;
    const struct source *source;
    size_t line;
    const char *statement; /* where its line begins in the source */
    const struct example *examples;
};

/* Whether the prefilter looks for what the rule's regex requires. One that asks for marks is tried
 * on every line, a pass rule where a rule behind it hits. */
static inline bool rule_is_looked_for(const struct rule *rule)
{
    return rule->regex.text && rule->verb != VERB_PASS &&
           !(rule->weighing && weighing_asks(rule->weighing, rule->verb));
}

/* Whether no rule behind it has a say in a line that it hits. */
static inline bool rule_is_final(const struct rule *rule)
{
    return rule->verb == VERB_DROP || rule->verb == VERB_CUT || rule->verb == VERB_TAIL ||
           rule->verb == VERB_PASS || (rule->verb == VERB_BLOCK && !rule->until.text);
}

/* Whether it is one of the user's own that decides. */
static inline bool rule_is_own(const struct rule *rule)
{
    return rule->binds && rule->source->binds;
}

/* Whether a rule of the verb decides where no rule weighs, and could where one does. */
static inline bool verb_decides(enum verb verb)
{
    return verb >= VERB_DROP && verb <= VERB_PASS;
}

/* Whether it is a block that comes to something only when its last line is seen. */
static inline bool rule_awaits_end(const struct rule *rule)
{
    return rule->verb == VERB_BLOCK && rule->until.text && !rule->soft;
}

/* The range that the rule asks for of the fact WHICH, or of what else is numbered by ASKED. */
struct range rule_asks(const struct rule *rule, unsigned which);

/* The rule's id: its name, or FILE:LINE. Truncated to SIZE, always terminated. */
void rule_id(const struct rule *rule, char *buffer, size_t size);

/* Where the rule stands, for a diagnostic. */
struct place rule_place(const struct rule *rule);

#endif
