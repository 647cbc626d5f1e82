/*
 * ways -- the alternatives of a regex, each looked for and matched by itself.
 *
 * Model:     /tel|\bfax\b|\w@/ matches where one of its alternatives does. In most of the lines
 *            that have what one of them requires, the "@" say, the others can't match; but PCRE2
 *            tries all of them at each byte. So such a regex is parted into ways: few regexes that
 *            together match the same lines, each with what it requires for itself. Alternatives
 *            that require rare strings stay together, as few lines have these, those at the line's
 *            start in one way and those anywhere in another; each of the others is a way by
 *            itself. Groups around alternatives are opened for that: of /\b(?:a|b)\b/ the
 *            alternatives are /\b(?:a)\b/ and /\b(?:b)\b/.
 * Contract:  a line is matched by the regex if, and only if, one of its ways matches it, limits
 *            aside. Where the match is, and what its groups are, ways don't tell.
 * Ownership: the ways and their texts lie in the arena.
 * Limits:    WAYS_MAX ways of WAYS_ALTERNATIVES alternatives; a regex that is more, or has anything
 *            but the plainest syntax, or where parting it gains nothing, has no ways.
 * Errors:    only a lack of memory, as false.
 */
#ifndef DECHAFF_REGEX_WAYS_H
#define DECHAFF_REGEX_WAYS_H

#include "regex/required.h"

#define WAYS_MAX 16
#define WAYS_ALTERNATIVES 256

struct way {
    struct regex regex;
    struct required required;
};

/* Fills in the ways of REGEX, that REQUIRED was found out of: required->ways. */
bool ways_part(struct required_analyser *analyser, struct arena *arena, const struct regex *regex,
               struct required *required);

#endif
