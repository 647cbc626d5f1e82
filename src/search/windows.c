/*
 * Each literal is copied without the ends of the line that it holds, and gets the cheapest place
 * where it is bound to be. KIND_FIRST and KIND_LAST come first: its first or last word is the
 * line's, which costs one probe a line. KIND_WORD is next: one of its words begins in it and enough
 * follows for a key, one probe a word. For any other one, KIND_ANY, a window of its bytes is looked
 * for at every byte. Of several places or windows the rarest is taken, since each line that has it
 * is compared with the literal; for KIND_ANY the first three bytes count more, since the vector
 * filter sees only them.
 *
 * The first three kinds are handed to places.h, each with what the literal tells of the eight bytes
 * there. Of the last kind come, in the order in which a scan asks them: the beginnings for the
 * vector filter (blocks.h), a filter of bits for windows of three and four bytes, the sizes of
 * windows by their first byte, and a table for each size.
 */
#include "search/windows.h"

#include "base/number.h"
#include "regex/rarity.h"

#include <stdlib.h>
#include <string.h>

#define BITS_PER_WINDOW 32
#define BITS_PER_SHORT 4096 /* of a window that stands for 128 */
#define FILTER_BITS_LEAST 10
#define BITS_MOST 22
#define BEGINNING_WEIGHT 3

/* A bit for each byte that a word begins with. */
static uint32_t beginnings_of(const struct window_literal *literal)
{
    uint32_t beginnings = literal->words & ~(literal->words << 1);

    return literal->before >= MARGIN_SIGN || literal->at_start ? beginnings
                                                               : beginnings & ~UINT32_C(1);
}

static struct places_literal told_at(const struct window_literal *literal,
                                     const unsigned char *bytes, size_t at)
{
    const struct literal whole = {.bytes = bytes,
                                  .words = literal->words,
                                  .length = literal->length,
                                  .before = literal->at_start ? MARGIN_LINE : literal->before,
                                  .after = literal->at_end ? MARGIN_LINE : literal->after};

    return places_tell(&whole, at, literal->kind == KIND_LAST);
}

/* Whether enough is told from byte AT on for a key. */
static bool tells_key(const struct window_literal *literal, size_t at)
{
    size_t told = literal->length - at;

    if (literal->after == MARGIN_LINE || literal->at_end)
        return true;
    return told + (literal->after == MARGIN_SIGN) >= PLACES_KEY - 1;
}

static void set_place(struct window_literal *literal, enum window_kind kind, size_t at, size_t size)
{
    literal->kind = (uint8_t)kind;
    literal->place = (uint8_t)at;
    literal->size = (uint8_t)size;
}

/* At the line's first or last word, if the literal is bound to be there. */
static bool choose_end(struct window_literal *literal, const unsigned char *bytes)
{
    bool first = literal->before == MARGIN_LINE || literal->at_start;
    bool last = literal->after == MARGIN_LINE || literal->at_end;
    size_t from = 0, to = literal->length, from_size, to_size;

    if (!literal->words || (!first && !last))
        return false;
    while (!(literal->words >> from & 1))
        from++;
    while (!(literal->words >> (to - 1) & 1))
        to--;
    from_size = (size_t)number_smaller(literal->length - from, PLACES_KEY);
    to_size = (size_t)number_smaller(to, PLACES_KEY);
    if (first && (!last || from_size > to_size ||
                  (from_size == to_size &&
                   rarity_of(bytes + from, from_size) >= rarity_of(bytes + to - to_size, to_size))))
        set_place(literal, KIND_FIRST, from, 0);
    else
        set_place(literal, KIND_LAST, to - 1, 0);
    return true;
}

/* A common word is found in every other line, whatever a window may hold of the next one. */
static bool begins_common(const struct window_literal *literal, const unsigned char *bytes,
                          size_t at, size_t size)
{
    size_t word = 0;

    while (word < size && literal->words >> (at + word) & 1)
        word++;
    return rarity_is_common(bytes + at, word > 0 ? word : size);
}

/* The rarest place where a word begins of which enough is told for a key. */
static bool choose_word(struct window_literal *literal, const unsigned char *bytes)
{
    uint32_t beginnings = beginnings_of(literal);
    unsigned most = 0;

    for (size_t at = 0; beginnings; at++, beginnings >>= 1) {
        size_t size = (size_t)number_smaller(literal->length - at, PLACES_KEY);
        unsigned rarity;

        if (!(beginnings & 1) || !tells_key(literal, at))
            continue;
        rarity = begins_common(literal, bytes, at, size) ? 1 : rarity_of(bytes + at, size);
        if (rarity > most) {
            most = rarity;
            set_place(literal, KIND_WORD, at, 0);
        }
    }
    return most > 0;
}

