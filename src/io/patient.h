/*
 * patient -- read(2) and write(2) that wait.
 *
 * Model:     an interrupted call is made again; a descriptor that somebody else set not to wait is
 *            waited for.
 * Ownership: the descriptors stay the caller's.
 * Errors:    as the calls', in errno. Nothing is printed.
 */
#ifndef DECHAFF_IO_PATIENT_H
#define DECHAFF_IO_PATIENT_H

#include "base/span.h"

#include <stdbool.h>
#include <sys/types.h>

/* May read less than SIZE bytes, as ever. */
ssize_t patient_read(int fd, void *buffer, size_t size);

/* What was read already, as much as is left in BEGUN, and then what FD has. */
ssize_t patient_read_on(struct span *begun, int fd, void *buffer, size_t size);

/* Also after writes that were short. */
bool patient_write_all(int fd, const char *data, size_t size);

#endif
