/*
 * judge -- the second look at a page's lines, once all of them are known.
 *
 * Model:     judge_begin, judge_take for each line in order, judge_end, then judge_line for each in
 *            the same order. The chain of track.h has looked at the lines first: from the logarithm
 *            of the odds that it gives a line, the rules that judge add or take away their weights,
 *            those whose conditions the line meets, its place in the page (whole.h) among them.
 *            Of a page in which next to nothing is article then, nobody can tell what is: once
 *            groups are judged, judge_count for each line, then judge_finds_nothing; and what a
 *            line has to be likelier than to stay says judge_threshold then.
 * Ownership: one for each stream; rules and lines are borrowed.
 * Limits:    as many lines as it was made for.
 * Errors:    NULL for a lack of memory, when made.
 */
#ifndef DECHAFF_DECIDE_JUDGE_H
#define DECHAFF_DECIDE_JUDGE_H

#include "decide/track_line.h"
#include "match/chosen.h"
#include "rules/rules.h"

struct judge;

struct judge *judge_create(const struct rules *rules, const struct chosen *chosen, size_t capacity);
void judge_destroy(struct judge *judge);

void judge_begin(struct judge *judge);
void judge_take(struct judge *judge, const struct track_line *line);
void judge_end(struct judge *judge);

/* The next line's probability is now the second look's, and its rules are those that judged it. */
void judge_line(struct judge *judge, struct track_line *line);

/* Counts the line as it is judged at last, with its group (groups.h). */
void judge_count(struct judge *judge, const struct track_line *line);

/* Whether the lines that were counted have less article than the parameter least-share says. */
bool judge_finds_nothing(const struct judge *judge);

/* More probable article than that, lines of a page that is judged in one stay: by the parameter
 * balance and the lines that were counted, one half at most. */
double judge_threshold(const struct judge *judge);

#endif
