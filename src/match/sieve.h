/*
 * sieve -- of a set of rules, those that all of many values suit.
 *
 * Model:     the tables of what is asked (ranges.h) stand in a row, first what changes least from
 *            line to line. Kept is which rules in no section the values of the last line suited, by
 *            the tables up to each: only what stands behind the first change is found anew.
 * Ownership: one for each stream; the tables are borrowed. sieve_release frees what sieve_init
 *            took.
 * Limits:    SIEVE_MOST tables.
 * Errors:    false when memory is short; either way sieve_release is due.
 */
#ifndef DECHAFF_MATCH_SIEVE_H
#define DECHAFF_MATCH_SIEVE_H

#include "match/ranges.h"

#define SIEVE_MOST 32

struct sieve_step {
    const struct ranges *ranges;
    unsigned which; /* of the values it is */
    uint32_t value; /* of the last line, as the next */
    const uint64_t *suited;
};

struct sieve {
    struct sieve_step steps[SIEVE_MOST];
    size_t count;
    struct ranges_span span; /* of the words that any table asks in */
    uint64_t *passed;        /* that span of a set: what is before each step, and behind the last */
};

/* ORDER has the numbers of the COUNT TABLES, what changes least first. The first WORDS words of a
 * set have the rules in no section. */
bool sieve_init(struct sieve *sieve, const struct ranges *tables, const uint8_t *order,
                size_t count, size_t words);
void sieve_release(struct sieve *sieve);

/* Takes those out of SET that one of VALUES, which are in the tables' order, does not suit. */
void sieve_sift(struct sieve *sieve, const uint32_t *values, const struct ranges_words *words,
                uint64_t *set);

#endif
