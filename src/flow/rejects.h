/*
 * rejects -- every byte that does not come out, with the rule that dropped it; and the input again.
 *
 * Model:     rejects_add writes a JSON line for each stretch of bytes, in the order of the input:
 *              {"document":N,"line":N,"offset":N,"rule":"ID","put":N,"text":"..."}
 *            the number of the document, of the line in its text, and of the first byte in the
 *            input; what dropped it; how many bytes of the output took its place, left out where
 *            there are none; and the bytes, as "bytes" in base64 where they are no UTF-8. Where
 *            no rule is to be named there is "reason", one word, instead of "rule".
 *            The last line is of both texts as a whole:
 *              {"end":true,"input":N,"output":N,"input-sha512":"HEX","output-sha512":"HEX"}
 *            All this is enough to make the input from the output, whatever the format:
 *            everything between two stretches is the output's. rejects_restore does so, and knows
 *            by the last line that the output was the right one, and that the input is.
 * Ownership: descriptors, writers and tallies are the caller's.
 * Limits:    to restore, a line of the rejects and what it holds are in memory.
 * Errors:    the writer's; of rejects_restore enum restore_status, and for RESTORE_UNFIT and
 *            RESTORE_UNSURE *fault says why, and has the line of the rejects or 0. What was written
 *            before counts for nothing after RESTORE_UNFIT.
 */
#ifndef DECHAFF_FLOW_REJECTS_H
#define DECHAFF_FLOW_REJECTS_H

#include "base/span.h"
#include "flow/tally.h"
#include "io/writer.h"

#include <stdint.h>

struct reject {
    uint64_t document;
    uint64_t line; /* 0: none */
    uint64_t offset;
    const char *rule; /* an id, or NULL */
    const char *reason;
    struct span bytes;
    size_t put;
};

bool rejects_add(struct writer *writer, const struct reject *reject);

/* Writes the last line; the tallies have ended with it. */
bool rejects_end(struct writer *writer, struct tally *input, struct tally *output);

enum restore_status {
    RESTORE_OK,
    RESTORE_UNSURE,     /* the sizes are right, but the rejects are older ones without digests */
    RESTORE_UNFIT,      /* not these rejects to this output, or one of them is not what it was */
    RESTORE_NO_READ,    /* of the output; errno says why */
    RESTORE_NO_REJECTS, /* could not be read; the same */
    RESTORE_NO_WRITE,
    RESTORE_NO_MEMORY
};

struct restore_fault {
    const char *what;
    uint64_t line;
};

/* Writes the input again, from the descriptors of the rejects and of the output; of the latter
 * BEGUN was read already. */
enum restore_status rejects_restore(int rejects, int output, struct span begun,
                                    struct writer *writer, struct restore_fault *fault);

#endif
