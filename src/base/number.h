/*
 * number -- whole numbers as people write them for a program.
 *
 * Model:     digits, and k, M or G behind them for a power of 1024.
 * Ownership: plain values.
 * Errors:    false; the caller tells.
 */
#ifndef DECHAFF_BASE_NUMBER_H
#define DECHAFF_BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Reads TEXT, all of it, a number from 1 to MAXIMUM; else false, and *number as it was. */
bool number_read(const char *text, uint64_t maximum, uint64_t *number);

#endif
