#include "scan.h"

#include "rarity.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW sizeof(uint32_t)
#define BITS_PER_LITERAL 64
#define TABLE_BITS_LEAST 12
#define TABLE_BITS_MOST 22
#define PAIRS ((size_t)256 * 256)
#define ANY_BYTE 256

/* Where a literal's bytes are and which of them are in the table. */
struct scan_literal {
    uint32_t bytes;
    uint16_t length;
    uint16_t window;
};

/* A bucket's literals are told apart by eight bytes, or as many as follow the window. */
struct scan_entry {
    uint64_t key;
    uint32_t literal;
    uint32_t followed; /* into `masks` */
};

struct scan_pair {
    uint16_t second; /* byte, or ANY_BYTE */
    uint32_t literal;
};

/* Literals below WINDOW bytes, by their rarest two bytes. */
struct scan_pairs {
    uint64_t table[PAIRS / 64];
    uint32_t starts[256 + 1]; /* into `entries`, by a pair's first byte */
    struct scan_pair *entries;
};

struct scan {
    struct fold fold;
    unsigned table_shift; /* of a hash, to a bit of the table */
    unsigned starts_shift;
    uint32_t *table;
    uint32_t *starts; /* into `entries`, by hash */
    struct scan_entry *entries;
    uint64_t masks[WINDOW + 1]; /* of a window and 0 to 4 bytes behind it */
    struct scan_literal *literals;
    unsigned char *bytes;
    struct scan_pairs *pairs; /* NULL if there is no short literal */
    size_t count;
    size_t memory;
};

struct search {
    const struct scan *scan;
    const unsigned char *text;
    size_t length;
    scan_hit *hit;
    void *context;
};

static uint32_t load(const unsigned char *bytes)
{
    uint32_t window;

    memcpy(&window, bytes, sizeof window);
    return window;
}

static uint32_t hash(uint32_t window)
{
    return window * UINT32_C(0x9E3779B1);
}

static void *allocate(struct scan *scan, size_t count, size_t size)
{
    scan->memory += count * size;
    return calloc(count ? count : 1, size);
}

static bool is_short(const struct scan_literal *literal)
{
    return literal->length < WINDOW;
}

static const unsigned char *window_of(const struct scan *scan, const struct scan_literal *literal)
{
    return scan->bytes + literal->bytes + literal->window;
}

static bool copy_literals(struct scan *scan, const struct literal *literals)
{
    size_t size = 0;

    for (size_t i = 0; i < scan->count; i++)
        size += literals[i].length;
    if (size > UINT32_MAX)
        return false;
    scan->literals = allocate(scan, scan->count, sizeof *scan->literals);
    scan->bytes = allocate(scan, size, 1);
    if (!scan->literals || !scan->bytes)
        return false;
    size = 0;
    for (size_t i = 0; i < scan->count; i++) {
        size_t length = literals[i].length;
        size_t window = rarity_window(literals[i].bytes, length, length < WINDOW ? 2 : WINDOW);

        scan->literals[i] =
            (struct scan_literal){(uint32_t)size, (uint16_t)length, (uint16_t)window};
        memcpy(scan->bytes + size, literals[i].bytes, length);
        size += length;
    }
    return true;
}

/* Makes starts[key] of counts in starts[key + 1]. */
static void add_up(uint32_t *starts, size_t keys)
{
    for (size_t key = 0; key < keys; key++)
        starts[key + 1] += starts[key];
}

/* Entries are put in from the back of their bucket: the bucket of a key then begins at
 * starts[key + 1] and ends where the next one begins. */
static bool fill_table(struct scan *scan)
{
    unsigned table_bits = TABLE_BITS_LEAST, starts_bits = 4;
    size_t keys, entries = 0;

    while (table_bits < TABLE_BITS_MOST && (size_t)1 << table_bits < scan->count * BITS_PER_LITERAL)
        table_bits++;
    while (starts_bits < table_bits && (size_t)1 << starts_bits < scan->count)
        starts_bits++;
    keys = (size_t)1 << starts_bits;
    scan->table_shift = 32 - table_bits;
    scan->starts_shift = 32 - starts_bits;
    scan->table = allocate(scan, ((size_t)1 << table_bits) / 32, sizeof *scan->table);
    scan->starts = allocate(scan, keys + 2, sizeof *scan->starts);
    if (!scan->table || !scan->starts)
        return false;
    for (size_t i = 0; i < scan->count; i++) {
        uint32_t key, bit;

        if (is_short(&scan->literals[i]))
            continue;
        key = hash(load(window_of(scan, &scan->literals[i])));
        bit = key >> scan->table_shift;
        scan->table[bit / 32] |= UINT32_C(1) << bit % 32;
        scan->starts[(key >> scan->starts_shift) + 1]++;
        entries++;
    }
    for (size_t followed = 0; followed <= WINDOW; followed++)
        memset(&scan->masks[followed], 0xFF, WINDOW + followed);
    scan->entries = allocate(scan, entries, sizeof *scan->entries);
    if (!scan->entries)
        return false;
    add_up(scan->starts, keys);
    scan->starts[keys + 1] = (uint32_t)entries;
    for (size_t i = 0; i < scan->count; i++) {
        const unsigned char *window = window_of(scan, &scan->literals[i]);
        struct scan_entry entry = {0, (uint32_t)i, scan->literals[i].length};
        uint32_t *start;

        if (is_short(&scan->literals[i]))
            continue;
        entry.followed -= (uint32_t)(scan->literals[i].window + WINDOW);
        if (entry.followed > WINDOW)
            entry.followed = WINDOW;
        memcpy(&entry.key, window, WINDOW + entry.followed);
        start = &scan->starts[(hash(load(window)) >> scan->starts_shift) + 1];
        scan->entries[--*start] = entry;
    }
    return true;
}

