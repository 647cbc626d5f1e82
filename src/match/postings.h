/*
 * roster -- the rules that each literal stands for, by section.
 *
 * Model:     a list for each literal, and one more for the rules that require none. The rules of
 *            section 0 stand apart from those in sections: where no section holds, these cost
 *            nothing, and where one does, its part of a list is found without reading the others.
 * Ownership: a roster starts zeroed and keeps nothing of what it is built from. It is never changed
 *            once built, and threads may share it.
 * Limits:    UINT32_MAX rules, literals, and literals of all rules together.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_MATCH_POSTINGS_H
#define DECHAFF_MATCH_POSTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbered by its place in the array. */
struct roster_rule {
    const uint32_t *literals; /* by number */
    size_t count;
    uint32_t section;
};

/* List N is rules[starts[N]] to rules[starts[N + 1]]. */
struct roster_lists {
    uint32_t *starts;
    uint32_t *rules;
};

struct roster {
    struct roster_lists everywhere;  /* each ascending */
    struct roster_lists in_sections; /* each by section, then ascending */
    uint32_t *sections;              /* by rule */
    uint32_t literals;               /* also the number of the list of those that require none */
    size_t memory;
};

struct roster_list {
    const uint32_t *from;
    const uint32_t *to;
};

bool roster_build(struct roster *roster, const struct roster_rule *rules, size_t count,
                  uint32_t literals);
void roster_release(struct roster *roster);

static inline struct roster_list roster_everywhere(const struct roster *roster, uint32_t literal)
{
    const struct roster_lists *lists = &roster->everywhere;

    return (struct roster_list){lists->rules + lists->starts[literal],
                                lists->rules + lists->starts[literal + 1]};
}

/* Of all sections but 0. */
static inline struct roster_list roster_in_sections(const struct roster *roster, uint32_t literal)
{
    const struct roster_lists *lists = &roster->in_sections;

    return (struct roster_list){lists->rules + lists->starts[literal],
                                lists->rules + lists->starts[literal + 1]};
}

/* The part of such a list that SECTION has. */
struct roster_list roster_part(const struct roster *roster, struct roster_list list,
                               uint32_t section);

#endif
