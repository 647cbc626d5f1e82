/*
 * pool -- batches given to workers, and taken back in the order in which they were given.
 *
 * Model:     pool_slot hands out an empty batch, pool_submit gives it to the workers, pool_collect
 *            waits for the oldest, pool_release makes it empty again. Each worker is a thread, as
 *            far as the system lets them be started. With one worker, and without any thread, the
 *            caller works in pool_submit. What comes out does not depend on their number.
 * Ownership: the batches are the pool's; WORK has its context and its batch to itself.
 * Limits:    two batches a worker and one are on their way, but while one of them is larger than
 *            usual only one a worker, the one that is being filled counted.
 * Errors:    NULL when memory is short. WORK notes its own in the batch.
 */
#ifndef DECHAFF_FLOW_POOL_H
#define DECHAFF_FLOW_POOL_H

#include "flow/batch.h"

#define POOL_WORKERS 1024 /* at most */

typedef void pool_work(void *context, struct batch *batch);

struct pool;

/* Reads a number of workers, 0 for that of the processors; false, and *workers as it was, if TEXT
 * is none. */
bool pool_workers(const char *text, unsigned *workers);

/* CONTEXTS: one for each worker; borrowed. */
struct pool *pool_create(unsigned workers, pool_work *work, void *const *contexts);

/* Waits for what is being worked on, and forgets the rest. */
void pool_destroy(struct pool *pool);

/* A batch to fill, or NULL if one must be collected first. The same again until it is given. */
struct batch *pool_slot(struct pool *pool);

/* Whether all that was given has been released. */
bool pool_is_idle(const struct pool *pool);

/* Gives the batch that pool_slot handed out last to the workers. */
void pool_submit(struct pool *pool);

/* The oldest batch that was given, when it is done; NULL if there is none. */
struct batch *pool_collect(struct pool *pool);

/* The batch that pool_collect handed out last is done with. */
void pool_release(struct pool *pool);

#endif
