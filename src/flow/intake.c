#include "flow/intake.h"

#include "io/patient.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>

struct intake {
    const struct format *format;
    struct extent extent; /* of the document that `left` begins with, or will */
    char *left;           /* read, and not handed out */
    size_t left_size;
    size_t left_capacity;
    size_t chunk;
    size_t limit;
    uint64_t number; /* of the document that comes next */
    uint64_t offset;
    struct span begun; /* was read of the input already */
    int fd;
    int error;
    bool is_ended;
    bool in_parts; /* a beginning of that document was handed out */
    bool has_more; /* `left` was not searched to its end: it may hold complete documents */
};

struct intake *intake_create(size_t chunk, size_t limit)
{
    struct intake *intake = calloc(1, sizeof *intake);

    if (!intake)
        return NULL;
    intake->chunk = chunk ? chunk : 1;
    intake->limit = limit;
    intake->is_ended = true;
    return intake;
}

void intake_destroy(struct intake *intake)
{
    if (!intake)
        return;
    free(intake->left);
    free(intake);
}

void intake_open(struct intake *intake, int fd, struct span begun, const struct format *format)
{
    intake->begun = begun;
    intake->format = format;
    intake->extent = (struct extent){.limit = intake->limit};
    intake->left_size = 0;
    intake->number = 1;
    intake->offset = 0;
    intake->fd = fd;
    intake->error = 0;
    intake->is_ended = intake->in_parts = intake->has_more = false;
}

/* Keeps what of the batch lies behind its first SIZE bytes for the next one. */
static bool put_off(struct intake *intake, struct batch *batch, size_t size)
{
    size_t left = batch->size - size;

    if (left > intake->left_capacity) {
        char *larger = realloc(intake->left, left);

        if (!larger)
            return false;
        intake->left = larger;
        intake->left_capacity = left;
    }
    if (left)
        memcpy(intake->left, batch->bytes + size, left);
    intake->left_size = left;
    batch->size = size;
    return true;
}

static bool take_back(struct intake *intake, struct batch *batch)
{
    if (!batch_reserve(batch, intake->left_size + intake->chunk))
        return false;
    if (intake->left_size)
        memcpy(batch->bytes, intake->left, intake->left_size);
    batch->size = intake->left_size;
    intake->left_size = 0;
    return true;
}

static bool fill(struct intake *intake, struct batch *batch)
{
    ssize_t count;

    if (!batch_reserve(batch, intake->chunk))
        return false;
    count = patient_read_on(&intake->begun, intake->fd, batch->bytes + batch->size, intake->chunk);
    if (count > 0) {
        batch->size += (size_t)count;
    } else {
        intake->error = count < 0 ? errno : 0;
        intake->is_ended = true;
    }
    return true;
}

/* Finds the documents that are complete; one over the limit, or its last part, stands alone. */
static bool split(struct intake *intake, struct batch *batch)
{
    size_t begin = 0;

    intake->has_more = false;
    while (begin < batch->size && !intake->has_more) {
        struct span rest = {batch->bytes + begin, batch->size - begin};
        uint64_t size;
        bool is_large;

        if (!intake->format->find_end(&intake->extent, rest, intake->is_ended))
            return true;
        size = intake->extent.total;
        is_large = intake->in_parts || size > intake->limit;
        intake->extent = (struct extent){.limit = intake->limit};
        if (is_large && batch->count) {
            intake->has_more = true;
            return true;
        }
        begin += (size_t)size;
        if (!batch_add_end(batch, begin))
            return false;
        batch->is_part = is_large;
        batch->is_first_part = is_large && !intake->in_parts;
        intake->has_more = begin < batch->size && (is_large || batch->count == BATCH_DOCUMENTS);
    }
    return true;
}

static enum intake_status hand_out(struct intake *intake, struct batch *batch, size_t size)
{
    batch->format = intake->format;
    batch->number = intake->number;
    batch->offset = intake->offset;
    intake->offset += size;
    if (!put_off(intake, batch, size)) {
        intake->is_ended = true;
        return INTAKE_NO_MEMORY;
    }
    return INTAKE_BATCH;
}

static enum intake_status hand_out_documents(struct intake *intake, struct batch *batch)
{
    enum intake_status status = hand_out(intake, batch, batch->ends[batch->count - 1]);

    intake->number += batch->count;
    intake->in_parts = false;
    return status;
}

/* Hands out what surely belongs to the document, which is over the limit. */
static enum intake_status hand_out_part(struct intake *intake, struct batch *batch)
{
    size_t size = intake->extent.searched;

    batch->is_part = true;
    batch->is_first_part = !intake->in_parts;
    intake->in_parts = true;
    if (intake->extent.total)
        intake->extent.total -= size;
    intake->extent.searched = 0;
    return batch_add_end(batch, size) ? hand_out(intake, batch, size) : INTAKE_NO_MEMORY;
}

enum intake_status intake_next(struct intake *intake, struct batch *batch)
{
    batch_clear(batch);
    if (!take_back(intake, batch))
        return INTAKE_NO_MEMORY;
    for (;;) {
        if (!split(intake, batch))
            return INTAKE_NO_MEMORY;
        if (batch->count)
            return hand_out_documents(intake, batch);
        if (intake->extent.searched > intake->limit)
            return hand_out_part(intake, batch);
        if (intake->is_ended)
            break;
        if (!fill(intake, batch))
            return INTAKE_NO_MEMORY;
    }
    intake->number += intake->in_parts; /* whose last part was not known to be it */
    intake->in_parts = false;
    errno = intake->error;
    return intake->error ? INTAKE_ERROR : INTAKE_END;
}

bool intake_is_ready(const struct intake *intake)
{
    struct pollfd input = {.fd = intake->fd, .events = POLLIN};

    return intake->has_more || intake->is_ended || intake->begun.length || poll(&input, 1, 0) != 0;
}

uint64_t intake_bytes(const struct intake *intake)
{
    return intake->offset;
}

uint64_t intake_documents(const struct intake *intake)
{
    return intake->number - 1;
}
