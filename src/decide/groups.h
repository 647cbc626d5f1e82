/*
 * groups -- lines in a row that are alike, judged together.
 *
 * Model:     lines that group rules hit, one behind the other, with no more than one blank line
 *            between two, are one group: a list, a table, the lines of a poem. Each is indented as
 *            the one before it; or no less than the first, and one rule hits both. After the second
 *            look (judge.h) all of it stays or goes: by the mean of its lines' odds, and of the
 *            weights of its rules the largest above 0 and the least below. Those that ask for it
 *            (enclosed) count only where the lines before and behind the group stay. A line alone
 *            is no group, nor are those of which no rule counts.
 * Ownership: borrows all it is given.
 * Limits:    none of its own; one pass over the lines.
 * Errors:    none.
 */
#ifndef DECHAFF_DECIDE_GROUPS_H
#define DECHAFF_DECIDE_GROUPS_H

#include "decide/track_line.h"
#include "match/chosen.h"

/* Lines of a page that were judged one by one: [from, to) of a ring of CAPACITY, a power of two. */
struct groups_page {
    struct track_line *lines;
    size_t capacity;
    uint64_t from;
    uint64_t to;
};

/* Sets `joint` of all lines: of those in no group to their probability. Takes the group rules that
 * came to nothing out of what weighs a line. */
void groups_judge(const struct groups_page *page, const struct chosen *chosen,
                  const struct rule *rules);

#endif
