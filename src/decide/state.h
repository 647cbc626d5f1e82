/*
 * state -- what decide knows of a document while it is filtered.
 *
 * Model:     one struct decide for each stream. decide.c takes lines in and hands them out,
 *            resolve.c finds the rule that decides a line, verdict.c gives verdicts and takes them
 *            back. Only files of this folder include this header.
 * Ownership: decide_destroy frees it.
 * Limits:    a pending for each line that may be held.
 */
#ifndef DECHAFF_DECIDE_STATE_H
#define DECHAFF_DECIDE_STATE_H

#include "decide/about.h"
#include "decide/decide.h"
#include "decide/discard.h"
#include "decide/headline.h"
#include "decide/settle.h"
#include "decide/track.h"

#define RUNNING_MAX 4

/* The runs that are long enough and go on, the last in file order first; of more, the newest. */
struct running {
    uint32_t rules[RUNNING_MAX];
    uint32_t count;
};

/* The lines [from, to) of the hold that are known not to end a block of a rule. */
struct searched {
    uint64_t from;
    uint64_t to;
};

/* A run or block that needs to see more lines before it is sure, or prose after a soft cut. */
struct pending {
    uint32_t rule; /* NO_RULE: none */
    uint64_t start;
    struct running running; /* when it began */
    uint32_t hit;           /* which of the start's hits it is */
    uint32_t lines;         /* run, prose: members */
    uint64_t first_line;    /* block: the ordinal of its first line, 0 before that one */
    uint64_t first_paragraph;
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
    struct searched *searched; /* one a rule */
    struct pending open;       /* a block without `until`, dropping as it goes */
    struct running running;
    uint32_t cut; /* the cut that happened, or NO_RULE */

    /* [first, final) can't be taken back by a cut's back=N. */
    uint64_t final;

    /* Where rules weigh, [first, entered) are in the chain, and [first, weighed) have its verdict.
     */
    uint64_t entered;
    uint64_t weighed;

    uint32_t shorts; /* kept short lines in [final, examined) */
    uint32_t tails;  /* lines below `examined` that wait for prose; they have no verdict */
    uint64_t tail;   /* the first of them */

    bool awaits_head; /* nothing is handed out until it is clear what the article's first line is */
    uint64_t concluded; /* lines that are not blank, as far as a head rule may ask */

    struct about about;
    struct headline headline; /* of lines that rules weigh */
    struct settle settle;
    struct discard discard; /* what the document rules say, at its end */

    struct held direct; /* a line decided at once, borrowed */
    bool has_direct;

    uint64_t lines; /* not blank, of this document */
    uint64_t paragraphs;
    uint64_t words;         /* kept, counted up to COUNTED_WORDS */
    uint64_t counted_words; /* the rules' max_after, where none weighs */
    bool last_was_blank;
    uint64_t above;   /* marks of the paragraph's lines so far */
    bool asks_behind; /* a rule does */
    bool waits_apart; /* a page that is judged holds more lines than rules that decide may wait for
                       */
    enum behind behind; /* what the next line stands behind, blank lines between them or not */
};

#endif
