/*
 * What was seen is kept as pairs of a template and a page, in the order in which they come. To be
 * written, templates are sorted by site and key, and pages by site and id; a page's number is then
 * its place among those of its site, and equal pages have one.
 */
#include "learn/sightings.h"

#include "base/grow.h"
#include "base/number.h"
#include "base/table.h"

#include <stdlib.h>

#define NONE RECORD_NONE

struct site {
    struct span name;
    uint32_t place; /* among the names, sorted */
};

struct page {
    uint64_t id;
    uint32_t site;
    uint32_t prose;
    uint32_t number; /* once they are sorted: in its site, or NONE beyond RECORD_PAGES */
};

/* A template that was seen on a site. */
struct seen {
    const char *key;
    char *sample; /* NULL: the key says it */
    uint16_t length;
    uint16_t sample_length;
    uint32_t site;
    uint32_t last; /* page it was on */
    uint32_t count;
    uint64_t sample_id; /* of the page that the sample is of */
};

/* A sample of the page at hand, whose id is not known yet. */
struct fresh {
    uint32_t seen;
    uint32_t at; /* in the samples */
    uint32_t length;
};

struct pair {
    uint32_t seen;
    struct seen_at at; /* its page among all of them, as long as these are not sorted */
};

/* What is sorted instead of them, with all that tells their order. */
struct sorted_site {
    struct span name;
    uint32_t number;
};

struct sorted_page {
    uint64_t id;
    uint32_t place; /* of its site */
    uint32_t number;
};

struct sorted_seen {
    uint64_t beginning; /* the key's first bytes, as a number that ascends with them */
    const char *key;
    uint32_t length;
    uint32_t place;
    uint32_t number;
};

/* All of them, sorted. */
struct sorted {
    struct sorted_site *sites;
    struct sorted_page *pages;
    struct sorted_seen *seen;
    struct seen_page *site_pages; /* of a site, as they are written */
    uint32_t *ends;               /* by template: where its places end */
    struct seen_at *places;       /* by template, with the numbers of pages */
};

struct sightings {
    struct arena arena; /* of texts */
    struct site *sites;
    struct page *pages;
    struct seen *seen;
    struct pair *pairs;
    uint32_t site_count, site_room, page_count, page_room, seen_count, seen_room, pair_count,
        pair_room;
    struct table site_table, seen_table;
    size_t memory;
    /* Of the page at hand: */
    uint32_t lines;
    struct fresh *fresh;
    char *samples;
    uint32_t fresh_count, fresh_room, samples_size, samples_room;
};

struct sightings *sightings_create(size_t memory)
{
    struct sightings *sightings = calloc(1, sizeof *sightings);

    if (sightings)
        sightings->memory = memory;
    return sightings;
}

static void forget(struct sightings *sightings)
{
    arena_free(&sightings->arena);
    free(sightings->sites);
    free(sightings->pages);
    free(sightings->seen);
    free(sightings->pairs);
    free(sightings->fresh);
    free(sightings->samples);
    table_release(&sightings->site_table);
    table_release(&sightings->seen_table);
    *sightings = (struct sightings){.memory = sightings->memory};
}

void sightings_destroy(struct sightings *sightings)
{
    if (!sightings)
        return;
    forget(sightings);
    free(sightings);
}

/* The number of the site, or NONE when memory is short. */
static uint32_t site_of(struct sightings *sightings, struct span name)
{
    uint64_t hash = table_hash_bytes(TABLE_HASH, name.text, name.length);
    size_t probe = 0;
    uint32_t number;
    char *copy;

    while ((number = table_next(&sightings->site_table, hash, &probe)) != TABLE_END)
        if (span_equal(sightings->sites[number].name, name))
            return number;
    copy = arena_copy(&sightings->arena, name.text, name.length);
    if (!copy ||
        !grow_to((void **)&sightings->sites, sightings->site_count + 1, &sightings->site_room,
                 sizeof *sightings->sites) ||
        !table_add(&sightings->site_table, hash, sightings->site_count))
        return NONE;
    sightings->sites[sightings->site_count] = (struct site){.name = {copy, name.length}};
    return sightings->site_count++;
}

