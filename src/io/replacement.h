/*
 * replacement -- the file that takes the cleaned text, replaced in one step.
 *
 * Model:     closed -> replacement_open -> write to replacement_fd -> replacement_commit or
 *            replacement_abort -> closed, any number of times.
 *            A regular file, or one that does not exist yet, is written as a file without a name in
 *            its directory, which replacement_commit gives the name, see io/place: at each moment
 *            it shows all of the old text or all of the new, also after a crash. Symbolic links are
 *            followed once, by replacement_open, and stay links: what is found there afterwards is
 *            followed no further. Other hard links keep the old text.
 *            Anything else (FIFO, terminal, /dev/full) is opened and written directly; /dev/stdout,
 *            /dev/stderr and /dev/fd/N mean the open descriptor. There replacement_abort cannot
 *            take anything back.
 * Rights:    the original must be writable. Mode, owner and group are kept. Where the group cannot
 *            be, its rights shrink to those of others, and set-id bits go with the owner or group
 *            they speak for: nobody gains access. Access control lists and extended attributes are
 *            not kept. A new file gets 0666 less the umask.
 * Ownership: everything in it is freed by replacement_destroy, which aborts first. The descriptor
 *            is the replacement's: flush before replacement_commit, never close it.
 * Errors:    false plus errno, and replacement_fault names the path that failed. After any error
 *            the replacement is closed and the original in place, except where replacement_commit
 *            says otherwise. Nothing is printed.
 */
#ifndef DECHAFF_IO_REPLACEMENT_H
#define DECHAFF_IO_REPLACEMENT_H

#include "io/identity.h"

#include <stdbool.h>

struct replacement;

/* NULL when memory is short. */
struct replacement *replacement_create(void);
void replacement_destroy(struct replacement *replacement);

/* A directory is refused with EISDIR, and with MUST_REPLACE what can only be written directly. A
 * replacement that is open is aborted first. PATH is borrowed until the replacement is closed and
 * its fault was read. */
bool replacement_open(struct replacement *replacement, const char *path, bool must_replace);

/* The file that is to be replaced, nothing if it does not exist, or the one written directly. */
void replacement_identify(const struct replacement *replacement, struct identity *identity);

/* The original is read from here on: it is refused to replace it once it has another inode, size,
 * time, owner or mode. */
void replacement_watch(struct replacement *replacement);

/* The descriptor to write to; -1 when closed. */
int replacement_fd(const struct replacement *replacement);

/* True when replacement_commit will replace or create a regular file; false for direct writing. */
bool replacement_replaces(const struct replacement *replacement);

/*
 * Puts the new text in place. With a suffix that is neither NULL nor empty, the original is first
 * kept under its name with the suffix added; an older file of that name is replaced. When only the
 * last step fails, bringing the directory to disk, the new text is in place already.
 */
bool replacement_commit(struct replacement *replacement, const char *backup_suffix);

/* The first half of replacement_commit, which then can only fail to rename: the new text is brought
 * to disk, the backup made. */
bool replacement_prepare(struct replacement *replacement, const char *backup_suffix);

/*
 * Commits so that it can be taken back: the original is held open until replacement_settle, which
 * leaves the new text, or replacement_revert, which puts a copy of the original back, the new text
 * staying if that fails. An original that may not be read is refused with EACCES.
 */
bool replacement_commit_for_now(struct replacement *replacement);
void replacement_settle(struct replacement *replacement);
void replacement_revert(struct replacement *replacement);

/* Whether a commit, even one that failed, has put the new text in place. */
bool replacement_is_in_place(const struct replacement *replacement);

/* Leaves the original as it was. Keeps errno; harmless on a closed replacement. */
void replacement_abort(struct replacement *replacement);

/* The path that the last failure was about; valid until the next call. */
const char *replacement_fault(const struct replacement *replacement);

/* What was wrong with it in words, where errno has none; else NULL. */
const char *replacement_reason(const struct replacement *replacement);

#endif
