/*
 * sink -- where the output goes: standard output, or a file replaced in one step.
 *
 * Model:     closed -> sink_open -> writer_put on sink->writer -> sink_commit or sink_abort ->
 *            closed, any number of times. Nothing counts as written before sink_commit.
 * Ownership: sink_destroy aborts and frees.
 * Errors:    false; `fault` says what failed and `error` why (an errno). After a failure
 *            sink_abort leaves the original of a file in place.
 */
#ifndef DECHAFF_IO_SINK_H
#define DECHAFF_IO_SINK_H

#include "io/helper.h"
#include "io/replacement.h"
#include "io/writer.h"

struct sink {
    struct writer *writer;
    struct replacement *replacement;
    const char *name;  /* of what is open; borrowed */
    const char *fault; /* what failed last */
    int error;         /* and why, an errno; 0: nothing failed */
    bool is_file;
    struct helper *helper; /* of what is packed, or NULL */
    int pipe;              /* to its program */
    char no_packing[64];   /* why packing failed, or empty */
};

/* Sees to it that no file which is opened from here on gets the number of a standard descriptor
 * that was closed. To be done before all else. */
void sink_fill_descriptors(void);

/* NULL when memory is short. */
struct sink *sink_create(void);

/* Whether there was no such standard descriptor to write to, before or after sink_create. */
bool sink_was_closed(int fd);

void sink_destroy(struct sink *sink);

/* Opens the replacement of PATH, or standard output for NULL. must_replace refuses what can only be
 * written to directly, a FIFO or a device. */
bool sink_open(struct sink *sink, const char *path, bool must_replace);

/* Packs all that is written from here on; nothing was yet. SIGPIPE is ignored from then on: that
 * the program ended early is an error like others. */
bool sink_pack(struct sink *sink, struct helper *helper, const struct packing *packing);

/* The file that is written or is to be replaced; nothing if it is a new one. */
void sink_identify(const struct sink *sink, struct identity *identity);

/* What is to be replaced is read from here on: the commit fails if it changes meanwhile. */
void sink_watch(struct sink *sink);

/* Whether nothing is in place before sink_commit, and all can still be taken back. */
bool sink_replaces(const struct sink *sink);

/* Writes what is buffered. */
bool sink_flush(struct sink *sink);

/* Writes the rest and puts a file in place, the old one kept under the suffix unless it's NULL. */
bool sink_commit(struct sink *sink, const char *backup_suffix);

/* The first half of sink_commit, all but the last step: writes the rest, makes the backup. */
bool sink_prepare(struct sink *sink, const char *backup_suffix);

/* Commits so that sink_settle can still take it back, unless it is to stay. */
bool sink_commit_for_now(struct sink *sink);
void sink_settle(struct sink *sink, bool stays);

/* Whether the commit has replaced the file, also one that failed to bring the directory to disk. */
bool sink_is_in_place(const struct sink *sink);

/* Notes why a put failed, and leaves a file as it was. */
void sink_abort(struct sink *sink);

/* Why it failed, in words. */
const char *sink_reason(const struct sink *sink);

#endif
