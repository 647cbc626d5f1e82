#include "decide/hold.h"

#include "base/number.h"

#include <stdlib.h>
#include <string.h>

/* How much of its memory a queue goes round in at first: little, for the processor's cache. */
#define RING ((size_t)32)
#define STORE ((size_t)4096)

struct hold {
    struct held *entries;
    size_t capacity; /* of `entries`, a power of two */
    size_t ring;     /* how many of them are gone round in, another one */
    uint64_t first;
    uint64_t next;
    uint64_t spared; /* entries below this one are */
    size_t lines;    /* entries in the queue that are not blank, nor spared */
    size_t max_lines;
    size_t bytes; /* text of the entries in the queue that are not spared */
    size_t max_bytes;
    size_t spared_lines;
    size_t spare_lines; /* how many there may be */
    size_t spared_bytes;
    char *store; /* owned texts in queue order, [store_start, store_end) */
    size_t store_start;
    size_t store_end;
    size_t store_used; /* bytes of it that are gone round in */
    size_t store_size;
};

static size_t size_of(const struct held *entry)
{
    return entry->length + line_ending_size(entry->ending);
}

/* Room for every line and a run of blank lines around each. */
static size_t entries_for(size_t max_lines)
{
    size_t capacity = 4;

    while (capacity < 2 * max_lines + 5)
        capacity *= 2;
    return capacity;
}

struct hold *hold_create(size_t max_lines, size_t max_bytes, size_t spare_lines)
{
    struct hold *hold = calloc(1, sizeof *hold);

    if (!hold)
        return NULL;
    hold->capacity = entries_for(max_lines + spare_lines);
    hold->ring = hold->capacity < RING ? hold->capacity : RING;
    hold->max_lines = max_lines;
    hold->max_bytes = max_bytes;
    hold->spare_lines = spare_lines;
    /* Twice what may be held, so that texts move to the front only now and then. */
    hold->store_size = (spare_lines ? 4 : 2) * max_bytes;
    hold->store_used = hold->store_size < STORE ? hold->store_size : STORE;
    hold->entries = calloc(hold->capacity, sizeof *hold->entries);
    hold->store = malloc(hold->store_size);
    if (!hold->entries || !hold->store) {
        hold_destroy(hold);
        return NULL;
    }
    return hold;
}

void hold_destroy(struct hold *hold)
{
    if (!hold)
        return;
    free(hold->entries);
    free(hold->store);
    free(hold);
}

uint64_t hold_first(const struct hold *hold)
{
    return hold->first;
}

uint64_t hold_next(const struct hold *hold)
{
    return hold->next;
}

struct held *hold_at(const struct hold *hold, uint64_t sequence)
{
    return &hold->entries[sequence & (hold->ring - 1)];
}

bool hold_is_full(const struct hold *hold)
{
    return hold->lines > hold->max_lines || hold->bytes > hold->max_bytes ||
           hold_is_spare_full(hold);
}

void hold_spare(struct hold *hold, uint64_t sequence)
{
    if (hold->spared < hold->first)
        hold->spared = hold->first;
    for (; hold->spared < sequence; hold->spared++) {
        const struct held *entry = hold_at(hold, hold->spared);
        size_t size = size_of(entry);

        hold->bytes -= size;
        hold->spared_bytes += size;
        hold->lines -= !entry->is_blank;
        hold->spared_lines += !entry->is_blank;
    }
}

bool hold_is_spare_full(const struct hold *hold)
{
    return hold->spared_lines > hold->spare_lines || hold->spared_bytes > hold->max_bytes;
}

/* Goes round in twice as many entries from here on. */
static void widen(struct hold *hold)
{
    for (uint64_t i = hold->first; i < hold->next; i++)
        if (i & hold->ring)
            hold->entries[i & (2 * hold->ring - 1)] = *hold_at(hold, i);
    hold->ring *= 2;
}

struct held *hold_push(struct hold *hold, const struct held *entry)
{
    struct held *slot;

    if (hold->next - hold->first == hold->ring && hold->ring < hold->capacity)
        widen(hold);
    slot = hold_at(hold, hold->next++);
    *slot = *entry;
    slot->is_borrowed = true;
    hold->bytes += size_of(slot);
    hold->lines += !slot->is_blank;
    return slot;
}

/* Makes SIZE bytes of room at the end of what is used of the store: by moving what is there to its
 * front, or by using more, so that half of it at least is free then. */
static void make_room(struct hold *hold, size_t size)
{
    size_t used = hold->store_end - hold->store_start;

    while (hold->store_used < hold->store_size && hold->store_used / 2 < used + size)
        hold->store_used = (size_t)number_smaller(2 * hold->store_used, hold->store_size);
    if (hold->store_used - hold->store_end >= size)
        return;
    memmove(hold->store, hold->store + hold->store_start, used);
    for (uint64_t i = hold->first; i < hold->next; i++) {
        struct held *entry = hold_at(hold, i);

        if (!entry->is_borrowed && entry->text)
            entry->text -= hold->store_start;
    }
    hold->store_start = 0;
    hold->store_end = used;
}

/* Returns where the text stands now. */
static char *append(struct hold *hold, const char *text, size_t length, enum line_ending ending)
{
    char *at = hold->store + hold->store_end;
    size_t size = line_ending_size(ending);

    memcpy(at, text, length);
    memcpy(at + length, line_ending_text(ending), size);
    hold->store_end += length + size;
    return at;
}

void hold_own(struct hold *hold, bool needed)
{
    struct held *entry;
    size_t size;

    if (hold->first == hold->next)
        return;
    entry = hold_at(hold, hold->next - 1);
    if (!entry->is_borrowed)
        return;
    size = size_of(entry);
    if (needed) {
        make_room(hold, size);
        entry->text = append(hold, entry->text, entry->length, entry->ending);
    } else {
        entry->text = NULL;
    }
    entry->is_borrowed = false;
}

bool hold_extend(struct hold *hold, const struct line *line)
{
    struct held *entry = hold_at(hold, hold->next - 1);
    size_t more = line->length + line_ending_size(line->ending);

    if (entry->is_borrowed || hold->bytes + more > hold->max_bytes)
        return false;
    make_room(hold, more);
    append(hold, line->text, line->length, line->ending);
    entry->length += line_ending_size(entry->ending) + line->length;
    entry->ending = line->ending;
    entry->size += line->size;
    entry->lines++;
    hold->bytes += more;
    return true;
}

struct held *hold_pop(struct hold *hold)
{
    struct held *entry = hold_at(hold, hold->first++);
    size_t size = size_of(entry);

    if (hold->first <= hold->spared) {
        hold->spared_bytes -= size;
        hold->spared_lines -= !entry->is_blank;
    } else {
        hold->bytes -= size;
        hold->lines -= !entry->is_blank;
    }
    if (!entry->is_borrowed && entry->text)
        hold->store_start += size;
    if (hold->store_start == hold->store_end)
        hold->store_start = hold->store_end = 0;
    return entry;
}
