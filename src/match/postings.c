#include "match/postings.h"

#include <stdlib.h>

static void *allocate(struct roster *roster, size_t count, size_t size)
{
    roster->memory += count * size;
    return calloc(count ? count : 1, size);
}

static struct roster_lists *lists_of(struct roster *roster, const struct roster_rule *rule)
{
    return rule->section ? &roster->in_sections : &roster->everywhere;
}

static bool allocate_all(struct roster *roster, size_t count)
{
    size_t starts = (size_t)roster->literals + 3;

    roster->everywhere.starts = allocate(roster, starts, sizeof *roster->everywhere.starts);
    roster->in_sections.starts = allocate(roster, starts, sizeof *roster->in_sections.starts);
    roster->sections = allocate(roster, count, sizeof *roster->sections);
    return roster->everywhere.starts && roster->in_sections.starts && roster->sections;
}

/* How long each list N gets, in starts[N + 2]. */
static void count_lists(struct roster *roster, const struct roster_rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t *starts = lists_of(roster, &rules[i])->starts;

        for (size_t j = 0; j < rules[i].count; j++)
            starts[rules[i].literals[j] + 2]++;
        if (rules[i].count == 0)
            starts[roster->literals + 2]++;
    }
}

/* List N is then filled from starts[N + 1] on, which ends up where the next one begins. */
static bool divide(struct roster *roster, struct roster_lists *lists)
{
    for (uint32_t i = 0; i <= roster->literals; i++)
        lists->starts[i + 2] += lists->starts[i + 1];
    lists->rules =
        allocate(roster, lists->starts[(size_t)roster->literals + 2], sizeof *lists->rules);
    return lists->rules != NULL;
}

/* The rules by their section: a counting sort. NULL when memory is short. */
static uint32_t *by_section(const struct roster_rule *rules, size_t count)
{
    uint32_t last = 0, *next, *sorted = calloc(count + 1, sizeof *sorted);

    for (size_t i = 0; i < count; i++)
        last = rules[i].section > last ? rules[i].section : last;
    next = calloc(last + (size_t)2, sizeof *next);
    if (!sorted || !next) {
        free(sorted);
        free(next);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        next[rules[i].section + 1]++;
    for (size_t i = 0; i < last; i++)
        next[i + 1] += next[i];
    for (size_t i = 0; i < count; i++)
        sorted[next[rules[i].section]++] = (uint32_t)i;
    free(next);
    return sorted;
}

static void fill(struct roster *roster, const struct roster_rule *rules, size_t count,
                 const uint32_t *sorted)
{
    for (size_t i = 0; i < count; i++) {
        const struct roster_rule *rule = &rules[sorted[i]];
        struct roster_lists *lists = lists_of(roster, rule);

        roster->sections[sorted[i]] = rule->section;
        for (size_t j = 0; j < rule->count; j++)
            lists->rules[lists->starts[rule->literals[j] + 1]++] = sorted[i];
        if (rule->count == 0)
            lists->rules[lists->starts[roster->literals + 1]++] = sorted[i];
    }
}

bool roster_build(struct roster *roster, const struct roster_rule *rules, size_t count,
                  uint32_t literals)
{
    uint32_t *sorted = by_section(rules, count);
    bool built = false;

    roster->literals = literals;
    if (sorted && allocate_all(roster, count)) {
        count_lists(roster, rules, count);
        built = divide(roster, &roster->everywhere) && divide(roster, &roster->in_sections);
        if (built)
            fill(roster, rules, count, sorted);
    }
    free(sorted);
    return built;
}

void roster_release(struct roster *roster)
{
    free(roster->everywhere.starts);
    free(roster->everywhere.rules);
    free(roster->in_sections.starts);
    free(roster->in_sections.rules);
    free(roster->sections);
    *roster = (struct roster){0};
}

/* Where SECTION or a later one begins in LIST. */
static const uint32_t *find(const struct roster *roster, struct roster_list list, uint32_t section)
{
    while (list.from < list.to) {
        const uint32_t *middle = list.from + (list.to - list.from) / 2;

        if (roster->sections[*middle] < section)
            list.from = middle + 1;
        else
            list.to = middle;
    }
    return list.from;
}

struct roster_list roster_part(const struct roster *roster, struct roster_list list,
                               uint32_t section)
{
    const uint32_t *from = find(roster, list, section), *to = from;

    while (to < list.to && roster->sections[*to] == section)
        to++;
    return (struct roster_list){from, to};
}
