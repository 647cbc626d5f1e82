#include "io/patient.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
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

ssize_t patient_write(int fd, const void *data, size_t size)
{
    ssize_t count;

    do
        count = write(fd, data, size);
    while (count < 0 && may_go_on(fd, POLLOUT));
    return count;
}
