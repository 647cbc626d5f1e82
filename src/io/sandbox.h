/*
 * sandbox -- from a point on, the process can do no more than its work.
 *
 * Model:     sandbox_open -> sandbox_allow_reading and sandbox_allow_replacing for each file that
 *            is still to be opened -> sandbox_close, once all rules are loaded, before more of
 *            the input is read than tells what it is, or a thread is started. Afterwards no other
 *            file can be opened, no socket made, no process or program started, traced or sent a
 *            signal but the process itself; there is no way back. What is open stays open.
 *            Two parts do it: io/fence knows files, io/calls system calls. Where no file was
 *            allowed, nothing at all can be opened.
 * Why so:    rules for the files, and not a second process that opens them and hands descriptors
 *            over: the kernel checks them, there is no protocol to get wrong, an operand costs one
 *            opening more, and what is edited in place needs its directory anyway. Where there is
 *            no fence, calls still see to it that files are opened for reading only, unless some
 *            are to be replaced.
 * Helpers:   a decompressor would inherit all this and could not even start. io/helper starts
 *            such, from a process forked before sandbox_close, which has a sandbox of its own:
 *            files can be read and programs run, but nothing be written.
 * Limits:    SANDBOX_FILES of either kind, as a rule takes memory in the kernel, which also holds
 *            on to the file. Those behind them have one rule together: all that lies below the
 *            deepest directory which has them all may be read, or replaced.
 * Ownership: sandbox_close frees, and must be called.
 * Errors:    enum sandbox_status. A file that cannot be looked at is left out: who opens it will
 *            say why it fails.
 */
#ifndef DECHAFF_IO_SANDBOX_H
#define DECHAFF_IO_SANDBOX_H

#include "io/fence.h"

#include <stddef.h>

#define SANDBOX_FILES 10000

enum sandbox_status {
    SANDBOX_CLOSED,
    SANDBOX_PARTLY, /* only what the system has; `missing` says what it has not */
    SANDBOX_NO_MEMORY
};

/* What was allowed of one kind. */
struct allowed {
    size_t rules;
    char *last;   /* the directory that was allowed or shared last */
    char *common; /* that has all which there is no rule for; NULL: there are none */
};

struct sandbox {
    struct fence fence;
    unsigned opens; /* of enum calls */
    struct allowed reading;
    struct allowed replacing;
    const char *missing;
    bool no_memory;
};

void sandbox_open(struct sandbox *sandbox);

/* PATH, or one that comes to be there. Of a directory nothing can be read, not even its names. */
void sandbox_allow_reading(struct sandbox *sandbox, const char *path);

/* The socket of a helper is used. */
void sandbox_allow_asking(struct sandbox *sandbox);

/* For a helper, in the place of all this; it takes what the system has. */
void sandbox_confine_helper(void);

/* What io/replacement does with PATH: files are made, renamed and removed in its directory. It
 * refuses a directory, for which nothing is allowed. */
void sandbox_allow_replacing(struct sandbox *sandbox, const char *path);

enum sandbox_status sandbox_close(struct sandbox *sandbox);

/* What it can be made of here, in words. */
void sandbox_version(char *buffer, size_t size);

#endif
