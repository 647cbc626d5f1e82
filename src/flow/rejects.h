/*
 * rejects -- every byte that does not come out, with the rule that dropped it; and the input again.
 *
 * Model:     rejects_add writes a JSON line for each stretch of bytes, in the order of the input:
 *              {"document":N,"line":N,"offset":N,"rule":"ID","put":N,"text":"..."}
 *            the number of the document, of the line in its text, and of the first byte in the
 *            input; what dropped it; how many bytes of the output took its place, left out where
 *            there are none; and the bytes, as "bytes" in base64 where they are no UTF-8. Where
 *            no rule is to be named there is "reason", one word, instead of "rule".
 *            The last line, {"end":true,"input":N,"output":N}, has the sizes of both.
 *            All this is enough to make the input from the output, whatever the format:
 *            everything between two stretches is the output's. rejects_restore does so.
 * Ownership: descriptors and writers are the caller's.
 * Limits:    to restore, a line of the rejects and what it holds are in memory.
 * Errors:    the writer's; of rejects_restore enum restore_status, and for RESTORE_UNFIT *fault
 *            says what doesn't fit, and the line of the rejects or 0. What was written before is
 *            right as far as it goes.
 */
#ifndef DECHAFF_FLOW_REJECTS_H
#define DECHAFF_FLOW_REJECTS_H

#include "base/span.h"
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
bool rejects_end(struct writer *writer, uint64_t input, uint64_t output);

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

/* Writes the input again, from the descriptors of the rejects and of the output. */
enum restore_status rejects_restore(int rejects, int output, struct writer *writer,
                                    struct restore_fault *fault);

#endif
