#include "rules/paths.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef DECHAFF_RULES_DIR
#define DECHAFF_RULES_DIR "/usr/local/share/dechaff/rules"
#endif

#ifndef DECHAFF_IMAGES_DIR
#define DECHAFF_IMAGES_DIR "/usr/local/lib/dechaff"
#endif

#define SUFFIX ".rules"

static char *put(char *at, const char *bytes, size_t length)
{
    if (length)
        memcpy(at, bytes, length);
    return at + length;
}

/* A, MIDDLE, B and END, one behind the other. */
static char *join(const char *a, size_t a_length, const char *middle, const char *b,
                  size_t b_length, const char *end)
{
    size_t middle_length = strlen(middle), end_size = strlen(end) + 1;
    char *text = malloc(a_length + middle_length + b_length + end_size), *next = text;

    if (!text)
        return NULL;
    next = put(next, a, a_length);
    next = put(next, middle, middle_length);
    next = put(next, b, b_length);
    put(next, end, end_size);
    return text;
}

/* Takes NAME over, also when it fails. */
static bool add(struct paths *paths, char *name)
{
    struct directory *directories;

    if (!name)
        return false;
    directories = realloc(paths->directories, (paths->count + 1) * sizeof *directories);
    if (!directories) {
        free(name);
        return false;
    }
    paths->directories = directories;
    directories[paths->count++] = (struct directory){name, access(name, F_OK) == 0};
    return true;
}

static bool add_environment(struct paths *paths)
{
    const char *list = getenv("DECHAFF_RULES");

    while (list && *list) {
        size_t length = strcspn(list, ":");

        if (length && !add(paths, join(list, length, "", "", 0, "")))
            return false;
        list += length + (list[length] == ':');
    }
    return true;
}

static bool add_config(struct paths *paths)
{
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");

    /* The XDG base directory specification: a relative path is to be ignored. */
    if (config && config[0] == '/')
        return add(paths, join(config, strlen(config), "/dechaff", "", 0, ""));
    if (home && home[0] == '/')
        return add(paths, join(home, strlen(home), "/.config/dechaff", "", 0, ""));
    return true;
}

/* The build tree that PROGRAM lies in, or NULL; with errno ENOMEM when memory is short. */
static char *build_tree(const char *program)
{
    char *self = realpath("/proc/self/exe", NULL);
    char *tree = NULL;
    const char *slash;

    if (!self && strchr(program, '/'))
        self = realpath(program, NULL);
    slash = self ? strrchr(self, '/') : NULL;
    errno = 0;
    if (slash) {
        char *source = join(self, (size_t)(slash - self), "/filter.c", "", 0, "");
        char *rules = join(self, (size_t)(slash - self), "/rules", "", 0, "");

        if (source && rules && access(source, F_OK) == 0 && access(rules, R_OK | X_OK) == 0)
            tree = join(self, (size_t)(slash - self), "", "", 0, "");
        free(source);
        free(rules);
    }
    free(self);
    return tree;
}

/* A directory of TREE, or INSTALLED when there is no tree. */
static char *place_of(const char *tree, const char *below, const char *installed)
{
    return tree ? join(tree, strlen(tree), below, "", 0, "")
                : join(installed, strlen(installed), "", "", 0, "");
}

struct paths *paths_create(const char *program, bool shipped_only)
{
    struct paths *paths = calloc(1, sizeof *paths);
    char *tree;
    bool good;

    if (!paths)
        return NULL;
    if (!shipped_only && (!add_environment(paths) || !add_config(paths)))
        goto no_memory;
    tree = build_tree(program);
    if (!tree && errno == ENOMEM)
        goto no_memory;
    paths->images = place_of(tree, "/build", DECHAFF_IMAGES_DIR);
    good = add(paths, place_of(tree, "/rules", DECHAFF_RULES_DIR)) && paths->images;
    free(tree);
    if (good)
        return paths;

no_memory:
    paths_destroy(paths);
    return NULL;
}

void paths_destroy(struct paths *paths)
{
    if (!paths)
        return;
    for (size_t i = 0; i < paths->count; i++)
        free(paths->directories[i].name);
    free(paths->directories);
    free(paths->images);
    free(paths);
}

char *paths_image(const struct paths *paths, const char *name)
{
    return join(paths->images, strlen(paths->images), "/", name, strlen(name), ".image");
}

/* is_seen: somebody will see whether there is a file in the last directory. */
static char *find(const struct paths *paths, const char *name, size_t length, bool is_seen)
{
    bool has_suffix = length > strlen(SUFFIX) &&
                      memcmp(name + length - strlen(SUFFIX), SUFFIX, strlen(SUFFIX)) == 0;

    if (memchr(name, '/', length))
        return join(name, length, "", "", 0, "");
    for (size_t i = 0; i < paths->count; i++) {
        const struct directory *directory = &paths->directories[i];
        char *path;

        if (!directory->is_there)
            continue;
        path = join(directory->name, strlen(directory->name), "/", name, length,
                    has_suffix ? "" : SUFFIX);
        if (!path) {
            errno = ENOMEM;
            return NULL;
        }
        if ((is_seen && i + 1 == paths->count) || access(path, F_OK) == 0)
            return path;
        free(path);
    }
    errno = ENOENT;
    return NULL;
}

char *paths_find(const struct paths *paths, const char *name, size_t length)
{
    return find(paths, name, length, false);
}

char *paths_expect(const struct paths *paths, const char *name, size_t length)
{
    return find(paths, name, length, true);
}

/* Whether REAL is below DIRECTORY, whose own links are followed. */
static bool is_below(const char *directory, const char *real)
{
    char *root = realpath(directory, NULL);
    size_t length = root ? strlen(root) : 0;
    bool inside;

    if (length && root[length - 1] == '/')
        length--; /* the root of all */
    inside = root && strncmp(real, root, length) == 0 && real[length] == '/';
    free(root);
    return inside;
}

bool paths_hold(const struct paths *paths, const char *real)
{
    for (size_t i = 0; i < paths->count; i++)
        if (is_below(paths->directories[i].name, real))
            return true;
    return false;
}

bool paths_beside(const char *file, const char *real)
{
    const char *slash = strrchr(file, '/');
    char *directory = slash ? join(file, (size_t)(slash - file) + 1, "", "", 0, "") : NULL;
    bool inside = (directory || !slash) && is_below(directory ? directory : ".", real);

    free(directory);
    return inside;
}

bool paths_is_shipped(const struct paths *paths, const char *path)
{
    char *real = realpath(path, NULL);
    bool inside = real && is_below(paths->directories[paths->count - 1].name, real);

    free(real);
    return inside;
}
