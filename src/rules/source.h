/*
 * source -- the text of a rule file.
 *
 * Model:     read whole before anything in it is looked at; rules point into it.
 * Ownership: the text lives in the arena it was read into.
 * Limits:    SOURCE_MAX bytes.
 * Errors:    false with errno set.
 */
#ifndef DECHAFF_RULES_SOURCE_H
#define DECHAFF_RULES_SOURCE_H

#include "base/arena.h"
#include "base/span.h"

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
    bool shipped;     /* from the installed rules, where every rule needs its examples */
};

/* Whether both are the same file; never true of an -e. */
static inline bool source_is_same(const struct source *a, const struct source *b)
{
    return a->inode && a->inode == b->inode && a->device == b->device;
}

/* Reads the file SOURCE->path into the arena and notes its device and inode, unless KNOWN,
 * which has that path, was read before: a file that packs share is included by each of them. */
bool source_read(struct source *source, const struct source *known, struct arena *arena);

/* The name that rule ids use: without the suffix of files found by name. */
struct span source_label(struct span name);

#endif
