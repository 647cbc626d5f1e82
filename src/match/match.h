/*
 * match -- from a line to the rules that hit it.
 *
 * Model:     one matcher a stream, over an engine that many streams may share. A line is first
 *            edited by the strip rules; then its hits are, in the order of rules.h, the rules whose
 *            regex and conditions it meets, up to and including the first whose verdict can't
 *            change any more (a drop, a cut, a block without `until`). A keep rule that hits
 *            protects the line, and nothing else is looked for. A line that strip rules left
 *            without a letter or digit is hit by the first of them, and is as it was. If rules
 *            weigh, its hits are those that decide all the same (rules.h); of the others the first
 *            is told, and all marks are given. With the prefilter only the rules that can match are
 *            tried; MATCH_PLAIN tries all, and finds the same. It asks the prefilter only where a
 *            search came to its limit: of a rule that can't match, that is no match (conditions.h).
 *            What was found in a line that comes often is remembered, unless the line is long and
 *            no rule weighs.
 * Ownership: the text of a struct matched is the line's or the matcher's, and its set of rules that
 *            weigh the matcher's, until the next match_line.
 * Limits:    those of hits.h and memo.h; the ceiling on what strip rules may add to a line.
 * Errors:    false when memory is short. A match that ran into a limit protects the line and is
 *            counted; match_limits_text tells.
 */
#ifndef DECHAFF_MATCH_MATCH_H
#define DECHAFF_MATCH_MATCH_H

#include "match/chosen.h"
#include "match/engine.h"
#include "match/hits.h"

struct match;

struct match *match_create(const struct engine *engine, enum match_way way);
void match_destroy(struct match *match);

/* Chooses the sections that hold from here on; HOST and LANGUAGE are NULL where unknown. */
void match_document(struct match *match, const char *host, const char *language);

/* The rules that weigh in the document at hand, which are the matcher's; NULL if no rule does. */
const struct chosen *match_chosen(const struct match *match);

bool match_line(struct match *match, const char *text, size_t length,
                const struct position *position, struct matched *matched);

/* Whether the `until` of the block rule RULE matches; false when it ran into a limit. */
bool match_until(struct match *match, uint32_t rule, const char *text, size_t length);

/* Whether RULE's regex and its conditions about the line alone match, for --check. */
bool match_alone(struct match *match, uint32_t rule, const char *text, size_t length);

/* Whether memory was short in any call so far; what the matcher said since then means nothing. */
bool match_no_memory(const struct match *match);

/* On how many lines RULE's search was given up. */
uint64_t match_limited(const struct match *match, uint32_t rule);

/* Adds the counts of OTHER. */
void match_add_limits(struct match *match, const struct match *other);

/* Whether any rule's search was given up, and the rules it happened to, a line each. The caller
 * frees the text; NULL when memory is short. */
bool match_any_limited(const struct match *match);
char *match_limits_text(const struct match *match);

#endif
