#include "search/places.h"

#include <stdlib.h>

#define BITS_PER_LITERAL 32
#define BITS_LEAST 12
#define BITS_MOST 22
#define EVERY_BYTE (~UINT64_C(0) / 255)
#define BLANKS (EVERY_BYTE * ' ')
/* The bytes of a plain spelling: small letters, digits, '_' and the blank. */
#define PLAIN_BYTES 38

static const char plain_bytes[PLAIN_BYTES + 1] = "abcdefghijklmnopqrstuvwxyz0123456789\x7f ";

/* The keys that a literal is listed under: one, or one for each byte there is. */
struct key {
    uint32_t bytes;
    unsigned told;         /* how many of them, if they are enough */
    unsigned untold_shift; /* to the last one: away from the place */
};

static struct key key_of(const struct placed *placed, const struct placed_literal *literal)
{
    unsigned shift = placed->key_shift;
    uint32_t mask = (uint32_t)(literal->mask >> shift);
    struct key key = {.bytes = (uint32_t)(literal->bytes >> shift),
                      .untold_shift = shift ? 0 : 8 * (PLACED_KEY - 1)};

    if (mask == UINT32_MAX)
        key.told = PLACED_KEY;
    else if (mask == (shift ? UINT32_MAX << 8 : UINT32_MAX >> 8))
        key.told = PLACED_KEY - 1;
    return key;
}

/* 0 if too little is told. */
static unsigned count_keys(const struct key *key)
{
    return key->told == PLACED_KEY ? 1 : key->told == PLACED_KEY - 1 ? PLAIN_BYTES : 0;
}

static uint32_t key_at(const struct key *key, unsigned number)
{
    if (key->told == PLACED_KEY)
        return key->bytes;
    return key->bytes | (uint32_t)(unsigned char)plain_bytes[number] << key->untold_shift;
}

static bool is_short(const struct placed *placed, const struct placed_literal *literal)
{
    struct key key = key_of(placed, literal);

    return count_keys(&key) == 0;
}

/* The byte at the place itself. */
static unsigned char placed_byte(const struct placed *placed, uint64_t window)
{
    return (unsigned char)(window >> (placed->key_shift ? 8 * (PLACED_WINDOW - 1) : 0));
}

/* Ones in the lowest COUNT bytes. */
static uint64_t lowest_bytes(size_t count)
{
    return count < PLACED_WINDOW ? (UINT64_C(1) << 8 * count) - 1 : UINT64_MAX;
}

/* Ones in the byte of each of the eight bits that is set. */
static uint64_t spread(uint32_t bits)
{
    uint64_t alone = bits * EVERY_BYTE & UINT64_C(0x8040201008040201);

    return ((alone + EVERY_BYTE * 0x7F) >> 7 & EVERY_BYTE) * UINT8_MAX;
}

struct placed_literal placed_tell(const struct literal *literal, size_t at, bool backward)
{
    struct placed_literal told = {0};
    unsigned margin = backward ? literal->before : literal->after;
    size_t left = backward ? at + 1 : literal->length - at;
    size_t own = left < PLACED_WINDOW ? left : PLACED_WINDOW;
    size_t beside = margin == MARGIN_LINE                          ? PLACED_WINDOW - own
                    : margin == MARGIN_SIGN && own < PLACED_WINDOW ? 1
                                                                   : 0;
    size_t first = backward ? at + 1 - own : at;

    told.bytes = placed_load(literal->bytes + first) & lowest_bytes(own);
    told.bytes = (told.bytes & spread(literal->words >> first & UINT8_MAX)) | BLANKS;
    if (backward) {
        told.bytes <<= 8 * (PLACED_WINDOW - own);
        told.bytes |= BLANKS;
        told.mask = ~lowest_bytes(PLACED_WINDOW - own - beside);
    } else {
        told.mask = lowest_bytes(own + beside);
    }
    told.bytes &= told.mask;
    return told;
}

typedef void visit_literal(struct placed *placed, const struct placed_literal *literal,
                           uint32_t hash);

