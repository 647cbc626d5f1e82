/*
 * writer -- buffered, checked output to a file descriptor.
 *
 * Model:     bytes wait in one buffer of fixed size; what is larger goes past the buffer. After
 *            writer_flush returned true everything put so far was accepted by write(2).
 *            On WRITER_MEMORY instead of a descriptor the bytes are collected: they are
 *            [buffer, buffer + used), the buffer grows, and writer_flush does nothing. A full
 *            memory is ENOMEM.
 * Ownership: the descriptor stays the caller's; put bytes are copied or written before writer_put
 *            returns. writer_destroy does not flush.
 * Errors:    the first failed write is kept: from then on nothing is written and every put and
 *            flush returns false until writer_open. Interrupted and short writes are continued.
 *            Nothing is printed; a closed pipe is EPIPE where SIGPIPE is ignored.
 */
#ifndef DECHAFF_IO_WRITER_H
#define DECHAFF_IO_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define WRITER_SIZE ((size_t)64 * 1024)
#define WRITER_MEMORY (-2) /* no descriptor, not even a closed one */

/* Visible for the inline path, and to read what was collected or went wrong. */
struct writer {
    char *buffer;
    size_t used;     /* used <= size */
    size_t size;     /* 0 after a failure, so that no put takes the inline path */
    size_t capacity; /* of buffer, at least 1 */
    int fd;
    int error; /* the errno of the first failure since writer_open, or 0 */
};

/* A size of 0 counts as 1. NULL when memory is short. */
struct writer *writer_create(int fd, size_t size);
void writer_destroy(struct writer *writer);

/* Starts on another descriptor with the same buffer: forgets the error and whatever was not
 * flushed.
 */
void writer_open(struct writer *writer, int fd);

/* For writer_put alone: bytes that the buffer has no room for, or a writer that failed. */
bool writer_put_slowly(struct writer *writer, const char *data, size_t length);

static inline bool writer_put(struct writer *writer, const char *data, size_t length)
{
    if (length >= writer->size - writer->used)
        return writer_put_slowly(writer, data, length);
    memcpy(writer->buffer + writer->used, data, length);
    writer->used += length;
    return true;
}

static inline bool writer_put_text(struct writer *writer, const char *text)
{
    return writer_put(writer, text, strlen(text));
}

bool writer_flush(struct writer *writer);

/* Puts DATA in place of REMOVED bytes from AT on, among the bytes that were collected. */
bool writer_splice(struct writer *writer, size_t at, size_t removed, const char *data,
                   size_t length);

/* Forgets the bytes that were collected, and gives back memory above MOST bytes. */
void writer_clear(struct writer *writer, size_t most);

#endif
