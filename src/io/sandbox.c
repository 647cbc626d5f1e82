#include "io/sandbox.h"

#include "io/calls.h"
#include "io/identity.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

void sandbox_open(struct sandbox *sandbox)
{
    *sandbox = (struct sandbox){0};
    fence_open(&sandbox->fence);
}

/* One rule of a kind more, for which there is room. */
static bool allow(struct sandbox *sandbox, const char *path, enum fence_right right,
                  struct allowed *allowed)
{
    allowed->rules++;
    return fence_allow(&sandbox->fence, path, right);
}

/* Cuts a path down to its directory. */
static const char *directory_of(char *path)
{
    char *slash = strrchr(path, '/');

    if (!slash)
        return ".";
    slash[slash == path] = '\0';
    return path;
}

/* Where the links of PATH lead, or NULL. */
static char *follow(struct sandbox *sandbox, const char *path, bool *exists, struct stat *status)
{
    char *real = identity_follow(path, exists, status);

    if (!real && errno == ENOMEM)
        sandbox->no_memory = true;
    return real;
}

/* Notes a directory; false if it is the one that was noted last, or memory is short. */
static bool is_another(struct sandbox *sandbox, const char *directory, struct allowed *allowed)
{
    if (allowed->last && strcmp(allowed->last, directory) == 0)
        return false;
    free(allowed->last);
    allowed->last = strdup(directory);
    sandbox->no_memory |= !allowed->last;
    return allowed->last;
}

/* Cuts a path down to what it has in common with OTHER; both are absolute, and without links. */
static void cut_to_common(char *path, const char *other)
{
    size_t same = 0;

    while (path[same] && path[same] == other[same])
        same++;
    if ((!path[same] || path[same] == '/') && (!other[same] || other[same] == '/')) {
        path[same] = '\0';
        return;
    }
    while (same && path[same - 1] != '/')
        same--;
    path[same > 1 ? same - 1 : same] = '\0';
}

/* Past the limit: the directory will be below the one that all have in common. */
static void share(struct sandbox *sandbox, const char *directory, struct allowed *allowed)
{
    char *real;

    if (!is_another(sandbox, directory, allowed))
        return;
    real = realpath(directory, NULL);
    sandbox->no_memory |= !real && errno == ENOMEM;
    if (!real)
        return;
    if (allowed->common) {
        cut_to_common(allowed->common, real);
        free(real);
    } else {
        allowed->common = real;
    }
}

/* PATH has no rule of its own: no file has the name yet, or there are too many. */
static void allow_beside(struct sandbox *sandbox, const char *path)
{
    struct stat status;
    bool exists;
    char *real = follow(sandbox, path, &exists, &status);

    if (!real)
        return;
    if (identity_descriptor(real) >= 0)
        fence_allow(&sandbox->fence, real, FENCE_READ); /* of these there are few */
    else if (sandbox->reading.rules >= SANDBOX_FILES)
        share(sandbox, directory_of(real), &sandbox->reading);
    else
        allow(sandbox, directory_of(real), FENCE_BELOW, &sandbox->reading);
    free(real);
}

void sandbox_allow_reading(struct sandbox *sandbox, const char *path)
{
    sandbox->opens |= CALLS_READ;
    if (sandbox->reading.rules >= SANDBOX_FILES ||
        (!allow(sandbox, path, FENCE_READ, &sandbox->reading) && errno == ENOENT))
        allow_beside(sandbox, path);
}

static void allow_directory(struct sandbox *sandbox, const char *directory)
{
    if (sandbox->replacing.rules >= SANDBOX_FILES)
        share(sandbox, directory, &sandbox->replacing);
    else if (is_another(sandbox, directory, &sandbox->replacing))
        allow(sandbox, directory, FENCE_REPLACE, &sandbox->replacing);
}

void sandbox_allow_replacing(struct sandbox *sandbox, const char *path)
{
    struct stat status;
    bool exists;
    char *real = follow(sandbox, path, &exists, &status);

    sandbox->opens |= CALLS_REPLACE;
    if (!real)
        return;
    if (identity_descriptor(real) < 0) {
        if (!exists || S_ISREG(status.st_mode))
            allow_directory(sandbox, directory_of(real));
        else if (!S_ISDIR(status.st_mode))
            fence_allow(&sandbox->fence, real, FENCE_WRITE); /* of these, too */
    }
    free(real);
}

/* The rule for all that have none of their own. */
static void allow_common(struct sandbox *sandbox, struct allowed *allowed, enum fence_right right)
{
    if (allowed->common)
        fence_allow(&sandbox->fence, allowed->common, right);
    free(allowed->common);
    free(allowed->last);
    *allowed = (struct allowed){0};
}

/* Without it nobody but root can close a fence or restrict calls. */
static void renounce_privileges(void)
{
#ifdef PR_SET_NO_NEW_PRIVS
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
}

void sandbox_allow_asking(struct sandbox *sandbox)
{
    sandbox->opens |= CALLS_ASK;
}

void sandbox_confine_helper(void)
{
    struct fence fence;

    fence_open(&fence);
    fence_allow(&fence, "/", FENCE_RUN);
    renounce_privileges();
    fence_close(&fence);
    calls_refuse_network();
}

enum sandbox_status sandbox_close(struct sandbox *sandbox)
{
    const char *no_fence, *no_calls;

    allow_common(sandbox, &sandbox->reading, FENCE_BELOW);
    allow_common(sandbox, &sandbox->replacing, FENCE_REPLACE);
    renounce_privileges();
    no_fence = fence_close(&sandbox->fence);
    no_calls = calls_restrict(sandbox->opens);
    sandbox->missing = no_fence ? no_fence : no_calls;
    if (sandbox->no_memory)
        return SANDBOX_NO_MEMORY;
    return sandbox->missing ? SANDBOX_PARTLY : SANDBOX_CLOSED;
}

void sandbox_version(char *buffer, size_t size)
{
    const char *calls = calls_name();
    int version = fence_version();

    if (version)
        snprintf(buffer, size, "%s%s%s %d", calls ? calls : "", calls ? " and " : "", fence_name(),
                 version);
    else
        snprintf(buffer, size, "%s", calls ? calls : "no");
}