/* The rarest window, and what it begins with is looked for everywhere. */
static void choose_anywhere(struct window_literal *literal, const unsigned char *bytes)
{
    size_t size = (size_t)number_smaller(literal->length, WINDOW);
    unsigned most = 0;

    for (size_t at = 0; at + size <= literal->length; at++) {
        unsigned rarity = begins_common(literal, bytes, at, size) ? 1 : rarity_of(bytes + at, size);

        rarity += BEGINNING_WEIGHT *
                  rarity_of(bytes + at, (size_t)number_smaller(size, BLOCKS_BEGINNING));
        if (rarity > most || at == 0) {
            most = rarity;
            set_place(literal, KIND_ANY, at, size);
        }
    }
}

static void choose(struct window_literal *literal, const unsigned char *bytes)
{
    if (literal->length == 0)
        set_place(literal, KIND_EMPTY, 0, 0);
    else if (!choose_end(literal, bytes) && !choose_word(literal, bytes))
        choose_anywhere(literal, bytes);
}

static bool copy_literals(struct windows *windows, struct arena *arena,
                          const struct literal *const *literals)
{
    size_t size = 0;

    for (size_t i = 0; i < windows->count; i++)
        size += literals[i]->length;
    if (size > UINT32_MAX || windows->count > UINT32_MAX)
        return false;
    windows->literals = arena_array(arena, windows->count, sizeof *windows->literals);
    windows->bytes = arena_array(arena, size + PLACES_WINDOW, 1);
    if (!windows->literals || !windows->bytes)
        return false;
    size = 0;
    for (size_t i = 0; i < windows->count; i++) {
        const unsigned char *bytes = literals[i]->bytes;
        struct window_literal *literal = &windows->literals[i];
        size_t length = literals[i]->length;

        literal->bytes = (uint32_t)size;
        literal->at_start = length > 0 && bytes[0] == LITERAL_LINE_END;
        bytes += literal->at_start;
        length -= literal->at_start;
        literal->at_end = length > 0 && bytes[length - 1] == LITERAL_LINE_END;
        length -= literal->at_end;
        literal->words = literals[i]->words >> literal->at_start;
        literal->length = (uint8_t)length;
        literal->before = literals[i]->before;
        literal->after = literals[i]->after;
        memcpy(windows->bytes + size, bytes, length);
        choose(literal, windows->bytes + size);
        size += length;
    }
    return true;
}

static uint32_t mask_of(size_t size)
{
    return UINT32_MAX >> (32 - 8 * size);
}

static uint32_t key_of(const struct windows *windows, const struct window_literal *literal)
{
    const unsigned char *bytes = windows->bytes + literal->bytes;
    uint32_t mask = mask_of(literal->size);

    return (window_at(bytes, literal->length, literal->place) & mask) | (WINDOW_BLANKS & mask);
}

static struct window_entry entry_of(const struct windows *windows, uint32_t number)
{
    const struct window_literal *literal = &windows->literals[number];
    struct window_entry entry = {.key = key_of(windows, literal), .literal = number};
    size_t end = (size_t)literal->place + literal->size;

    if (end < literal->length) {
        entry.mask = mask_of((size_t)number_smaller(literal->length - end, WINDOW));
        entry.next =
            (window_at(windows->bytes + literal->bytes, literal->length, end) | WINDOW_BLANKS) &
            entry.mask;
    }
    return entry;
}

static bool in_table(const struct window_literal *literal, size_t size)
{
    return literal->kind == KIND_ANY && literal->size == size;
}

/* Entries are put in from the back of their bucket: the bucket of a key then begins at
 * starts[bucket + 1] and ends where the next one begins. */
static bool fill_table(struct windows *windows, struct arena *arena, struct window_table *table,
                       size_t size)
{
    unsigned bits = 4;
    size_t buckets;

    while (bits < BITS_MOST && (size_t)1 << bits < table->count)
        bits++;
    buckets = (size_t)1 << bits;
    table->size = size;
    table->mask = mask_of(size);
    table->blanks = WINDOW_BLANKS & table->mask;
    table->shift = 32 - bits;
    table->starts = arena_array(arena, buckets + 2, sizeof *table->starts);
    table->entries = arena_array(arena, table->count, sizeof *table->entries);
    if (!table->starts || !table->entries)
        return false;
    for (size_t i = 0; i < windows->count; i++) {
        if (in_table(&windows->literals[i], size))
            table->starts[(table_hash_short(key_of(windows, &windows->literals[i])) >>
                           table->shift) +
                          1]++;
    }
    for (size_t bucket = 0; bucket < buckets; bucket++)
        table->starts[bucket + 1] += table->starts[bucket];
    table->starts[buckets + 1] = (uint32_t)table->count;
    for (size_t i = 0; i < windows->count; i++) {
        struct window_entry entry;

        if (!in_table(&windows->literals[i], size))
            continue;
        entry = entry_of(windows, (uint32_t)i);
        table->entries[--table->starts[(table_hash_short(entry.key) >> table->shift) + 1]] = entry;
    }
    return true;
}

