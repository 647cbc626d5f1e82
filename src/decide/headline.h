/*
 * headline -- which of the lines before an article is its headline.
 *
 * Model:     rules mark lines that look like headlines. A marked line that is to go, before the
 *            article has begun, waits. When the first line of the article comes, the waiting line
 *            stays for which most speaks: words in common with that line, by their stems, and being
 *            set in the middle, or farther out. Of equals the first stays, unless a later one is
 *            its beginning or its end. Without a word in common, farther away without two, none
 *            stays that is not in the middle. The others go as they would have gone.
 * Ownership: the hold is the caller's; a line that waits has no verdict there.
 * Limits:    the line that waits and those behind it, up to the article, are fewer than
 *            HEADLINE_LINES, and within the hold's bytes.
 * Errors:    none; nothing is allocated.
 */
#ifndef DECHAFF_DECIDE_HEADLINE_H
#define DECHAFF_DECIDE_HEADLINE_H

#include "decide/hold.h"

#define HEADLINE_LINES 48

/* A line that waits. */
struct headline_waiting {
    uint64_t sequence; /* in the hold */
    uint64_t number;   /* among the lines that came by */
};

struct headline {
    struct hold *hold;
    bool is_wanted;                                  /* titles are to be kept */
    bool is_over;                                    /* the article has begun */
    uint64_t lines;                                  /* that came by */
    struct headline_waiting waiting[HEADLINE_LINES]; /* the oldest first */
    uint32_t count;
};

/* Starts a document. */
void headline_begin(struct headline *headline);

/* The line of the hold got its verdict, which may be taken back so that the line waits. Lines come
 * in order, blank ones don't. */
void headline_pass(struct headline *headline, uint64_t sequence);

/* The oldest that waits waits no more, and goes; there is one. */
void headline_release(struct headline *headline);

/* No article will begin: all that wait go. */
void headline_give_up(struct headline *headline);

/* The lines of the hold below this one, and below FINAL, do not wait. */
uint64_t headline_limit(const struct headline *headline, uint64_t final);

#endif
