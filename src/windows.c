#include "windows.h"

#include "rarity.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define BITS_PER_WINDOW 32
#define BITS_PER_SHORT 1024 /* of a window that stands for 128 */
#define FILTER_BITS_LEAST 10
#define BITS_MOST 22
#define BEGINNING_WEIGHT 3

static void *allocate(struct windows *windows, size_t count, size_t size)
{
    windows->memory += count * size;
    return calloc(count ? count : 1, size);
}

static size_t smaller(size_t one, size_t other)
{
    return one < other ? one : other;
}

static bool begins_word(const struct window_literal *literal, const unsigned char *bytes, size_t at)
{
    if (!alternatives_is_word(bytes[at]))
        return false;
    return at > 0 ? !alternatives_is_word(bytes[at - 1])
                  : literal->before >= MARGIN_SIGN || literal->at_start;
}

static void set_window(struct window_literal *literal, enum window_kind kind, size_t at,
                       size_t size)
{
    literal->kind = (uint8_t)kind;
    literal->window = (uint8_t)at;
    literal->size = (uint8_t)size;
}

/* At the line's first or last word, if the literal is bound to be there. */
static bool choose_end(struct window_literal *literal, const unsigned char *bytes)
{
    bool first = literal->before == MARGIN_LINE || literal->at_start;
    bool last = literal->after == MARGIN_LINE || literal->at_end;
    size_t from = 0, to = literal->length, from_size, to_size;

    while (from < to && !alternatives_is_word(bytes[from]))
        from++;
    while (to > from && !alternatives_is_word(bytes[to - 1]))
        to--;
    if (from == to || (!first && !last))
        return false;
    from_size = smaller(literal->length - from, WINDOW);
    to_size = smaller(to, WINDOW);
    if (first && (!last || from_size > to_size ||
                  (from_size == to_size && rarity_of(bytes + from, from_size, UINT_MAX) >=
                                               rarity_of(bytes + to - to_size, to_size, UINT_MAX))))
        set_window(literal, KIND_FIRST, from, from_size);
    else
        set_window(literal, KIND_LAST, to - to_size, to_size);
    return true;
}

/* The rarest of the windows of a kind that have SIZE bytes, or fewer at the literal's end. */
static bool choose_within(struct window_literal *literal, const unsigned char *bytes,
                          enum window_kind kind, size_t size)
{
    unsigned most = 0;

    for (size_t at = 0; at + size <= literal->length; at++) {
        size_t most_size = smaller(literal->length - at, WINDOW);
        unsigned rarity;

        if (kind == KIND_WORD && !begins_word(literal, bytes, at))
            continue;
        rarity = rarity_is_common(bytes + at, most_size)
                     ? 1
                     : rarity_of(bytes + at, most_size, UINT_MAX);
        /* what it begins with is looked for everywhere */
        if (kind == KIND_ANY)
            rarity += BEGINNING_WEIGHT *
                      rarity_of(bytes + at, smaller(most_size, WORDS_BEGINNING), UINT_MAX);
        if (rarity > most) {
            most = rarity;
            set_window(literal, kind, at, most_size);
        }
    }
    return most > 0;
}

/* A window of one or two bytes would be at the beginning of too many words. */
static void choose(struct window_literal *literal, const unsigned char *bytes)
{
    set_window(literal, KIND_ANY, 0, smaller(literal->length, WINDOW));
    if (literal->length == 0)
        set_window(literal, KIND_EMPTY, 0, 0);
    else if (!choose_end(literal, bytes) && !choose_within(literal, bytes, KIND_WORD, WINDOW) &&
             !choose_within(literal, bytes, KIND_WORD, WINDOW - 1))
        choose_within(literal, bytes, KIND_ANY, smaller(literal->length, WINDOW));
}

