/*
 * image -- a finished set of rules and what is built of it, kept in a file for a quick start.
 *
 * Model:     the file is the memory of the set and of its engine, made to lie at one address, where
 *            it is mapped: nothing is read but what is used, and all processes share it. It has the
 *            names and the texts of the rule files that it was made of. It is taken only if it was
 *            made by this very version of the program, and each of these names leads to a file of
 *            the same bytes; else the set is loaded, as if there were no image.
 * Trust:     it is memory, and not checked as a rule file is: it must belong to root or the user,
 *            and nobody else may write to it.
 * Ownership: rules_destroy unmaps what was taken.
 * Limits:    IMAGE_MAX bytes.
 * Errors:    of taking one none: false, and the rules are as they were.
 */
#ifndef DECHAFF_MATCH_IMAGE_H
#define DECHAFF_MATCH_IMAGE_H

#include "rules/paths.h"
#include "rules/rules.h"

#define IMAGE_MAX ((size_t)64 * 1024 * 1024)

/* Fills RULES, an empty set that has the caller's limits and not yet a byte in its arena, with
 * those that NAME stands for, from their image. */
bool image_take(struct rules *rules, const char *name, const struct paths *paths);

/* Spares RULES, which are yet to be loaded, the analysis of the regexes in the image of NAME. */
void image_know(struct rules *rules, const char *name, const struct paths *paths);

/* Prepares RULES, as empty, for being written. False if its memory can't be where it has to. */
bool image_begin(struct rules *rules);

/* Writes the finished set to a new file at PATH, where an older one is removed; false with errno,
 * which is EINVAL unless there are rule files and all were named. It is good for image_take if the
 * set was loaded by one name, and no more. */
bool image_write(struct rules *rules, const char *path);

#endif
