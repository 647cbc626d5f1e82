/*
 * section -- the documents that a [host ...] or [lang ...] section is for.
 *
 * Model:     a list of hosts, or of languages. A host name means that host, with or without www.;
 *            *.NAME means NAME and every host below it. A language means its regional variants
 *            too. Case does not matter.
 * Ownership: the words live in the caller's arena.
 * Errors:    returned as enum section_status.
 */
#ifndef DECHAFF_RULES_SECTION_H
#define DECHAFF_RULES_SECTION_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct section {
    bool is_host; /* else languages */
    const char *const *words;
    size_t count;
};

enum section_status {
    SECTION_OK,
    SECTION_EVERYWHERE, /* [] */
    SECTION_UNKNOWN,
    SECTION_EMPTY,
    SECTION_NO_MEMORY
};

/* Takes apart what stands between the brackets; *word is the word that an error is about. */
enum section_status section_parse(struct section *section, struct arena *arena, struct span text,
                                  struct span *word);

/* Whether two sections are for the same documents, said in the same words. */
bool section_equal(const struct section *a, const struct section *b);

/* Whether the section is for a document of that host and language; NULL: unknown. */
bool section_holds(const struct section *section, const char *host, const char *language);

#endif
