/*
 * decide -- the state machine: a line's hits in, a verdict out.
 *
 * Model:     for each line decide_line, then decide_next until it returns NULL; each call hands
 *            out one line, in input order, with its verdict. Lines are held back only while
 *            a rule needs to see what follows: a run that is not long enough yet, a block whose
 *            end was not seen yet, blank lines whose neighbours may go, short lines that a cut
 *            may still take. After the last line decide_end, then decide_next again.
 *            A line given back by a run or block that came to nothing meets the rules after it
 *            in file order, as if that rule had not been there.
 *            If rules weigh, those that decide all the same have their say first; all lines then go
 *            into the chain of track.h, which decides those that are left.
 *            If there are document rules, nothing is handed out before the document's end.
 * Ownership: texts given to decide_line are borrowed until decide_next has returned NULL; texts
 *            handed out hold until the next call.
 * Limits:    the hold's (hold.h); page-bytes of a whole page, if rules judge or there are document
 *            rules. At a limit the oldest open question is decided: a run or block gives back,
 *            blank lines and short lines stay.
 * Errors:    none after decide_create but decide_no_memory. No input or output, no PCRE2; `until`
 *            comes by a callback.
 */
#ifndef DECHAFF_DECIDE_DECIDE_H
#define DECHAFF_DECIDE_DECIDE_H

#include "decide/hold.h"
#include "match/chosen.h"
#include "rules/rules.h"

/* Whether the `until` of the block rule RULE matches a line. */
typedef bool decide_until(void *context, uint32_t rule, const char *text, size_t length);

struct decide;

/*
 * CHOSEN is NULL if no rule weighs; else they are those of each document. keep_dropped: hand out
 * the texts of dropped lines too; else the texts of those that waited are NULL. NULL when memory is
 * short.
 */
struct decide *decide_create(const struct rules *rules, const struct chosen *chosen,
                             bool keep_dropped, decide_until *until, void *until_context);
void decide_destroy(struct decide *decide);

/* Starts a document; what was held of the one before must have been handed out. */
void decide_begin(struct decide *decide);

/* Where the next line that is not blank will stand. */
struct position decide_position(const struct decide *decide);

void decide_blank(struct decide *decide, const struct line *line);
void decide_line(struct decide *decide, const struct line *line, const struct matched *matched);

/* A piece of a line that is too long to be looked at: everything held is decided, it is kept. */
void decide_piece(struct decide *decide, const struct line *piece);

/* The document is over: everything held is decided. */
void decide_end(struct decide *decide);

/* Whether the document, which is over, was too long for the document rules. */
bool decide_gave_up(const struct decide *decide);

/* Whether memory was short for them: what they said means nothing. */
bool decide_no_memory(const struct decide *decide);

/* Hands out the next decided line, or NULL when none is left. */
const struct held *decide_next(struct decide *decide);

#endif
