/*
 * number -- numbers: compared, and as people write them for a program.
 *
 * Model:     digits, and k, M or G behind them for a power of 1024; a percentage has no unit.
 * Ownership: plain values.
 * Errors:    false; the caller tells.
 */
#ifndef DECHAFF_BASE_NUMBER_H
#define DECHAFF_BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

static inline uint64_t number_smaller(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

static inline uint64_t number_larger(uint64_t one, uint64_t other)
{
    return one > other ? one : other;
}

/* For those who sort: below, at or above 0. */
static inline int number_compare(uint64_t one, uint64_t other)
{
    return one < other ? -1 : one > other;
}

/* Reads TEXT, all of it, a number from 1 to MAXIMUM; else false, and *number as it was. */
bool number_read(const char *text, uint64_t maximum, uint64_t *number);

/* The same for a decimal number from 0 to 100; the locale must be the C one. */
bool number_percent(const char *text, double *percent);

#endif
