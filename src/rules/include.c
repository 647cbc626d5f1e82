#include "rules/include.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The rules of an -e have no file. */
static bool is_file(const struct source *source)
{
    return source->inode != 0;
}

/* The path that says where it lies: a pipe, and what was open before, in the current directory. */
static const char *place_of(const struct source *source)
{
    bool was_open = strcmp(source->path, "/dev/stdin") == 0 ||
                    strncmp(source->path, "/dev/fd/", strlen("/dev/fd/")) == 0;

    return source->is_pipe || was_open ? "." : source->path;
}

static bool may_include(const struct source *includer, const struct paths *paths, const char *real)
{
    if (paths_hold(paths, real))
        return true;
    for (; includer; includer = includer->includer)
        if (is_file(includer) && paths_beside(place_of(includer), real))
            return true;
    return false;
}

/* Whether REAL, a path, ends in a name that a rule file has. */
static bool is_called_rules(const char *real)
{
    const char *slash = strrchr(real, '/');
    struct span name = {slash + 1, strlen(slash + 1)};

    return source_label(name).length < name.length;
}

enum source_status include_read(struct source *source, bool is_path, const struct paths *paths,
                                const struct source *known, struct arena *arena)
{
    enum source_status status = SOURCE_IRREGULAR;
    char *real;

    source->is_named = !source->includer || !is_file(source->includer);
    if (source->is_named || !is_path)
        return source_read(source, source->path, known, arena);
    real = realpath(source->path, NULL);
    if (!real)
        return errno == ENOMEM ? SOURCE_NO_MEMORY : SOURCE_UNREADABLE;
    source->is_secret = !is_called_rules(real);
    errno = 0;
    if (may_include(source->includer, paths, real))
        status = source_read(source, real, known, arena);
    else if (errno == ENOMEM)
        status = SOURCE_NO_MEMORY;
    free(real);
    return status;
}

const char *include_reason(const struct source *source, enum source_status status)
{
    if (status == SOURCE_UNREADABLE)
        return strerror(errno);
    if (source->is_named)
        return "not a regular file, nor a pipe";
    return "not a regular file on the search path or below the directory of this one";
}
