/*
 * identity -- which file a name or a descriptor stands for.
 *
 * Model:     an open file is known by its device and inode; a name by those of the file it leads
 *            to, and by its place: the directory, and the name in it. So a file that does not exist
 *            yet is known, too, however it is spelled. Symbolic links are followed to their end;
 *            /dev/stdout, /dev/stderr and /dev/fd/N are the open descriptor.
 * Ownership: identity_free frees what is in one; what could not be found out is left empty, and is
 *            the same as nothing.
 * Errors:    false or NULL plus errno. Nothing is printed.
 */
#ifndef DECHAFF_IO_IDENTITY_H
#define DECHAFF_IO_IDENTITY_H

#include <stdbool.h>
#include <sys/stat.h>

struct inode {
    dev_t device;
    ino_t number;
};

struct identity {
    char *path;             /* where the links lead; NULL for a descriptor */
    const char *name;       /* its last part; NULL where there is no place */
    struct inode directory; /* that holds the name; only with one */
    struct inode file;      /* only if it exists */
    bool exists;
    bool is_regular;
    bool has_contents; /* a file or a pipe: what else is written to cannot be mixed up */
};

/* The descriptor that a name such as /dev/stdout stands for, or -1. Opening the file behind it
 * anew would start at its beginning, and replacing it would miss whoever holds it open. */
int identity_descriptor(const char *path);

/* Follows the links at the end of PATH, also to a file that does not exist yet, and stops at a
 * named descriptor. The caller frees it. *exists and *status are of the file, but for a descriptor.
 */
char *identity_follow(const char *path, bool *exists, struct stat *status);

/* Neither has anything to be freed. */
void identity_of_status(struct identity *identity, const struct stat *status);
void identity_of_descriptor(struct identity *identity, int fd);

/* The file that PATH is or would be, with SUFFIX after the end of its links; "" for none. False
 * when memory is short. */
bool identity_of_path(struct identity *identity, const char *path, const char *suffix);

/* By name and directory, for those who sort: below, at or above 0. Both have a place. */
int identity_compare_places(const struct identity *one, const struct identity *other);

/* Whether writing to the one would be writing to the other's contents. */
bool identity_is_same(const struct identity *one, const struct identity *other);

void identity_free(struct identity *identity);

#endif
