#include "flow/unpack.h"

#include "io/patient.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Looks at what a file begins with where it is to be read from; -1 if that can only be read. */
static ssize_t look(int fd, char bytes[PACKING_BEGIN])
{
    off_t at = lseek(fd, 0, SEEK_CUR);

    return at < 0 ? -1 : pread(fd, bytes, PACKING_BEGIN, at);
}

static bool file_is_packed(const char *path)
{
    bool is_standard = operands_is_standard(path);
    char bytes[PACKING_BEGIN];
    int fd = is_standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    ssize_t count = fd < 0 ? -1 : look(fd, bytes);

    if (fd >= 0 && !is_standard)
        close(fd);
    return count > 0 && packing_of(bytes, (size_t)count);
}

static bool may_be_packed(const char *path)
{
    struct stat status;

    if (!operands_look(path, &status))
        return false;
    if (S_ISREG(status.st_mode))
        return file_is_packed(path);
    return S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode);
}

bool unpack_may_be_needed(const struct operands *inputs)
{
    if (inputs->count > UNPACK_LOOKS)
        return true;
    for (size_t i = 0; i < inputs->count; i++)
        if (may_be_packed(inputs->files[i]))
            return true;
    return false;
}

/* Reads as much as it takes to know. A read that fails will fail again for who reads on. */
static void begin(struct unpack *unpack)
{
    size_t count = 0;
    ssize_t got = 1;

    while (got > 0 && packing_may_follow(unpack->bytes, count)) {
        got = patient_read(unpack->fd, unpack->bytes + count, sizeof unpack->bytes - count);
        count += got > 0 ? (size_t)got : 0;
    }
    unpack->begun = (struct span){unpack->bytes, count};
    unpack->packing = packing_of(unpack->bytes, count);
}

static bool fail(struct unpack *unpack)
{
    const char *name = unpack->packing->name;

    if (errno == ENOENT)
        snprintf(unpack->fault, sizeof unpack->fault,
                 "it is packed with %s, which is not installed, so it is not read", name);
    else
        snprintf(unpack->fault, sizeof unpack->fault, "it is packed with %s, which can't start: %s",
                 name, strerror(errno));
    unpack->packing = NULL;
    return false;
}

bool unpack_open(struct unpack *unpack, int fd)
{
    ssize_t seen;

    unpack->fd = fd;
    unpack->packing = NULL;
    unpack->begun = (struct span){0};
    if (!unpack->helper)
        return true;
    seen = look(fd, unpack->bytes);
    if (seen < 0)
        begin(unpack);
    else
        unpack->packing = packing_of(unpack->bytes, (size_t)seen);
    if (!unpack->packing)
        return true;
    unpack->fd = helper_unpack(unpack->helper, unpack->packing, fd, unpack->begun);
    unpack->begun = (struct span){0};
    return unpack->fd >= 0 || fail(unpack);
}

bool unpack_close(struct unpack *unpack, bool is_read)
{
    if (!unpack->packing)
        return true;
    close(unpack->fd);
    if (helper_end(unpack->helper, HELPER_UNPACK, is_read) == 0 || !is_read)
        return true;
    snprintf(unpack->fault, sizeof unpack->fault,
             "%s can't unpack all of it: it is cut short, damaged, or asks for too much memory",
             unpack->packing->name);
    return false;
}
