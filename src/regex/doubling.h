/*
 * doubling -- regexes whose search can take twice as long for each character more.
 *
 * Model:     (a+)+ can match a run of letters in as many ways as the run can be cut into pieces,
 *            and a backtracking search tries them all before it fails. That is seen where a group
 *            repeats without a bound and one of its alternatives is, but for what may be missing,
 *            a single part that repeats without a bound, too. Possessive quantifiers and atomic
 *            groups try one way alone.
 * Contract:  a hint for the author, no proof: other regexes may double as well, and where the rest
 *            of the regex cannot fail this one does not. What is not understood does not.
 * Ownership: nothing is kept.
 * Errors:    none.
 */
#ifndef DECHAFF_REGEX_DOUBLING_H
#define DECHAFF_REGEX_DOUBLING_H

#include "regex/regex.h"

#include <stdbool.h>

bool doubling_is_likely(const struct regex *regex);

#endif
