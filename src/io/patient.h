/*
 * patient -- read(2) and write(2) that wait.
 *
 * Model:     an interrupted call is made again; a descriptor that somebody else set not to wait is
 *            waited for. What was transferred may be short, as ever.
 * Ownership: the descriptors stay the caller's.
 * Errors:    as the calls'. Nothing is printed.
 */
#ifndef DECHAFF_IO_PATIENT_H
#define DECHAFF_IO_PATIENT_H

#include <sys/types.h>

ssize_t patient_read(int fd, void *buffer, size_t size);
ssize_t patient_write(int fd, const void *data, size_t size);

#endif
