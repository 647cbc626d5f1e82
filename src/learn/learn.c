#include "learn/learn.h"

#include "learn/sightings.h"
#include "learn/spool.h"
#include "line/measure.h"
#include "line/view.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For reading a text of records; fewer of many, so that all together take this much. */
#define BUFFER ((size_t)64 * 1024)
#define BUFFERS ((size_t)32 * 1024 * 1024)
#define BUFFER_LEAST ((size_t)4 * 1024)

struct learner {
    struct learn *learn;
    struct sightings *sightings;
    struct view_buffer view;
    struct template template;
    struct seen_at at;   /* where the next line of the page is */
    struct writer *left; /* what it has when all was read, unless that went to the spool */
};

struct learn {
    const struct learn_wishes *wishes;
    struct spool spool;
    struct learner *learners;
    unsigned count;
};

struct learn *learn_create(const struct learn_wishes *wishes, unsigned learners)
{
    struct learn *learn = calloc(1, sizeof *learn);

    if (!learn || !spool_begin(&learn->spool, wishes->spool)) {
        free(learn);
        return NULL;
    }
    learn->wishes = wishes;
    learn->learners = calloc(learners, sizeof *learn->learners);
    for (; learn->learners && learn->count < learners; learn->count++) {
        struct learner *learner = &learn->learners[learn->count];

        learner->learn = learn;
        learner->sightings = sightings_create(wishes->memory / learners);
        if (!learner->sightings)
            break;
    }
    if (learn->learners && learn->count == learners)
        return learn;
    learn_destroy(learn);
    return NULL;
}

void learn_destroy(struct learn *learn)
{
    if (!learn)
        return;
    for (unsigned i = 0; learn->learners && i < learn->count; i++) {
        sightings_destroy(learn->learners[i].sightings);
        view_release(&learn->learners[i].view);
        writer_destroy(learn->learners[i].left);
    }
    free(learn->learners);
    spool_close(&learn->spool);
    free(learn);
}

struct learner *learn_learner(struct learn *learn, unsigned number)
{
    return &learn->learners[number];
}

enum learn_status learner_begin(struct learner *learner, struct span site)
{
    learner->at = (struct seen_at){0};
    return sightings_begin(learner->sightings, site) ? LEARN_OK : LEARN_NO_MEMORY;
}

/* Takes in that the line at hand is behind the next one. A page may have more words than a number
 * has room for: from there on nothing is known. */
static void go_on(struct learner *learner)
{
    struct seen_at *at = &learner->at;

    if (at->words >= RECORD_NONE - at->before) {
        at->before = RECORD_NONE;
        return;
    }
    at->before += at->words;
    at->kept += at->stays ? at->words : 0;
}

enum learn_status learner_line(struct learner *learner, struct span line, enum learn_fate fate)
{
    struct seen_at *at = &learner->at;
    struct span seen;
    bool good = true;

    if (!view_make(&learner->view, line, &seen))
        return LEARN_NO_MEMORY;
    if (fate == LEARN_UNKNOWN) {
        at->before = RECORD_NONE;
    } else {
        at->words = (uint32_t)measure_words_up_to(line.text, line.length, RECORD_NONE - 1);
        at->stays = fate == LEARN_STAYS;
    }
    if (template_make(&learner->template, seen))
        good = sightings_line(learner->sightings, &learner->template, at);
    if (at->before != RECORD_NONE)
        go_on(learner);
    return good ? LEARN_OK : LEARN_NO_MEMORY;
}

static enum learn_status of_spool(enum spool_status status)
{
    switch (status) {
    case SPOOL_OK:
        return LEARN_OK;
    case SPOOL_NO_READ:
        return LEARN_NO_READ;
    case SPOOL_NO_WRITE:
        return LEARN_NO_SPOOL;
    case SPOOL_NO_MEMORY:
        break;
    }
    return LEARN_NO_MEMORY;
}

static bool write_sightings(void *context, struct writer *out)
{
    return sightings_write(context, out);
}

enum learn_status learner_end(struct learner *learner)
{
    if (!sightings_end(learner->sightings))
        return LEARN_NO_MEMORY;
    if (!sightings_is_full(learner->sightings))
        return LEARN_OK;
    return of_spool(spool_put(&learner->learn->spool, write_sightings, learner->sightings));
}

/* What came of reading the spool, whose texts were found good before, or what is left in memory. */
static enum learn_status of_record(struct learn *learn, enum record_status status)
{
    if (status == RECORD_END)
        return LEARN_OK;
    if (status == RECORD_NO_MEMORY)
        return LEARN_NO_MEMORY;
    learn->spool.error = status == RECORD_ERROR ? errno : EIO;
    return LEARN_NO_SPOOL;
}

