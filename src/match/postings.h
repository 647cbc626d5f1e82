/*
 * postings -- the rules that each literal stands for, by section.
 *
 * Model:     a list for each literal, and one more for the rules that require none. The rules of
 *            section 0 stand apart from those in sections: where no section holds, these cost
 *            nothing, and where one does, its part of a list is found without reading the others.
 * Ownership: struct postings starts zeroed, its lists are the arena's, and it keeps nothing of what
 *            it is built from. It is never changed once built: threads may share it.
 * Limits:    UINT32_MAX rules, literals, and literals of all rules together.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_MATCH_POSTINGS_H
#define DECHAFF_MATCH_POSTINGS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbered by its place in the array. */
struct postings_rule {
    const uint32_t *literals; /* by number */
    size_t count;
    uint32_t section;
};

/* List N is rules[starts[N]] to rules[starts[N + 1]]. */
struct postings_lists {
    uint32_t *starts;
    uint32_t *rules;
};

struct postings {
    struct postings_lists everywhere;  /* each ascending */
    struct postings_lists in_sections; /* each by section, then ascending */
    uint32_t *sections;                /* by rule */
    uint32_t literals;                 /* also the number of the list of those that require none */
};

struct postings_list {
    const uint32_t *from;
    const uint32_t *to;
};

bool postings_build(struct postings *postings, struct arena *arena,
                    const struct postings_rule *rules, size_t count, uint32_t literals);

static inline struct postings_list postings_everywhere(const struct postings *postings,
                                                       uint32_t literal)
{
    const struct postings_lists *lists = &postings->everywhere;

    return (struct postings_list){lists->rules + lists->starts[literal],
                                  lists->rules + lists->starts[literal + 1]};
}

/* Of all sections but 0. */
static inline struct postings_list postings_in_sections(const struct postings *postings,
                                                        uint32_t literal)
{
    const struct postings_lists *lists = &postings->in_sections;

    return (struct postings_list){lists->rules + lists->starts[literal],
                                  lists->rules + lists->starts[literal + 1]};
}

/* The part of such a list that SECTION has. */
struct postings_list postings_part(const struct postings *postings, struct postings_list list,
                                   uint32_t section);

#endif
