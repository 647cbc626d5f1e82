#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* O_TMPFILE, O_PATH */
#endif

#include "io/place.h"

#include "io/interrupt.h"
#include "io/patient.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Temporary names to try; a taken one is left over from a crash. */
#define MAX_NAMES 1000

#define NAME_SIZE 64

/* What linkat(2) makes a link to. */
struct source {
    int directory;
    const char *path;
    int flags;
};

static void close_quietly(int fd)
{
    int error = errno;

    close(fd);
    errno = error;
}

int place_open_directory(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

#ifdef O_PATH
    if (fd < 0 && errno == EACCES)
        fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
#endif
    return fd;
}

static bool link_to(const struct source *source, int directory, const char *name)
{
    return linkat(source->directory, source->path, directory, name, source->flags) == 0;
}

/*
 * Takes a name that none has: for a link to SOURCE or, where that is NULL, a new file. Not
 * mkstemp(3): a new file shall get the mode that the umask and the directory's defaults give it,
 * and asking for the umask means to change it. O_EXCL alone makes a guessable name safe.
 */
static bool take_name(int directory, char *name, const struct source *source, int *fd, mode_t mode)
{
    for (int n = 0; n < MAX_NAMES; n++) {
        bool is_made;

        snprintf(name, NAME_SIZE, ".dechaff-%ld-%d", (long)getpid(), n);
        if (!source)
            *fd = openat(directory, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        is_made = source ? link_to(source, directory, name) : *fd >= 0;
        if (is_made)
            return true;
        if (errno != EEXIST)
            break;
    }
    name[0] = '\0';
    return false;
}

int place_create(int directory, mode_t mode)
{
    char name[NAME_SIZE];
    sigset_t before;
    int fd = -1;

#ifdef O_TMPFILE
    fd = openat(directory, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
    if (fd >= 0)
        return fd;
#endif
    interrupt_hold(&before);
    if (take_name(directory, name, NULL, &fd, mode) && unlinkat(directory, name, 0) != 0) {
        close_quietly(fd);
        fd = -1;
    }
    interrupt_release(&before);
    return fd;
}

bool place_keep_rights(int fd, const struct stat *status)
{
    mode_t mode = status->st_mode & 07777;
    bool same_owner, same_group;
    struct stat created;

    if (fstat(fd, &created) != 0)
        return false;
    same_owner = created.st_uid == status->st_uid;
    same_group = created.st_gid == status->st_gid;
    if (!same_owner || !same_group) {
        if (fchown(fd, status->st_uid, status->st_gid) == 0)
            same_owner = same_group = true;
        else if (!same_group)
            same_group = fchown(fd, (uid_t)-1, status->st_gid) == 0;
    }
    if (!same_owner)
        mode &= ~(mode_t)S_ISUID;
    if (!same_group)
        mode &= ~(mode_t)(S_ISGID | S_IRWXG) | (mode & S_IRWXO) << 3;
    return fchmod(fd, mode) == 0;
}

static bool copy_bytes(int from, int to)
{
    char buffer[16384];
    off_t at = 0;
    ssize_t count;

    while ((count = pread(from, buffer, sizeof buffer, at)) > 0) {
        if (!patient_write_all(to, buffer, (size_t)count))
            return false;
        at += count;
    }
    return count == 0;
}

bool place_copy(int from, int to, const struct stat *status)
{
    return copy_bytes(from, to) && (!status || place_keep_rights(to, status)) && fsync(to) == 0;
}

static bool take_name_for_copy(int directory, char *name, int from, const struct stat *status)
{
    int to = -1;
    bool good;

    if (!take_name(directory, name, NULL, &to, status ? S_IRUSR | S_IWUSR : 0666))
        return false;
    good = place_copy(from, to, status);
    if (!good)
        close_quietly(to);
    return good && close(to) == 0;
}

/* Gives what SOURCE and FD stand for the name. */
static bool put(int directory, const char *name, const struct source *source, int fd,
                const struct stat *status)
{
    char temporary[NAME_SIZE] = "";
    sigset_t before;
    bool good;

    interrupt_hold(&before);
    good = link_to(source, directory, name);
    if (!good) {
        good = (errno == EEXIST && take_name(directory, temporary, source, NULL, 0)) ||
               take_name_for_copy(directory, temporary, fd, status);
        good = good && renameat(directory, temporary, directory, name) == 0;
    }
    if (temporary[0]) {
        int error = errno;

        /* After a success, too: rename(2) keeps both names if they are links to one file already.
         */
        unlinkat(directory, temporary, 0);
        errno = error;
    }
    interrupt_release(&before);
    return good;
}

bool place_put(int directory, const char *name, int fd, const struct stat *status)
{
    char path[NAME_SIZE];
    struct source source = {AT_FDCWD, path, AT_SYMLINK_FOLLOW};

    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return put(directory, name, &source, fd, status);
}

bool place_add(int directory, const char *name, int fd, const struct stat *status,
               const char *second)
{
    struct source source = {directory, name, 0};

    return put(directory, second, &source, fd, status);
}

bool place_sync(int directory)
{
    return fsync(directory) == 0 || errno == EBADF || errno == EINVAL;
}
