/*
 * verdict -- a line of the hold gets its verdict, and lines before it may lose theirs.
 *
 * Model:     the line at `examined` is given a verdict, each line once, in order. Three verbs look
 *            back from there. A cut with back=N takes up to N short lines that were kept before
 *            it. A tail rule's line has no verdict until prose, or what the rule waits for, is
 *            kept behind it, or can't be any more. As long as a head rule may still hit a line,
 *            nothing is handed out: the line that it hits takes the kept ones before it away.
 * Ownership: the state is decide's (state.h).
 * Limits:    the hold's. When it is full, the oldest line that waits is released: it stays.
 * Errors:    none.
 */
#ifndef DECHAFF_DECIDE_VERDICT_H
#define DECHAFF_DECIDE_VERDICT_H

#include "decide/hold.h"

struct decide;

/* Whether a kept line is within reach of a cut's back=N. */
bool verdict_is_short(const struct decide *decide, struct held *entry);

/* How it ends: measured once. */
enum measure_end verdict_end(struct held *entry);

/* Whether it has no more than short-words words: counted once. */
bool verdict_has_few_words(const struct decide *decide, struct held *entry);

/* Whether the line reads as prose: it is not short, and ends a sentence. */
bool verdict_is_prose(const struct decide *decide, struct held *entry);

/* The first pass rule before RULE among the line's hits that lets the line by it, or NO_RULE; all
 * of them stand before NO_RULE. */
uint32_t verdict_passed_by(const struct decide *decide, const struct held *entry, uint32_t rule);

/* Notes of a kept line what rules ask for: how many words, and of what it speaks. */
void verdict_note_kept(struct decide *decide, struct held *entry);

/* The line at `examined` is kept or dropped by RULE, or is blank and left to settle.h. */
void verdict_give(struct decide *decide, struct held *entry, enum verdict verdict, uint32_t rule);

/* The line at `examined` waits: for what the tail rule RULE waits for, or, if PASS is one, until
 * the document is about what the pass rule PASS asks, without which RULE drops it. */
void verdict_give_tail(struct decide *decide, struct held *entry, uint32_t rule, uint32_t pass);

/* The line at `examined` is cut; up to back=N short lines before it go with it. */
void verdict_give_cut(struct decide *decide, struct held *entry, uint32_t rule);

/* Puts the oldest of the short lines that wait out of a cut's reach; there is one. */
void verdict_release_short(struct decide *decide);

/* The oldest line that waits for prose stays; there is one. */
void verdict_release_tail(struct decide *decide);

/* All of them stay. */
void verdict_release_tails(struct decide *decide);

/* No prose follows: the lines that wait for it go. */
void verdict_drop_tails(struct decide *decide);

#endif
