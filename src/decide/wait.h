/*
 * wait -- lines that wait for what head and tail rules ask for.
 *
 * Model:     a part of resolve.h. As long as a head rule may still hit, nothing is handed out: the
 *            line it hits takes those before it away. A line that a tail rule hits has no verdict
 *            until prose stays behind it, or can't any more.
 * Ownership: as there.
 * Limits:    the hold's; at a limit the oldest is released.
 * Errors:    none.
 */
#ifndef DECHAFF_DECIDE_WAIT_H
#define DECHAFF_DECIDE_WAIT_H

#include "decide/resolve.h"

/* The entry at `examined` is about to get its verdict: it may be the article's first line. */
void wait_note_head(struct decide *decide, const struct held *entry);

/* No head rule hits any more. */
void wait_release_head(struct decide *decide);

/* The oldest line that waits for prose stays; there is one. */
void wait_release_tail(struct decide *decide);

/* All of them stay. */
void wait_release_tails(struct decide *decide);

/* No prose follows: the lines that wait for it go. */
void wait_drop_tails(struct decide *decide);

#endif
