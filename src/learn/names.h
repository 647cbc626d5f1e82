/*
 * names -- lines of a site that begin alike and go on with a name: "By Jane Doe", "By John Roe".
 *
 * Model:     such a line begins with a word, and words behind it that have no capital at their
 *            beginning; then come two to four that have one, and at last signs, or nothing. Lines
 *            with the same beginning are a group. It is taken for one of names if most of the
 *            lines that begin so do go on with two to four such words: of "The Long Road" and "The
 *            road is long" there are both. The templates of a site come in their order, so that
 *            those of a group come together.
 * Ownership: a group owns what it points to, until the next call.
 * Limits:    NAMES_DEPTH groups at a time, each within the one before: others are none. Of a group
 *            one number a page is kept, and as many again.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_LEARN_NAMES_H
#define DECHAFF_LEARN_NAMES_H

#include "base/arena.h"
#include "learn/record.h"

#define NAMES_DEPTH 4

/* Of the lines that begin so, three of four go on with a name. */
#define NAMES_MOST 3
#define NAMES_OF 4

struct names_group {
    struct arena arena;
    struct span beginning; /* of the keys, with the blank before the names */
    struct span rest;      /* of the keys, behind the names */
    struct span text;      /* of the first line */
    struct span other;     /* the first that goes on with a small letter, or nothing */
    uint32_t *pages;
    uint32_t count;
    uint32_t room;
    uint32_t lines; /* that begin so */
    uint32_t named; /* of these, that go on with a name */
    uint32_t once;  /* of those, that are on one page */
};

/* Zeroed at first. */
struct names {
    struct names_group groups[NAMES_DEPTH + 1]; /* the last one is what was handed out */
    uint32_t count;
};

/* Hands out a group that is over where the next template has that key, its pages sorted, or NULL.
 * An empty key ends all. */
struct names_group *names_over(struct names *names, struct span key);

/* Takes in the next template, once no group is over. */
bool names_take(struct names *names, const struct seen_line *line);

/* Whether the lines of the group go on with names, LEAST of which are on a page each. */
bool names_are(const struct names_group *group, uint32_t least);

/* The key of a template that stands for all of them, in the arena; NULL text when memory is short.
 */
struct span names_key(const struct names_group *group, struct arena *arena);

void names_release(struct names *names);

#endif
