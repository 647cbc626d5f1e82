#include "io/writer.h"

#include "io/patient.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

struct writer *writer_create(int fd, size_t size)
{
    struct writer *writer = calloc(1, sizeof *writer);

    if (!writer)
        return NULL;
    writer->capacity = size > 0 ? size : 1;
    writer->buffer = malloc(writer->capacity);
    if (!writer->buffer) {
        free(writer);
        return NULL;
    }
    writer_open(writer, fd);
    return writer;
}

void writer_destroy(struct writer *writer)
{
    if (!writer)
        return;
    free(writer->buffer);
    free(writer);
}

void writer_open(struct writer *writer, int fd)
{
    writer->fd = fd;
    writer->used = 0;
    writer->size = writer->capacity;
    writer->error = 0;
}

static bool fail(struct writer *writer, int error)
{
    writer->error = error;
    writer->used = 0;
    writer->size = 0;
    return false;
}

static bool write_all(struct writer *writer, const char *data, size_t length)
{
    return patient_write_all(writer->fd, data, length) || fail(writer, errno);
}

bool writer_flush(struct writer *writer)
{
    if (writer->error != 0)
        return false;
    if (writer->fd == WRITER_MEMORY)
        return true;
    if (!write_all(writer, writer->buffer, writer->used))
        return false;
    writer->used = 0;
    return true;
}

/* Makes room for LENGTH bytes more than are collected, and for one that keeps writer_put quick. */
static bool grow(struct writer *writer, size_t length)
{
    size_t capacity = writer->capacity;
    char *buffer;

    if (length >= SIZE_MAX / 4 - writer->used)
        return fail(writer, ENOMEM);
    while (capacity <= writer->used + length)
        capacity += capacity / 2 + 64;
    buffer = realloc(writer->buffer, capacity);
    if (!buffer)
        return fail(writer, ENOMEM);
    writer->buffer = buffer;
    writer->size = writer->capacity = capacity;
    return true;
}

bool writer_splice(struct writer *writer, size_t at, size_t removed, const char *data,
                   size_t length)
{
    char *place;

    if (writer->error != 0)
        return false;
    if (length > removed && writer->used + (length - removed) >= writer->size &&
        !grow(writer, length - removed))
        return false;
    place = writer->buffer + at;
    memmove(place + length, place + removed, writer->used - at - removed);
    memcpy(place, data, length);
    writer->used += length - removed;
    return true;
}

void writer_clear(struct writer *writer, size_t most)
{
    char *buffer;

    writer_open(writer, writer->fd);
    if (writer->capacity <= most)
        return;
    buffer = realloc(writer->buffer, most);
    if (!buffer)
        return;
    writer->buffer = buffer;
    writer->size = writer->capacity = most;
}

bool writer_put_slowly(struct writer *writer, const char *data, size_t length)
{
    size_t head = writer->size - writer->used;

    if (writer->error != 0)
        return false;
    if (writer->fd == WRITER_MEMORY) {
        if (!grow(writer, length))
            return false;
        memcpy(writer->buffer + writer->used, data, length);
        writer->used += length;
        return true;
    }
    if (length < writer->size) {
        /* Full buffers keep the writes aligned, which pipes and disks like best. */
        if (head > length)
            head = length;
        memcpy(writer->buffer + writer->used, data, head);
        writer->used += head;
        if (writer->used == writer->size && !writer_flush(writer))
            return false;
        memcpy(writer->buffer + writer->used, data + head, length - head);
        writer->used += length - head;
        return true;
    }
    return writer_flush(writer) && write_all(writer, data, length);
}
