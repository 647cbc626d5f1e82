/*
 * conditions -- whether a line meets one rule.
 *
 * Model:     sections, conditions and regexes of one rule, and what strip does to the line. In
 *            which order a line meets the rules is match.c's business.
 *            A rule whose regex was parted hits if one of the ways does that the prefilter names;
 *            its other ways are not tried then. Where a way comes to its limit, the whole regex is
 *            tried instead. MATCH_PLAIN tries the whole regex, and those ways where it comes to its
 *            limit: the same comes of both.
 * Ownership: as in state.h.
 * Limits:    the ceiling on what strip rules add.
 * Errors:    no_memory is set in the state.
 */
#ifndef DECHAFF_MATCH_CONDITIONS_H
#define DECHAFF_MATCH_CONDITIONS_H

#include "match/state.h"

/* Makes the sieve of rules that weigh or mark; false when memory is short. */
bool conditions_init(struct match *match);

/* Turns to a line: FACTS become those of its view, and the matcher's subject is that. False when
 * memory is short. */
bool conditions_look_at(struct match *match, struct span real, struct facts *facts);

/* The conditions about the line alone. */
bool conditions_meet_line(struct match *match, const struct rule *rule, struct facts *facts);

/* Finds the set of rules that weigh or mark whose conditions the line at POSITION meets. */
void conditions_sift(struct match *match, struct facts *facts, const struct position *position);

/* Section, place and conditions. */
bool conditions_meet(struct match *match, uint32_t index, struct facts *facts,
                     const struct position *position);

/* A rule that may match, and what of it: COUNT numbers of the engine's trials. */
struct candidate {
    uint32_t rule;
    const uint32_t *trials;
    size_t count;
};

/* Looks for REGEX, which is that of the pattern of this number (state.h), in the matcher's subject,
 * as pattern_match does. */
enum pattern_status conditions_search(struct match *match, uint32_t number,
                                      const struct regex *regex, size_t from,
                                      struct pattern_span *span);

/* Whether the rule's regex, or a way of it, matches the text in FACTS, which is the matcher's
 * subject. */
enum pattern_status conditions_match(struct match *match, const struct candidate *candidate,
                                     const struct facts *facts);

/* Looks for the rule's regex from FROM on in the text in FACTS, as above. SPAN may be NULL. */
enum pattern_status conditions_find(struct match *match, uint32_t index, const struct facts *facts,
                                    size_t from, struct pattern_span *span);

/* Applies a strip rule, over all its matches, to the line that was last looked at: what they stand
 * for goes, and the result is looked at in its place. An empty match removes nothing. */
enum pattern_status conditions_strip(struct match *match, uint32_t index, struct facts *facts);

#endif
