/*
 * expression -- the regexes of rule files: their defines put in, and checked.
 *
 * Model:     a define is open until a statement follows that is no phrase; then its phrases are
 *            joined. A run checks what it matches with, the regexes of rules. When one of them is
 *            bad, each phrase of each define so far is checked by itself, for an error is told at
 *            the phrase that makes it; such a phrase is then taken for an empty one. A thorough
 *            check looks at each define, whether a rule uses it or not.
 * Ownership: expansions and defines live in the caller's arena; names and phrases are borrowed.
 * Limits:    DEFINE_MAX.
 * Errors:    rule files' errors are diagnostics, false is a lack of memory.
 */
#ifndef DECHAFF_RULES_EXPRESSION_H
#define DECHAFF_RULES_EXPRESSION_H

#include "regex/required.h"
#include "rules/define.h"
#include "rules/known.h"

struct expressions {
    struct defines defines;
    struct define *newest;
    struct define *unchecked; /* the first whose phrases were not checked */
    struct define *open;
    size_t joined_length;
    char joined[DEFINE_MAX]; /* the phrases of the define that is open */
    struct required_analyser *analyser;
    const struct known *known; /* or NULL */
    struct arena *arena;
    struct diagnostics *diagnostics;
    bool is_thorough;
};

/* Puts the defines into REGEX, which stands in the line of PLACE, and analyses it; *good is false
 * if it is no regex. */
bool expression_finish(struct expressions *expressions, const struct place *place,
                       struct regex *regex, struct required *required, bool *good);

/* Adds and opens a define; *good is false if its name is taken. A file that is included for several
 * sections has the same define in the same place each time: that is no error. */
bool expression_define(struct expressions *expressions, const struct source *source,
                       const struct place *place, struct span name, bool has_phrases, bool *good);

/* Adds a phrase to the define that is open: a line's, or the regex behind its name. */
void expression_add_phrase(struct expressions *expressions, const struct place *place,
                           struct span phrase);

/* Closes the define that is open, if one is. */
bool expression_close(struct expressions *expressions);

#endif
