/*
 * statement -- one line of a rule file, taken apart.
 *
 * Model:     a function of the line, and of the marks that were named before it; what the words
 *            mean together (includes, sections, defines, which rule an example belongs to) is
 *            load.c's business.
 * Ownership: everything in a statement points into the line. The text of a strip rule's
 *            replacement keeps its backslash escapes; statement_unescape resolves them.
 * Errors:    each is added to the diagnostics with its column; the kind is then STATEMENT_BAD.
 */
#ifndef DECHAFF_RULES_STATEMENT_H
#define DECHAFF_RULES_STATEMENT_H

#include "base/span.h"
#include "rules/attribute.h"
#include "rules/diag.h"

enum statement_kind {
    STATEMENT_EMPTY,    /* blank or only a comment */
    STATEMENT_BAD,      /* reported */
    STATEMENT_INCLUDE,  /* name */
    STATEMENT_BIND,     /* name */
    STATEMENT_SET,      /* parameter, number */
    STATEMENT_DEFINE,   /* name, draft.rule.regex; none if phrases come under it */
    STATEMENT_PHRASE,   /* name: a regex, a part of the define above */
    STATEMENT_SECTION,  /* name: what stands between the brackets */
    STATEMENT_RULE,     /* draft */
    STATEMENT_FUNCTION, /* name: words between blanks */
    STATEMENT_SPEAK,    /* weight; name: words between blanks */
    STATEMENT_EXAMPLE,  /* name: the text; caught */
};

struct statement {
    enum statement_kind kind;
    struct span name;
    const struct syntax_parameter *parameter;
    uint32_t number;
    bool caught;
    double decimal; /* SET of a decimal parameter */
    int32_t weight; /* of words that SPEAK, in hundredths */
    struct draft draft;
};

/* Takes the LENGTH bytes at TEXT, a line without its ending, apart; PLACE names the line. New marks
 * are added to MARKS, and point into the line. */
void statement_parse(struct statement *statement, const char *text, size_t length,
                     const struct place *place, struct marks *marks,
                     struct diagnostics *diagnostics);

/* Does what a STATEMENT_SET says. */
void statement_set(const struct statement *statement, struct parameters *parameters);

/* Resolves \" \\ and \t in place; returns the new length. */
size_t statement_unescape(char *text, size_t length);

#endif
