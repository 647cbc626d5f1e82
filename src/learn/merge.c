/*
 * All sources whose next record is a site stand before those whose next one is a template of the
 * site at hand, so that one heap has both: it is sorted by site, then by key, a site's own record
 * having none. What is at its top is always of the site at hand, or the next site.
 */
#include "learn/merge.h"

#include "base/grow.h"
#include "base/number.h"

#include <stdlib.h>

struct merge_page {
    uint64_t id;
    uint32_t prose;
    uint32_t source;
    uint32_t number; /* in the source */
};

struct merge_source {
    struct record_reader *reader;
    bool has_line;     /* what it is at: else a site, whose templates were not looked at */
    uint32_t *numbers; /* by its own number of a page, that in the merged site */
    uint32_t room;
};

static struct span site_of(const struct merge *merge, size_t source)
{
    return record_site(merge->sources[source].reader)->name;
}

static struct span key_of(const struct merge *merge, size_t source)
{
    if (merge->sources[source].has_line)
        return record_line(merge->sources[source].reader)->key;
    return (struct span){"", 0};
}

static bool is_before(const struct merge *merge, size_t one, size_t other)
{
    int order = span_order(site_of(merge, one), site_of(merge, other));

    if (order == 0)
        order = span_order(key_of(merge, one), key_of(merge, other));
    return order < 0;
}

static void sift_down(struct merge *merge, size_t at)
{
    size_t *heap = merge->heap, least;

    while ((least = 2 * at + 1) < merge->heap_count) {
        size_t moved = heap[at];

        if (least + 1 < merge->heap_count && is_before(merge, heap[least + 1], heap[least]))
            least++;
        if (!is_before(merge, heap[least], moved))
            return;
        heap[at] = heap[least];
        heap[least] = moved;
        at = least;
    }
}

/* What stood at the top, and was merged, has a next record, or goes. RECORD_LINE if all is well. */
static enum record_status advance(struct merge *merge)
{
    size_t top = merge->heap[0];
    struct merge_source *source = &merge->sources[top];
    enum record_status status = record_next(source->reader);

    if (status == RECORD_END)
        merge->heap[0] = merge->heap[--merge->heap_count];
    else
        source->has_line = status == RECORD_LINE;
    if (status > RECORD_END)
        return status;
    sift_down(merge, 0);
    return RECORD_LINE;
}

/* Reads the first record of each source. */
static enum record_status begin(struct merge *merge)
{
    for (size_t i = 0; i < merge->count; i++) {
        enum record_status status = record_next(merge->sources[i].reader);

        if (status > RECORD_END)
            return status;
        if (status == RECORD_SITE)
            merge->heap[merge->heap_count++] = i;
    }
    for (size_t at = merge->heap_count; at > 0; at--)
        sift_down(merge, at - 1);
    return RECORD_SITE;
}

bool merge_open(struct merge *merge, struct record_reader *const *readers, size_t count)
{
    *merge = (struct merge){.count = count,
                            .sources = calloc(count + 1, sizeof *merge->sources),
                            .heap = calloc(count + 1, sizeof *merge->heap)};
    for (size_t i = 0; i < count && merge->sources; i++)
        merge->sources[i].reader = readers[i];
    if (merge->sources && merge->heap)
        return true;
    if (!merge->sources)
        for (size_t i = 0; i < count; i++)
            record_close(readers[i]);
    merge_close(merge);
    return false;
}

void merge_close(struct merge *merge)
{
    for (size_t i = 0; i < merge->count && merge->sources; i++) {
        record_close(merge->sources[i].reader);
        free(merge->sources[i].numbers);
    }
    free(merge->sources);
    free(merge->heap);
    free(merge->site.pages);
    free(merge->line.at);
    free(merge->found);
    free(merge->name);
    free(merge->text);
    *merge = (struct merge){0};
}

/* Notes the pages of the source, whose next record may overwrite them. */
static bool take_pages(struct merge *merge, size_t number, uint32_t *count)
{
    struct merge_source *source = &merge->sources[number];
    const struct seen_site *site = record_site(source->reader);

    if (!grow_to((void **)&merge->found, (uint64_t)*count + site->count, &merge->found_room,
                 sizeof *merge->found) ||
        !grow_to((void **)&source->numbers, site->count, &source->room, sizeof *source->numbers))
        return false;
    for (uint32_t i = 0; i < site->count; i++)
        merge->found[(*count)++] =
            (struct merge_page){site->pages[i].id, site->pages[i].prose, (uint32_t)number, i};
    return true;
}

static int by_id(const void *one, const void *other)
{
    const struct merge_page *first = one, *second = other;

    return number_compare(first->id, second->id);
}

