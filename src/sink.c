#include "sink.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct sink *sink_create(void)
{
    struct sink *sink = calloc(1, sizeof *sink);

    if (!sink)
        return NULL;
    sink->writer = writer_create(STDOUT_FILENO, WRITER_SIZE);
    sink->output = output_create();
    if (!sink->writer || !sink->output) {
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
    output_destroy(sink->output);
    free(sink);
}

static bool fail(struct sink *sink, const char *fault, int error)
{
    sink->fault = fault;
    sink->error = error;
    return false;
}

bool sink_open(struct sink *sink, const char *path)
{
    sink->is_file = path != NULL;
    sink->name = path ? path : "standard output";
    if (path && output_open(sink->output, path) != OUTPUT_OK)
        return fail(sink, output_fault(sink->output), errno);
    writer_open(sink->writer, path ? output_fd(sink->output) : STDOUT_FILENO);
    return true;
}

bool sink_flush(struct sink *sink)
{
    return writer_flush(sink->writer) || fail(sink, sink->name, writer_error(sink->writer));
}

bool sink_commit(struct sink *sink, const char *backup_suffix)
{
    if (!sink_flush(sink)) {
        sink_abort(sink);
        return false;
    }
    if (sink->is_file && output_commit(sink->output, backup_suffix) != OUTPUT_OK)
        return fail(sink, output_fault(sink->output), errno);
    return true;
}

void sink_abort(struct sink *sink)
{
    if (writer_error(sink->writer))
        fail(sink, sink->name, writer_error(sink->writer));
    if (sink->is_file)
        output_abort(sink->output);
}

const char *sink_fault(const struct sink *sink)
{
    return sink->fault;
}

int sink_error(const struct sink *sink)
{
    return sink->error;
}