bool sightings_begin(struct sightings *sightings, struct span name)
{
    uint32_t site = site_of(sightings, name);

    if (site == NONE || !grow_to((void **)&sightings->pages, sightings->page_count + 1,
                                 &sightings->page_room, sizeof *sightings->pages))
        return false;
    sightings->pages[sightings->page_count++] = (struct page){.id = TABLE_HASH, .site = site};
    sightings->lines = sightings->fresh_count = sightings->samples_size = 0;
    return true;
}

/* Notes the sample of a template that has one. */
static bool note_sample(struct sightings *sightings, uint32_t seen, const struct template *template)
{
    uint32_t length = (uint32_t) template->sample.length, at = sightings->samples_size;

    if (!template->is_general)
        return true;
    if (!grow_to((void **)&sightings->fresh, sightings->fresh_count + 1, &sightings->fresh_room,
                 sizeof *sightings->fresh) ||
        !grow_to((void **)&sightings->samples, (uint64_t)at + length, &sightings->samples_room, 1))
        return false;
    memcpy(sightings->samples + at, template->sample.text, length);
    sightings->samples_size += length;
    sightings->fresh[sightings->fresh_count++] = (struct fresh){seen, at, length};
    return true;
}

/* The sample of the page with the least id is kept, and of equal pages the first in the order of
 * bytes: the same one in any order of the pages. */
static bool keep_sample(struct sightings *sightings, const struct fresh *fresh, uint64_t id)
{
    struct seen *seen = &sightings->seen[fresh->seen];
    struct span sample = {sightings->samples + fresh->at, fresh->length};
    struct span kept = {seen->sample, seen->sample_length};

    if (seen->sample &&
        (id > seen->sample_id || (id == seen->sample_id && span_order(sample, kept) >= 0)))
        return true;
    if (seen->sample && sample.length <= kept.length)
        memcpy(seen->sample, sample.text, sample.length);
    else
        seen->sample = arena_copy(&sightings->arena, sample.text, sample.length);
    seen->sample_length = (uint16_t)sample.length;
    seen->sample_id = id;
    return seen->sample != NULL;
}

static uint32_t add_seen(struct sightings *sightings, const struct template *template,
                         uint32_t site, uint64_t hash)
{
    char *key = arena_copy(&sightings->arena, template->key, template->length);
    struct seen seen = {
        .key = key, .length = (uint16_t) template->length, .site = site, .last = NONE};

    if (!key ||
        !grow_to((void **)&sightings->seen, sightings->seen_count + 1, &sightings->seen_room,
                 sizeof *sightings->seen) ||
        !table_add(&sightings->seen_table, hash, sightings->seen_count))
        return NONE;
    sightings->seen[sightings->seen_count] = seen;
    return sightings->seen_count++;
}

/* The number of the template on the site, or NONE when memory is short. */
static uint32_t seen_of(struct sightings *sightings, const struct template *template, uint32_t site)
{
    uint64_t hash =
        table_hash_bytes(table_hash_number(TABLE_HASH, site), template->key, template->length);
    size_t probe = 0;
    uint32_t number;

    while ((number = table_next(&sightings->seen_table, hash, &probe)) != TABLE_END) {
        const struct seen *seen = &sightings->seen[number];

        if (seen->site == site && seen->length == template->length &&
            memcmp(seen->key, template->key, template->length) == 0)
            return number;
    }
    return add_seen(sightings, template, site, hash);
}

/* Adds to what a page is known by, in the same way on all processors. */
static uint64_t hash_key(uint64_t hash, const struct template *template)
{
    for (size_t i = 0; i < template->length; i++)
        hash = table_hash_on(hash, (unsigned char)template->key[i]);
    return table_hash_on(hash, '\n');
}

