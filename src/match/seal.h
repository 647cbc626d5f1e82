/*
 * seal -- what stat says of an image and of the rule files that it was made of.
 *
 * Model:     a file beside the image. To see that an image is right each of its rule files has to
 *            be read and compared, which takes longer than all else that a start needs; a file
 *            whose device, inode, size and time of change are what they were when it last agreed
 *            needs only to be asked for these. The time of change (st_ctime) is the system's:
 *            nobody sets it back, as can be done with that of modification. git trusts its index
 *            by the same signs.
 * Limits:    the time is as coarse as the file system's clock: no seal is made of a file that was
 *            changed so shortly before that it could change again at the same time ("racy git"). A
 *            copy of the tree or of the image is another file, and not sealed.
 * Trust:     as an image, a seal must belong to root or the user, and nobody else may write to it.
 * Ownership: seal_release frees what is in one.
 * Errors:    none: without a seal files are compared.
 */
#ifndef DECHAFF_MATCH_SEAL_H
#define DECHAFF_MATCH_SEAL_H

#include "rules/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct seal_state;

struct seal {
    struct seal_state *states; /* of the image, then of its sources in their order */
    size_t count;              /* 0: there is none */
};

/* Whether it is a regular file that none but root or the user may write to. */
bool seal_trusts(const struct stat *status);

/* Notes the sources, the last of them first, if each one's path leads to its text. */
void seal_begin(struct seal *seal, const struct source *sources);

/* Writes it for the image at PATH, which was written as IMAGE; an older seal is removed in any
 * case. */
void seal_write(struct seal *seal, const char *path, const struct stat *image);

/* Reads that of the image at PATH, which is the file of IMAGE. */
void seal_read(struct seal *seal, const char *path, const struct stat *image);

/* Whether the file at PATH is what the source of that number, from 0, was when it was sealed. */
bool seal_holds(const struct seal *seal, size_t number, const char *path);

void seal_release(struct seal *seal);

#endif
