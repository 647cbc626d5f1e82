/*
 * limits -- how much rule files may ask for: the ceilings, which belong to the caller.
 *
 * Model:     one table of named ceilings: of the rules and of their memory, of what strip rules add
 *            to a line, and of the parameters of that name, which a rule file's `set` may raise so
 *            far and no further.
 *            --limit and the manual (by a test) follow it.
 * Ownership: plain values.
 * Errors:    false, or a ceiling that would be passed; the caller tells.
 */
#ifndef DECHAFF_RULES_LIMITS_H
#define DECHAFF_RULES_LIMITS_H

#include "rules/syntax.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum limit {
    LIMIT_RULES,
    LIMIT_RULE_BYTES,
    LIMIT_GROWTH,
    LIMIT_HOLD_LINES,
    LIMIT_HOLD_BYTES,
    LIMIT_PAGE_BYTES,
    LIMIT_MATCH,
    LIMITS
};

struct limits {
    uint64_t most[LIMITS];
};

struct limits limits_defaults(void);

/* Takes in TEXT, NAME=N, where k, M and G stand for powers of 1024. False if it is none. */
bool limits_take(struct limits *limits, const char *text);

/* How --limit calls it. */
const char *limits_name(enum limit limit);

/* Whether the parameter may be NUMBER; else *most is what it may be. */
bool limits_allow(const struct limits *limits, const struct syntax_parameter *parameter,
                  uint64_t number, uint64_t *most);

/* Lowers the parameters that are above a ceiling before any `set`. */
void limits_lower(const struct limits *limits, struct parameters *parameters);

#endif