bool sightings_line(struct sightings *sightings, const struct template *template,
                    const struct seen_at *at)
{
    uint32_t number = sightings->page_count - 1, which;
    struct page *page = &sightings->pages[number];
    struct seen *seen;

    page->id = hash_key(page->id, template);
    if (sightings->lines >= SIGHTINGS_LINES)
        return true;
    which = seen_of(sightings, template, page->site);
    if (which == NONE)
        return false;
    seen = &sightings->seen[which];
    if (seen->last == number)
        return true;
    seen->last = number;
    page->prose += template_prose((struct span){template->key, template->length});
    if (!note_sample(sightings, which, template) ||
        !grow_to((void **)&sightings->pairs, sightings->pair_count + 1, &sightings->pair_room,
                 sizeof *sightings->pairs))
        return false;
    sightings->pairs[sightings->pair_count] = (struct pair){which, *at};
    sightings->pairs[sightings->pair_count++].at.page = number;
    seen->count++;
    sightings->lines++;
    return true;
}

bool sightings_end(struct sightings *sightings)
{
    /* Without a line there is nothing it could be known by. */
    if (sightings->lines == 0)
        sightings->page_count--;
    for (uint32_t i = 0; i < sightings->fresh_count; i++)
        if (!keep_sample(sightings, &sightings->fresh[i],
                         sightings->pages[sightings->page_count - 1].id))
            return false;
    return true;
}

/* What sorting will take is counted, too; arrays double when they grow. */
bool sightings_is_full(const struct sightings *sightings)
{
    size_t now =
        sightings->arena.size + sightings->site_room * sizeof *sightings->sites +
        sightings->page_room * sizeof *sightings->pages +
        sightings->seen_room * sizeof *sightings->seen +
        sightings->pair_room * sizeof *sightings->pairs +
        (sightings->site_table.size + sightings->seen_table.size) * sizeof(struct table_slot);
    size_t sorting =
        sightings->page_count * (sizeof(struct sorted_page) + sizeof(struct seen_page)) +
        sightings->seen_count * (sizeof(struct sorted_seen) + sizeof(uint32_t)) +
        sightings->pair_count * sizeof(struct seen_at);

    return now + sorting > sightings->memory;
}

static int by_name(const void *one, const void *other)
{
    const struct sorted_site *first = one, *second = other;

    return span_order(first->name, second->name);
}

static int by_id(const void *one, const void *other)
{
    const struct sorted_page *first = one, *second = other;

    if (first->place != second->place)
        return number_compare(first->place, second->place);
    return number_compare(first->id, second->id);
}

static int by_key(const void *one, const void *other)
{
    const struct sorted_seen *first = one, *second = other;

    if (first->place != second->place)
        return number_compare(first->place, second->place);
    if (first->beginning != second->beginning)
        return number_compare(first->beginning, second->beginning);
    return span_order((struct span){first->key, first->length},
                      (struct span){second->key, second->length});
}

static void sort_sites(struct sightings *sightings, struct sorted *sorted)
{
    for (uint32_t i = 0; i < sightings->site_count; i++)
        sorted->sites[i] = (struct sorted_site){sightings->sites[i].name, i};
    qsort(sorted->sites, sightings->site_count, sizeof *sorted->sites, by_name);
    for (uint32_t i = 0; i < sightings->site_count; i++)
        sightings->sites[sorted->sites[i].number].place = i;
}

/* Numbers the pages: equal ones the same, and none beyond the limit. */
static void sort_pages(struct sightings *sightings, struct sorted *sorted)
{
    uint32_t number = 0;

    for (uint32_t i = 0; i < sightings->page_count; i++) {
        const struct page *page = &sightings->pages[i];

        sorted->pages[i] = (struct sorted_page){page->id, sightings->sites[page->site].place, i};
    }
    qsort(sorted->pages, sightings->page_count, sizeof *sorted->pages, by_id);
    for (uint32_t i = 0; i < sightings->page_count; i++) {
        const struct sorted_page *page = &sorted->pages[i];

        if (i == 0 || page->place != page[-1].place)
            number = 0;
        else if (page->id != page[-1].id)
            number++;
        sightings->pages[page->number].number = number < RECORD_PAGES ? number : NONE;
    }
}

static uint64_t beginning_of(const struct seen *seen)
{
    uint64_t beginning = 0;

    for (size_t i = 0; i < sizeof beginning; i++)
        beginning = beginning << 8 | (i < seen->length ? (unsigned char)seen->key[i] : 0);
    return beginning;
}

