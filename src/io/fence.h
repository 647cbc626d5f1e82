/*
 * fence -- which files a process may still open: Landlock on Linux, unveil(2) on OpenBSD.
 *
 * Model:     fence_open -> fence_allow for each -> fence_close, from where on nothing else can be
 *            opened. For sandbox.h alone, which says why and when.
 *            On Linux a rule is about the file that has the name now, not about the name: another
 *            that takes its place is refused. What no file system has that could be mounted, a pipe
 *            behind /dev/fd/N, needs no rule.
 * Ownership: fence_close frees; fence_open holds one descriptor until then.
 * Errors:    below.
 */
#ifndef DECHAFF_IO_FENCE_H
#define DECHAFF_IO_FENCE_H

#include <stdbool.h>

enum fence_right {
    FENCE_READ,   /* the file; a directory is opened and no more */
    FENCE_BELOW,  /* to read all that lies below the directory */
    FENCE_RUN,    /* the same, and to run it */
    FENCE_WRITE,  /* the file or device as it is */
    FENCE_REPLACE /* files below the directory: read, make, link, rename, remove them */
};

struct fence {
    int rules; /* a descriptor, or -1 */
    bool has_failed;
};

/* The version of what the kernel has, 0 for nothing. */
int fence_version(void);

/* What it is called here. */
const char *fence_name(void);

void fence_open(struct fence *fence);

/* False with errno if there is no way to PATH: who opens it will be told the same. */
bool fence_allow(struct fence *fence, const char *path, enum fence_right right);

/* NULL, or why there is no fence. The process can have no new privileges by now. */
const char *fence_close(struct fence *fence);

#endif
