#include "flow/pool.h"

#include "io/interrupt.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct slot {
    struct batch *batch;
    bool is_done;
};

struct worker {
    struct pool *pool;
    void *context;
    pthread_t thread;
};

/*
 * Batches are numbered as they are given: [collected, taken) are with the workers, [taken, given)
 * wait for one. Number n lies in slot n modulo the number of slots.
 */
struct pool {
    struct slot *slots;
    size_t slot_count;
    struct worker *workers;
    unsigned worker_count;
    unsigned running; /* threads */
    pool_work *work;

    pthread_mutex_t lock; /* for what follows, and is_done */
    pthread_cond_t given_one;
    pthread_cond_t done_one;
    uint64_t given;
    uint64_t taken;
    uint64_t collected;
    bool is_over;
};

static struct slot *slot_at(const struct pool *pool, uint64_t number)
{
    return &pool->slots[number % pool->slot_count];
}

static void *run(void *argument)
{
    struct worker *worker = argument;
    struct pool *pool = worker->pool;

    pthread_mutex_lock(&pool->lock);
    for (;;) {
        struct slot *slot;

        while (!pool->is_over && pool->taken == pool->given)
            pthread_cond_wait(&pool->given_one, &pool->lock);
        if (pool->is_over)
            break;
        slot = slot_at(pool, pool->taken++);
        pthread_mutex_unlock(&pool->lock);
        pool->work(worker->context, slot->batch);
        pthread_mutex_lock(&pool->lock);
        slot->is_done = true;
        pthread_cond_signal(&pool->done_one);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Fewer do where no more can be had. Signals are for the thread that writes files. */
static void start(struct pool *pool)
{
    sigset_t before;

    interrupt_hold(&before);
    for (; pool->running < pool->worker_count; pool->running++) {
        struct worker *worker = &pool->workers[pool->running];

        if (pthread_create(&worker->thread, NULL, run, worker) != 0)
            break;
    }
    interrupt_release(&before);
}

struct pool *pool_create(unsigned workers, pool_work *work, void *const *contexts)
{
    struct pool *pool = calloc(1, sizeof *pool);

    if (!pool)
        return NULL;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->given_one, NULL);
    pthread_cond_init(&pool->done_one, NULL);
    pool->work = work;
    pool->worker_count = workers;
    pool->slot_count = workers > 1 ? 2 * (size_t)workers + 1 : 1;
    pool->workers = calloc(workers, sizeof *pool->workers);
    pool->slots = calloc(pool->slot_count, sizeof *pool->slots);
    for (unsigned i = 0; pool->workers && i < workers; i++)
        pool->workers[i] = (struct worker){.pool = pool, .context = contexts[i]};
    for (size_t i = 0; pool->slots && i < pool->slot_count; i++)
        if (!(pool->slots[i].batch = batch_create())) {
            pool_destroy(pool);
            return NULL;
        }
    if (!pool->workers || !pool->slots) {
        pool_destroy(pool);
        return NULL;
    }
    if (workers > 1)
        start(pool);
    return pool;
}

void pool_destroy(struct pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->is_over = true;
    pthread_cond_broadcast(&pool->given_one);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->running; i++)
        pthread_join(pool->workers[i].thread, NULL);
    for (size_t i = 0; pool->slots && i < pool->slot_count; i++)
        batch_destroy(pool->slots[i].batch);
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->given_one);
    pthread_cond_destroy(&pool->done_one);
    free(pool->workers);
    free(pool->slots);
    free(pool);
}

/* Whether a batch on its way is larger than usual. Workers don't change a capacity: no lock. */
static bool has_large(const struct pool *pool)
{
    for (uint64_t i = pool->collected; i < pool->given; i++)
        if (slot_at(pool, i)->batch->capacity > BATCH_KEPT)
            return true;
    return false;
}

struct batch *pool_slot(struct pool *pool)
{
    uint64_t under_way = pool->given - pool->collected;

    if (under_way == pool->slot_count || (under_way >= pool->worker_count && has_large(pool)))
        return NULL;
    return slot_at(pool, pool->given)->batch;
}

bool pool_is_idle(const struct pool *pool)
{
    return pool->given == pool->collected;
}

void pool_submit(struct pool *pool)
{
    struct slot *slot = slot_at(pool, pool->given);

    if (!pool->running) {
        pool->given++;
        pool->work(pool->workers[0].context, slot->batch);
        return;
    }
    pthread_mutex_lock(&pool->lock);
    slot->is_done = false;
    pool->given++;
    pthread_cond_signal(&pool->given_one);
    pthread_mutex_unlock(&pool->lock);
}

struct batch *pool_collect(struct pool *pool)
{
    struct slot *slot = slot_at(pool, pool->collected);

    if (pool->collected == pool->given)
        return NULL;
    if (pool->running) {
        pthread_mutex_lock(&pool->lock);
        while (!slot->is_done)
            pthread_cond_wait(&pool->done_one, &pool->lock);
        pthread_mutex_unlock(&pool->lock);
    }
    return slot->batch;
}

void pool_release(struct pool *pool)
{
    batch_clear(slot_at(pool, pool->collected++)->batch);
}

bool pool_workers(const char *text, unsigned *workers)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end || value > POOL_WORKERS)
        return false;
    if (value == 0) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);

        value = cores > 0 && cores <= POOL_WORKERS ? (unsigned long)cores : 1;
    }
    *workers = (unsigned)value;
    return true;
}
