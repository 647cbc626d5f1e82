#include "match/image.h"

#include "match/engine.h"
#include "match/seal.h"
#include "regex/pattern.h"
#include "regex/ways.h"
#include "rules/known.h"

#include <errno.h>
#include <fcntl.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A digest of the program's sources; the Makefile gives it. */
#ifndef DECHAFF_IDENTITY
#define DECHAFF_IDENTITY ""
#endif

/* Far from where systems put programs, their heaps and libraries; above what 32 bits can name, and
 * there no image is made. It is no multiple of 2 MB, or Linux may map as much at once, of which
 * most is not needed. */
#define ADDRESS UINT64_C(0x2000010000)

#define IDENTITY_SIZE 64

/* What tells one image from those of other versions and machines. */
struct stamp {
    char identity[IDENTITY_SIZE]; /* of the program and its compiler */
    uint64_t size;                /* of the whole file */
    uint16_t shape[8];            /* how memory is laid out */
};

/* The file begins with it; behind it is the set's arena. */
struct image {
    alignas(max_align_t) struct stamp stamp; /* the arena behind it is aligned so */
    struct rules rules;
    struct engine engine;
    struct known known;
};

static struct stamp stamp_of(uint64_t size)
{
    struct stamp stamp = {.size = size,
                          .shape = {1, sizeof(void *), sizeof(struct rules), sizeof(struct rule),
                                    sizeof(struct source), sizeof(struct section),
                                    sizeof(struct engine), sizeof(struct weights)}};

    snprintf(stamp.identity, sizeof stamp.identity, "dechaff %s", DECHAFF_IDENTITY);
    return stamp;
}

/* SIZE bytes of the file, writable but not shared, where an image has to be; NULL if they can't be
 * there. */
static void *map(int fd, size_t size)
{
    void *wanted = (void *)(uintptr_t)ADDRESS; // NOLINT(performance-no-int-to-ptr)
    void *image = mmap(wanted, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);

    if (image == MAP_FAILED)
        return NULL;
    if (image == wanted)
        return image;
    munmap(image, size);
    return NULL;
}

/* SEAL is what it has of one. */
static struct image *map_file(const char *path, struct seal *seal)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct image *image = NULL;
    struct stamp stamp, wanted;
    struct stat status;

    if (fd < 0)
        return NULL;
    if (fstat(fd, &status) == 0 && seal_trusts(&status) &&
        (uintmax_t)status.st_size > sizeof *image && (uintmax_t)status.st_size <= IMAGE_MAX &&
        read(fd, &stamp, sizeof stamp) == (ssize_t)sizeof stamp) {
        wanted = stamp_of((uint64_t)status.st_size);
        if (memcmp(&stamp, &wanted, sizeof stamp) == 0)
            image = map(fd, (size_t)status.st_size);
    }
    close(fd);
    if (image && seal)
        seal_read(seal, path, &status);
    return image;
}

/* Whether it is an image of NAME and all its files are what they were; their sources get the paths
 * that they have now. */
static bool find_sources(const struct image *image, const struct seal *seal, const char *name,
                         const struct paths *paths, struct arena *arena)
{
    size_t number = 0;

    if (!image->rules.sources)
        return false;
    for (struct source *source = image->rules.sources; source; source = source->previous) {
        bool is_named = source->previous || strcmp(source->label, name) == 0;
        char *path = is_named ? paths_expect(paths, source->label, strlen(source->label)) : NULL;
        bool agrees = path && (seal_holds(seal, number++, path) || source_agrees(source, path));

        source->path = agrees ? arena_copy(arena, path, strlen(path)) : NULL;
        free(path);
        if (!source->path)
            return false;
    }
    return true;
}

static struct image *map_named(const char *name, const struct paths *paths, struct seal *seal)
{
    char *path = strchr(name, '/') ? NULL : paths_image(paths, name);
    struct image *image = path ? map_file(path, seal) : NULL;

    free(path);
    return image;
}

bool image_take(struct rules *rules, const char *name, const struct paths *paths)
{
    struct seal seal = {0};
    struct image *image = map_named(name, paths, &seal);
    size_t size = image ? (size_t)image->stamp.size : 0;
    bool agrees = image &&
                  memcmp(&image->rules.limits, &rules->limits, sizeof rules->limits) == 0 &&
                  find_sources(image, &seal, name, paths, &rules->arena);

    seal_release(&seal);
    if (!image)
        return false;
    if (!agrees) {
        munmap(image, size);
        return false;
    }
    rules_adopt(rules, &image->rules, image, size);
    pages_give_back(rules->once); /* the texts of the files were */
    rules->known = &image->known;
    mprotect(image, size, PROT_READ);
    return true;
}

void image_know(struct rules *rules, const char *name, const struct paths *paths)
{
    struct image *image = map_named(name, paths, NULL);

    if (!image)
        return;
    rules->known = &image->known;
    rules->image = image;
    rules->image_size = (size_t)image->stamp.size;
    rules->once = image->rules.once;
    mprotect(image, rules->image_size, PROT_READ);
}

bool image_begin(struct rules *rules)
{
    int zeros = DECHAFF_IDENTITY[0] ? open("/dev/zero", O_RDONLY | O_CLOEXEC) : -1;
    char *image = zeros < 0 ? NULL : map(zeros, IMAGE_MAX);

    if (zeros >= 0)
        close(zeros);
    if (!image)
        return false;
    rules->image = image;
    rules->image_size = IMAGE_MAX;
    arena_begin(&rules->arena, image + sizeof(struct image), IMAGE_MAX - sizeof(struct image));
    return true;
}

