/*
 * sections -- the documents that [host ...] and [lang ...] are for: read, and found by a document.
 *
 * Model:     a section is a list of hosts, or of languages. A host name means that host, with or
 *            without www.; *.NAME means NAME and every host below it. A language means its regional
 *            variants too. Case does not matter.
 *            Sections are numbered as they come, and equal ones are one; number 0 is everywhere.
 * Ownership: a section's words live in the caller's arena and are borrowed. Once all are added
 *            threads may share the sections; those that hold now are in a struct holding, one for
 *            each stream.
 * Limits:    UINT32_MAX words.
 * Errors:    of what is written enum section_status, else NULL or false when memory is short.
 */
#ifndef DECHAFF_RULES_SECTIONS_H
#define DECHAFF_RULES_SECTIONS_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
    SECTION_NO_HOST,
    SECTION_NO_LANGUAGE,
    SECTION_NO_MEMORY
};

/* Whether WORD may be a host, or *.NAME; a URL is none. */
bool section_is_host(struct span word);

/* Whether WORD may be a language's code: one to three letters, and what '-' or '_' parts from them.
 */
bool section_is_language(struct span word);

/* Takes apart what stands between the brackets; *word is the word that an error is about. */
enum section_status section_parse(struct section *section, struct arena *arena, struct span text,
                                  struct span *word);

/* What is wrong with the word, and what would be right; false for what is no error of the text. */
bool section_fault(enum section_status status, const char **what, const char **mend);

struct sections;

struct sections *sections_create(void);
void sections_destroy(struct sections *sections);

/* A copy that is the arena's: nothing is added to it, and it is not destroyed. */
struct sections *sections_copy(const struct sections *sections, struct arena *arena);

/* A copy that others may be added to, with the same numbers; NULL: no memory. */
struct sections *sections_clone(const struct sections *sections);

/* Adds a section unless an equal one is there; *number is whose it is. */
bool sections_add(struct sections *sections, const struct section *section, uint32_t *number);

/* That of NUMBER; 0 is for no hosts. */
const struct section *sections_at(const struct sections *sections, uint32_t number);

/* The sections that hold for the document at hand; starts zeroed. */
struct holding {
    bool *holds;       /* by number; 0 does always */
    uint32_t *numbers; /* those that do, but for 0, in no order */
    uint32_t *spare;   /* where they are listed next */
    size_t count;
};

/* At first only number 0 holds. */
bool holding_init(struct holding *holding, const struct sections *sections);
void holding_release(struct holding *holding);

/* Chooses those for a document of that host and language; NULL: unknown. Whether they are others
 * than before. */
bool holding_choose(struct holding *holding, const struct sections *sections, const char *host,
                    const char *language);

#endif
