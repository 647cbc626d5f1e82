/*
 * resolve -- the lines of a hold meet the rules that hit them.
 *
 * Model:     each line, in order, gets its verdict from the first hit that comes to something. A
 *            run, or a block with `until`, has to see more lines first: it is pending, and holds
 *            the lines since its start. Inside a pending run an earlier rule may begin another
 *            one; they form a stack. A pending that succeeds claims its lines; one that fails
 *            gives them back, and they are looked at anew. After a soft cut the lines of prose
 *            that may be its end are pending too. An example is in resolve.c.
 * Ownership: the state is decide's (state.h).
 * Limits:    a pending for each line that may be held.
 * Errors:    none.
 */
#ifndef DECHAFF_DECIDE_RESOLVE_H
#define DECHAFF_DECIDE_RESOLVE_H

struct decide;

/* Gives a verdict to every line that can have one by now. */
void resolve_examine(struct decide *decide);

/* The newest pending comes to nothing; there is one. */
void resolve_fail(struct decide *decide);

/* The newest pending is decided so that its lines may stay; there is one. */
void resolve_force(struct decide *decide);

#endif
