#include "io/replacement.h"

#include "io/path.h"
#include "io/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct replacement {
    const char *path;  /* borrowed */
    char *real;        /* where the links lead */
    const char *name;  /* its last part */
    char *parent;      /* and the directory */
    char *backup;      /* real with a suffix */
    const char *fault; /* one of the above */
    const char *reason;
    int directory;
    int old;              /* the original, -1 if there is none or it may not be read */
    int fd;               /* what is written */
    struct stat original; /* only if it exists */
    bool exists;
    bool replaces; /* the name is to get the new file */
    bool is_watched;
    bool is_prepared;
    bool is_in_place;
};

struct replacement *replacement_create(void)
{
    struct replacement *replacement = calloc(1, sizeof *replacement);

    if (replacement)
        replacement->directory = replacement->old = replacement->fd = -1;
    return replacement;
}

static void forget(char **string)
{
    free(*string);
    *string = NULL;
}

/* An interrupted close(2) is done, or would close another's descriptor when repeated. */
static bool close_fd(int *fd)
{
    int closed = *fd;

    *fd = -1;
    return closed < 0 || close(closed) == 0 || errno == EINTR;
}

void replacement_abort(struct replacement *replacement)
{
    int error = errno;

    close_fd(&replacement->fd);
    replacement->is_prepared = false;
    if (!replacement->is_in_place) {
        close_fd(&replacement->old);
        close_fd(&replacement->directory);
    }
    errno = error;
}

void replacement_settle(struct replacement *replacement)
{
    replacement->is_in_place = false;
    replacement_abort(replacement);
}

static void forget_paths(struct replacement *replacement)
{
    replacement_settle(replacement);
    forget(&replacement->real);
    forget(&replacement->parent);
    forget(&replacement->backup);
}

void replacement_destroy(struct replacement *replacement)
{
    if (!replacement)
        return;
    forget_paths(replacement);
    free(replacement);
}

int replacement_fd(const struct replacement *replacement)
{
    return replacement->fd;
}

bool replacement_replaces(const struct replacement *replacement)
{
    return replacement->replaces;
}

const char *replacement_fault(const struct replacement *replacement)
{
    return replacement->fault;
}

const char *replacement_reason(const struct replacement *replacement)
{
    return replacement->reason;
}

static bool fail(struct replacement *replacement, const char *fault)
{
    replacement->fault = fault;
    replacement_abort(replacement);
    return false;
}

static bool refuse(struct replacement *replacement, int error, const char *reason)
{
    errno = error;
    replacement->reason = reason;
    return fail(replacement, replacement->path);
}

static bool refuse_changed(struct replacement *replacement)
{
    return refuse(replacement, EBUSY, "changed while it was read, so it is left as it is");
}

static bool refuse_irregular(struct replacement *replacement)
{
    return refuse(replacement, EINVAL, "not a regular file");
}

/* Finds the directory, in which nothing but names is looked for from here on. */
static bool open_parent(struct replacement *replacement)
{
    size_t length = path_directory_length(replacement->real);

    replacement->name = replacement->real + length;
    if (replacement->name[0] == '\0')
        return refuse(replacement, EISDIR, NULL);
    if (length > 1)
        length--;
    replacement->parent =
        length > 0 ? path_join(replacement->real, length, "") : path_join(".", 1, "");
    if (!replacement->parent)
        return refuse(replacement, ENOMEM, NULL);
    replacement->directory = place_open_directory(replacement->parent);
    return replacement->directory >= 0 || fail(replacement, replacement->parent);
}

static bool open_descriptor(struct replacement *replacement, int descriptor)
{
    replacement->fd = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    return replacement->fd >= 0 || fail(replacement, replacement->path);
}

