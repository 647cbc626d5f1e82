/*
 * conditions -- whether a line meets one rule.
 *
 * Model:     sections, conditions and regexes of one rule, and what strip does to the line. In
 *            which order a line meets the rules is match.c's business.
 * Ownership: as in state.h.
 * Limits:    the ceiling on what strip rules add.
 * Errors:    no_memory is set in the state.
 */
#ifndef DECHAFF_MATCH_CONDITIONS_H
#define DECHAFF_MATCH_CONDITIONS_H

#include "match/state.h"

/* The conditions about the line alone. */
bool conditions_meet_line(struct match *match, const struct rule *rule, struct facts *facts);

/* Finds the set of rules that weigh or mark whose conditions the line at POSITION meets. */
void conditions_sift(struct match *match, struct facts *facts, const struct position *position);

/* Section, place and conditions. */
bool conditions_meet(struct match *match, uint32_t index, struct facts *facts,
                     const struct position *position);

/* Looks for the rule's regex from FROM on in the text in FACTS, which is the matcher's subject.
 * SPAN may be NULL. */
enum pattern_status conditions_find(struct match *match, uint32_t index, const struct facts *facts,
                                    size_t from, struct pattern_span *span);

/* Applies a strip rule, over all its matches, to the text in FACTS and the matcher's subject, which
 * both become the result. An empty match removes nothing. */
enum pattern_status conditions_strip(struct match *match, uint32_t index, struct facts *facts);

#endif
