#include "flow/operands.h"

#include "io/patient.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Bytes of a list that are read at least at a time. */
#define LIST_CHUNK ((size_t)64 * 1024)

bool operands_is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* Makes room for a chunk and the last name's NUL. */
static bool make_room(char **bytes, size_t size, size_t *capacity)
{
    char *larger;

    if (*capacity - size > LIST_CHUNK)
        return true;
    *capacity = *capacity * 2 + LIST_CHUNK + 1;
    larger = realloc(*bytes, *capacity);
    if (!larger)
        return false;
    *bytes = larger;
    return true;
}

static enum operands_status read_bytes(int fd, char **bytes, size_t *size, size_t limit)
{
    size_t capacity = 0;
    ssize_t count;

    do {
        if (!make_room(bytes, *size, &capacity))
            return OPERANDS_NO_MEMORY;
        count = patient_read(fd, *bytes + *size, capacity - *size - 1);
        if (count < 0)
            return OPERANDS_NO_READ;
        *size += (size_t)count;
        if (*size > limit)
            return OPERANDS_TOO_LONG;
    } while (count > 0);
    return OPERANDS_OK;
}

static size_t count_names(const char *bytes, size_t size)
{
    size_t count = 0;

    for (const char *at = bytes, *end = bytes + size; at < end; at += strlen(at) + 1)
        count++;
    return count;
}

/* Points to the names in SIZE bytes, behind which there is room for a NUL. */
static enum operands_status find_names(struct operands *operands, size_t size)
{
    char *at = operands->bytes;
    const char **files;

    at[size] = '\0';
    operands->count = count_names(at, size);
    files = calloc(operands->count + 1, sizeof *files);
    if (!files)
        return OPERANDS_NO_MEMORY;
    operands->files = files;
    for (size_t i = 0; i < operands->count; i++, at += strlen(at) + 1)
        files[i] = at;
    return OPERANDS_OK;
}

enum operands_status operands_read(struct operands *operands, const char *list, size_t limit)
{
    int fd =
        operands_is_standard(list) ? STDIN_FILENO : open(list, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    enum operands_status status = OPERANDS_NO_READ;
    size_t size = 0;
    int error;

    *operands = (struct operands){.list = list};
    if (fd < 0)
        return status;
    status = read_bytes(fd, &operands->bytes, &size, limit);
    error = errno;
    if (!operands_is_standard(list))
        close(fd);
    errno = error;
    return status == OPERANDS_OK ? find_names(operands, size) : status;
}

void operands_free(struct operands *operands)
{
    if (operands->list)
        free((void *)operands->files);
    free(operands->bytes);
    *operands = (struct operands){0};
}

const char *operands_fault(const struct operands *operands, size_t index)
{
    const char *path = operands->files[index];

    if (!operands->list)
        return NULL;
    if (!*path)
        return "an empty file name";
    return operands_is_standard(path) && operands_is_standard(operands->list)
               ? "standard input is the list of names, so it is no file to read"
               : NULL;
}

void operands_place(const struct operands *operands, size_t index, char *buffer, size_t size)
{
    snprintf(buffer, size, "%s:%zu",
             operands_is_standard(operands->list) ? "standard input" : operands->list, index + 1);
}

bool operands_look(const char *path, struct stat *status)
{
    return (operands_is_standard(path) ? fstat(STDIN_FILENO, status) : stat(path, status)) == 0;
}

uint64_t operands_size(const struct operands *operands)
{
    uint64_t total = 0;

    for (size_t i = 0; i < operands->count; i++) {
        struct stat status;

        if (!operands_look(operands->files[i], &status) || !S_ISREG(status.st_mode))
            return 0;
        total += (uint64_t)status.st_size;
    }
    return total;
}

void operands_open(const struct operands *operands, size_t index, struct opened *opened)
{
    const char *path = operands->files[index];

    opened->fd = -1;
    opened->path = path;
    opened->name = operands_is_standard(path) ? "standard input" : path;
    opened->fault = operands_fault(operands, index);
    if (opened->fault) {
        operands_place(operands, index, opened->place, sizeof opened->place);
        opened->name = opened->place;
        return;
    }
    opened->fd =
        operands_is_standard(path) ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (opened->fd < 0)
        opened->fault = strerror(errno);
}

void operands_close(struct opened *opened)
{
    if (opened->fd >= 0 && !operands_is_standard(opened->path))
        close(opened->fd);
    opened->fd = -1;
}
