/*
 * rejects -- every byte that does not come out, with the rule that dropped it.
 *
 * Model:     a JSON line each, in the order of the input:
 *              {"document":N,"line":N,"offset":N,"rule":"ID","put":N,"text":"..."}
 *            the number of the document, of the line in its text, and of the first byte in the
 *            input; what dropped it; how many bytes of the output took its place, left out where
 *            there are none; and the bytes, as "bytes" in base64 where they are no UTF-8. Where
 *            no rule is to be named there is "reason", one word, instead of "rule".
 *            The last line, {"end":true,"input":N,"output":N}, has the sizes of both.
 *            All this is enough to make the input from the output, whatever the format: see
 *            restore.h.
 * Errors:    the writer's.
 */
#ifndef DECHAFF_FLOW_REJECTS_H
#define DECHAFF_FLOW_REJECTS_H

#include "base/span.h"
#include "io/writer.h"

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

#endif
