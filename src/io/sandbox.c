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

/* One rule of a kind more; past the limit one for all files. */
static bool allow(struct sandbox *sandbox, const char *path, enum fence_right right, size_t *count)
{
    if (*count > SANDBOX_FILES)
        return true;
    if (*count == SANDBOX_FILES) {
        path = "/";
        right = right == FENCE_READ ? FENCE_BELOW : FENCE_REPLACE;
    }
    ++*count;
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

void sandbox_allow_reading(struct sandbox *sandbox, const char *path)
{
    struct stat status;
    bool exists;
    char *real;

    sandbox->opens |= CALLS_READ;
    if (allow(sandbox, path, FENCE_READ, &sandbox->reading) || errno != ENOENT)
        return;
    real = follow(sandbox, path, &exists, &status);
    if (real)
        allow(sandbox, directory_of(real), FENCE_BELOW, &sandbox->reading);
    free(real);
}

static void allow_directory(struct sandbox *sandbox, char *real)
{
    const char *directory = directory_of(real);

    if (sandbox->directory && strcmp(sandbox->directory, directory) == 0)
        return;
    free(sandbox->directory);
    sandbox->directory = strdup(directory);
    sandbox->no_memory |= !sandbox->directory;
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
            allow_directory(sandbox, real);
        else if (!S_ISDIR(status.st_mode))
            allow(sandbox, real, FENCE_WRITE, &sandbox->replacing);
    }
    free(real);
}

/* Without it nobody but root can close a fence or restrict calls. */
static void renounce_privileges(void)
{
#ifdef PR_SET_NO_NEW_PRIVS
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
}

enum sandbox_status sandbox_close(struct sandbox *sandbox)
{
    const char *no_fence, *no_calls;

    renounce_privileges();
    no_fence = fence_close(&sandbox->fence);
    no_calls = calls_restrict(sandbox->opens);
    free(sandbox->directory);
    sandbox->directory = NULL;
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
