#include "io/replacement.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As many links in a row as Linux follows. */
#define MAX_LINKS 40

/* Bytes of what a link may hold; PATH_MAX need not be defined. */
#define LINK_SIZE 4096

/* Names to try beside the original; a taken one is left over from a crash. */
#define MAX_NAMES 1000

struct output {
    char *path;      /* as the caller gave it */
    char *real;      /* where the links lead */
    char *directory; /* that holds it */
    char *temporary; /* exists whenever it is not NULL */
    char *backup;
    const char *fault; /* one of the above */
    struct stat original;
    int fd;
    bool exists;   /* the original, when it was opened */
    bool replaces; /* through the temporary file */
};

struct output *output_create(void)
{
    struct output *output = calloc(1, sizeof *output);
    if (output != NULL)
        output->fd = -1;
    return output;
}

static void forget(char **string)
{
    free(*string);
    *string = NULL;
}

void output_abort(struct output *output)
{
    const int error = errno;
    if (output->fd >= 0)
        close(output->fd);
    output->fd = -1;
    if (output->temporary != NULL)
        unlink(output->temporary);
    forget(&output->temporary);
    errno = error;
}

void output_destroy(struct output *output)
{
    if (output == NULL)
        return;
    output_abort(output);
    free(output->path);
    free(output->real);
    free(output->directory);
    free(output->backup);
    free(output);
}

int output_fd(const struct output *output)
{
    return output->fd;
}

bool output_replaces(const struct output *output)
{
    return output->replaces;
}

const char *output_fault(const struct output *output)
{
    return output->fault;
}

static enum output_status fail(struct output *output, const char *fault)
{
    output->fault = fault;
    output_abort(output);
    return OUTPUT_ERROR;
}

static enum output_status no_memory(struct output *output)
{
    output->fault = output->path;
    output_abort(output);
    errno = ENOMEM;
    return OUTPUT_NO_MEMORY;
}

/* The first `length` bytes of one string and then another; NULL when memory is short. */
static char *join(const char *head, size_t length, const char *tail)
{
    const size_t tail_size = strlen(tail) + 1;
    char *joined = malloc(length + tail_size);
    if (joined != NULL) {
        memcpy(joined, head, length);
        memcpy(joined + length, tail, tail_size);
    }
    return joined;
}

/* How much of a path is its directory, up to and with the last slash. */
static size_t directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

/* The descriptor that a name such as /dev/stdout stands for, or -1. Opening the file behind it
 * anew would start at its beginning, and replacing it would miss whoever holds it open. */
static int named_descriptor(const char *path)
{
    static const char *const directories[] = {"/dev/fd/", "/proc/self/fd/"};
    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        const size_t length = strlen(directories[i]);
        if (strncmp(path, directories[i], length) != 0)
            continue;
        const char *digits = path + length;
        const size_t count = strspn(digits, "0123456789");
        if (count > 0 && count < 6 && digits[count] == '\0')
            return (int)strtol(digits, NULL, 10);
    }
    return -1;
}

/* Follows the links at the end of output->real, also to a file that does not exist yet, and fills
 * `exists` and `original`. Stops at a named descriptor. */
static enum output_status follow_links(struct output *output)
{
    for (int links = 0; named_descriptor(output->real) < 0; links++) {
        output->exists = lstat(output->real, &output->original) == 0;
        if (!output->exists && errno != ENOENT)
            return fail(output, output->path);
        if (!output->exists || !S_ISLNK(output->original.st_mode))
            return OUTPUT_OK;

        char target[LINK_SIZE];
        const ssize_t length = readlink(output->real, target, sizeof target);
        if (length < 0)
            return fail(output, output->path);
        if (links == MAX_LINKS || (size_t)length == sizeof target) {
            errno = links == MAX_LINKS ? ELOOP : ENAMETOOLONG;
            return fail(output, output->path);
        }
        target[length] = '\0';
        const size_t kept = target[0] == '/' ? 0 : directory_length(output->real);
        char *real = join(output->real, kept, target);
        if (real == NULL)
            return no_memory(output);
        free(output->real);
        output->real = real;
    }
    return OUTPUT_OK;
}

