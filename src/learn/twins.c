#include "learn/twins.h"

#include "base/grow.h"

#include <stdlib.h>

bool twins_begin(struct twins *twins, uint32_t pages)
{
    uint32_t *parents, *seen_by;

    twins->count = twins->counted = 0;
    twins->pages = pages;
    table_release(&twins->table);
    if (pages > twins->pages_room) {
        parents = realloc(twins->parents, pages * sizeof *parents);
        if (parents)
            twins->parents = parents;
        seen_by = realloc(twins->seen_by, pages * sizeof *seen_by);
        if (seen_by)
            twins->seen_by = seen_by;
        if (!parents || !seen_by)
            return false;
        twins->pages_room = pages;
    }
    for (uint32_t i = 0; i < pages; i++) {
        twins->parents[i] = i;
        twins->seen_by[i] = 0;
    }
    return true;
}

static bool note_pair(struct twins *twins, uint32_t first, uint32_t second, uint32_t words)
{
    uint64_t hash = table_hash_number(table_hash_number(TABLE_HASH, first), second);
    size_t probe = 0;
    uint32_t number;

    while ((number = table_next(&twins->table, hash, &probe)) != TABLE_END) {
        struct twins_pair *pair = &twins->pairs[number];

        if (pair->first == first && pair->second == second) {
            pair->words += words;
            return true;
        }
    }
    if (!grow_to((void **)&twins->pairs, twins->count + 1, &twins->room, sizeof *twins->pairs) ||
        !table_add(&twins->table, hash, twins->count))
        return false;
    twins->pairs[twins->count++] = (struct twins_pair){first, second, words};
    return true;
}

bool twins_note(struct twins *twins, const struct seen_line *line, uint32_t words)
{
    for (uint32_t i = 1; i < line->count && words; i++)
        if (!note_pair(twins, line->at[i - 1].page, line->at[i].page, words))
            return false;
    return true;
}

static uint32_t root(struct twins *twins, uint32_t page)
{
    while (twins->parents[page] != page)
        page = twins->parents[page] = twins->parents[twins->parents[page]];
    return page;
}

void twins_find(struct twins *twins, const struct seen_site *site)
{
    twins->articles = twins->pages;
    for (uint32_t i = 0; i < twins->count; i++) {
        const struct twins_pair *pair = &twins->pairs[i];
        uint32_t first = root(twins, pair->first), second = root(twins, pair->second);
        uint64_t one = site->pages[pair->first].prose, other = site->pages[pair->second].prose;

        if (first == second || pair->words < TWINS_WORDS ||
            2 * (uint64_t)pair->words < (one > other ? one : other))
            continue;
        /* The least is the root, so that it does not depend on the order of the pairs. */
        twins->parents[first < second ? second : first] = first < second ? first : second;
        twins->articles--;
    }
}

uint32_t twins_articles(struct twins *twins, const uint32_t *pages, uint32_t count)
{
    uint32_t articles = 0;

    twins->counted++;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t page = root(twins, pages[i]);

        articles += twins->seen_by[page] != twins->counted;
        twins->seen_by[page] = twins->counted;
    }
    return articles;
}

void twins_release(struct twins *twins)
{
    free(twins->pairs);
    free(twins->parents);
    free(twins->seen_by);
    table_release(&twins->table);
    *twins = (struct twins){0};
}