/* Whether the text that was added last is one of records. */
static enum learn_status check_last(struct learn *learn)
{
    const struct spool *spool = &learn->spool;
    const struct spool_text *text = &spool->texts[spool->count - 1];
    struct record_reader *reader = record_open(spool->fd, text->offset, text->size, BUFFER);
    enum record_status record = RECORD_NO_MEMORY;
    enum learn_status status;

    if (reader)
        do
            record = record_next(reader);
        while (record < RECORD_END);
    status = record == RECORD_BAD ? LEARN_BAD : of_record(learn, record);
    record_close(reader);
    return status;
}

enum learn_status learn_add(struct learn *learn, int fd, struct span begun)
{
    enum learn_status status = of_spool(spool_add(&learn->spool, fd, begun));

    if (status == LEARN_OK)
        status = check_last(learn);
    if (status == LEARN_BAD)
        learn->spool.count--; /* of what was added before something may come */
    return status;
}

void learn_fault(const struct learn *learn, char *text, size_t size)
{
    snprintf(text, size, "can't keep what was seen in %s: %s", spool_directory(),
             strerror(learn->spool.error));
}

/* Brings what the learners have left in memory into order: there, if all that was seen is there. */
static enum learn_status finish(struct learn *learn)
{
    bool has_spooled = learn->spool.count > 0;
    enum learn_status status = LEARN_OK;

    for (unsigned i = 0; i < learn->count && status == LEARN_OK; i++) {
        struct learner *learner = &learn->learners[i];

        if (has_spooled)
            status = of_spool(spool_put(&learn->spool, write_sightings, learner->sightings));
        else if (!(learner->left = writer_create(WRITER_MEMORY, 0)) ||
                 !sightings_write(learner->sightings, learner->left))
            status = LEARN_NO_MEMORY;
    }
    return status;
}

/* Opens all texts there are; those of the spool come first, in their order. */
static bool open_all(struct learn *learn, struct record_reader **readers, size_t *count)
{
    const struct spool *spool = &learn->spool;
    size_t buffer = spool->count ? BUFFERS / spool->count : BUFFER;

    buffer = buffer < BUFFER_LEAST ? BUFFER_LEAST : buffer > BUFFER ? BUFFER : buffer;
    for (*count = 0; *count < spool->count; ++*count) {
        const struct spool_text *text = &spool->texts[*count];

        readers[*count] = record_open(spool->fd, text->offset, text->size, buffer);
        if (!readers[*count])
            return false;
    }
    for (unsigned i = 0; i < learn->count; i++) {
        const struct writer *left = learn->learners[i].left;

        if (!left)
            continue;
        readers[*count] = record_open_memory((struct span){left->buffer, left->used});
        if (!readers[*count])
            return false;
        ++*count;
    }
    return true;
}

static bool open_merge(struct learn *learn, struct merge *merge)
{
    size_t most = learn->spool.count + learn->count, count = 0;
    struct record_reader **readers = calloc(most + 1, sizeof *readers);
    bool good = readers && open_all(learn, readers, &count);

    if (good)
        good = merge_open(merge, readers, count);
    else
        for (size_t i = 0; i < count; i++)
            record_close(readers[i]);
    free((void *)readers);
    return good;
}

/* The records of the site that the merge is at, as they are. */
static enum record_status put_counts(struct merge *merge, struct writer *out)
{
    enum record_status status;

    if (!record_put_site(out, &merge->site))
        return RECORD_ERROR;
    while ((status = merge_line(merge)) == RECORD_LINE)
        if (!record_put_line(out, &merge->line))
            return RECORD_ERROR;
    return status;
}

static enum record_status put_sites(const struct learn *learn, struct merge *merge,
                                    struct study *study, struct writer *out)
{
    bool counts = learn->wishes->counts;
    enum record_status status;

    if (!(counts ? record_put_head(out) : study_put_head(study->wishes, out)))
        return out->error ? RECORD_ERROR : RECORD_NO_MEMORY;
    while ((status = merge_site(merge)) == RECORD_SITE) {
        status = counts ? put_counts(merge, out) : study_site(study, merge, out);
        if (status != RECORD_END)
            break;
    }
    if (status == RECORD_END && counts && !record_put_end(out))
        return RECORD_ERROR;
    return status;
}

enum learn_status learn_write(struct learn *learn, struct writer *out)
{
    struct study study = {.wishes = &learn->wishes->study};
    struct merge merge;
    enum record_status record;
    enum learn_status status = finish(learn);

    if (status != LEARN_OK)
        return status;
    if (!open_merge(learn, &merge))
        return LEARN_NO_MEMORY;
    record = put_sites(learn, &merge, &study, out);
    status = out->error ? LEARN_NO_WRITE : of_record(learn, record);
    merge_close(&merge);
    study_release(&study);
    return status;
}