/* All windows of four bytes that begin with the key's SIZE bytes. */
static void set_bits(struct window_filter *filter, uint32_t key, size_t size)
{
    if (size == WINDOW) {
        bits_add(filter->bits, table_hash_short(key) >> filter->shift);
        return;
    }
    for (uint32_t byte = 0; byte <= UINT8_MAX; byte++) {
        if (byte & 0x20)
            set_bits(filter, key | byte << 8 * size, size + 1);
    }
}

/* Windows of one or two bytes are not in the filter: their tables are asked in any case. */
static bool fill_filter(struct windows *windows, struct arena *arena)
{
    struct window_filter *filter = &windows->filter;
    unsigned bits = FILTER_BITS_LEAST;
    size_t wanted = 0;

    for (size_t size = 1; size <= WINDOW; size++)
        wanted +=
            windows->tables[size - 1].count * (size == WINDOW ? BITS_PER_WINDOW : BITS_PER_SHORT);
    while (bits < BITS_MOST && (size_t)1 << bits < wanted)
        bits++;
    filter->shift = 32 - bits;
    filter->bits = arena_array(arena, bits_words((size_t)1 << bits), sizeof *filter->bits);
    if (!filter->bits)
        return false;
    for (size_t i = 0; i < windows->count; i++) {
        const struct window_literal *literal = &windows->literals[i];

        if (literal->kind == KIND_ANY && literal->size >= WINDOW - 1)
            set_bits(filter, key_of(windows, literal), literal->size);
    }
    return true;
}

static void fill_beginnings(struct windows *windows)
{
    for (size_t i = 0; i < windows->count; i++) {
        const struct window_literal *literal = &windows->literals[i];
        const unsigned char *bytes = windows->bytes + literal->bytes + literal->place;

        if (literal->kind != KIND_ANY)
            continue;
        windows->used = true;
        blocks_add_beginning(&windows->beginnings, bytes, literal->size);
        for (unsigned held = literal->size >= WINDOW - 1; held < 2; held++)
            windows->asked[held][bytes[0] | 0x20] |= (uint8_t)(1u << (literal->size - 1));
    }
}

static bool fill_places(struct windows *windows, struct arena *arena)
{
    struct places_literal *told = malloc((windows->count + 1) * sizeof *told);
    bool filled = told != NULL;

    for (unsigned kind = 0; filled && kind < KINDS_PLACED; kind++) {
        size_t count = 0;

        for (uint32_t i = 0; i < windows->count; i++) {
            const struct window_literal *literal = &windows->literals[i];

            if (literal->kind != kind)
                continue;
            told[count] = told_at(literal, windows->bytes + literal->bytes, literal->place);
            told[count++].literal = i;
        }
        if (count == 0)
            continue;
        windows->places[kind] = places_create(arena, told, count, kind == KIND_LAST);
        filled = windows->places[kind] != NULL;
    }
    free(told);
    return filled;
}

static bool fill_tables(struct windows *windows, struct arena *arena)
{
    size_t counts[WINDOW + 1] = {0}, empties = 0;

    for (size_t i = 0; i < windows->count; i++) {
        if (windows->literals[i].kind == KIND_ANY)
            counts[windows->literals[i].size]++;
        empties += windows->literals[i].kind == KIND_EMPTY;
    }
    for (size_t size = 1; size <= WINDOW; size++) {
        windows->tables[size - 1].count = counts[size];
        if (counts[size] > 0 && !fill_table(windows, arena, &windows->tables[size - 1], size))
            return false;
    }
    if (!fill_filter(windows, arena))
        return false;
    fill_beginnings(windows);
    windows->empties = arena_array(arena, empties, sizeof *windows->empties);
    if (!windows->empties)
        return false;
    for (size_t i = 0; i < windows->count; i++) {
        if (windows->literals[i].kind == KIND_EMPTY)
            windows->empties[windows->empties_count++] = (uint32_t)i;
    }
    return true;
}

struct windows *windows_create(struct arena *arena, const struct literal *const *literals,
                               size_t count)
{
    struct windows *windows = arena_alloc(arena, sizeof *windows);

    if (!windows)
        return NULL;
    windows->count = count;
    return copy_literals(windows, arena, literals) && fill_places(windows, arena) &&
                   fill_tables(windows, arena)
               ? windows
               : NULL;
}
