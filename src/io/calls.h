/*
 * calls -- which system calls a process may still make: seccomp on Linux, pledge(2) on OpenBSD.
 *
 * Model:     calls_restrict, once, before any thread is started. What is not on the list fails with
 *            EPERM, or ENOSYS, and nothing is killed: the C library tries calls that it can do
 *            without, as malloc(3) does to ask how much memory may be promised. For sandbox.h
 *            alone, which says why and when.
 * Ownership: nothing is held.
 * Errors:    below.
 */
#ifndef DECHAFF_IO_CALLS_H
#define DECHAFF_IO_CALLS_H

enum calls {
    CALLS_ONLY_WORK = 0, /* nothing is opened */
    CALLS_READ = 1,      /* files are opened to be read */
    CALLS_REPLACE = 2,   /* files are opened, made, linked, renamed, removed, given rights */
    CALLS_ASK = 4        /* a helper is asked, over a socket that is there */
};

/* Whether the kernel takes such a list, and how it is called here; NULL if there is none. */
const char *calls_name(void);

/* NULL, or why nothing is restricted. OPENS is of enum calls. The process can have no new
 * privileges by now. */
const char *calls_restrict(unsigned opens);

/* For a helper, which starts programs: no socket is made, and no other process looked into, from
 * here on, as far as the system can see to it. */
void calls_refuse_network(void);

#endif
