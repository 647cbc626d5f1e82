#include "rules/source.h"

#include "base/grow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define AGREES_AT_A_TIME ((size_t)16 * 1024)

static bool read_file(struct arena *arena, int fd, size_t expected, struct source *source)
{
    size_t capacity = expected + 1, used = 0;
    char *text = arena_take(arena, capacity + 1);

    for (;;) {
        ssize_t got;

        if (!text) {
            errno = ENOMEM;
            return false;
        }
        got = read(fd, text + used, capacity - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        used += (size_t)got;
        if (used > SOURCE_MAX) {
            errno = EFBIG;
            return false;
        }
        if (used == capacity) {
            char *larger = arena_take(arena, 2 * capacity + 1);

            if (larger)
                memcpy(larger, text, used);
            text = larger;
            capacity *= 2;
        }
    }
    source->text = text;
    source->length = used;
    return true;
}

/* Whether it is /dev/null, which says that there are no rules. */
static bool is_null(const struct stat *status)
{
    struct stat null;

    return S_ISCHR(status->st_mode) && stat("/dev/null", &null) == 0 &&
           null.st_rdev == status->st_rdev;
}

/* Whether a file of that kind may be read. */
static enum source_status judge(const struct source *source, const struct stat *status)
{
    if (S_ISREG(status->st_mode) && status->st_size > (off_t)SOURCE_MAX)
        errno = EFBIG;
    else if (S_ISREG(status->st_mode) ||
             (source->is_named && (S_ISFIFO(status->st_mode) || is_null(status))))
        return SOURCE_OK;
    else if (S_ISDIR(status->st_mode))
        errno = EISDIR;
    else
        return SOURCE_IRREGULAR;
    return SOURCE_UNREADABLE;
}

/* Asked before it is opened, too, for to open a device may move it. */
static enum source_status open_file(const struct source *source, const char *path, int *fd,
                                    struct stat *status)
{
    enum source_status judged;

    *fd = -1;
    if (stat(path, status) != 0)
        return SOURCE_UNREADABLE;
    judged = judge(source, status);
    if (judged != SOURCE_OK)
        return judged;
    /* A pipe of the command line's may have to wait for its writer. */
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (S_ISREG(status->st_mode) ? O_NONBLOCK : 0));
    if (*fd < 0 || fstat(*fd, status) != 0)
        return SOURCE_UNREADABLE;
    return judge(source, status);
}

bool source_identify(struct source *source)
{
    struct stat status;

    if (stat(source->path, &status) != 0)
        return false;
    source->device = (uint64_t)status.st_dev;
    source->inode = (uint64_t)status.st_ino;
    return true;
}

enum source_status source_read(struct source *source, const char *path, const struct source *known,
                               struct arena *arena)
{
    enum source_status judged;
    struct stat status;
    int fd, error;

    if (known) {
        source->text = known->text;
        source->length = known->length;
        source->device = known->device;
        source->inode = known->inode;
        source->is_pipe = known->is_pipe;
        return SOURCE_OK;
    }
    judged = open_file(source, path, &fd, &status);
    if (judged == SOURCE_OK) {
        size_t expected = S_ISREG(status.st_mode) ? (size_t)status.st_size : 0;

        source->device = (uint64_t)status.st_dev;
        source->inode = (uint64_t)status.st_ino;
        source->is_pipe = !S_ISREG(status.st_mode);
        if (!read_file(arena, fd, expected, source))
            judged = errno == ENOMEM ? SOURCE_NO_MEMORY : SOURCE_UNREADABLE;
    }
    error = errno;
    if (fd >= 0)
        close(fd);
    errno = error;
    return judged;
}

bool source_agrees(const struct source *source, const char *path)
{
    char text[AGREES_AT_A_TIME];
    struct stat status;
    size_t used = 0;
    bool agrees;
    int fd;

    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) ||
        (uintmax_t)status.st_size != source->length)
        return false;
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    agrees = fd >= 0;
    while (agrees && used < source->length) {
        ssize_t got = read(fd, text, sizeof text);

        if (got < 0 && errno == EINTR)
            continue;
        agrees = got > 0 && (size_t)got <= source->length - used &&
                 memcmp(text, source->text + used, (size_t)got) == 0;
        used += agrees ? (size_t)got : 0;
    }
    if (fd >= 0)
        close(fd);
    return agrees;
}

struct span source_label(struct span name)
{
    static const char suffix[] = ".rules";
    size_t length = sizeof suffix - 1;

    if (!memchr(name.text, '/', name.length) && name.length > length &&
        memcmp(name.text + name.length - length, suffix, length) == 0)
        name.length -= length;
    return name;
}

static uint64_t hash_place(const struct source *source)
{
    return table_hash_number(
        table_hash_number(table_hash_number(TABLE_HASH, source->device), source->inode),
        source->section);
}

const struct source *sources_at(const struct sources *sources, const char *path)
{
    uint64_t hash = table_hash_text(TABLE_HASH, path);
    size_t probe = 0;
    uint32_t number;

    while ((number = table_next(&sources->by_path, hash, &probe)) != TABLE_END)
        if (strcmp(sources->items[number]->path, path) == 0)
            return sources->items[number];
    return NULL;
}

bool sources_have(const struct sources *sources, const struct source *source)
{
    uint64_t hash = hash_place(source);
    size_t probe = 0;
    uint32_t number;

    while ((number = table_next(&sources->by_place, hash, &probe)) != TABLE_END) {
        const struct source *known = sources->items[number];

        if (source_is_same(known, source) && known->section == source->section)
            return true;
    }
    return false;
}

bool sources_add(struct sources *sources, const struct source *source)
{
    uint32_t number = (uint32_t)sources->count;
    const struct source **items =
        grow_by_one(sources->items, sources->count, &sources->capacity, sizeof *items);

    if (!items)
        return false;
    sources->items = items;
    sources->items[number] = source;
    if ((!sources_at(sources, source->path) &&
         !table_add(&sources->by_path, table_hash_text(TABLE_HASH, source->path), number)) ||
        !table_add(&sources->by_place, hash_place(source), number))
        return false;
    sources->count++;
    return true;
}

void sources_release(struct sources *sources)
{
    free(sources->items);
    table_release(&sources->by_path);
    table_release(&sources->by_place);
    *sources = (struct sources){0};
}
