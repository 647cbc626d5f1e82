/*
 * random -- numbers that look like chance, and are the same in each run.
 *
 * Model:     a state, which the test begins with a number of its own; each call changes it.
 */
#ifndef DECHAFF_TESTS_RANDOM_H
#define DECHAFF_TESTS_RANDOM_H

/* The next number below 32768. */
static inline unsigned random_next(unsigned *state)
{
    *state = *state * 1103515245 + 12345;
    return *state / 65536 % 32768;
}

#endif