/* Whether an image can say where it is: by a name that is looked for. */
static bool are_named(const struct rules *rules)
{
    for (const struct source *source = rules->sources; source; source = source->previous)
        if (strchr(source->label, '/') || source->is_pipe)
            return false;
    return rules->sources != NULL;
}

/* The one of the gathered sources that has SOURCE's path and section, or a new one. */
static struct source *gathered(struct source *sources, size_t *count, const struct source *source)
{
    for (size_t i = 0; i < *count; i++)
        if (sources[i].section == source->section && strcmp(sources[i].path, source->path) == 0)
            return &sources[i];
    sources[*count] = *source;
    return &sources[(*count)++];
}

/* Moves the sources together, each once, for few pages to be written to when they get their paths;
 * an old one's `previous` is then the new one. */
static bool gather_sources(struct rules *rules)
{
    struct source *sources, *next;
    size_t count = 0;

    for (next = rules->sources; next; next = next->previous)
        count++;
    sources = arena_array(&rules->arena, count, sizeof *sources);
    if (!sources)
        return false;
    count = 0;
    next = rules->sources;
    while (next) {
        struct source *old = next;

        next = old->previous;
        *old = (struct source){.previous = gathered(sources, &count, old)};
    }
    for (size_t i = 0; i < count; i++) {
        struct source *source = &sources[i];

        source->label = arena_copy(&rules->arena, source->label, strlen(source->label));
        if (!source->label)
            return false;
        source->previous = i + 1 < count ? source + 1 : NULL;
        if (source->includer)
            source->includer = source->includer->previous;
    }
    for (uint32_t i = 0; i < rules->count; i++)
        rules->items[i].source = rules->items[i].source->previous;
    rules->sources = sources;
    return true;
}

/* Where the files are now. */
static void forget_places(struct source *sources)
{
    for (struct source *source = sources; source; source = source->previous) {
        source->path = NULL;
        source->device = source->inode = 0;
    }
}

/* *FIRST is what the first one came to. */
static bool compile(struct regex *regex, const struct compiled **first, struct arena *arena)
{
    if (!regex->text || regex->compiled)
        return true;
    regex->compiled = pattern_serialize(regex, *first, arena);
    if (!*first)
        *first = regex->compiled;
    return regex->compiled != NULL;
}

/* Compiles all regexes, of which each run then needs no more than it meets; one that has ways is
 * needed only for a rule that strips, or for a pass rule. */
static bool compile_regexes(struct rules *rules)
{
    const struct compiled *first = NULL;

    for (uint32_t i = 0; i < rules->count; i++) {
        struct rule *rule = &rules->items[i];
        struct way *ways = rule->regex.text ? rule->required->ways : NULL;

        for (size_t j = 0; ways && j < rule->required->ways_count; j++)
            if (!compile(&ways[j].regex, &first, &rules->arena))
                return false;
        if (((!ways || rule->verb == VERB_STRIP || rule->verb == VERB_PASS) &&
             !compile(&rule->regex, &first, &rules->arena)) ||
            !compile(&rule->until, &first, &rules->arena))
            return false;
    }
    return true;
}

/* An older image loses its name, not its bytes: there may be those who have it mapped. */
static int create(const char *path)
{
    struct stat status;

    if (lstat(path, &status) == 0 && S_ISREG(status.st_mode) && unlink(path) != 0)
        return -1;
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
}

/* STATUS gets what stat says of the file that was written. */
static bool put(const void *bytes, size_t size, const char *path, struct stat *status)
{
    int fd = create(path);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    bool good =
        file && fwrite(bytes, 1, size, file) == size && fflush(file) == 0 && fstat(fd, status) == 0;
    int error = errno;

    if (!file && fd >= 0)
        close(fd);
    if (file && fclose(file) != 0 && good) {
        error = errno;
        good = false;
    }
    errno = error;
    return good;
}

bool image_write(struct rules *rules, const char *path)
{
    struct image *image = rules->image;
    size_t room = rules->arena.size, used;
    struct seal seal;
    struct stat status;
    const char *end;
    bool good;

    if (!are_named(rules)) {
        errno = EINVAL;
        return false;
    }
    /* first what is read once, then what is read again and again */
    if (!compile_regexes(rules) || !(end = arena_take(&rules->arena, 0)) || !rules_settle(rules) ||
        !gather_sources(rules) ||
        !known_build(&image->known, rules->items, rules->count, &rules->arena) ||
        !engine_build(&image->engine, rules, &rules->arena)) {
        errno = ENOMEM;
        return false;
    }
    rules->once =
        (struct pages){(const char *)(image + 1), (size_t)(end - (const char *)(image + 1))};
    if (!(end = arena_take(&rules->arena, 0)) || rules->arena.size != room) {
        errno = ENOMEM;
        return false;
    }
    used = (size_t)(end - (const char *)image);
    image->rules = *rules;
    image->rules.image = NULL;
    image->rules.arena = (struct arena){0};
    image->rules.engine = &image->engine;
    image->stamp = stamp_of(used);
    seal_begin(&seal, rules->sources);
    forget_places(rules->sources);
    good = put(image, used, path, &status);
    if (good)
        seal_write(&seal, path, &status);
    seal_release(&seal);
    return good;
}
