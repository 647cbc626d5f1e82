/*
 * define -- named pieces of regex, put in the place of their uses.
 *
 * Model:     {{NAME}} in a regex stands for the piece in a group of its own. A backslash before {{
 *            makes it ordinary text. A piece is the regex behind the name, or the phrases on the
 *            lines under it, joined by |. Names are found by their hash.
 * Ownership: defines and expansions live in the caller's arena; names and phrases are borrowed.
 *            defines_release frees what finds them.
 * Limits:    DEFINE_MAX, or defines of defines of defines could fill the memory.
 * Errors:    returned as enum define_status.
 */
#ifndef DECHAFF_RULES_DEFINE_H
#define DECHAFF_RULES_DEFINE_H

#include "base/arena.h"
#include "base/span.h"
#include "rules/diag.h"
#include "rules/rule.h"

/* Bytes of an expanded regex; PCRE2 compiles to 64 KiB at most. */
#define DEFINE_MAX ((size_t)64 * 1024)

enum define_status { DEFINE_OK, DEFINE_MISSING, DEFINE_TOO_LONG, DEFINE_NO_MEMORY };

struct define {
    struct define *next; /* in its chain */
    struct define *newer;
    struct span name;
    struct span regex;   /* with what its uses stand for */
    struct span written; /* the regex behind the name, or all lines with phrases; or the name */
    bool has_phrases;
    const struct source *source;
    struct place place; /* of its name */
};

/* Starts zeroed. */
struct defines {
    struct define **chains; /* by the hash of their names */
    size_t size;            /* of them, a power of 2, or 0 */
    size_t count;
};

/* The define of that name, or NULL. */
struct define *define_find(const struct defines *defines, struct span name);

/* There must be none of its name. False: no memory. */
bool define_add(struct defines *defines, struct define *define);

void defines_release(struct defines *defines);

/*
 * TEXT with its uses replaced: TEXT itself when it has none, else a copy in the arena. With
 * DEFINE_MISSING, *expanded is the use of an unknown name; with DEFINE_TOO_LONG, the use that makes
 * it so.
 */
enum define_status define_expand(const struct defines *defines, struct arena *arena,
                                 struct span text, struct span *expanded);

/* The byte of TEXT that byte OFFSET of its expansion comes from; inside a define, its use. */
size_t define_source_offset(const struct defines *defines, struct span text, size_t offset);

#endif
