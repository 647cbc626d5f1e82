/*
 * include -- which files rule files may include.
 *
 * Model:     the user names files on the command line, by -r or in an -e, and may name any. A rule
 *            file may come from elsewhere: what it includes by a path lies, all links followed,
 *            below the directory of a file that it is included by, of itself, or of the search
 *            path. Such a file is secret unless it is called FILE.rules: it may be anything.
 *            Pipes and what /dev/stdin or /dev/fd/N names lie in the current directory.
 * Ownership: as in source.h.
 * Limits:    those of source.h.
 * Errors:    enum source_status; a file that is out of reach is SOURCE_IRREGULAR.
 */
#ifndef DECHAFF_RULES_INCLUDE_H
#define DECHAFF_RULES_INCLUDE_H

#include "rules/paths.h"
#include "rules/source.h"

/* Reads the file of SOURCE, as source_read does, if its includer may include it. IS_PATH: it was
 * not found on the search path, but named by its path. */
enum source_status include_read(struct source *source, bool is_path, const struct paths *paths,
                                const struct source *known, struct arena *arena);

/* Why it was not read, from errno too. */
const char *include_reason(const struct source *source, enum source_status status);

#endif
