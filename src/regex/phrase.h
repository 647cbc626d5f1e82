/*
 * phrase -- regexes that are no more than a string, matched without PCRE2.
 *
 * Model:     a string of ASCII with what may stand on either side of it: /^\W*share this\W*$/i,
 *            /\bread more\b/, /^\[1\]/. In a line of ASCII alone its bytes say whether it matches.
 *            Those who add thousands of rules add such: each is met by few lines, so that PCRE2
 *            would compile it for a line or two. It is read once: struct phrase.
 * Contract:  what is said is what pattern_match says, its limits aside.
 * Limits:    a longer string than some 200 bytes is no phrase, so that time is linear in the text.
 * Ownership: pure functions; nothing is kept.
 */
#ifndef DECHAFF_REGEX_PHRASE_H
#define DECHAFF_REGEX_PHRASE_H

#include "base/span.h"
#include "regex/regex.h"

#include <stdbool.h>

/* What is known of REGEX as a phrase, for regex->phrase. */
struct phrase phrase_of(const struct regex *regex);

/* Whether REGEX is one. */
static inline bool phrase_is(const struct regex *regex)
{
    return regex->phrase.length > 0;
}

/* *matches says whether REGEX, a phrase, matches somewhere in TEXT; false if only PCRE2 knows. */
bool phrase_match(const struct regex *regex, struct span text, bool *matches);

#endif
