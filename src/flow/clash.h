/*
 * clash -- the files of a run of which one would overwrite or follow another.
 *
 * Model:     inputs, output, backups and rejects are compared as io/identity knows them. The
 *            output may replace an input, when all of it was read; nothing else may be two things.
 * Ownership: what is found borrows from the wishes.
 * Errors:    false when memory is short. A file that cannot be looked at is the same as none: who
 *            opens it will say so.
 */
#ifndef DECHAFF_FLOW_CLASH_H
#define DECHAFF_FLOW_CLASH_H

#include "flow/flow.h"

struct clash {
    const char *format; /* what is wrong, with a %s for `name`; NULL for nothing */
    const char *name;
};

/* OUTPUT is NULL for standard output, RESTORE and LIST for none. */
bool clash_find(struct clash *clash, const struct flow_wishes *wishes, const char *output,
                const char *restore, const char *list);

#endif
