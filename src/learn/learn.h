/*
 * learn -- rules for sites, learnt from the lines that their pages share.
 *
 * Model:     a learner for each thread takes pages, line by line; learn_write then writes the rules
 *            that follow from all that they took, or, with `counts`, what was seen, as records,
 *            which learn_add takes in again. What a learner sees is kept in memory; when that is
 *            full, it is sorted and written to the spool. At the end these texts are merged. So
 *            nothing depends on the order of the pages, nor on who saw which.
 * Ownership: learn_destroy frees it all; the wishes are borrowed.
 * Limits:    `memory` bytes for all learners together, what sorting takes included, and a page;
 *            then, while sites are merged, a buffer for each text, and what study.h says.
 * Errors:    enum learn_status.
 */
#ifndef DECHAFF_LEARN_LEARN_H
#define DECHAFF_LEARN_LEARN_H

#include "learn/study.h"

#define LEARN_MEMORY ((size_t)128 * 1024 * 1024)
#define LEARN_PAGES 3
#define LEARN_SHARE 10.0
#define LEARN_PROSE_SHARE 30.0
#define LEARN_SURE_PAGES 10
#define LEARN_SURE_SHARE 50.0
#define LEARN_MOST_KEPT 10.0

struct learn_wishes {
    struct study_wishes study;
    size_t memory;
    bool counts; /* write what was seen, not rules */
    bool merges; /* what is read are counts */
    int spool;   /* of spool_make */
};

enum learn_status {
    LEARN_OK,
    LEARN_NO_READ,  /* errno */
    LEARN_NO_SPOOL, /* learn_fault tells */
    LEARN_BAD,      /* it was not written so, or is cut short */
    LEARN_NO_WRITE, /* the writer's */
    LEARN_NO_MEMORY
};

struct learn;
struct learner;

/* NULL when memory is short. */
struct learn *learn_create(const struct learn_wishes *wishes, unsigned learners);
void learn_destroy(struct learn *learn);

struct learner *learn_learner(struct learn *learn, unsigned number);

/* What rules make of a line, if any are asked. */
enum learn_fate { LEARN_UNKNOWN, LEARN_GOES, LEARN_STAYS };

/* A page of a site; then its lines, as they were read, and its end. */
enum learn_status learner_begin(struct learner *learner, struct span site);
enum learn_status learner_line(struct learner *learner, struct span line, enum learn_fate fate);
enum learn_status learner_end(struct learner *learner);

/* Takes in the counts that BEGUN and what can be read from FD are. */
enum learn_status learn_add(struct learn *learn, int fd, struct span begun);

/* Once all was taken in. */
enum learn_status learn_write(struct learn *learn, struct writer *out);

/* What is wrong with the spool, terminated. */
void learn_fault(const struct learn *learn, char *text, size_t size);

#endif
