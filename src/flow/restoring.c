#include "flow/restoring.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void describe(const char *path, const struct restore_fault *fault,
                     enum restore_status status, char text[RESTORING_FAULT])
{
    *text = '\0';
    if (status == RESTORE_NO_READ)
        snprintf(text, RESTORING_FAULT, "%s", fault->what);
    else if (status != RESTORE_OK && fault->line)
        snprintf(text, RESTORING_FAULT, "%s, line %" PRIu64 ": %s", path, fault->line, fault->what);
    else if (status != RESTORE_OK && fault->what)
        snprintf(text, RESTORING_FAULT, "%s: %s", path, fault->what);
}

enum restore_status restoring_run(const char *path, int output, struct span begun,
                                  struct writer *writer, char text[RESTORING_FAULT])
{
    int rejects = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct restore_fault fault = {.what = strerror(errno)};
    enum restore_status status = RESTORE_NO_REJECTS;

    if (rejects >= 0) {
        status = rejects_restore(rejects, output, begun, writer, &fault);
        if (status == RESTORE_NO_READ || status == RESTORE_NO_REJECTS)
            fault.what = strerror(errno);
        close(rejects);
    }
    describe(path, &fault, status, text);
    return status;
}