static void sort_seen(struct sightings *sightings, struct sorted *sorted)
{
    for (uint32_t i = 0; i < sightings->seen_count; i++) {
        const struct seen *seen = &sightings->seen[i];

        sorted->seen[i] = (struct sorted_seen){beginning_of(seen), seen->key, seen->length,
                                               sightings->sites[seen->site].place, i};
    }
    qsort(sorted->seen, sightings->seen_count, sizeof *sorted->seen, by_key);
}

/* Has the places that a template was in stand in a row. */
static void gather_places(struct sightings *sightings, struct sorted *sorted)
{
    uint32_t end = 0;

    for (uint32_t i = 0; i < sightings->seen_count; i++) {
        sorted->ends[i] = end;
        end += sightings->seen[i].count;
    }
    for (uint32_t i = 0; i < sightings->pair_count; i++) {
        const struct pair *pair = &sightings->pairs[i];
        struct seen_at *at = &sorted->places[sorted->ends[pair->seen]++];

        *at = pair->at;
        at->page = sightings->pages[at->page].number;
    }
}

static bool sort(struct sightings *sightings, struct sorted *sorted)
{
    *sorted = (struct sorted){
        .sites = malloc((sightings->site_count + (size_t)1) * sizeof *sorted->sites),
        .pages = malloc((sightings->page_count + (size_t)1) * sizeof *sorted->pages),
        .seen = malloc((sightings->seen_count + (size_t)1) * sizeof *sorted->seen),
        .site_pages = malloc((sightings->page_count + (size_t)1) * sizeof *sorted->site_pages),
        .ends = malloc((sightings->seen_count + (size_t)1) * sizeof *sorted->ends),
        .places = malloc((sightings->pair_count + (size_t)1) * sizeof *sorted->places)};
    if (!sorted->sites || !sorted->pages || !sorted->seen || !sorted->site_pages || !sorted->ends ||
        !sorted->places)
        return false;
    sort_sites(sightings, sorted);
    sort_pages(sightings, sorted);
    sort_seen(sightings, sorted);
    gather_places(sightings, sorted);
    return true;
}

static void release(struct sorted *sorted)
{
    free(sorted->sites);
    free(sorted->pages);
    free(sorted->seen);
    free(sorted->site_pages);
    free(sorted->ends);
    free(sorted->places);
}

/* The site at that place, whose pages begin at *PAGE; moves that on. */
static bool put_site(const struct sightings *sightings, const struct sorted *sorted, uint32_t place,
                     uint32_t *page, struct writer *out)
{
    struct seen_site site = {.name = sorted->sites[place].name, .pages = sorted->site_pages};

    for (; *page < sightings->page_count && sorted->pages[*page].place == place; ++*page) {
        const struct page *next = &sightings->pages[sorted->pages[*page].number];

        if (next->number == NONE)
            continue;
        site.pages[next->number] = (struct seen_page){next->id, next->prose};
        site.count = next->number + 1;
    }
    return site.count == 0 || record_put_site(out, &site);
}

static bool put_seen(const struct sightings *sightings, const struct sorted *sorted,
                     uint32_t number, struct writer *out)
{
    const struct seen *seen = &sightings->seen[number];
    struct seen_line line = {.key = {seen->key, seen->length},
                             .sample = {seen->sample, seen->sample_length},
                             .at = &sorted->places[sorted->ends[number] - seen->count]};

    line.count = record_sort_places(line.at, seen->count);
    return line.count == 0 || record_put_line(out, &line);
}

static bool put_all(const struct sightings *sightings, const struct sorted *sorted,
                    struct writer *out)
{
    uint32_t page = 0, seen = 0;
    bool good = record_put_head(out);

    for (uint32_t place = 0; good && place < sightings->site_count; place++) {
        good = put_site(sightings, sorted, place, &page, out);
        for (; good && seen < sightings->seen_count && sorted->seen[seen].place == place; seen++)
            good = put_seen(sightings, sorted, sorted->seen[seen].number, out);
    }
    return good && record_put_end(out);
}

bool sightings_write(struct sightings *sightings, struct writer *out)
{
    struct sorted sorted;
    bool good = sort(sightings, &sorted) && put_all(sightings, &sorted, out);

    release(&sorted);
    forget(sightings);
    return good;
}
