/*
 * define -- named pieces of regex, put in the place of their uses.
 *
 * Model:     a list of defines, the newest first; {{NAME}} in a regex stands for the piece in a
 *            group of its own. A backslash before {{ makes it ordinary text.
 * Ownership: defines and expansions live in the caller's arena; names and pieces are borrowed.
 * Limits:    DEFINE_MAX, or defines of defines of defines could fill the memory.
 * Errors:    returned as enum define_status.
 */
#ifndef DECHAFF_RULES_DEFINE_H
#define DECHAFF_RULES_DEFINE_H

#include "base/arena.h"
#include "base/span.h"
#include "rules/rule.h"

/* Bytes of an expanded regex; PCRE2 compiles to 64 KiB at most. */
#define DEFINE_MAX ((size_t)64 * 1024)

enum define_status { DEFINE_OK, DEFINE_MISSING, DEFINE_TOO_LONG, DEFINE_NO_MEMORY };

struct define {
    const struct define *next;
    struct span name;
    struct span regex;
    const struct source *source;
    size_t line;
};

/* The define of that name, or NULL. */
const struct define *define_find(const struct define *defines, struct span name);

/*
 * TEXT with its uses replaced: TEXT itself when it has none, else a copy in the arena. With
 * DEFINE_MISSING, *expanded is the use of an unknown name; with DEFINE_TOO_LONG, the use that makes
 * it so.
 */
enum define_status define_expand(const struct define *defines, struct arena *arena,
                                 struct span text, struct span *expanded);

/* The byte of TEXT that byte OFFSET of its expansion comes from; inside a define, its use. */
size_t define_source_offset(const struct define *defines, struct span text, size_t offset);

#endif
