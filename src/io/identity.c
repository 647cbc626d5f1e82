#include "io/identity.h"

#include "io/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As many links in a row as Linux follows. */
#define MAX_LINKS 40

/* Bytes of what a link may hold; PATH_MAX need not be defined. */
#define LINK_SIZE 4096

int identity_descriptor(const char *path)
{
    static const char *const directories[] = {"/dev/fd/", "/proc/self/fd/"};

    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        size_t length = strlen(directories[i]), count;

        if (strncmp(path, directories[i], length) != 0)
            continue;
        count = strspn(path + length, "0123456789");
        if (count > 0 && count < 6 && path[length + count] == '\0')
            return (int)strtol(path + length, NULL, 10);
    }
    return -1;
}

static char *refuse(char *path, int error)
{
    free(path);
    errno = error;
    return NULL;
}

char *identity_follow(const char *path, bool *exists, struct stat *status)
{
    char *real = path_join(path, strlen(path), "");

    *exists = false;
    for (int links = 0; real && identity_descriptor(real) < 0; links++) {
        char target[LINK_SIZE], *next;
        ssize_t length;

        *exists = lstat(real, status) == 0;
        if (!*exists && errno != ENOENT)
            return refuse(real, errno);
        if (!*exists || !S_ISLNK(status->st_mode))
            return real;
        length = readlink(real, target, sizeof target);
        if (length < 0)
            return refuse(real, errno);
        if (links == MAX_LINKS)
            return refuse(real, ELOOP);
        if ((size_t)length == sizeof target)
            return refuse(real, ENAMETOOLONG);
        target[length] = '\0';
        next = path_join(real, target[0] == '/' ? 0 : path_directory_length(real), target);
        free(real);
        real = next;
    }
    return real ? real : refuse(NULL, ENOMEM);
}

static struct inode inode_of(const struct stat *status)
{
    return (struct inode){status->st_dev, status->st_ino};
}

static void take_file(struct identity *identity, const struct stat *status)
{
    identity->exists = true;
    identity->file = inode_of(status);
    identity->is_regular = S_ISREG(status->st_mode);
    /* Some systems number no pipe, so that all would be one. */
    identity->has_contents =
        identity->is_regular || (S_ISFIFO(status->st_mode) && status->st_ino != 0);
}

void identity_of_status(struct identity *identity, const struct stat *status)
{
    *identity = (struct identity){0};
    take_file(identity, status);
}

void identity_of_descriptor(struct identity *identity, int fd)
{
    struct stat status;

    *identity = (struct identity){0};
    if (fstat(fd, &status) == 0)
        take_file(identity, &status);
}

/* Finds out about the directory that holds the path. */
static bool find_place(struct identity *identity)
{
    size_t length = path_directory_length(identity->path);
    char *directory = length > 0 ? path_join(identity->path, length, "") : path_join(".", 1, "");
    struct stat status;

    if (!directory)
        return false;
    if (stat(directory, &status) == 0) {
        identity->directory = inode_of(&status);
        identity->name = identity->path + length;
    }
    free(directory);
    return true;
}

bool identity_of_path(struct identity *identity, const char *path, const char *suffix)
{
    struct stat status;
    bool exists;
    char *real = identity_follow(path, &exists, &status);
    int descriptor = real ? identity_descriptor(real) : -1;

    *identity = (struct identity){0};
    if (!real)
        return errno != ENOMEM;
    if (descriptor >= 0) {
        free(real);
        identity_of_descriptor(identity, descriptor);
        return true;
    }
    identity->path = path_join(real, strlen(real), suffix);
    free(real);
    if (!identity->path)
        return false;
    if (stat(identity->path, &status) == 0)
        take_file(identity, &status);
    if (find_place(identity))
        return true;
    identity_free(identity);
    return false;
}

static int compare(unsigned long long one, unsigned long long other)
{
    return (one > other) - (one < other);
}

static int compare_inodes(struct inode one, struct inode other)
{
    int order = compare(one.number, other.number);

    return order ? order : compare(one.device, other.device);
}

int identity_compare_places(const struct identity *one, const struct identity *other)
{
    int order = strcmp(one->name, other->name);

    return order ? order : compare_inodes(one->directory, other->directory);
}

bool identity_is_same(const struct identity *one, const struct identity *other)
{
    if (one->exists && other->exists)
        return one->has_contents && compare_inodes(one->file, other->file) == 0;
    return !one->exists && !other->exists && one->name && other->name &&
           identity_compare_places(one, other) == 0;
}

void identity_free(struct identity *identity)
{
    free(identity->path);
    *identity = (struct identity){0};
}