static enum output_status open_directly(struct output *output)
{
    const int descriptor = named_descriptor(output->real);
    output->replaces = false;
    if (descriptor >= 0)
        output->fd = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    else
        output->fd = open(output->real, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    return output->fd >= 0 ? OUTPUT_OK : fail(output, output->path);
}

/* A name in the original's directory for the n-th attempt; NULL when memory is short. */
static char *name_beside(const struct output *output, int n)
{
    char name[64];
    snprintf(name, sizeof name, ".dechaff-%ld-%d", (long)getpid(), n);
    return join(output->real, directory_length(output->real), name);
}

/*
 * Creates a file beside the original. Not mkstemp(3): a new file shall get the mode that the umask
 * and the directory's defaults give it, and asking for the umask means to change it. O_EXCL alone
 * makes a guessable name safe.
 */
static enum output_status create_beside(struct output *output, mode_t mode, int *fd, char **name)
{
    for (int n = 0; n < MAX_NAMES; n++) {
        *name = name_beside(output, n);
        if (*name == NULL)
            return no_memory(output);
        *fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (*fd >= 0)
            return OUTPUT_OK;
        forget(name);
        if (errno != EEXIST)
            break;
    }
    return fail(output, output->directory);
}

static enum output_status open_replacement(struct output *output)
{
    size_t length = directory_length(output->real);
    if (output->real[length] == '\0' && length > 0) {
        errno = EISDIR;
        return fail(output, output->path);
    }
    if (output->exists && faccessat(AT_FDCWD, output->real, W_OK, AT_EACCESS) != 0)
        return fail(output, output->path);
    if (length > 1)
        length--;
    output->directory = length > 0 ? join(output->real, length, "") : join(".", 1, "");
    if (output->directory == NULL)
        return no_memory(output);
    output->replaces = true;
    /* Until it is complete, the text of an existing file is for its owner only. */
    const mode_t mode = output->exists ? S_IRUSR | S_IWUSR : 0666;
    return create_beside(output, mode, &output->fd, &output->temporary);
}

enum output_status output_open(struct output *output, const char *path)
{
    output_abort(output);
    forget(&output->path);
    forget(&output->real);
    forget(&output->directory);
    forget(&output->backup);
    output->replaces = false;
    output->path = join(path, strlen(path), "");
    output->real = join(path, strlen(path), "");
    if (output->path == NULL || output->real == NULL)
        return no_memory(output);
    if (path[0] == '\0') {
        errno = ENOENT;
        return fail(output, output->path);
    }