/* Makes one site of the pages of all sources. */
static bool join_pages(struct merge *merge, uint32_t count)
{
    struct seen_site *site = &merge->site;
    uint32_t most = count < RECORD_PAGES ? count : RECORD_PAGES;
    bool is_full = false;

    if (!grow_to((void **)&site->pages, most, &merge->page_room, sizeof *site->pages))
        return false;
    site->count = 0;
    if (count)
        qsort(merge->found, count, sizeof *merge->found, by_id);
    for (uint32_t i = 0; i < count; i++) {
        const struct merge_page *page = &merge->found[i];
        uint32_t *number = &merge->sources[page->source].numbers[page->number];
        bool is_new = i == 0 || page->id != page[-1].id;

        *number = RECORD_NONE;
        is_full |= is_new && site->count == RECORD_PAGES;
        if (is_full)
            continue;
        if (is_new)
            site->pages[site->count++] = (struct seen_page){page->id, page->prose};
        *number = site->count - 1;
    }
    return true;
}

static bool is_of_site(const struct merge *merge)
{
    return merge->heap_count && span_equal(site_of(merge, merge->heap[0]), merge->site.name);
}

/* Has the name of the site that is next. */
static bool take_name(struct merge *merge)
{
    struct span name = site_of(merge, merge->heap[0]);
    char *copy = malloc(name.length + 1);

    if (!copy)
        return false;
    memcpy(copy, name.text, name.length);
    free(merge->name);
    merge->name = copy;
    merge->site.name = (struct span){copy, name.length};
    merge->line.key = (struct span){copy, 0};
    return true;
}

enum record_status merge_site(struct merge *merge)
{
    enum record_status status = merge->name ? RECORD_LINE : begin(merge);
    uint32_t count = 0;

    if (status > RECORD_END)
        return status;
    while (merge->name && (status = merge_line(merge)) != RECORD_END)
        if (status != RECORD_LINE)
            return status;
    if (merge->heap_count == 0)
        return RECORD_END;
    if (!take_name(merge))
        return RECORD_NO_MEMORY;
    while (is_of_site(merge) && !merge->sources[merge->heap[0]].has_line) {
        if (!take_pages(merge, merge->heap[0], &count))
            return RECORD_NO_MEMORY;
        status = advance(merge);
        if (status != RECORD_LINE)
            return status;
    }
    return join_pages(merge, count) ? RECORD_SITE : RECORD_NO_MEMORY;
}

/* Keeps a copy of the key, with the sample behind it. */
static bool take_text(struct merge *merge, const struct seen_line *line)
{
    size_t size = line->key.length + line->sample.length;

    if (size >= merge->text_room) {
        char *larger = realloc(merge->text, 2 * size + 1);

        if (!larger)
            return false;
        merge->text = larger;
        merge->text_room = 2 * size + 1;
    }
    if (line->key.length)
        memcpy(merge->text, line->key.text, line->key.length);
    if (line->sample.length)
        memcpy(merge->text + line->key.length, line->sample.text, line->sample.length);
    merge->line.key = (struct span){merge->text, line->key.length};
    merge->line.sample = (struct span){merge->text + line->key.length, line->sample.length};
    return true;
}

/* Adds what a source has of the template. */
static bool add(struct merge *merge, size_t number, bool is_first)
{
    const struct merge_source *source = &merge->sources[number];
    const struct seen_line *line = record_line(source->reader);
    struct seen_line *all = &merge->line;
    uint32_t least = source->numbers[line->at[0].page];

    if (is_first || least < merge->least ||
        (least == merge->least && span_order(line->sample, all->sample) < 0)) {
        if (!take_text(merge, line))
            return false;
        merge->least = least;
    }
    all->count = is_first ? 0 : all->count;
    if (!grow_to((void **)&all->at, (uint64_t)all->count + line->count, &merge->line_room,
                 sizeof *all->at))
        return false;
    for (uint32_t i = 0; i < line->count; i++) {
        struct seen_at *at = &all->at[all->count++];

        *at = line->at[i];
        at->page = source->numbers[at->page];
    }
    return true;
}

/* The next template, also one of which no page is left. */
static enum record_status join_line(struct merge *merge)
{
    bool is_first = true;

    while (is_of_site(merge) &&
           (is_first || span_equal(key_of(merge, merge->heap[0]), merge->line.key))) {
        enum record_status status;

        if (!add(merge, merge->heap[0], is_first))
            return RECORD_NO_MEMORY;
        is_first = false;
        status = advance(merge);
        if (status != RECORD_LINE)
            return status;
    }
    merge->line.count = record_sort_places(merge->line.at, merge->line.count);
    return is_first ? RECORD_END : RECORD_LINE;
}

enum record_status merge_line(struct merge *merge)
{
    enum record_status status;

    do
        status = join_line(merge);
    while (status == RECORD_LINE && merge->line.count == 0);
    return status;
}
