/*
 * source -- rule files, each read once.
 *
 * Model:     a file is read whole before anything in it is looked at; rules point into it. It is
 *            loaded once for each section it is included in, and read once for each path. With a
 *            file for each of ten thousand sites, looking through all of them for every include
 *            would take longer than all else: sources are found by path, and by file and section.
 *            One that the command line names may be regular, a pipe or /dev/null; one that a rule
 *            file includes must be regular, or it could make the program wait or read without end.
 * Ownership: the text lives in the arena it was read into. struct sources starts zeroed and borrows
 *            what is added to it; sources_release frees the rest.
 * Limits:    SOURCE_MAX bytes a file.
 * Errors:    of reading enum source_status, else false when memory is short.
 */
#ifndef DECHAFF_RULES_SOURCE_H
#define DECHAFF_RULES_SOURCE_H

#include "base/arena.h"
#include "base/span.h"
#include "base/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SOURCE_MAX ((size_t)256 * 1024 * 1024)

/* A rule file, or the rules of -e. */
struct source {
    const char *path;  /* as error messages name it */
    const char *label; /* as rule ids name it */
    const char *text;
    size_t length;
    uint64_t device; /* with the inode, what tells files apart; 0 for -e */
    uint64_t inode;
    uint32_t section; /* it was included in */
    bool is_named;    /* by the command line */
    bool is_pipe;
    struct source *previous;       /* that was named before it for the same set */
    const struct source *includer; /* NULL for those of the command line */
    bool is_secret; /* it may hold anything: messages say nothing of what stands in it */
    bool binds;     /* the user's own, by the command line: -e, or no shipped file */
    bool shipped;   /* from the installed rules, where every rule needs its examples */
};

/* Whether both are the same file; never true of an -e. */
static inline bool source_is_same(const struct source *a, const struct source *b)
{
    return a->inode && a->inode == b->inode && a->device == b->device;
}

enum source_status {
    SOURCE_OK,
    SOURCE_NO_MEMORY,
    SOURCE_UNREADABLE, /* errno says why */
    SOURCE_IRREGULAR   /* no regular file: a device, or a pipe that may not be one */
};

/* Reads the file at PATH into the arena and notes its device and inode, unless KNOWN, which has
 * the source's path, was read before: a file that packs share is included by each of them. What
 * is not to be read is neither read nor waited for. */
enum source_status source_read(struct source *source, const char *path, const struct source *known,
                               struct arena *arena);

/* Notes which file stands at the source's path now; false with errno if none does. */
bool source_identify(struct source *source);

/* Whether the file at PATH is regular and has the source's text. */
bool source_agrees(const struct source *source, const char *path);

/* The name that rule ids use: without the suffix of files found by name. */
struct span source_label(struct span name);

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
