/*
 * batch -- some whole documents that are filtered one after the other, and what came of them.
 *
 * Model:     an intake fills it, a worker filters it, the writer of the output empties it.
 * Ownership: everything in it is its own; batch_destroy frees it.
 * Limits:    BATCH_DOCUMENTS documents. Of memory beyond BATCH_KEPT bytes none is kept for the
 *            next ones.
 * Errors:    false or NULL when memory is short.
 */
#ifndef DECHAFF_FLOW_BATCH_H
#define DECHAFF_FLOW_BATCH_H

#include "flow/remarks.h"
#include "format/document.h"

#define BATCH_DOCUMENTS ((size_t)16384)
#define BATCH_KEPT ((size_t)1024 * 1024)

/* Something to report. */
struct fault {
    uint64_t document; /* its number in the input */
    uint64_t offset;   /* in the input: of the document */
    uint64_t line;     /* of its text, or 0 */
    size_t column;     /* in bytes from 1, or 0 */
    const char *reason;
};

struct batch {
    const struct format *format;
    char *bytes;
    size_t size;
    size_t capacity;
    size_t *ends; /* of the documents in the bytes */
    size_t count;
    size_t ends_capacity;
    uint64_t number;         /* of the first document in the input, from 1 */
    uint64_t offset;         /* of the first byte in the input */
    uint64_t first_document; /* of the input, among all of the run's, from 0 */
    uint64_t first_offset;
    bool is_part; /* of a document that is over the limit */
    bool is_first_part;

    struct writer *out;
    struct writer *rejects;
    struct remarks remarks;
    struct fault *faults;
    size_t fault_count;
    size_t fault_capacity;
    bool no_memory;
    bool no_spool; /* a learner could not keep what it saw */
    bool is_fatal; /* the last fault ends the run */
};

struct batch *batch_create(void);
void batch_destroy(struct batch *batch);

/* Forgets everything, and gives back what is more than usual. */
void batch_clear(struct batch *batch);

/* Makes room for so many bytes more. */
bool batch_reserve(struct batch *batch, size_t size);

/* The last document ends at END. */
bool batch_add_end(struct batch *batch, size_t end);

/* The document numbered INDEX, from 0. */
struct span batch_document(const struct batch *batch, size_t index);

bool batch_add_fault(struct batch *batch, const struct fault *fault);

/* Writes what the fault is about and what it is, terminated, without the input's name. */
void batch_fault_text(const struct batch *batch, const struct fault *fault, char *text,
                      size_t size);

#endif
