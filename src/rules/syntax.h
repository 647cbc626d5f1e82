/*
 * syntax -- the words of the rule language, as tables.
 *
 * Model:     a verb, an attribute (a condition or a verb's own argument) or a parameter is a row:
 *            its name, what argument it takes, where its value goes, and its help text. The
 *            parser goes by these rows; a test compares the manual's lists with them. The row of a
 *            condition names what is asked of (rule.h) and which end of its range the value is.
 * Ownership: constant data.
 */
#ifndef DECHAFF_RULES_SYNTAX_H
#define DECHAFF_RULES_SYNTAX_H

#include "rules/rule.h"

#include <stddef.h>

enum argument {
    ARGUMENT_NONE,     /* bullet */
    ARGUMENT_COUNT,    /* max-words=12 */
    ARGUMENT_POSITIVE, /* first=3 */
    ARGUMENT_WORDS,    /* after=40w */
    ARGUMENT_PERCENT,  /* digits=50 */
    ARGUMENT_CHOICE,   /* end=colon */
    ARGUMENT_NAME,     /* name=share-bar */
    ARGUMENT_REGEX,    /* until /re/ */
    ARGUMENT_TEXT,     /* with "text" */
    ARGUMENT_MARK,     /* is=prose */
    ARGUMENT_WEIGHT,   /* gap=-0.3 */
};

struct syntax_choice {
    const char *name;
    struct range range; /* that is asked for; of a parameter, its value twice */
    unsigned next;      /* 0, or how far behind the row's fact the one is that is asked of */
};

struct syntax_verb {
    const char *name;
    enum verb verb;
    enum argument first; /* what stands behind the verb, or ARGUMENT_NONE */
    const char *help;
};

/* What the value of an attribute is put into; of what, is `which`. */
enum syntax_sets {
    SETS_LEAST,   /* of a range: of a fact, or of what is around the line (rule_asks) */
    SETS_MOST,    /* the same */
    SETS_MEASURE, /* the measure, `which`, of a rule; its value is the rule's count */
    SETS_WHOLE /* the range of a choice, the enum asked_marks of marks, the enum state of a weight;
                of all else the field, by its offset into struct rule */
};

struct syntax_attribute {
    const char *name;
    enum argument argument;
    unsigned verbs; /* bits 1 << enum verb: whose attribute it is */
    enum syntax_sets sets;
    size_t which;
    const struct syntax_choice *choices; /* of ARGUMENT_CHOICE, else NULL */
    const char *help;
};

struct parameters {
    uint32_t hold_lines;
    uint32_t hold_bytes;
    uint32_t short_words;
    uint32_t about_lines;
    uint32_t resume_lines;
    uint32_t match_limit;
    uint32_t page_bytes;
    uint32_t least_share;         /* per cent */
    uint32_t least_words;         /* of a page that it is asked of */
    uint32_t balance;             /* per cent of the F1 to be expected of a page */
    uint32_t balance_least;       /* per cent of probability */
    uint32_t first_look;          /* per cent of its odds */
    uint32_t title;               /* enum title */
    uint32_t view;                /* enum view */
    double doubt;                 /* a verdict may be wrong so often */
    double steps[STATES][STATES]; /* what going from one state to another is worth */
};

enum title { TITLE_KEEP, TITLE_DROP };

/* How rules see a line (line/view.h), and where lines end (line/line.h). */
enum view { VIEW_FOLDED, VIEW_PLAIN };

enum parameter_kind { PARAMETER_NUMBER, PARAMETER_DECIMAL, PARAMETER_CHOICE };

struct syntax_parameter {
    const char *name;
    size_t offset; /* into struct parameters */
    uint32_t minimum;
    uint32_t maximum; /* of a decimal in hundredths, 0: none */
    uint32_t initial;
    enum parameter_kind kind;
    const struct syntax_choice *choices;
    const char *help;
};

/* Each table ends with a row whose name is NULL. */
extern const struct syntax_verb syntax_verbs[];
extern const struct syntax_attribute syntax_attributes[];
extern const struct syntax_parameter syntax_parameters[];

/* The row named by the LENGTH bytes of NAME, or NULL. */
const struct syntax_verb *syntax_verb(const char *name, size_t length);
const struct syntax_attribute *syntax_attribute(const char *name, size_t length);
const struct syntax_parameter *syntax_parameter(const char *name, size_t length);
const struct syntax_choice *syntax_choice(const struct syntax_choice *choices, const char *name,
                                          size_t length);

/* The parameters before any `set`. */
struct parameters syntax_defaults(void);

#endif
