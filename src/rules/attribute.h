/*
 * attribute -- a rule's conditions and arguments, taken apart by the rows of syntax.h.
 *
 * Model:     the part of statement.c that goes by those rows: each value goes where its row says.
 * Ownership: as in statement.h.
 * Errors:    the scanner's.
 */
#ifndef DECHAFF_RULES_ATTRIBUTE_H
#define DECHAFF_RULES_ATTRIBUTE_H

#include "rules/scanner.h"
#include "rules/statement.h"

/* What stands right behind the verb. */
void attribute_first(struct scanner *scanner, struct statement *statement,
                     const struct syntax_verb *verb);

/* The attribute that the scanner is at; the statement's rule gets it. */
void attribute_parse(struct scanner *scanner, struct statement *statement,
                     const struct syntax_verb *verb);

#endif
