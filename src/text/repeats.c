#include "text/repeats.h"

#include "text/body.h"
#include "text/lines.h"

#include <stdlib.h>

#define LEAST ((uint32_t)256)

void repeats_begin(struct repeats *repeats)
{
    table_release(&repeats->table);
    repeats->count = 0;
    repeats->all = repeats->repeated = repeats->repeated_chars = 0;
}

void repeats_release(struct repeats *repeats)
{
    table_release(&repeats->table);
    free(repeats->known);
    *repeats = (struct repeats){0};
}

static bool make_room(struct repeats *repeats)
{
    uint32_t capacity = repeats->capacity ? 2 * repeats->capacity : LEAST;
    struct repeat *known;

    if (repeats->count < repeats->capacity)
        return true;
    known = realloc(repeats->known, capacity * sizeof *known);
    if (!known)
        return false;
    repeats->known = known;
    repeats->capacity = capacity;
    return true;
}

bool repeats_take(struct repeats *repeats, struct span stretch)
{
    uint64_t hash = table_hash_bytes(TABLE_HASH, stretch.text, stretch.length);
    size_t probe = 0;
    uint32_t number;

    while ((number = table_next(&repeats->table, hash, &probe)) != TABLE_END) {
        if (span_equal(repeats->known[number].text, stretch)) {
            repeats->known[number].count++;
            return true;
        }
    }
    if (!make_room(repeats) || !table_add(&repeats->table, hash, repeats->count)) {
        repeats->no_memory = true;
        return false;
    }
    repeats->known[repeats->count++] = (struct repeat){stretch, 1};
    return false;
}

void repeats_add(struct repeats *repeats, struct span stretch)
{
    repeats->all++;
    if (!repeats_take(repeats, stretch))
        return;
    repeats->repeated++;
    repeats->repeated_chars += body_chars(stretch);
}

/* Adds what stands between runs of LEAST line feeds or more. */
static void add_parted(struct repeats *repeats, struct span text, size_t least)
{
    const char *begin = text.text, *end = begin + text.length, *at = begin, *feed;

    while (at < end && (feed = memchr(at, '\n', (size_t)(end - at)))) {
        for (at = feed; at < end && *at == '\n';)
            at++;
        if ((size_t)(at - feed) < least)
            continue;
        repeats_add(repeats, (struct span){begin, (size_t)(feed - begin)});
        begin = at;
    }
    repeats_add(repeats, (struct span){begin, (size_t)(end - begin)});
}

void repeats_of_paragraphs(struct repeats *repeats, struct span text)
{
    repeats_begin(repeats);
    add_parted(repeats, body_trim_end(body_trim_begin(text)), 2);
}

void repeats_of_lines(struct repeats *repeats, struct span text)
{
    repeats_begin(repeats);
    add_parted(repeats, text, 1);
}

/* The lines between line feeds, but for blank ones if those don't count. */
static void add_lines(struct repeats *repeats, struct span text, bool with_blank)
{
    struct lines lines = {.text = text, .at_feeds = true};
    struct span line;

    repeats_begin(repeats);
    while (lines_next(&lines, &line))
        if (with_blank || body_trim_begin(line).length)
            repeats_add(repeats, line);
}

void repeats_of_all_lines(struct repeats *repeats, struct span text)
{
    add_lines(repeats, text, true);
}

void repeats_of_full_lines(struct repeats *repeats, struct span text)
{
    add_lines(repeats, text, false);
}
