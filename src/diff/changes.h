/*
 * changes -- what comes out otherwise when new rules take the place of old ones, counted.
 *
 * Model:     for each document changes_begin, its lines, changes_end; of each thread its own, which
 *            changes_merge brings together, in any order. A line is lost if only the old rules keep
 *            it, gained if only the new ones do, edited if both do and strip rules leave different
 *            texts. A lost line counts for the new rule that drops it, a gained one for the old
 *            rule that dropped it, an edited one for the rule that takes more from it.
 * Ownership: the sets of rules are borrowed; changes_destroy frees the rest.
 * Limits:    memory for the rules, `samples` lines for each that changes anything, and hosts.h's.
 * Errors:    false and NULL when memory is short.
 */
#ifndef DECHAFF_DIFF_CHANGES_H
#define DECHAFF_DIFF_CHANGES_H

#include "diff/hosts.h"
#include "diff/join.h"
#include "diff/samples.h"
#include "rules/rules.h"

/* What changes by one rule; the words are those lost by a new one, or gained from an old one. */
struct rule_changes {
    uint64_t lines;
    uint64_t edited;
    uint64_t words;
    struct samples samples;
};

struct changes {
    const struct rules *sets[SIDES];
    uint32_t samples; /* for each rule at the most */
    uint64_t documents;
    uint64_t changed; /* documents */
    uint64_t lines;   /* that are not blank */
    uint64_t words;
    uint64_t words_kept[SIDES];
    uint64_t words_either; /* that one of the two keeps */
    struct change_counts all;
    struct rule_changes *by_rule[SIDES]; /* the last one is of no rule */
    struct hosts hosts;
    struct change_counts document; /* the one at hand */
    uint64_t number;               /* of it */
};

/* A rule of one of the sets, by which lines change. */
struct change_row {
    enum side side;
    uint32_t rule; /* or NO_RULE */
    const struct rule_changes *changes;
};

struct changes *changes_create(const struct rules *old, const struct rules *new, uint32_t samples);
void changes_destroy(struct changes *changes);

/* NUMBER is the document's in the run. */
void changes_begin(struct changes *changes, uint64_t number);
bool changes_line(struct changes *changes, const struct joined *line);

/* HOST is empty if the document has none. */
bool changes_end(struct changes *changes, struct span host);

bool changes_merge(struct changes *changes, const struct changes *other);

/* Puts hosts and samples in order, after all was added. */
void changes_finish(struct changes *changes);

/* The words that are lost or gained, in per cent of those that one of the two keeps. */
double changes_percent(const struct changes *changes);

/* The rules by which anything changes, those of most words first; the caller frees them. */
struct change_row *changes_rank(const struct changes *changes, size_t *count);

#endif