static bool copy_literals(struct windows *windows, const struct literal *literals)
{
    size_t size = 0;

    for (size_t i = 0; i < windows->count; i++)
        size += literals[i].length;
    if (size > UINT32_MAX || windows->count > UINT32_MAX)
        return false;
    windows->literals = allocate(windows, windows->count, sizeof *windows->literals);
    windows->bytes = allocate(windows, size, 1);
    if (!windows->literals || !windows->bytes)
        return false;
    size = 0;
    for (size_t i = 0; i < windows->count; i++) {
        const unsigned char *bytes = literals[i].bytes;
        struct window_literal *literal = &windows->literals[i];
        size_t length = literals[i].length;

        literal->bytes = (uint32_t)size;
        literal->at_start = length > 0 && bytes[0] == LINE_END;
        bytes += literal->at_start;
        length -= literal->at_start;
        literal->at_end = length > 0 && bytes[length - 1] == LINE_END;
        length -= literal->at_end;
        literal->length = (uint8_t)length;
        literal->before = literals[i].before;
        literal->after = literals[i].after;
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

    return (window_at(bytes, literal->length, literal->window) & mask) | (WINDOW_BLANKS & mask);
}

static struct window_entry entry_of(const struct windows *windows, uint32_t number)
{
    const struct window_literal *literal = &windows->literals[number];
    struct window_entry entry = {.key = key_of(windows, literal), .literal = number};
    size_t end = (size_t)literal->window + literal->size;

    if (end < literal->length) {
        entry.mask = mask_of(smaller(literal->length - end, WINDOW));
        entry.next =
            (window_at(windows->bytes + literal->bytes, literal->length, end) | WINDOW_BLANKS) &
            entry.mask;
    }
    return entry;
}

static bool in_table(const struct window_literal *literal, enum window_kind kind, size_t size)
{
    return literal->kind == kind && literal->size == size;
}

/* Entries are put in from the back of their bucket: the bucket of a key then begins at
 * starts[key + 1] and ends where the next one begins. */
static bool fill_table(struct windows *windows, struct window_table *table, enum window_kind kind,
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
    table->starts = allocate(windows, buckets + 2, sizeof *table->starts);
    table->entries = allocate(windows, table->count, sizeof *table->entries);
    if (!table->starts || !table->entries)
        return false;
    for (size_t i = 0; i < windows->count; i++) {
        if (in_table(&windows->literals[i], kind, size))
            table->starts[(window_hash(key_of(windows, &windows->literals[i])) >> table->shift) +
                          1]++;
    }
    for (size_t bucket = 0; bucket < buckets; bucket++)
        table->starts[bucket + 1] += table->starts[bucket];
    table->starts[buckets + 1] = (uint32_t)table->count;
    for (size_t i = 0; i < windows->count; i++) {
        struct window_entry entry;

        if (!in_table(&windows->literals[i], kind, size))
            continue;
        entry = entry_of(windows, (uint32_t)i);
        table->entries[--table->starts[(window_hash(entry.key) >> table->shift) + 1]] = entry;
    }
    return true;
}

static void set_bit(struct window_filter *filter, uint32_t key)
{
    uint32_t bit = window_hash(key) >> filter->shift;

    filter->bits[bit / 32] |= UINT32_C(1) << bit % 32;
}

/* All windows of four bytes that begin with the key's SIZE bytes. */
static void set_bits(struct window_filter *filter, uint32_t key, size_t size)
{
    if (size == WINDOW) {
        set_bit(filter, key);
        return;
    }
    for (uint32_t byte = 0; byte <= UINT8_MAX; byte++) {
        if (byte & 0x20)
            set_bits(filter, key | byte << 8 * size, size + 1);
    }
}

/* Windows of one or two bytes are not in the filter: their tables are asked in any case. */
static bool fill_filter(struct windows *windows, enum window_kind kind)
{
    struct window_filter *filter = &windows->filters[kind];
    unsigned bits = FILTER_BITS_LEAST;
    size_t wanted = 0;

    for (unsigned i = 0; i < windows->used[kind]; i++)
        wanted += windows->tables[kind][i].count *
                  (windows->tables[kind][i].size == WINDOW ? BITS_PER_WINDOW : BITS_PER_SHORT);
    while (bits < BITS_MOST && (size_t)1 << bits < wanted)
        bits++;
    filter->shift = 32 - bits;
    filter->bits = allocate(windows, ((size_t)1 << bits) / 32, sizeof *filter->bits);
    if (!filter->bits)
        return false;
    for (size_t i = 0; i < windows->count; i++) {
        const struct window_literal *literal = &windows->literals[i];

        if (literal->kind == kind && literal->size >= WINDOW - 1)
            set_bits(filter, key_of(windows, literal), literal->size);
    }
    return true;
}

static void fill_beginnings(struct windows *windows)
{
    for (size_t i = 0; i < windows->count; i++) {
        const struct window_literal *literal = &windows->literals[i];

        if (literal->kind == KIND_ANY)
            words_add_beginning(&windows->beginnings,
                                windows->bytes + literal->bytes + literal->window, literal->size);
    }
}

static bool fill_tables(struct windows *windows)
{
    size_t counts[WINDOW_KINDS + 1][WINDOW + 1] = {{0}};

    for (size_t i = 0; i < windows->count; i++)
        counts[windows->literals[i].kind][windows->literals[i].size]++;
    for (unsigned kind = 0; kind < WINDOW_KINDS; kind++) {
        for (size_t size = 1; size <= WINDOW; size++) {
            struct window_table *table = &windows->tables[kind][windows->used[kind]];

            if (counts[kind][size] == 0)
                continue;
            windows->used[kind]++;
            table->count = counts[kind][size];
            if (!fill_table(windows, table, (enum window_kind)kind, size))
                return false;
        }
        if (windows->used[kind] && !fill_filter(windows, (enum window_kind)kind))
            return false;
    }
    fill_beginnings(windows);
    windows->empties = allocate(windows, counts[KIND_EMPTY][0], sizeof *windows->empties);
    if (!windows->empties)
        return false;
    for (size_t i = 0; i < windows->count; i++) {
        if (windows->literals[i].kind == KIND_EMPTY)
            windows->empties[windows->empties_count++] = (uint32_t)i;
    }
    return true;
}

struct windows *windows_create(const struct literal *literals, size_t count)
{
    struct windows *windows = calloc(1, sizeof *windows);

    if (!windows)
        return NULL;
    windows->memory = sizeof *windows;
    windows->count = count;
    if (copy_literals(windows, literals) && fill_tables(windows))
        return windows;
    windows_destroy(windows);
    return NULL;
}

void windows_destroy(struct windows *windows)
{
    if (!windows)
        return;
    for (unsigned kind = 0; kind < WINDOW_KINDS; kind++) {
        free(windows->filters[kind].bits);
        for (unsigned i = 0; i < WINDOW; i++) {
            free(windows->tables[kind][i].starts);
            free(windows->tables[kind][i].entries);
        }
    }
    free(windows->empties);
    free(windows->literals);
    free(windows->bytes);
    free(windows);
}
