/*
 * report -- text for the user, built in memory, so that only filter.c prints.
 *
 * Model:     report_open, stdio calls on report.stream, report_close.
 * Ownership: the caller frees what report_close returns.
 * Errors:    report_close returns NULL when memory was short at any time; stdio calls on a NULL
 *            stream must not happen: look at what report_open returns.
 */
#ifndef DECHAFF_BASE_REPORT_H
#define DECHAFF_BASE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct report {
    FILE *stream;
    char *text;
    size_t size;
};

bool report_open(struct report *report);
char *report_close(struct report *report);

#endif
