/*
 * path -- the directory and the last part of a path.
 *
 * Ownership: the caller frees what path_join returns.
 * Errors:    NULL when memory is short.
 */
#ifndef DECHAFF_IO_PATH_H
#define DECHAFF_IO_PATH_H

#include <stddef.h>

/* The first LENGTH bytes of one string and then another. */
char *path_join(const char *head, size_t length, const char *tail);

/* How much of a path is its directory, up to and with the last slash. */
size_t path_directory_length(const char *path);

#endif
