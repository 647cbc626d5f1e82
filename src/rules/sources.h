/*
 * sources -- the rule files of a set, found by their path, and by file and section.
 *
 * Model:     a file is loaded once for each section it is included in, and read once for each
 *            path. With a file for each of ten thousand sites, looking through all of them for
 *            every include would take longer than all else.
 * Ownership: the sources are borrowed. It starts zeroed; sources_release frees what it holds.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_RULES_SOURCES_H
#define DECHAFF_RULES_SOURCES_H

#include "base/table.h"
#include "rules/source.h"

struct sources {
    const struct source **items;
    size_t count;
    size_t capacity;
    struct table by_path;  /* each path once */
    struct table by_place; /* by file and section */
};

/* One that was read from PATH, or NULL. */
const struct source *sources_at(const struct sources *sources, const char *path);

/* Whether the file is there for its section. */
bool sources_have(const struct sources *sources, const struct source *source);

bool sources_add(struct sources *sources, const struct source *source);

void sources_release(struct sources *sources);

#endif
