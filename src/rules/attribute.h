/*
 * attribute -- a rule's conditions and arguments, taken apart by the rows of syntax.h.
 *
 * Model:     each value goes into the draft, where its row says.
 * Ownership: all that a draft points to lies in the line.
 * Errors:    the scanner's.
 */
#ifndef DECHAFF_RULES_ATTRIBUTE_H
#define DECHAFF_RULES_ATTRIBUTE_H

#include "rules/rule.h"
#include "rules/scanner.h"
#include "rules/syntax.h"

/* A rule as its line has it. */
struct draft {
    struct rule rule;           /* source, section, examples and ranges are left to the caller */
    struct weighing weighing;   /* of mark, weigh, judge, group and pass */
    struct range ranges[ASKED]; /* that the rule asks for; of the others of no meaning */
    struct span name;
    struct span word; /* the attribute at hand, up to its regex or text */
    bool is_opposite; /* it has a '!' before it */
};

/* What stands right behind the verb. */
void attribute_first(struct scanner *scanner, struct draft *draft, const struct syntax_verb *verb);

/* The attribute that the scanner is at; the draft gets it. */
void attribute_parse(struct scanner *scanner, struct draft *draft, const struct syntax_verb *verb);

#endif
