/*
 * spool -- texts of records on disk, in one file without a name.
 *
 * Model:     the file is made before the process is confined, in $TMPDIR or else /tmp; whether that
 *            went well counts only once something is to be written. spool_put adds a text, which
 *            learners of other threads may do as well, and spool_add one that is read from a
 *            descriptor. Each can then be read for itself.
 * Ownership: spool_close frees all, and the file is gone with it.
 * Errors:    enum spool_status; `error` says why, and errno for SPOOL_NO_READ.
 */
#ifndef DECHAFF_LEARN_SPOOL_H
#define DECHAFF_LEARN_SPOOL_H

#include "learn/record.h"

#include <pthread.h>

struct spool_text {
    off_t offset;
    uint64_t size;
};

struct spool {
    int fd;    /* or -1 */
    int error; /* of what failed last, an errno */
    off_t end;
    struct spool_text *texts;
    size_t count;
    pthread_mutex_t lock;
};

enum spool_status { SPOOL_OK, SPOOL_NO_READ, SPOOL_NO_WRITE, SPOOL_NO_MEMORY };

/* The directory that the file is in. */
const char *spool_directory(void);

/* What may be given to spool_begin: a descriptor, or -1 less an errno. */
int spool_make(void);

bool spool_begin(struct spool *spool, int made);
void spool_close(struct spool *spool);

/* Has WRITE put a text of records, with its context. */
enum spool_status spool_put(struct spool *spool, bool (*write)(void *context, struct writer *out),
                            void *context);

/* Adds BEGUN and what can be read from FD, to its end. */
enum spool_status spool_add(struct spool *spool, int fd, struct span begun);

#endif
