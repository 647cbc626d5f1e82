#include "diff/join.h"

#include "base/grow.h"
#include "line/measure.h"

#include <stdlib.h>
#include <string.h>

#define BYTES_LEAST 4096

void join_release(struct join *join)
{
    free(join->lines);
    free(join->bytes);
    *join = (struct join){0};
}

void join_clear(struct join *join)
{
    join->first = join->next = join->used = 0;
    join->settled[SIDE_OLD] = join->settled[SIDE_NEW] = 0;
}

/* Moves the lines that wait to the front. */
static void close_up(struct join *join)
{
    size_t gone = join->first;

    memmove(join->lines, join->lines + gone, (join->next - gone) * sizeof *join->lines);
    join->first = 0;
    join->next -= gone;
    for (int side = 0; side < SIDES; side++)
        join->settled[side] -= gone;
}

/* The same of their texts. */
static void close_up_texts(struct join *join, size_t gone)
{
    memmove(join->bytes, join->bytes + gone, join->used - gone);
    join->used -= gone;
    for (size_t i = join->first; i < join->next; i++)
        join->lines[i].at -= gone;
}

/* Room for a line; what is half empty is closed up rather than grown. */
static bool make_room(struct join *join)
{
    struct joined *lines;

    if (join->next == join->capacity && join->first > 0 && join->first >= join->next / 2)
        close_up(join);
    lines = grow_by_one(join->lines, join->next, &join->capacity, sizeof *lines);
    if (lines)
        join->lines = lines;
    return lines != NULL;
}

static bool make_room_for_text(struct join *join, size_t length)
{
    size_t gone = join->first < join->next ? join->lines[join->first].at : join->used;
    size_t size = join->size ? join->size : BYTES_LEAST;
    char *bytes;

    if (length <= join->size - join->used)
        return true;
    if (gone > 0 && gone >= join->used / 2)
        close_up_texts(join, gone);
    if (length <= join->size - join->used)
        return true;
    while (size - join->used < length)
        size *= 2;
    bytes = realloc(join->bytes, size);
    if (!bytes)
        return false;
    join->bytes = bytes;
    join->size = size;
    return true;
}

bool join_push(struct join *join, struct span text, uint64_t number)
{
    if (join->first == join->next)
        join_clear(join);
    if (!make_room(join) || !make_room_for_text(join, text.length))
        return false;
    join->lines[join->next++] = (struct joined){.number = number,
                                                .at = join->used,
                                                .text = {NULL, text.length},
                                                .words = measure_words(text.text, text.length)};
    memcpy(join->bytes + join->used, text.text, text.length);
    join->used += text.length;
    return true;
}

void join_settle(struct join *join, enum side side, const struct decided *outcome)
{
    struct joined *line = &join->lines[join->settled[side]++];

    line->sides[side] = *outcome;
    if (!outcome->is_edited)
        line->sides[side].words = outcome->is_kept ? line->words : 0;
}

const struct joined *join_next(struct join *join)
{
    struct joined *line;

    if (join->first >= join->settled[SIDE_OLD] || join->first >= join->settled[SIDE_NEW])
        return NULL;
    line = &join->lines[join->first++];
    line->text.text = join->bytes + line->at;
    return line;
}
