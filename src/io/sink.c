#include "io/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * A standard descriptor that is closed must not become that of a file: messages would go into the
 * file. /dev/null takes it, opened the wrong way round, so that using the descriptor still fails;
 * or, where that is not there, a directory, which can't be used either.
 */
void sink_fill_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0 &&
            open("/", O_RDONLY) < 0)
            return;
}

bool sink_was_closed(int fd)
{
    int flags = fcntl(fd, F_GETFL);

    return flags < 0 || (flags & O_ACCMODE) == O_RDONLY;
}

struct sink *sink_create(void)
{
    struct sink *sink = calloc(1, sizeof *sink);

    if (!sink)
        return NULL;
    sink->writer = writer_create(STDOUT_FILENO, WRITER_SIZE);
    sink->replacement = replacement_create();
    if (!sink->writer || !sink->replacement) {
        sink_destroy(sink);
        return NULL;
    }
    return sink;
}

void sink_destroy(struct sink *sink)
{
    if (!sink)
        return;
    writer_destroy(sink->writer);
    replacement_destroy(sink->replacement);
    free(sink);
}

static bool fail(struct sink *sink, const char *fault, int error)
{
    sink->fault = fault;
    sink->error = error;
    return false;
}

bool sink_open(struct sink *sink, const char *path, bool must_replace)
{
    sink->is_file = path != NULL;
    sink->no_packing[0] = '\0';
    sink->name = path ? path : "standard output";
    if (path && !replacement_open(sink->replacement, path, must_replace))
        return fail(sink, replacement_fault(sink->replacement), errno);
    writer_open(sink->writer, path ? replacement_fd(sink->replacement) : STDOUT_FILENO);
    return true;
}

static bool fail_packing(struct sink *sink, const char *program, const char *why)
{
    snprintf(sink->no_packing, sizeof sink->no_packing, "%s %s", program, why);
    return fail(sink, sink->name, EIO);
}

bool sink_pack(struct sink *sink, struct helper *helper, const struct packing *packing)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    sink->pipe = helper_pack(helper, packing, sink->writer->fd);
    if (sink->pipe < 0)
        return fail_packing(sink, packing->name,
                            errno == ENOENT ? "is not installed, and would have to pack it"
                                            : "can't be started to pack it");
    sigaction(SIGPIPE, &ignore, NULL);
    sink->helper = helper;
    writer_open(sink->writer, sink->pipe);
    return true;
}

/* Has the program end, and all that was packed be written; or what is not wanted be given up. */
static bool end_packing(struct sink *sink, bool is_wanted)
{
    struct helper *helper = sink->helper;

    if (!helper)
        return true;
    sink->helper = NULL;
    close(sink->pipe);
    return helper_end(helper, HELPER_PACK, is_wanted) == 0 || !is_wanted ||
           fail_packing(sink, "the program", "that packs it failed");
}

void sink_identify(const struct sink *sink, struct identity *identity)
{
    if (sink->is_file)
        replacement_identify(sink->replacement, identity);
    else
        identity_of_descriptor(identity, STDOUT_FILENO);
}

void sink_watch(struct sink *sink)
{
    if (sink->is_file)
        replacement_watch(sink->replacement);
}

bool sink_flush(struct sink *sink)
{
    if (writer_flush(sink->writer))
        return true;
    return sink->helper ? fail_packing(sink, "the program", "that packs it failed")
                        : fail(sink, sink->name, sink->writer->error);
}

/* Whether the last step was GOOD; else what the file says of it. */
static bool end(struct sink *sink, bool good)
{
    return good || fail(sink, replacement_fault(sink->replacement), errno);
}

static bool write_rest(struct sink *sink)
{
    if (sink_flush(sink) && end_packing(sink, true))
        return true;
    sink_abort(sink);
    return false;
}

bool sink_prepare(struct sink *sink, const char *backup_suffix)
{
    return write_rest(sink) &&
           end(sink, !sink->is_file || replacement_prepare(sink->replacement, backup_suffix));
}

bool sink_commit(struct sink *sink, const char *backup_suffix)
{
    return write_rest(sink) &&
           end(sink, !sink->is_file || replacement_commit(sink->replacement, backup_suffix));
}

bool sink_commit_for_now(struct sink *sink)
{
    return write_rest(sink) &&
           end(sink, !sink->is_file || replacement_commit_for_now(sink->replacement));
}

void sink_settle(struct sink *sink, bool stays)
{
    if (!sink->is_file)
        return;
    if (stays)
        replacement_settle(sink->replacement);
    else
        replacement_revert(sink->replacement);
}

bool sink_is_in_place(const struct sink *sink)
{
    return sink->is_file && replacement_is_in_place(sink->replacement);
}

void sink_abort(struct sink *sink)
{
    if (sink->writer->error)
        fail(sink, sink->name, sink->helper ? EIO : sink->writer->error);
    end_packing(sink, false);
    if (sink->is_file)
        replacement_abort(sink->replacement);
}

const char *sink_reason(const struct sink *sink)
{
    const char *reason = replacement_reason(sink->replacement);

    return *sink->no_packing ? sink->no_packing : reason ? reason : strerror(sink->error);
}

bool sink_replaces(const struct sink *sink)
{
    return sink->is_file && replacement_replaces(sink->replacement);
}
