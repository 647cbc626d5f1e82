/*
 * restore -- the input again, from the output and what was rejected.
 *
 * Model:     rejects.h's lines say, in order, where in the input bytes were dropped, which, and how
 *            many of the output's bytes stand there instead; everything between is the output's.
 * Ownership: descriptors and writer are the caller's.
 * Limits:    a line of the rejects and what it holds are in memory.
 * Errors:    enum restore_status; for RESTORE_UNFIT *fault says what doesn't fit, and *line the
 *            line of the rejects or 0. What was written before is right as far as it goes.
 */
#ifndef DECHAFF_FLOW_RESTORE_H
#define DECHAFF_FLOW_RESTORE_H

#include "io/writer.h"

enum restore_status {
    RESTORE_OK,
    RESTORE_UNFIT,
    RESTORE_NO_READ,    /* of the output; errno says why */
    RESTORE_NO_REJECTS, /* could not be read; the same */
    RESTORE_NO_WRITE,
    RESTORE_NO_MEMORY
};

struct restore_fault {
    const char *what;
    uint64_t line;
};

enum restore_status restore(int rejects, int output, struct writer *writer,
                            struct restore_fault *fault);

#endif
