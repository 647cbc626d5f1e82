/*
 * resolve -- the lines of a hold meet the rules that hit them.
 *
 * Model:     the inner half of decide.h: each line, in order, gets its verdict from the first hit
 *            that comes to something. A run or a block with `until` has to see more first: it is
 *            pending, and holds the lines since its start. Inside a pending run an earlier rule
 *            may begin another one; they form a stack. One that succeeds claims its lines, one that
 *            fails gives them back, and they are looked at anew. After a soft cut the lines of
 *            prose that may be its end are pending too.
 * Ownership: the state is decide.c's; nothing else may use it.
 * Limits:    a pending for each line that may be held.
 * Errors:    none.
 */
#ifndef DECHAFF_DECIDE_RESOLVE_H
#define DECHAFF_DECIDE_RESOLVE_H

#include "decide/decide.h"
#include "decide/headline.h"
#include "decide/settle.h"
#include "decide/track.h"

#define RUNNING_MAX 4

/* The runs that are long enough and go on, the last in file order first; of more, the newest. */
struct running {
    uint32_t rules[RUNNING_MAX];
    uint32_t count;
};

/* A run or block that needs to see more lines before it is sure, or prose after a soft cut. */
struct pending {
    uint32_t rule; /* NO_RULE: none */
    uint64_t start;
    struct running running; /* when it began */
    uint32_t hit;           /* which of the start's hits it is */
    uint32_t lines;         /* run, prose: members; block: lines after the start */
    uint32_t paras;
};

struct decide {
    const struct rules *rules;
    bool keep_dropped;
    decide_until *until;
    void *until_context;
    struct hold *hold;
    struct track *track; /* NULL unless rules weigh */

    /* [first, examined) of the hold have met their rules, but for those a pending holds. */
    uint64_t examined;
    struct pending *pendings; /* a stack; each begins inside the one before */
    size_t depth;
    struct pending open; /* a block without `until`, dropping as it goes */
    struct running running;
    uint32_t cut; /* the cut that happened, or NO_RULE */

    /* [first, final) can't be taken back by a cut's back=N. */
    uint64_t final;
    uint32_t shorts; /* kept short lines in [final, examined) */
    uint32_t tails;  /* lines below `examined` that wait for prose; they have no verdict */
    uint64_t tail;   /* the first of them */

    bool awaits_head; /* nothing is handed out until it is clear what the article's first line is */
    uint64_t concluded; /* lines that are not blank, as far as a head rule may ask */

    struct headline headline; /* of lines that rules weigh */
    struct settle settle;

    struct held direct; /* a line decided at once, borrowed */
    bool has_direct;

    uint64_t lines; /* not blank, of this document */
    uint64_t words; /* kept, counted up to the rules' max_after */
    bool last_was_blank;
};

/* Gives a verdict to every line that can have one by now. */
void resolve_examine(struct decide *decide);

/* The newest pending comes to nothing; there is one. */
void resolve_fail(struct decide *decide);

/* The newest pending is decided so that its lines may stay; there is one. */
void resolve_force(struct decide *decide);

/* Puts the oldest of the short lines that wait out of a cut's reach; there is one. */
void resolve_release_short(struct decide *decide);

/* Whether a kept line is within reach of a cut's back=N. */
bool resolve_is_short(const struct decide *decide, const struct held *entry);

/* Whether the line reads as prose: it is not short, and ends a sentence. */
bool resolve_is_prose(const struct decide *decide, const struct held *entry);

/* Counts the words of a kept line, as far as rules ask for them. */
void resolve_count_words(struct decide *decide, const struct held *entry);

#endif
