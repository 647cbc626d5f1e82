/*
 * scanner -- words, numbers, regexes and texts of a line of a rule file.
 *
 * Model:     a position in the line that each function moves over what it read.
 * Ownership: everything read points into the line.
 * Errors:    added to the diagnostics with their column; `failed` is then set.
 */
#ifndef DECHAFF_RULES_SCANNER_H
#define DECHAFF_RULES_SCANNER_H

#include "base/span.h"
#include "regex/regex.h"
#include "rules/diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scanner {
    const char *text;
    size_t length;
    size_t at;
    const struct place *place;
    struct marks *marks;
    struct diagnostics *diagnostics;
    bool failed;
};

/* FORMAT takes DETAIL. */
void scanner_fail(struct scanner *scanner, size_t column, const char *format, const char *detail);

/* WHAT 'the word'; HINT. */
void scanner_fail_word(struct scanner *scanner, size_t column, size_t length, const char *what,
                       const char *hint);

/* The word is no row of ROWS, a table of syntax.h; a row that is near is named, else OTHERWISE. */
void scanner_fail_unknown(struct scanner *scanner, const char *what, const void *rows,
                          size_t stride, struct span word, const char *otherwise);

void scanner_skip_space(struct scanner *scanner);

/* Skips blanks; true at the line's end or a comment. */
bool scanner_at_end(struct scanner *scanner);

/* Fails if anything follows. */
void scanner_expect_end(struct scanner *scanner);

/* What stands before the next blank. */
struct span scanner_word(struct scanner *scanner);

/* What stands before a comment, or the line's end, without blanks at its end. */
struct span scanner_rest(struct scanner *scanner);

/* Whether a line is a phrase of a define: a bar and what stands behind it. */
bool scanner_phrase(const char *text, size_t length, struct span *phrase);

size_t scanner_column(const struct scanner *scanner, const char *text);

/* A regex with its flags, from its opening slash on. */
void scanner_regex(struct scanner *scanner, struct regex *regex);

/* A text, from its opening quote on; its escapes stay. */
void scanner_text(struct scanner *scanner, struct span *text);

/* Whether it is what marks, defines and rules may be called. */
bool scanner_is_name(struct span name);

/* False if TEXT is not a decimal number, as -0.35, of a size below 1000. */
bool scanner_decimal(struct span text, double *decimal);

/* False if DIGITS are not a whole number up to 1000000000, or to MAXIMUM, which is below 2^31. */
bool scanner_number(struct span digits, uint32_t *number);
bool scanner_number_up_to(struct span digits, uint32_t maximum, uint32_t *number);

#endif