static bool open_directly(struct replacement *replacement)
{
    struct stat status;

    replacement->fd = openat(replacement->directory, replacement->name,
                             O_WRONLY | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
    if (replacement->fd < 0 || fstat(replacement->fd, &status) != 0)
        return fail(replacement, replacement->path);
    return !S_ISREG(status.st_mode) || refuse_changed(replacement);
}

/* What it is, and to whom it belongs, is asked of the descriptor its text is read from, too. */
static bool open_original(struct replacement *replacement)
{
    replacement->old = openat(replacement->directory, replacement->name,
                              O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (replacement->old < 0 && errno != EACCES)
        return fail(replacement, replacement->path);
    if (replacement->old >= 0 && fstat(replacement->old, &replacement->original) != 0)
        return fail(replacement, replacement->path);
    if (!S_ISREG(replacement->original.st_mode))
        return refuse_changed(replacement);
    return faccessat(replacement->directory, replacement->name, W_OK, AT_EACCESS) == 0 ||
           fail(replacement, replacement->path);
}

static bool create(struct replacement *replacement)
{
    /* Until it is complete, the text of an existing file is for its owner only. */
    mode_t mode = replacement->exists ? S_IRUSR | S_IWUSR : 0666;

    replacement->replaces = true;
    replacement->fd = place_create(replacement->directory, mode);
    return replacement->fd >= 0 || fail(replacement, replacement->parent);
}

bool replacement_open(struct replacement *replacement, const char *path, bool must_replace)
{
    struct stat *original = &replacement->original;
    int descriptor;

    forget_paths(replacement);
    replacement->replaces = replacement->is_watched = false;
    replacement->path = path;
    replacement->reason = NULL;
    if (path[0] == '\0')
        return refuse(replacement, ENOENT, NULL);
    replacement->real = identity_follow(path, &replacement->exists, original);
    if (!replacement->real)
        return fail(replacement, path);
    descriptor = identity_descriptor(replacement->real);
    if (descriptor >= 0)
        return must_replace ? refuse_irregular(replacement)
                            : open_descriptor(replacement, descriptor);
    if (!open_parent(replacement))
        return false;
    replacement->exists =
        fstatat(replacement->directory, replacement->name, original, AT_SYMLINK_NOFOLLOW) == 0;
    if (!replacement->exists)
        return errno == ENOENT ? create(replacement) : fail(replacement, path);
    if (S_ISDIR(original->st_mode))
        return refuse(replacement, EISDIR, NULL);
    if (S_ISREG(original->st_mode))
        return open_original(replacement) && create(replacement);
    return must_replace ? refuse_irregular(replacement) : open_directly(replacement);
}

void replacement_identify(const struct replacement *replacement, struct identity *identity)
{
    *identity = (struct identity){0};
    if (!replacement->replaces)
        identity_of_descriptor(identity, replacement->fd);
    else if (replacement->exists)
        identity_of_status(identity, &replacement->original);
}

void replacement_watch(struct replacement *replacement)
{
    if (!replacement->is_watched && replacement->old >= 0)
        fstat(replacement->old, &replacement->original);
    replacement->is_watched = true;
}

/* Refuses to replace what is not the text that was read, or not for those it was for. */
static bool check_original(struct replacement *replacement)
{
    const struct stat *then = &replacement->original;
    struct stat now;

    if (!replacement->is_watched)
        return true;
    if (fstatat(replacement->directory, replacement->name, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
        now.st_dev == then->st_dev && now.st_ino == then->st_ino && now.st_size == then->st_size &&
        now.st_mtim.tv_sec == then->st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == then->st_mtim.tv_nsec && now.st_mode == then->st_mode &&
        now.st_uid == then->st_uid && now.st_gid == then->st_gid)
        return true;
    return refuse_changed(replacement);
}

/* The name of the original is there all the time, and so is that of an older backup. */
static bool back_up(struct replacement *replacement, const char *suffix)
{
    forget(&replacement->backup);
    replacement->backup = path_join(replacement->real, strlen(replacement->real), suffix);
    if (!replacement->backup)
        return refuse(replacement, ENOMEM, NULL);
    return place_add(replacement->directory, replacement->name, replacement->old,
                     &replacement->original,
                     replacement->backup + path_directory_length(replacement->real)) ||
           fail(replacement, replacement->backup);
}

/* The status of the original, whose owner and mode the new file gets; NULL for none. */
static const struct stat *rights(const struct replacement *replacement)
{
    return replacement->exists ? &replacement->original : NULL;
}

bool replacement_prepare(struct replacement *replacement, const char *backup_suffix)
{
    if (replacement->fd < 0)
        return refuse(replacement, EBADF, NULL);
    if (!replacement->replaces) {
        replacement->is_prepared = true;
        return close_fd(&replacement->fd) || fail(replacement, replacement->path);
    }
    /* Who may read it may have been changed meanwhile; where it is watched, that is refused. */
    if (!replacement->is_watched && replacement->old >= 0)
        fstat(replacement->old, &replacement->original);
    if ((replacement->exists && !place_keep_rights(replacement->fd, rights(replacement))) ||
        fsync(replacement->fd) != 0)
        return fail(replacement, replacement->path);
    replacement->is_prepared = true;
    if (!check_original(replacement))
        return false;
    return !replacement->exists || !backup_suffix || backup_suffix[0] == '\0' ||
           back_up(replacement, backup_suffix);
}

static bool put_in_place(struct replacement *replacement)
{
    if (!check_original(replacement))
        return false;
    if (!place_put(replacement->directory, replacement->name, replacement->fd, rights(replacement)))
        return fail(replacement, replacement->path);
    replacement->is_in_place = true;
    close_fd(&replacement->fd);
    return place_sync(replacement->directory) || fail(replacement, replacement->parent);
}

bool replacement_commit(struct replacement *replacement, const char *backup_suffix)
{
    if (!replacement->is_prepared && !replacement_prepare(replacement, backup_suffix))
        return false;
    replacement->is_prepared = false;
    return !replacement->replaces || put_in_place(replacement);
}

bool replacement_commit_for_now(struct replacement *replacement)
{
    if (!replacement->is_prepared && !replacement_prepare(replacement, NULL))
        return false;
    replacement->is_prepared = false;
    if (!replacement->replaces)
        return true;
    if (replacement->exists && replacement->old < 0)
        return refuse(replacement, EACCES, NULL);
    if (put_in_place(replacement))
        return true;
    replacement_revert(replacement);
    return false;
}

bool replacement_is_in_place(const struct replacement *replacement)
{
    return replacement->is_in_place;
}

/* Puts a copy of the original back, which has no name any more. */
static void put_back(struct replacement *replacement)
{
    const struct stat *original = rights(replacement);

    replacement->fd = place_create(replacement->directory, S_IRUSR | S_IWUSR);
    if (replacement->fd >= 0 && place_copy(replacement->old, replacement->fd, original))
        place_put(replacement->directory, replacement->name, replacement->fd, original);
}

void replacement_revert(struct replacement *replacement)
{
    int error = errno;

    if (replacement->is_in_place && replacement->exists)
        put_back(replacement);
    else if (replacement->is_in_place)
        unlinkat(replacement->directory, replacement->name, 0);
    if (replacement->is_in_place)
        place_sync(replacement->directory);
    replacement_settle(replacement);
    errno = error;
}
