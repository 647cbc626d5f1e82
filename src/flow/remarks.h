/*
 * remarks -- what of an input is most likely not what its user meant.
 *
 * Model:     whoever filters documents notes what became of them; what was noted of the parts of an
 *            input is added up, in their order, and then put into words. It does not depend on how
 *            the input was parted.
 * Ownership: constant texts; nothing is allocated.
 * Errors:    none.
 */
#ifndef DECHAFF_FLOW_REMARKS_H
#define DECHAFF_FLOW_REMARKS_H

#include "format/looks.h"

#include <stdint.h>

struct remarks {
    uint64_t texts;            /* that have a line that is not blank */
    uint64_t emptied;          /* of these, of which no such line is left */
    bool empty_go;             /* they are left out, as was asked for */
    const struct looks *looks; /* other than it is read as, or NULL */
};

enum remark { REMARK_LOOKS, REMARK_EMPTIED, REMARKS };

/* Adds what was noted of documents behind those of ALL. */
void remarks_add(struct remarks *all, const struct remarks *next);

/* Writes the remark on an input in FORMAT, terminated, without the input's name; false if there is
 * nothing to say. *is_grave: nothing is as it was meant, so the run needs a look. */
bool remarks_say(const struct remarks *remarks, enum remark which, const struct format *format,
                 char *text, size_t size, bool *is_grave);

#endif
