#include "flow/batch.h"

#include "base/grow.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct batch *batch_create(void)
{
    struct batch *batch = calloc(1, sizeof *batch);

    if (!batch)
        return NULL;
    batch->out = writer_create(WRITER_MEMORY, 0);
    batch->rejects = writer_create(WRITER_MEMORY, 0);
    if (!batch->out || !batch->rejects) {
        batch_destroy(batch);
        return NULL;
    }
    return batch;
}

void batch_destroy(struct batch *batch)
{
    if (!batch)
        return;
    writer_destroy(batch->out);
    writer_destroy(batch->rejects);
    free(batch->bytes);
    free(batch->ends);
    free(batch->faults);
    free(batch);
}

void batch_clear(struct batch *batch)
{
    if (batch->capacity > BATCH_KEPT) {
        free(batch->bytes);
        batch->bytes = NULL;
        batch->capacity = 0;
    }
    batch->size = batch->count = batch->fault_count = 0;
    batch->is_part = batch->is_first_part = batch->no_memory = batch->is_fatal = false;
    batch->remarks = (struct remarks){0};
    writer_clear(batch->out, BATCH_KEPT);
    writer_clear(batch->rejects, BATCH_KEPT);
}

bool batch_reserve(struct batch *batch, size_t size)
{
    size_t capacity = batch->capacity;
    char *bytes;

    if (capacity - batch->size >= size)
        return true;
    while (capacity - batch->size < size)
        capacity += capacity / 2 + size;
    bytes = realloc(batch->bytes, capacity);
    if (!bytes)
        return false;
    batch->bytes = bytes;
    batch->capacity = capacity;
    return true;
}

bool batch_add_end(struct batch *batch, size_t end)
{
    size_t *ends = grow_by_one(batch->ends, batch->count, &batch->ends_capacity, sizeof *ends);

    if (!ends)
        return false;
    batch->ends = ends;
    ends[batch->count++] = end;
    return true;
}

struct span batch_document(const struct batch *batch, size_t index)
{
    size_t begin = index ? batch->ends[index - 1] : 0;

    return (struct span){batch->bytes + begin, batch->ends[index] - begin};
}

bool batch_add_fault(struct batch *batch, const struct fault *fault)
{
    struct fault *faults =
        grow_by_one(batch->faults, batch->fault_count, &batch->fault_capacity, sizeof *faults);

    if (!faults)
        return false;
    batch->faults = faults;
    faults[batch->fault_count++] = *fault;
    return true;
}

void batch_fault_text(const struct batch *batch, const struct fault *fault, char *text, size_t size)
{
    const char *unit = batch->format->unit;
    char where[64] = "";

    if (fault->line)
        snprintf(where, sizeof where, ", line %" PRIu64 " of its text", fault->line);
    else if (fault->column && unit)
        snprintf(where, sizeof where, ", column %zu", fault->column);
    snprintf(text, size, "%s %" PRIu64 "%s: %s", unit ? unit : "offset",
             unit ? fault->document : fault->offset, where, fault->reason);
}
