/*
 * place -- a name in a directory, and the file that takes it in one step.
 *
 * Model:     place_create makes a file without a name, which is gone when it is closed, however the
 *            program ends. place_put gives it one once it is complete: at each moment that name has
 *            all of the old file or all of the new. Linux makes and links such files (O_TMPFILE);
 *            elsewhere a new file loses its name at once, and what it has is copied to be named.
 *            No link is followed. Signals wait while a temporary name is in use: only SIGKILL or a
 *            crash of the system can leave one behind, one at most.
 * Ownership: descriptors are the caller's.
 * Errors:    false or -1 plus errno; then the directory is as it was. Nothing is printed.
 */
#ifndef DECHAFF_IO_PLACE_H
#define DECHAFF_IO_PLACE_H

#include <stdbool.h>
#include <sys/stat.h>

/* A descriptor of the directory that can at least be searched, and be synchronised if it may be
 * read; or -1. */
int place_open_directory(const char *path);

/* A new file to be named in DIRECTORY, open for reading and writing, or -1. */
int place_create(int directory, mode_t mode);

/* Gives the file its name. STATUS is of the older file whose owner and mode it has got, or NULL. */
bool place_put(int directory, const char *name, int fd, const struct stat *status);

/* Gives the file NAME, whose descriptor and status these are, a second one: by a link or, on file
 * systems that have none, as a copy. */
bool place_add(int directory, const char *name, int fd, const struct stat *status,
               const char *second);

/* Copies all that one file has, with its owner and mode, and brings it to disk. */
bool place_copy(int from, int to, const struct stat *status);

/* Gives the file that status's owner, group and mode, or less; see Rights in replacement.h. */
bool place_keep_rights(int fd, const struct stat *status);

/* A directory that cannot be synchronised is no failure: nothing more can be done. */
bool place_sync(int directory);

#endif
