/*
 * catalog -- the rule files that can be named: those of the search path.
 *
 * Model:     each name once, of the directory where it is found first; in the order of the
 *            alphabet. A file says what it is for in the sentence at its top, a comment; one that
 *            begins "The profile" is of a profile. Files that drop nothing by themselves, as they
 *            only define, are none to name.
 * Ownership: what is returned is the caller's.
 * Errors:    NULL when memory is short; what cannot be read is left out.
 */
#ifndef DECHAFF_RULES_CATALOG_H
#define DECHAFF_RULES_CATALOG_H

#include "base/span.h"
#include "rules/paths.h"

/* A line for each: the name, `profile` or `pack`, and its sentence, with tabs between them. */
char *catalog_text(const struct paths *paths);

/* The name that NAME was most likely meant for; NULL too if none is near. */
char *catalog_nearest(const struct paths *paths, struct span name);

#endif