static void set_pair(struct scan_pairs *pairs, unsigned first, unsigned second)
{
    size_t bit = (size_t)first << 8 | second;

    pairs->table[bit / 64] |= UINT64_C(1) << bit % 64;
}

static bool fill_pairs(struct scan *scan)
{
    struct scan_pairs *pairs;
    size_t entries = 0;

    for (size_t i = 0; i < scan->count; i++)
        entries += is_short(&scan->literals[i]);
    if (entries == 0)
        return true;
    pairs = scan->pairs = allocate(scan, 1, sizeof *pairs);
    if (!pairs)
        return false;
    pairs->entries = allocate(scan, entries, sizeof *pairs->entries);
    if (!pairs->entries)
        return false;
    for (size_t i = 0; i < scan->count; i++) {
        if (is_short(&scan->literals[i]))
            pairs->starts[*window_of(scan, &scan->literals[i])]++;
    }
    for (size_t key = 1; key <= 256; key++)
        pairs->starts[key] += pairs->starts[key - 1];
    for (size_t i = 0; i < scan->count; i++) {
        const unsigned char *pair = window_of(scan, &scan->literals[i]);
        unsigned second = ANY_BYTE;

        if (!is_short(&scan->literals[i]))
            continue;
        if (scan->literals[i].length > 1) {
            second = pair[1];
            set_pair(pairs, pair[0], second);
        } else {
            for (unsigned byte = 0; byte < ANY_BYTE; byte++)
                set_pair(pairs, pair[0], byte);
        }
        pairs->entries[--pairs->starts[pair[0]]] =
            (struct scan_pair){(uint16_t)second, (uint32_t)i};
    }
    return true;
}

struct scan *scan_create(const struct literal *literals, size_t count)
{
    struct scan *scan = calloc(1, sizeof *scan);

    if (!scan)
        return NULL;
    scan->memory = sizeof *scan;
    scan->count = count;
    fold_init(&scan->fold);
    if (copy_literals(scan, literals) && fill_table(scan) && fill_pairs(scan))
        return scan;
    scan_destroy(scan);
    return NULL;
}

void scan_destroy(struct scan *scan)
{
    if (!scan)
        return;
    if (scan->pairs)
        free(scan->pairs->entries);
    free(scan->pairs);
    free(scan->table);
    free(scan->starts);
    free(scan->entries);
    free(scan->literals);
    free(scan->bytes);
    free(scan);
}

size_t scan_memory(const struct scan *scan)
{
    return scan->memory;
}

static void compare(const struct search *search, size_t at, uint32_t number)
{
    const struct scan_literal *literal = &search->scan->literals[number];

    if (at < literal->window || literal->length > search->length - (at - literal->window))
        return;
    if (memcmp(search->text + at - literal->window, search->scan->bytes + literal->bytes,
               literal->length) == 0)
        search->hit(search->context, number);
}

static void compare_bucket(const struct search *search, size_t at, uint32_t key)
{
    const struct scan *scan = search->scan;
    const uint32_t *start = &scan->starts[key + 1];
    uint64_t text;

    memcpy(&text, search->text + at, sizeof text);
    for (uint32_t i = start[0]; i < start[1]; i++) {
        const struct scan_entry *entry = &scan->entries[i];

        if (((text ^ entry->key) & scan->masks[entry->followed]) == 0)
            compare(search, at, entry->literal);
    }
}

static void search_windows(const struct search *search)
{
    const uint32_t *table = search->scan->table;
    unsigned shift = search->scan->table_shift;

    for (size_t at = 0; at + WINDOW <= search->length; at++) {
        uint32_t key = hash(load(search->text + at));
        uint32_t bit = key >> shift;

        if (table[bit / 32] >> bit % 32 & 1)
            compare_bucket(search, at, key >> search->scan->starts_shift);
    }
}

static void search_pairs(const struct search *search)
{
    const struct scan_pairs *pairs = search->scan->pairs;

    for (size_t at = 0; at + 1 < search->length; at++) {
        size_t first = search->text[at], second = search->text[at + 1];
        size_t bit = first << 8 | second;

        if (!(pairs->table[bit / 64] >> bit % 64 & 1))
            continue;
        for (uint32_t i = pairs->starts[first]; i < pairs->starts[first + 1]; i++) {
            if (pairs->entries[i].second == second || pairs->entries[i].second == ANY_BYTE)
                compare(search, at, pairs->entries[i].literal);
        }
    }
}

/* The longest piece that cuts no character in two. */
static size_t piece_of(const unsigned char *line, size_t length)
{
    size_t size = SCAN_PIECE;

    if (length <= SCAN_PIECE)
        return length;
    while (size > SCAN_PIECE - 3 && (line[size] & 0xC0) == 0x80)
        size--;
    return size;
}

void scan_line(const struct scan *scan, struct scan_text *text, const char *line, size_t length,
               scan_hit *hit, void *context)
{
    const unsigned char *next = (const unsigned char *)line;
    struct search search = {scan, text->bytes, 1, hit, context};

    text->bytes[0] = LINE_END;
    for (;;) {
        size_t piece = piece_of(next, length), keep;

        search.length += fold_text(&scan->fold, next, piece, text->bytes + search.length);
        next += piece;
        length -= piece;
        if (length == 0)
            text->bytes[search.length++] = LINE_END;
        search_windows(&search);
        if (scan->pairs)
            search_pairs(&search);
        if (length == 0)
            return;
        /* What may be the beginning of a literal that goes on in the next piece. */
        keep = search.length < LITERAL_MAX_LENGTH - 1 ? search.length : LITERAL_MAX_LENGTH - 1;
        memmove(text->bytes, text->bytes + search.length - keep, keep);
        search.length = keep;
    }
}