/* Each literal with each hash that it is listed under. */
static inline void visit(struct placed *placed, const struct placed_literal *literals, size_t count,
                         visit_literal *visitor)
{
    for (size_t i = 0; i < count; i++) {
        struct key key = key_of(placed, &literals[i]);
        unsigned keys = count_keys(&key);

        for (unsigned j = 0; j < keys; j++)
            visitor(placed, &literals[i], placed_hash(key_at(&key, j)));
    }
}

static void count_one(struct placed *placed, const struct placed_literal *literal, uint32_t hash)
{
    (void)literal;
    placed->starts[(hash >> placed->bucket_shift) + 1]++;
}

/* Literals are put in from the back of their bucket: the bucket of a hash then begins at
 * starts[bucket + 1] and ends where the next one begins. */
static void put_in(struct placed *placed, const struct placed_literal *literal, uint32_t hash)
{
    uint32_t bit = hash >> placed->bit_shift;

    placed->bits[bit / 32] |= UINT32_C(1) << bit % 32;
    placed->listed[--placed->starts[(hash >> placed->bucket_shift) + 1]] = *literal;
}

static void *allocate(struct placed *placed, size_t count, size_t size)
{
    placed->memory += count * size;
    return calloc(count ? count : 1, size);
}

static unsigned bits_for(size_t count, unsigned least)
{
    unsigned bits = least;

    while (bits < BITS_MOST && (size_t)1 << bits < count)
        bits++;
    return bits;
}

static bool fill_tables(struct placed *placed, const struct placed_literal *literals, size_t count)
{
    size_t total = 0, buckets;
    unsigned bits;

    for (size_t i = 0; i < count; i++) {
        struct key key = key_of(placed, &literals[i]);

        total += count_keys(&key);
    }
    bits = bits_for(total * BITS_PER_LITERAL, BITS_LEAST);
    placed->bit_shift = 32 - bits;
    placed->bits = allocate(placed, ((size_t)1 << bits) / 32, sizeof *placed->bits);
    bits = bits_for(total, 4);
    buckets = (size_t)1 << bits;
    placed->bucket_shift = 32 - bits;
    placed->starts = allocate(placed, buckets + 2, sizeof *placed->starts);
    placed->listed = allocate(placed, total, sizeof *placed->listed);
    if (!placed->bits || !placed->starts || !placed->listed)
        return false;
    visit(placed, literals, count, count_one);
    for (size_t bucket = 0; bucket < buckets; bucket++)
        placed->starts[bucket + 1] += placed->starts[bucket];
    placed->starts[buckets + 1] = (uint32_t)total;
    visit(placed, literals, count, put_in);
    return true;
}

static bool fill_shorts(struct placed *placed, const struct placed_literal *literals, size_t count)
{
    size_t total = 0;

    for (size_t i = 0; i < count; i++)
        total += is_short(placed, &literals[i]);
    if (total == 0)
        return true;
    placed->short_starts = allocate(placed, UINT8_MAX + 3, sizeof *placed->short_starts);
    placed->shorts = allocate(placed, total, sizeof *placed->shorts);
    if (!placed->short_starts || !placed->shorts)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (is_short(placed, &literals[i]))
            placed->short_starts[placed_byte(placed, literals[i].bytes) + 2]++;
    }
    for (unsigned byte = 0; byte <= UINT8_MAX; byte++)
        placed->short_starts[byte + 2] += placed->short_starts[byte + 1];
    for (size_t i = 0; i < count; i++) {
        if (is_short(placed, &literals[i]))
            placed->shorts[placed->short_starts[placed_byte(placed, literals[i].bytes) + 1]++] =
                literals[i];
    }
    return true;
}

struct placed *placed_create(const struct placed_literal *literals, size_t count, bool at_end)
{
    struct placed *placed = calloc(1, sizeof *placed);

    if (!placed)
        return NULL;
    placed->memory = sizeof *placed;
    placed->key_shift = at_end ? 8 * (PLACED_WINDOW - PLACED_KEY) : 0;
    if (fill_tables(placed, literals, count) && fill_shorts(placed, literals, count))
        return placed;
    placed_destroy(placed);
    return NULL;
}

void placed_destroy(struct placed *placed)
{
    if (!placed)
        return;
    free(placed->bits);
    free(placed->starts);
    free(placed->listed);
    free(placed->short_starts);
    free(placed->shorts);
    free(placed);
}