    const enum output_status status = follow_links(output);
    if (status != OUTPUT_OK)
        return status;
    if (named_descriptor(output->real) >= 0)
        return open_directly(output);
    if (output->exists && S_ISDIR(output->original.st_mode)) {
        errno = EISDIR;
        return fail(output, output->path);
    }
    if (output->exists && !S_ISREG(output->original.st_mode))
        return open_directly(output);
    return open_replacement(output);
}

/* Gives the file the original's owner, group and mode, or less; see Rights in output.h. */
static bool keep_rights(int fd, const struct stat *original)
{
    struct stat created;
    if (fstat(fd, &created) != 0)
        return false;
    bool same_owner = created.st_uid == original->st_uid;
    bool same_group = created.st_gid == original->st_gid;
    if (!same_owner || !same_group) {
        if (fchown(fd, original->st_uid, original->st_gid) == 0)
            same_owner = same_group = true;
        else if (!same_group)
            same_group = fchown(fd, (uid_t)-1, original->st_gid) == 0;
    }
    mode_t mode = original->st_mode & 07777;
    if (!same_owner)
        mode &= ~(mode_t)S_ISUID;
    if (!same_group) {
        const mode_t others = mode & S_IRWXO;
        mode &= ~(mode_t)(S_ISGID | S_IRWXG) | (others << 3);
    }
    return fchmod(fd, mode) == 0;
}

/* False with errno for a failed copy, for file systems without hard links. */
static bool copy_original(const struct output *output, int to)
{
    char buffer[16384];
    const int from = open(output->real, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return false;
    ssize_t count;
    bool good = true;
    while (good && (count = read(from, buffer, sizeof buffer)) != 0) {
        if (count < 0) {
            good = errno == EINTR;
            continue;
        }
        for (ssize_t done = 0; good && done < count;) {
            const ssize_t more = write(to, buffer + done, (size_t)(count - done));
            if (more >= 0)
                done += more;
            else
                good = errno == EINTR;
        }
    }
    good = good && keep_rights(to, &output->original) && fsync(to) == 0;
    const int error = errno;
    close(from);
    errno = error;
    return good;
}

/* A second file with the original's text, by a link if possible, else as a copy. */
static enum output_status duplicate_original(struct output *output, char **name)
{
    for (int n = 0; n < MAX_NAMES; n++) {
        *name = name_beside(output, n);
        if (*name == NULL)
            return no_memory(output);
        if (link(output->real, *name) == 0)
            return OUTPUT_OK;
        forget(name);
        if (errno != EEXIST)
            break;
    }

    int fd = -1;
    const enum output_status status = create_beside(output, S_IRUSR | S_IWUSR, &fd, name);
    if (status != OUTPUT_OK)
        return status;
    bool good = copy_original(output, fd);
    int error = errno;
    if (close(fd) != 0 && good) {
        good = false;
        error = errno;
    }
    if (good)
        return OUTPUT_OK;
    unlink(*name);
    forget(name);
    errno = error;
    return fail(output, output->backup);
}

/* The name of the original is there all the time, and so is that of an older backup. */
static enum output_status back_up(struct output *output, const char *suffix)
{
    forget(&output->backup);
    output->backup = join(output->real, strlen(output->real), suffix);
    if (output->backup == NULL)
        return no_memory(output);
    char *duplicate = NULL;
    const enum output_status status = duplicate_original(output, &duplicate);
    if (status != OUTPUT_OK)
        return status;
    const bool renamed = rename(duplicate, output->backup) == 0;
    const int error = errno;
    /* Also after a success: rename(2) leaves both names when they are links to one file already. */
    unlink(duplicate);
    free(duplicate);
    errno = error;
    return renamed ? OUTPUT_OK : fail(output, output->backup);
}

/* A directory that cannot be read or synchronised is no failure: nothing more can be done. */
static bool sync_directory(const char *directory)
{
    const int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return true;
    const bool good = fsync(fd) == 0 || errno == EINVAL;
    const int error = errno;
    close(fd);
    errno = error;
    return good;
}

/* An interrupted close(2) is done, or would close another's descriptor when repeated. */
static bool close_fd(struct output *output)
{
    const int fd = output->fd;
    output->fd = -1;
    return close(fd) == 0 || errno == EINTR;
}

enum output_status output_commit(struct output *output, const char *backup_suffix)
{
    if (output->fd < 0) {
        errno = EBADF;
        return fail(output, output->path);
    }
    if (!output->replaces)
        return close_fd(output) ? OUTPUT_OK : fail(output, output->path);

    if (output->exists && !keep_rights(output->fd, &output->original))
        return fail(output, output->path);
    if (fsync(output->fd) != 0 || !close_fd(output))
        return fail(output, output->path);
    if (output->exists && backup_suffix != NULL && backup_suffix[0] != '\0') {
        const enum output_status status = back_up(output, backup_suffix);
        if (status != OUTPUT_OK)
            return status;
    }
    if (rename(output->temporary, output->real) != 0)
        return fail(output, output->path);
    forget(&output->temporary);
    return sync_directory(output->directory) ? OUTPUT_OK : fail(output, output->directory);
}
