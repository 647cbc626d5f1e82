/*
 * discard -- a document that goes as a whole.
 *
 * Model:     where there are document rules, no line is handed out before the document's end. Then
 *            what the other rules leave of it meets them, in file order, and the first that hits
 *            takes it all, but for protected lines. A rule with a regex hits if one line that is
 *            left has it (held.document), one with a measure if all of them together are so.
 * Ownership: one for each stream; rules and the hold are borrowed.
 * Limits:    a document that is longer than may be held, or that has a line that nobody looks at,
 *            is given up: it goes out as if there were no document rules.
 * Errors:    false for a lack of memory, when made; discard_no_memory later on.
 */
#ifndef DECHAFF_DECIDE_DISCARD_H
#define DECHAFF_DECIDE_DISCARD_H

#include "decide/hold.h"
#include "rules/rules.h"
#include "text/measures.h"

struct discard {
    const struct rule *items;
    uint32_t *rules; /* that are document rules, in order */
    uint32_t count;
    struct measures measures;
    bool asks_dropped; /* one asks what the other rules drop: its text is needed */
    bool waits;
    bool is_given_up;
};

bool discard_init(struct discard *discard, const struct rules *rules);
void discard_release(struct discard *discard);

/* Starts a document. */
void discard_begin(struct discard *discard);

/* It goes out as it is. */
void discard_give_up(struct discard *discard);

/* Every line of the document is in the hold and has its verdict, and may now lose it. */
void discard_end(struct discard *discard, struct hold *hold);

bool discard_no_memory(const struct discard *discard);

#endif
