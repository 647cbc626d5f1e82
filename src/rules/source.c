#include "rules/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

bool source_read(struct source *source, const struct source *known, struct arena *arena)
{
    struct stat status;
    bool good;
    int fd, error;

    if (known) {
        source->text = known->text;
        source->length = known->length;
        source->device = known->device;
        source->inode = known->inode;
        return true;
    }
    fd = open(source->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return false;
    good = fstat(fd, &status) == 0;
    if (good && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        good = false;
    }
    if (good) {
        size_t expected = S_ISREG(status.st_mode) ? (size_t)status.st_size : 0;

        source->device = (uint64_t)status.st_dev;
        source->inode = (uint64_t)status.st_ino;
        good = read_file(arena, fd, expected < SOURCE_MAX ? expected : 0, source);
    }
    error = errno;
    close(fd);
    errno = error;
    return good;
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

    if (sources->count == sources->capacity) {
        size_t capacity = sources->capacity ? 2 * sources->capacity : 16;
        const struct source **items = realloc(sources->items, capacity * sizeof *items);

        if (!items)
            return false;
        sources->items = items;
        sources->capacity = capacity;
    }
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
