/*
 * known -- regexes that are known from another set of rules.
 *
 * Model:     what a regex requires, and what PCRE2 makes of it, follows from its text and its flags
 *            alone: it is found by them among the rules of a set in an image (match/image.h),
 *            whoever wrote the rule.
 * Ownership: the rules are borrowed, and what is found is theirs; the table is the arena's.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_RULES_KNOWN_H
#define DECHAFF_RULES_KNOWN_H

#include "base/arena.h"
#include "base/table.h"
#include "rules/rule.h"

struct known {
    const struct rule *items;
    struct table by_regex; /* the first rule of each */
};

/* Starts zeroed. */
bool known_build(struct known *known, const struct rule *items, uint32_t count,
                 struct arena *arena);

/* A rule that has the regex, or NULL. */
const struct rule *known_find(const struct known *known, const struct regex *regex);

#endif
