/*
 * balance -- how well a page can be told apart, by how likely its lines are article.
 *
 * Model:     of each line its probability and its words. Were the lines kept that are likelier than
 *            some threshold, precision and recall could be expected to come to an F1; balance_f1
 *            is the best. What is likelier than half of that is worth keeping: it adds more to what
 *            is right than it takes by what is wrong (Lewis 1995; Ye et al. 2012).
 * Ownership: a value.
 * Limits:    probabilities are told apart to one per cent, so that no lines need be sorted.
 * Errors:    none.
 */
#ifndef DECHAFF_DECIDE_BALANCE_H
#define DECHAFF_DECIDE_BALANCE_H

#include <stddef.h>

enum { BALANCE_STEPS = 101 };

struct balance {
    double words[BALANCE_STEPS];   /* by per cent */
    double article[BALANCE_STEPS]; /* words of it to be expected */
};

/* Starts a page. */
void balance_begin(struct balance *balance);

/* The next line: PROBABILITY is from 0 to 1. */
void balance_add(struct balance *balance, double probability, size_t words);

/* The best F1 to be expected, from 0 to 1; of no words 0. */
double balance_f1(const struct balance *balance);

#endif
