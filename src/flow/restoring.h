/*
 * restoring -- rejects of a file are put back into an output.
 *
 * Model:     restoring_run opens the file and has flow/rejects do the rest.
 * Ownership: descriptors and the writer are the caller's.
 * Errors:    enum restore_status, with what is to be told of it.
 */
#ifndef DECHAFF_FLOW_RESTORING_H
#define DECHAFF_FLOW_RESTORING_H

#include "flow/rejects.h"

/* Bytes of a text, terminated. */
#define RESTORING_FAULT 256

/* Puts the rejects of the file PATH back into what OUTPUT has, of which BEGUN was read already.
 * TEXT becomes empty if there is nothing to tell. */
enum restore_status restoring_run(const char *path, int output, struct span begun,
                                  struct writer *writer, char text[RESTORING_FAULT]);

#endif
