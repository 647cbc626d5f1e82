#include "io/patient.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* After a call that failed: whether it may be made again, once the descriptor is ready for EVENTS.
 */
static bool may_go_on(int fd, short events)
{
    struct pollfd ready = {.fd = fd, .events = events};

    if (errno == EINTR)
        return true;
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return false;
    return poll(&ready, 1, -1) >= 0 || errno == EINTR;
}

ssize_t patient_read(int fd, void *buffer, size_t size)
{
    ssize_t count;

    do
        count = read(fd, buffer, size);
    while (count < 0 && may_go_on(fd, POLLIN));
    return count;
}

ssize_t patient_read_on(struct span *begun, int fd, void *buffer, size_t size)
{
    if (!begun->length)
        return patient_read(fd, buffer, size);
    if (size > begun->length)
        size = begun->length;
    memcpy(buffer, begun->text, size);
    *begun = span_after(*begun, size);
    return (ssize_t)size;
}

bool patient_write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        /* POSIX leaves open what comes of more than SSIZE_MAX bytes. */
        ssize_t count = write(fd, data, size < SSIZE_MAX ? size : SSIZE_MAX);

        if (count < 0 && may_go_on(fd, POLLOUT))
            continue;
        /* No file that POSIX describes takes 0 bytes; trying again might never end. */
        if (count == 0)
            errno = EIO;
        if (count <= 0)
            return false;
        data += count;
        size -= (size_t)count;
    }
    return true;
}
