/*
 * passing -- the pass rules of a set, and which of them can match a line.
 *
 * Model:     most pass rules ask for words, by which a prefilter of their own refuses them. It is
 *            asked about the few lines that another rule hits; by the plain engine, which tries
 *            them all, only where one came to its limit.
 * Ownership: one for each stream; passing_release frees what it has, the engine is borrowed.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_MATCH_PASSING_H
#define DECHAFF_MATCH_PASSING_H

#include "match/engine.h"

#include <stdbool.h>

struct passing {
    uint32_t *list; /* in the order of the rules */
    uint32_t count;
    uint32_t *numbers;                 /* by rule: that the prefilter has it by, or NO_RULE */
    struct prefilter_scratch *scratch; /* NULL: there are none */
    uint64_t *named;                   /* a set of numbers: those that can match the line at hand */
};

/* It starts zeroed; either way passing_release is due. */
bool passing_init(struct passing *passing, const struct engine *engine);
void passing_release(struct passing *passing);

/* Finds out which can match a line. */
void passing_look(const struct passing *passing, const struct engine *engine, const char *text,
                  size_t length);

/* Whether the rule can match the line that was looked at. */
bool passing_can_match(const struct passing *passing, uint32_t rule);

#endif
