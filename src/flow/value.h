/*
 * value -- arguments of options: numbers, and files.
 *
 * Errors:    false for what is no such number; the result is left alone then.
 */
#ifndef DECHAFF_FLOW_VALUE_H
#define DECHAFF_FLOW_VALUE_H

#include <stdbool.h>
#include <stddef.h>

/* A positive number of bytes, with k, M or G for powers of 1024. */
bool value_bytes(const char *text, size_t *bytes);

/* A number from 1 to MOST, or 0 for that of the processors. */
bool value_jobs(const char *text, unsigned most, unsigned *jobs);

/* A decimal number from 0 to 100; the locale must be the C one. */
bool value_percent(const char *text, double *percent);

/* Whether two paths are one regular file, or the same words. */
bool value_is_same_file(const char *one, const char *other);

#endif
