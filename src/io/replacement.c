#include "io/replacement.h"

#include "io/identity.h"
#include "io/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names to try beside the original; a taken one is left over from a crash. */
#define MAX_NAMES 1000

struct replacement {
    const char *path; /* borrowed */
    char *real;       /* where the links lead */
    char *directory;  /* that holds it */
    char *temporary;  /* exists whenever it is not NULL */
    char *backup;
    char *kept;        /* the original for replacement_revert, as long as it is not NULL */
    const char *fault; /* one of the above */
    struct stat original;
    int fd;
    bool exists;   /* the original, when it was opened */
    bool replaces; /* the name is to get the temporary file */
    bool is_watched;
    bool has_changed;
    bool is_prepared;
    bool is_in_place;
};

struct replacement *replacement_create(void)
{
    struct replacement *replacement = calloc(1, sizeof *replacement);

    if (replacement)
        replacement->fd = -1;
    return replacement;
}

static void forget(char **string)
{
    free(*string);
    *string = NULL;
}

void replacement_abort(struct replacement *replacement)
{
    int error = errno;

    if (replacement->fd >= 0)
        close(replacement->fd);
    replacement->fd = -1;
    if (replacement->temporary)
        unlink(replacement->temporary);
    forget(&replacement->temporary);
    replacement->is_prepared = false;
    if (!replacement->is_in_place) {
        if (replacement->kept)
            unlink(replacement->kept);
        forget(&replacement->kept);
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
    forget(&replacement->directory);
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

static bool fail(struct replacement *replacement, const char *fault)
{
    replacement->fault = fault;
    replacement_abort(replacement);
    return false;
}

static bool refuse(struct replacement *replacement, int error)
{
    errno = error;
    return fail(replacement, replacement->path);
}

static bool open_directly(struct replacement *replacement)
{
    int descriptor = identity_descriptor(replacement->real);

    replacement->fd = descriptor >= 0 ? fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
                                      : open(replacement->real, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    return replacement->fd >= 0 || fail(replacement, replacement->path);
}

/*
 * Makes a file of a name beside the original that none has: a new one that is opened, or, where FD
 * is NULL, a link to the original. Not mkstemp(3): a new file shall get the mode that the umask and
 * the directory's defaults give it, and asking for the umask means to change it. O_EXCL alone makes
 * a guessable name safe.
 */
static bool make_beside(const struct replacement *replacement, mode_t mode, int *fd, char **name)
{
    size_t length = path_directory_length(replacement->real);

    for (int n = 0; n < MAX_NAMES; n++) {
        char last[64];
        bool is_made;

        snprintf(last, sizeof last, ".dechaff-%ld-%d", (long)getpid(), n);
        *name = path_join(replacement->real, length, last);
        if (!*name)
            break;
        if (fd)
            *fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        is_made = fd ? *fd >= 0 : link(replacement->real, *name) == 0;
        if (is_made)
            return true;
        forget(name);
        if (errno != EEXIST)
            break;
    }
    return false;
}

static bool open_beside(struct replacement *replacement)
{
    /* Until it is complete, the text of an existing file is for its owner only. */
    mode_t mode = replacement->exists ? S_IRUSR | S_IWUSR : 0666;
    size_t length = path_directory_length(replacement->real);

    if (replacement->real[length] == '\0' && length > 0)
        return refuse(replacement, EISDIR);
    if (replacement->exists && faccessat(AT_FDCWD, replacement->real, W_OK, AT_EACCESS) != 0)
        return fail(replacement, replacement->path);
    if (length > 1)
        length--;
    replacement->directory =
        length > 0 ? path_join(replacement->real, length, "") : path_join(".", 1, "");
    if (!replacement->directory)
        return refuse(replacement, ENOMEM);
    replacement->replaces = true;
    return make_beside(replacement, mode, &replacement->fd, &replacement->temporary) ||
           fail(replacement, replacement->directory);
}

bool replacement_open(struct replacement *replacement, const char *path)
{
    forget_paths(replacement);
    replacement->replaces = replacement->is_watched = replacement->has_changed = false;
    replacement->path = path;
    if (path[0] == '\0')
        return refuse(replacement, ENOENT);
    replacement->real = identity_follow(path, &replacement->exists, &replacement->original);
    if (!replacement->real)
        return fail(replacement, path);
    if (identity_descriptor(replacement->real) >= 0)
        return open_directly(replacement);
    if (replacement->exists && S_ISDIR(replacement->original.st_mode))
        return refuse(replacement, EISDIR);
    if (replacement->exists && !S_ISREG(replacement->original.st_mode))
        return open_directly(replacement);
    return open_beside(replacement);
}

/* Gives the file the original's owner, group and mode, or less; see Rights in replacement.h. */
static bool keep_rights(int fd, const struct stat *original)
{
    mode_t mode = original->st_mode & 07777;
    bool same_owner, same_group;
    struct stat created;

    if (fstat(fd, &created) != 0)
        return false;
    same_owner = created.st_uid == original->st_uid;
    same_group = created.st_gid == original->st_gid;
    if (!same_owner || !same_group) {
        if (fchown(fd, original->st_uid, original->st_gid) == 0)
            same_owner = same_group = true;
        else if (!same_group)
            same_group = fchown(fd, (uid_t)-1, original->st_gid) == 0;
    }
    if (!same_owner)
        mode &= ~(mode_t)S_ISUID;
    if (!same_group)
        mode &= ~(mode_t)(S_ISGID | S_IRWXG) | (mode & S_IRWXO) << 3;
    return fchmod(fd, mode) == 0;
}

static bool copy(int from, int to)
{
    char buffer[16384];
    ssize_t count;

    while ((count = read(from, buffer, sizeof buffer)) != 0) {
        ssize_t done = 0, more;

        if (count < 0 && errno != EINTR)
            return false;
        for (; done<count; done += more> 0 ? more : 0) {
            more = write(to, buffer + done, (size_t)(count - done));
            if (more < 0 && errno != EINTR)
                return false;
        }
    }
    return true;
}

static void close_quietly(int fd)
{
    int error = errno;

    close(fd);
    errno = error;
}

/* For file systems without hard links. */
static bool copy_original(const struct replacement *replacement, int to)
{
    int from = open(replacement->real, O_RDONLY | O_CLOEXEC);
    bool good;

    if (from < 0)
        return false;
    good = copy(from, to) && keep_rights(to, &replacement->original) && fsync(to) == 0;
    close_quietly(from);
    return good;
}

/* A second file with the original's text, by a link if possible, else as a copy. */
static bool duplicate_original(struct replacement *replacement, char **name)
{
    int fd = -1, error;
    bool good;

    if (make_beside(replacement, 0, NULL, name))
        return true;
    if (!make_beside(replacement, S_IRUSR | S_IWUSR, &fd, name))
        return fail(replacement, replacement->directory);
    good = copy_original(replacement, fd);
    if (!good)
        close_quietly(fd);
    else
        good = close(fd) == 0;
    if (good)
        return true;
    error = errno;
    unlink(*name);
    forget(name);
    errno = error;
    return fail(replacement, replacement->backup ? replacement->backup : replacement->path);
}

/* The name of the original is there all the time, and so is that of an older backup. */
static bool back_up(struct replacement *replacement, const char *suffix)
{
    char *duplicate = NULL;
    bool is_renamed;
    int error;

    forget(&replacement->backup);
    replacement->backup = path_join(replacement->real, strlen(replacement->real), suffix);
    if (!replacement->backup)
        return refuse(replacement, ENOMEM);
    if (!duplicate_original(replacement, &duplicate))
        return false;
    is_renamed = rename(duplicate, replacement->backup) == 0;
    error = errno;
    /* Also after a success: rename(2) leaves both names when they are links to one file already. */
    unlink(duplicate);
    free(duplicate);
    errno = error;
    return is_renamed || fail(replacement, replacement->backup);
}

/* A directory that cannot be read or synchronised is no failure: nothing more can be done. */
static bool sync_directory(const char *directory)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good;

    if (fd < 0)
        return true;
    good = fsync(fd) == 0 || errno == EINVAL;
    close_quietly(fd);
    return good;
}

/* An interrupted close(2) is done, or would close another's descriptor when repeated. */
static bool close_fd(struct replacement *replacement)
{
    int fd = replacement->fd;

    replacement->fd = -1;
    return close(fd) == 0 || errno == EINTR;
}

void replacement_watch(struct replacement *replacement)
{
    replacement->is_watched = true;
}

bool replacement_has_changed(const struct replacement *replacement)
{
    return replacement->has_changed;
}

/* Refuses to replace a text that is not the one that was read. */
static bool check_original(struct replacement *replacement)
{
    const struct stat *then = &replacement->original;
    struct stat now;

    if (!replacement->is_watched || !replacement->exists)
        return true;
    replacement->has_changed = lstat(replacement->real, &now) != 0 || now.st_dev != then->st_dev ||
                               now.st_ino != then->st_ino || now.st_size != then->st_size ||
                               now.st_mtim.tv_sec != then->st_mtim.tv_sec ||
                               now.st_mtim.tv_nsec != then->st_mtim.tv_nsec;
    return !replacement->has_changed || refuse(replacement, EBUSY);
}

bool replacement_prepare(struct replacement *replacement, const char *backup_suffix)
{
    if (replacement->fd < 0)
        return refuse(replacement, EBADF);
    if (replacement->replaces &&
        ((replacement->exists && !keep_rights(replacement->fd, &replacement->original)) ||
         fsync(replacement->fd) != 0))
        return fail(replacement, replacement->path);
    if (!close_fd(replacement))
        return fail(replacement, replacement->path);
    replacement->is_prepared = true;
    if (!check_original(replacement))
        return false;
    return !replacement->replaces || !replacement->exists || !backup_suffix ||
           backup_suffix[0] == '\0' || back_up(replacement, backup_suffix);
}

static bool put_in_place(struct replacement *replacement)
{
    if (!check_original(replacement))
        return false;
    if (rename(replacement->temporary, replacement->real) != 0)
        return fail(replacement, replacement->path);
    forget(&replacement->temporary);
    replacement->is_in_place = true;
    return sync_directory(replacement->directory) || fail(replacement, replacement->directory);
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
    if (!replacement_prepare(replacement, NULL))
        return false;
    replacement->is_prepared = false;
    if (!replacement->replaces)
        return true;
    if (replacement->exists && !duplicate_original(replacement, &replacement->kept))
        return false;
    if (put_in_place(replacement))
        return true;
    replacement_revert(replacement);
    return false;
}

bool replacement_is_in_place(const struct replacement *replacement)
{
    return replacement->is_in_place;
}

void replacement_revert(struct replacement *replacement)
{
    int error = errno;

    if (replacement->is_in_place && !replacement->exists)
        unlink(replacement->real);
    /* What cannot be put back is the only one of its kind: it stays under the name it has. */
    if (replacement->is_in_place && replacement->kept) {
        rename(replacement->kept, replacement->real);
        forget(&replacement->kept);
    }
    if (replacement->is_in_place)
        sync_directory(replacement->directory);
    replacement_settle(replacement);
    errno = error;
}
