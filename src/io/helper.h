/*
 * helper -- a small process of our own that starts other programs for a confined one.
 *
 * Model:     helper_start forks it before the sandbox closes. Afterwards helper_unpack, helper_dump
 *            and helper_pack ask it, one of each at a time: it starts the program and hands over
 *            the other end of a pipe; helper_end, when that was closed, has the program's exit
 *            status. It runs the programs of io/packing and io/dumpers, found by PATH, and nothing
 *            else, and ends when its parent does. If it is to be confined, neither it nor they can
 *            write to a file, other than the one handed to them, or make a socket.
 *            What was read of a pipe already goes before the rest of it: a second process of its
 *            own copies both. A page of HTML is always copied, as some of the programs open what
 *            they read by its name.
 * Ownership: the descriptors that are handed out are the caller's; those handed in stay so.
 *            helper_stop waits for its end, so that nobody else has to; where the parent is killed,
 *            it sees that and waits for its own.
 * Errors:    -1 or false plus errno, ENOENT where there is no such program. Nothing is printed, the
 *            programs' own messages included.
 */
#ifndef DECHAFF_IO_HELPER_H
#define DECHAFF_IO_HELPER_H

#include "base/span.h"
#include "io/dumpers.h"
#include "io/packing.h"

#include <sys/types.h>

enum helper_job { HELPER_UNPACK, HELPER_DUMP, HELPER_PACK, HELPER_JOBS };

/* Bytes that may have been read already. */
#define HELPER_BEGUN 4096

/* Bytes of a charset's name, terminated. */
#define HELPER_CHARSET 32

struct helper {
    int socket; /* -1: there is none */
    pid_t process;
};

/* To be done while there is one thread. */
bool helper_start(struct helper *helper, bool is_confined);
void helper_stop(struct helper *helper);

/* A descriptor that what was packed in BEGUN and then FD can be read from. */
int helper_unpack(struct helper *helper, const struct packing *packing, int fd, struct span begun);

/* A descriptor that the text of the page in BEGUN and then FD can be read from. *DUMPER is the
 * first program to try; if it is not there and OR_OTHERS, those of the rows behind it. It becomes
 * the one that runs. */
int helper_dump(struct helper *helper, const struct dumper **dumper, bool or_others,
                const char *charset, int fd, struct span begun);

/* A descriptor; what is written to it goes packed into FD. */
int helper_pack(struct helper *helper, const struct packing *packing, int fd);

/* The exit status of the program, once it ends; above 0 where it failed in any way. What is not
 * wanted any more is ended by force. */
int helper_end(struct helper *helper, enum helper_job job, bool is_wanted);

#endif
