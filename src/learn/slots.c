#include "learn/slots.h"

#include "base/grow.h"
#include "base/number.h"

#include <stdlib.h>

/* As the lines of a page follow each other. */
static int by_place(const void *one, const void *other)
{
    const struct slots_place *first = one, *second = other;
    int order = number_compare(first->at.page, second->at.page);

    if (order == 0)
        order = number_compare(first->at.before, second->at.before);
    return order ? order : number_compare(first->landmark, second->landmark);
}

static int by_landmarks(const void *one, const void *other)
{
    const struct slots_gap *first = one, *second = other;
    int order = number_compare(first->first, second->first);

    if (order == 0)
        order = number_compare(first->last, second->last);
    return order ? order : number_compare(first->page, second->page);
}

/* Of a landmark the slots on most pages first. */
static int by_articles(const void *one, const void *other)
{
    const struct slot *first = one, *second = other;
    int order = number_compare(first->first, second->first);

    if (order == 0)
        order = number_compare(second->articles, first->articles);
    return order ? order : number_compare(first->last, second->last);
}

void slots_begin(struct slots *slots)
{
    slots->place_count = slots->gap_count = slots->count = 0;
}

bool slots_note(struct slots *slots, uint32_t landmark, const struct seen_at *at, uint32_t count)
{
    if (!grow_to((void **)&slots->places, (uint64_t)slots->place_count + count, &slots->place_room,
                 sizeof *slots->places))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (at[i].before != RECORD_NONE)
            slots->places[slots->place_count++] = (struct slots_place){at[i], landmark};
    return true;
}

/* What stands between two landmarks, if anything does. Places that others wrote may contradict each
 * other. */
static bool note_gap(struct slots *slots, const struct slots_place *one,
                     const struct slots_place *other)
{
    uint64_t from = (uint64_t)one->at.before + one->at.words;
    uint64_t kept = (uint64_t)one->at.kept + (one->at.stays ? one->at.words : 0);
    struct slots_gap gap = {one->landmark, other->landmark, one->at.page, 0, 0};

    if (other->at.before <= from || other->at.kept < kept)
        return true;
    gap.words = (uint32_t)(other->at.before - from);
    gap.kept = (uint32_t)(other->at.kept - kept);
    if (!grow_to((void **)&slots->gaps, (uint64_t)slots->gap_count + 1, &slots->gap_room,
                 sizeof *slots->gaps))
        return false;
    slots->gaps[slots->gap_count++] = gap;
    return true;
}

static bool find_gaps(struct slots *slots)
{
    if (slots->place_count)
        qsort(slots->places, slots->place_count, sizeof *slots->places, by_place);
    for (uint32_t i = 1; i < slots->place_count; i++)
        if (slots->places[i].at.page == slots->places[i - 1].at.page &&
            !note_gap(slots, &slots->places[i - 1], &slots->places[i]))
            return false;
    if (slots->gap_count)
        qsort(slots->gaps, slots->gap_count, sizeof *slots->gaps, by_landmarks);
    return true;
}

/* Adds up the gaps between the two landmarks that the gap at *NEXT is between, and goes past them.
 */
static struct slot add_up(struct slots *slots, struct twins *twins, uint32_t *next)
{
    const struct slots_gap *gap = &slots->gaps[*next];
    struct slot slot = {.first = gap->first, .last = gap->last};
    uint32_t pages = 0;

    for (; *next < slots->gap_count; ++*next) {
        gap = &slots->gaps[*next];
        if (gap->first != slot.first || gap->last != slot.last)
            break;
        slot.words += gap->words;
        slot.kept += gap->kept;
        slots->pages[pages++] = gap->page;
    }
    slot.articles = twins_articles(twins, slots->pages, pages);
    return slot;
}

/* Leaves SLOTS_OF slots for each landmark. */
static void thin(struct slots *slots)
{
    uint32_t left = 0, same = 0;

    if (slots->count)
        qsort(slots->found, slots->count, sizeof *slots->found, by_articles);
    for (uint32_t i = 0; i < slots->count; i++) {
        same = left && slots->found[left - 1].first == slots->found[i].first ? same + 1 : 0;
        if (same < SLOTS_OF)
            slots->found[left++] = slots->found[i];
    }
    slots->count = left;
}

bool slots_find(struct slots *slots, struct twins *twins, uint32_t least, double most)
{
    uint32_t next = 0;

    if (!find_gaps(slots) ||
        !grow_to((void **)&slots->pages, slots->gap_count, &slots->page_room, sizeof *slots->pages))
        return false;
    while (next < slots->gap_count) {
        struct slot slot = add_up(slots, twins, &next);

        if (slot.articles < least || 100.0 * (double)slot.kept > most * (double)slot.words)
            continue;
        if (!grow_to((void **)&slots->found, (uint64_t)slots->count + 1, &slots->room,
                     sizeof *slots->found))
            return false;
        slots->found[slots->count++] = slot;
    }
    thin(slots);
    return true;
}

void slots_release(struct slots *slots)
{
    free(slots->places);
    free(slots->gaps);
    free(slots->pages);
    free(slots->found);
    *slots = (struct slots){0};
}
