#include "match/postings.h"

#include <stdlib.h>

static struct postings_lists *lists_of(struct postings *postings, const struct postings_rule *rule)
{
    return rule->section ? &postings->in_sections : &postings->everywhere;
}

static bool allocate_all(struct postings *postings, struct arena *arena, size_t count)
{
    size_t starts = (size_t)postings->literals + 3;

    postings->everywhere.starts = arena_array(arena, starts, sizeof *postings->everywhere.starts);
    postings->in_sections.starts = arena_array(arena, starts, sizeof *postings->in_sections.starts);
    postings->sections = arena_array(arena, count, sizeof *postings->sections);
    return postings->everywhere.starts && postings->in_sections.starts && postings->sections;
}

/* How long each list N gets, in starts[N + 2]. */
static void count_lists(struct postings *postings, const struct postings_rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t *starts = lists_of(postings, &rules[i])->starts;

        for (size_t j = 0; j < rules[i].count; j++)
            starts[rules[i].literals[j] + 2]++;
        if (rules[i].count == 0)
            starts[postings->literals + 2]++;
    }
}

/* List N is then filled from starts[N + 1] on, which ends up where the next one begins. */
static bool divide(struct postings *postings, struct arena *arena, struct postings_lists *lists)
{
    for (uint32_t i = 0; i <= postings->literals; i++)
        lists->starts[i + 2] += lists->starts[i + 1];
    lists->rules =
        arena_array(arena, lists->starts[(size_t)postings->literals + 2], sizeof *lists->rules);
    return lists->rules != NULL;
}

/* The rules by their section: a counting sort. NULL when memory is short. */
static uint32_t *by_section(const struct postings_rule *rules, size_t count)
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

static void fill(struct postings *postings, const struct postings_rule *rules, size_t count,
                 const uint32_t *sorted)
{
    for (size_t i = 0; i < count; i++) {
        const struct postings_rule *rule = &rules[sorted[i]];
        struct postings_lists *lists = lists_of(postings, rule);

        postings->sections[sorted[i]] = rule->section;
        for (size_t j = 0; j < rule->count; j++)
            lists->rules[lists->starts[rule->literals[j] + 1]++] = sorted[i];
        if (rule->count == 0)
            lists->rules[lists->starts[postings->literals + 1]++] = sorted[i];
    }
}

bool postings_build(struct postings *postings, struct arena *arena,
                    const struct postings_rule *rules, size_t count, uint32_t literals)
{
    uint32_t *sorted = by_section(rules, count);
    bool built = false;

    postings->literals = literals;
    if (sorted && allocate_all(postings, arena, count)) {
        count_lists(postings, rules, count);
        built = divide(postings, arena, &postings->everywhere) &&
                divide(postings, arena, &postings->in_sections);
        if (built)
            fill(postings, rules, count, sorted);
    }
    free(sorted);
    return built;
}

/* Where SECTION or a later one begins in LIST. */
static const uint32_t *find(const struct postings *postings, struct postings_list list,
                            uint32_t section)
{
    while (list.from < list.to) {
        const uint32_t *middle = list.from + (list.to - list.from) / 2;

        if (postings->sections[*middle] < section)
            list.from = middle + 1;
        else
            list.to = middle;
    }
    return list.from;
}

struct postings_list postings_part(const struct postings *postings, struct postings_list list,
                                   uint32_t section)
{
    const uint32_t *from = find(postings, list, section), *to = from;

    while (to < list.to && postings->sections[*to] == section)
        to++;
    return (struct postings_list){from, to};
}
