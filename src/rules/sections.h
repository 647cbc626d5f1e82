/*
 * sections -- the sections of a rule set, found by a document's host and language.
 *
 * Model:     sections are numbered as they come, and equal ones are one; number 0 is everywhere.
 *            Each word of each section is in a table, so that finding those that hold takes a
 *            look-up for the host and one for each name above it, however many there are. They
 *            are those that section_holds tells, one by one.
 * Ownership: the words are borrowed. Once all are added threads may share the sections; what
 *            holds now is in a struct holding, one for each stream.
 * Limits:    UINT32_MAX words.
 * Errors:    NULL or false when memory is short.
 */
#ifndef DECHAFF_RULES_SECTIONS_H
#define DECHAFF_RULES_SECTIONS_H

#include "rules/section.h"

#include <stdint.h>

struct sections;

struct sections *sections_create(void);
void sections_destroy(struct sections *sections);

/* Adds a section unless an equal one is there; *number is whose it is. */
bool sections_add(struct sections *sections, const struct section *section, uint32_t *number);

/* Number 0 counts. */
size_t sections_count(const struct sections *sections);

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
