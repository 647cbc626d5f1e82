/*
 * paths -- where a rule file of a given name is.
 *
 * Model:     a list of directories, looked through in order: those of $DECHAFF_RULES, the user's
 *            $XDG_CONFIG_HOME/dechaff (or ~/.config/dechaff), then the shipped rules: the rules/
 *            beside the program when it runs from its build tree, else the installed ones.
 *            A name with a slash is a path and is not searched for.
 *            What a rule file may include lies below one of them, or below the directory of a file
 *            that includes it: paths_hold and paths_beside, of paths whose links are resolved.
 *            Images of shipped rules (match/image.h) are in build/ there, or installed too.
 * Ownership: paths_destroy frees the list; a path that is returned is the caller's.
 * Errors:    NULL when memory is short, or with errno ENOENT when there is no such file.
 */
#ifndef DECHAFF_RULES_PATHS_H
#define DECHAFF_RULES_PATHS_H

#include <stdbool.h>
#include <stddef.h>

struct directory {
    char *name;
    bool is_there; /* or there is nothing to be looked for */
};

struct paths {
    struct directory *directories; /* the last one is that of the shipped rules */
    size_t count;                  /* at least 1 */
    char *images;                  /* the directory of the images of shipped rules */
};

/* program is argv[0]; shipped_only leaves out all but the last place (--no-config). */
struct paths *paths_create(const char *program, bool shipped_only);
void paths_destroy(struct paths *paths);

/* The path of the rule file NAME; the caller frees it. */
char *paths_find(const struct paths *paths, const char *name, size_t length);

/* The same for a caller who sees for himself whether there is a file: of the shipped rules the path
 * is where it would be. */
char *paths_expect(const struct paths *paths, const char *name, size_t length);

/* The path of the image of the rules NAME, which need not be there; NULL: no memory. */
char *paths_image(const struct paths *paths, const char *name);

/* Whether REAL, a path without links, is below one of the directories. */
bool paths_hold(const struct paths *paths, const char *real);

/* Whether it is below the directory that FILE is in. As above, false with errno ENOMEM when memory
 * is short. */
bool paths_beside(const char *file, const char *real);

/* True for a path inside the directory of the shipped rules, which --check is stricter with. */
bool paths_is_shipped(const struct paths *paths, const char *path);

#endif
