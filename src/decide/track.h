/*
 * track -- where a page's article is, by the weights of its lines.
 *
 * Model:     a linear chain over the lines that are not blank. Each is in one of four states:
 *            before the article, in it, in a gap of it, or past it. The weights of the rules that
 *            hold for a line make its score in each state, the rule files' parameters that of each
 *            step from line to line. A line is noted when it comes, and goes into the chain when it
 *            is known whether a rule decides it. Forward-backward (Rabiner 1989) gives the
 *            probability that a line is article, all lines read so far considered; a line is
 *            decided once the other verdict is unlikely enough. Nothing is forgotten by deciding:
 *            later lines see every path. If rules judge, no line is decided before the page's end,
 *            or before no more may be held: then all that wait are, by a second look (judge.h).
 * Ownership: one for each stream; rules and texts are borrowed. What track_line gives out holds
 *            until as many lines were added as may be held.
 * Limits:    as many lines as the hold, spared ones too, and one more; context.h's.
 * Errors:    NULL for a lack of memory, when made.
 */
#ifndef DECHAFF_DECIDE_TRACK_H
#define DECHAFF_DECIDE_TRACK_H

#include "decide/track_line.h"
#include "match/chosen.h"
#include "match/hits.h"
#include "rules/rules.h"

struct track;

/* CHOSEN is NULL if no rule weighs, and so is what is returned then. */
struct track *track_create(const struct rules *rules, const struct chosen *chosen);
void track_destroy(struct track *track);

void track_begin(struct track *track);

/* Words of prose so far. */
uint64_t track_prose(const struct track *track);

/* So many blank lines. */
void track_blank(struct track *track, uint64_t lines);

/* A line that nobody looks at. */
void track_skip(struct track *track);

/* A line that is not blank, which the caller knows as SEQUENCE: what rules say of it. */
void track_note(struct track *track, uint64_t sequence, const struct matched *matched);

/* The oldest that was noted only goes into the chain, behind those that did before it. The rule
 * TAKEN_BY decides that it goes, or is NO_RULE. */
void track_add(struct track *track, uint32_t taken_by);

/* No line follows: every line is decided. */
void track_end(struct track *track);

/* Decides the oldest line that is not; there is one. If rules judge, all of them. */
void track_force(struct track *track);

/* Whether lines wait. */
bool track_is_open(const struct track *track);

/* The oldest line that was not handed out, if it is decided, or NULL. It is handed out by this. */
const struct track_line *track_next(struct track *track);

#endif
