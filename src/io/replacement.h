/*
 * output -- the file that takes the cleaned text, replaced in one step.
 *
 * Model:     closed -> output_open -> write to output_fd -> output_commit or
 *            output_abort -> closed, any number of times.
 *            A regular file, or one that does not exist yet, is written as a
 *            temporary file beside it and renamed over it by output_commit: at
 *            each moment the name shows all of the old text or all of the new,
 *            also after a crash. Symbolic links are followed, the link stays a
 *            link. Other hard links keep the old text.
 *            Anything else (FIFO, terminal, /dev/full) is opened and written
 *            directly; /dev/stdout, /dev/stderr and /dev/fd/N mean the open
 *            descriptor. There output_abort cannot take anything back.
 * Rights:    the original must be writable. Mode, owner and group are kept. Where
 *            the group cannot be, its rights shrink to those of others, and
 *            set-id bits go with the owner or group they speak for: nobody gains
 *            access. Access control lists and extended attributes are not kept.
 *            A new file gets 0666 less the umask.
 * Ownership: everything in it is freed by output_destroy, which aborts first.
 *            The descriptor is the output's: flush before output_commit, never
 *            close it.
 * Errors:    a status plus errno, and output_fault names the path that failed.
 *            After any error the output is closed, the temporary file gone and
 *            the original in place, except where output_commit says otherwise.
 *            Nothing is printed.
 */
#ifndef DECHAFF_IO_REPLACEMENT_H
#define DECHAFF_IO_REPLACEMENT_H

#include <stdbool.h>

enum output_status { OUTPUT_OK, OUTPUT_ERROR, OUTPUT_NO_MEMORY };

struct output;

/* NULL when memory is short. */
struct output *output_create(void);
void output_destroy(struct output *output);

/* A directory is refused with EISDIR. An output that is open is aborted first. */
enum output_status output_open(struct output *output, const char *path);

/* The descriptor to write to; -1 when closed. */
int output_fd(const struct output *output);

/* True when output_commit will replace or create a regular file; false for direct writing. */
bool output_replaces(const struct output *output);

/*
 * Puts the new text in place. With a suffix that is neither NULL nor empty, the original is first
 * kept under its name with the suffix added; an older file of that name is replaced. When only the
 * last step fails, bringing the directory to disk, the new text is in place already.
 */
enum output_status output_commit(struct output *output, const char *backup_suffix);

/* Leaves the original as it was. Keeps errno; harmless on a closed output. */
void output_abort(struct output *output);

/* The path that the last failure was about; valid until the next call. */
const char *output_fault(const struct output *output);

#endif
