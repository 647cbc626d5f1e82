/*
 * intake -- chunks of a file descriptor in, batches of whole documents out.
 *
 * Model:     one input at a time. A read that completes a document makes a batch of all that are
 *            complete then; the beginning of the next one waits for the next batch. A document
 *            over the limit comes in parts, each a batch of its own that says so.
 *            How the input was chunked changes the batches, never the documents.
 * Ownership: the descriptor and the batches are the caller's.
 * Limits:    a document, in bytes: `limit`; one read and a document are held at most.
 * Errors:    a failed read ends the input: what came before it is handed out first, then
 *            INTAKE_ERROR with errno. INTAKE_NO_MEMORY ends it too.
 */
#ifndef DECHAFF_FLOW_INTAKE_H
#define DECHAFF_FLOW_INTAKE_H

#include "flow/batch.h"

/* Bytes of a read that pay for waking a worker. */
#define INTAKE_CHUNK ((size_t)256 * 1024)

#define INTAKE_LIMIT ((size_t)1024 * 1024 * 1024) /* what the option defaults to */

enum intake_status { INTAKE_BATCH, INTAKE_END, INTAKE_ERROR, INTAKE_NO_MEMORY };

struct intake;

/* CHUNK is the size of one read(2). NULL when memory is short. */
struct intake *intake_create(size_t chunk, size_t limit);
void intake_destroy(struct intake *intake);

/* Starts a new input, of which BEGUN was read from FD already; its bytes are borrowed. */
void intake_open(struct intake *intake, int fd, struct span begun, const struct format *format);

/* Fills BATCH anew. Only for INTAKE_BATCH there is something in it. */
enum intake_status intake_next(struct intake *intake, struct batch *batch);

/* Whether intake_next has what it needs, or input to be read without waiting for it. */
bool intake_is_ready(const struct intake *intake);

/* Bytes handed out since intake_open, and documents. */
uint64_t intake_bytes(const struct intake *intake);
uint64_t intake_documents(const struct intake *intake);

#endif
