#include "match/seal.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SUFFIX ".seal"

#define SECOND INT64_C(1000000000) /* in nanoseconds */

/* Longer than a clock tick of file systems that count nanoseconds, and than the two seconds of the
 * coarsest of those that do not. */
#define AGE (SECOND / 10)
#define COARSE_AGE (3 * SECOND)

/* As they stand in the file, without a gap. */
struct seal_state {
    uint64_t device;
    uint64_t inode;
    uint64_t size;
    int64_t changed; /* seconds, then nanoseconds */
    int64_t fraction;
};

static struct seal_state state_of(const struct stat *status)
{
    return (struct seal_state){(uint64_t)status->st_dev, (uint64_t)status->st_ino,
                               (uint64_t)status->st_size, (int64_t)status->st_ctim.tv_sec,
                               (int64_t)status->st_ctim.tv_nsec};
}

bool seal_trusts(const struct stat *status)
{
    return S_ISREG(status->st_mode) && !(status->st_mode & (S_IWGRP | S_IWOTH)) &&
           (status->st_uid == 0 || status->st_uid == geteuid());
}

/* Of the seal of the image at PATH; the caller frees it. */
static char *name_of(const char *path)
{
    size_t size = strlen(path) + sizeof SUFFIX;
    char *name = malloc(size);

    if (name)
        snprintf(name, size, "%s" SUFFIX, path);
    return name;
}

void seal_release(struct seal *seal)
{
    free(seal->states);
    *seal = (struct seal){0};
}

static bool make_room(struct seal *seal, size_t count)
{
    *seal = (struct seal){.states = calloc(count, sizeof *seal->states), .count = count};
    if (!seal->states)
        seal->count = 0;
    return seal->states != NULL;
}

/* Whether a file that is changed now would get another time than it has. */
static bool is_settled(const struct timespec *changed)
{
    struct timespec now;

    return clock_gettime(CLOCK_REALTIME, &now) == 0 &&
           (now.tv_sec - changed->tv_sec) * SECOND + (now.tv_nsec - changed->tv_nsec) >=
               (changed->tv_nsec ? AGE : COARSE_AGE);
}

/* Asked before the texts are compared: what is changed while they are has another state. */
static bool note(struct seal_state *state, const struct source *source)
{
    struct stat status;

    if (!source->path || stat(source->path, &status) != 0 || !is_settled(&status.st_ctim))
        return false;
    *state = state_of(&status);
    return source_agrees(source, source->path);
}

void seal_begin(struct seal *seal, const struct source *sources)
{
    size_t count = 1;
    bool good;

    for (const struct source *source = sources; source; source = source->previous)
        count++;
    good = make_room(seal, count);
    count = 1;
    for (const struct source *source = sources; source && good; source = source->previous)
        good = note(&seal->states[count++], source);
    if (!good)
        seal_release(seal);
}

/* Half a seal is none: it has not the size that is expected. */
static void put(const struct seal *seal, const char *name)
{
    int fd =
        open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
    size_t size = seal->count * sizeof *seal->states;

    if (fd < 0)
        return;
    if (write(fd, seal->states, size) != (ssize_t)size)
        unlink(name);
    close(fd);
}

void seal_write(struct seal *seal, const char *path, const struct stat *image)
{
    char *name = name_of(path);

    if (name)
        unlink(name);
    if (name && seal->count) {
        seal->states[0] = state_of(image);
        put(seal, name);
    }
    free(name);
}

static bool is_same(const struct seal_state *one, const struct seal_state *other)
{
    return one->device == other->device && one->inode == other->inode && one->size == other->size &&
           one->changed == other->changed && one->fraction == other->fraction;
}

/* What the file has, if it may be trusted. */
static void take(struct seal *seal, int fd)
{
    struct stat status;
    size_t size;

    if (fstat(fd, &status) != 0 || !seal_trusts(&status))
        return;
    size = (size_t)status.st_size;
    if (size < sizeof *seal->states || size % sizeof *seal->states || size > SOURCE_MAX ||
        !make_room(seal, size / sizeof *seal->states))
        return;
    if (read(fd, seal->states, size) != (ssize_t)size)
        seal_release(seal);
}

void seal_read(struct seal *seal, const char *path, const struct stat *image)
{
    char *name = name_of(path);
    int fd = name ? open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) : -1;
    struct seal_state now = state_of(image);

    *seal = (struct seal){0};
    free(name);
    if (fd < 0)
        return;
    take(seal, fd);
    close(fd);
    if (seal->count && !is_same(&seal->states[0], &now))
        seal_release(seal);
}

bool seal_holds(const struct seal *seal, size_t number, const char *path)
{
    struct seal_state now;
    struct stat status;

    if (number + 1 >= seal->count || stat(path, &status) != 0)
        return false;
    now = state_of(&status);
    return S_ISREG(status.st_mode) && is_same(&seal->states[number + 1], &now);
}
