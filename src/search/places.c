#include "search/places.h"

#include "search/blocks.h"

#include "base/eight.h"

#define BITS_PER_LITERAL 32
#define BITS_LEAST 12
#define BITS_MOST 22
#define BLANKS (BITS_EACH_BYTE * ' ')
/* The bytes of a plain spelling: small letters, digits, '_' and the blank. */
#define PLAIN_BYTES 38

static const char plain_bytes[PLAIN_BYTES + 1] = "abcdefghijklmnopqrstuvwxyz0123456789\x7f ";

/* The keys that a literal is listed under: one, or one for each byte there is. */
struct key {
    uint32_t bytes;
    unsigned told;         /* how many of them, if they are enough */
    unsigned untold_shift; /* to the last one: away from the place */
};

static struct key key_of(const struct places *places, const struct places_literal *literal)
{
    unsigned shift = places->key_shift;
    uint32_t mask = (uint32_t)(literal->mask >> shift);
    struct key key = {.bytes = (uint32_t)(literal->bytes >> shift),
                      .untold_shift = shift ? 0 : 8 * (PLACES_KEY - 1)};

    if (mask == UINT32_MAX)
        key.told = PLACES_KEY;
    else if (mask == (shift ? UINT32_MAX << 8 : UINT32_MAX >> 8))
        key.told = PLACES_KEY - 1;
    return key;
}

/* 0 if too little is told. */
static unsigned count_keys(const struct key *key)
{
    return key->told == PLACES_KEY ? 1 : key->told == PLACES_KEY - 1 ? PLAIN_BYTES : 0;
}

static uint32_t key_at(const struct key *key, unsigned number)
{
    if (key->told == PLACES_KEY)
        return key->bytes;
    return key->bytes | (uint32_t)(unsigned char)plain_bytes[number] << key->untold_shift;
}

static bool is_short(const struct places *places, const struct places_literal *literal)
{
    struct key key = key_of(places, literal);

    return count_keys(&key) == 0;
}

/* The byte at the place itself. */
static unsigned char byte_at_place(const struct places *places, uint64_t window)
{
    return (unsigned char)(window >> (places->key_shift ? 8 * (PLACES_WINDOW - 1) : 0));
}

/* Ones in the lowest COUNT bytes. */
static uint64_t lowest_bytes(size_t count)
{
    return count < PLACES_WINDOW ? (UINT64_C(1) << 8 * count) - 1 : UINT64_MAX;
}

/* Ones in the byte of each of the eight bits that is set. */
static uint64_t spread(uint32_t bits)
{
    uint64_t alone = bits * BITS_EACH_BYTE & UINT64_C(0x8040201008040201);

    return ((alone + BITS_EACH_BYTE * 0x7F) >> 7 & BITS_EACH_BYTE) * UINT8_MAX;
}

struct places_literal places_tell(const struct literal *literal, size_t at, bool backward)
{
    struct places_literal told = {0};
    unsigned margin = backward ? literal->before : literal->after;
    size_t left = backward ? at + 1 : literal->length - at;
    size_t own = left < PLACES_WINDOW ? left : PLACES_WINDOW;
    size_t beside = margin == MARGIN_LINE                          ? PLACES_WINDOW - own
                    : margin == MARGIN_SIGN && own < PLACES_WINDOW ? 1
                                                                   : 0;
    size_t first = backward ? at + 1 - own : at;

    told.bytes = eight_load(literal->bytes + first) & lowest_bytes(own);
    told.bytes = (told.bytes & spread(literal->words >> first & UINT8_MAX)) | BLANKS;
    if (backward) {
        told.bytes <<= 8 * (PLACES_WINDOW - own);
        told.bytes |= BLANKS;
        told.mask = ~lowest_bytes(PLACES_WINDOW - own - beside);
    } else {
        told.mask = lowest_bytes(own + beside);
    }
    told.bytes &= told.mask;
    return told;
}

typedef void visit_literal(struct places *places, const struct places_literal *literal,
                           uint32_t hash);

/* Each literal with each hash that it is listed under. */
static inline void visit(struct places *places, const struct places_literal *literals, size_t count,
                         visit_literal *visitor)
{
    for (size_t i = 0; i < count; i++) {
        struct key key = key_of(places, &literals[i]);
        unsigned keys = count_keys(&key);

        for (unsigned j = 0; j < keys; j++)
            visitor(places, &literals[i], table_hash_short(key_at(&key, j)));
    }
}

static void count_one(struct places *places, const struct places_literal *literal, uint32_t hash)
{
    (void)literal;
    places->starts[(hash >> places->bucket_shift) + 1]++;
}

/* Literals are put in from the back of their bucket: the bucket of a hash then begins at
 * starts[bucket + 1] and ends where the next one begins. */
static void put_in(struct places *places, const struct places_literal *literal, uint32_t hash)
{
    bits_add(places->bits, hash >> places->bit_shift);
    places->listed[--places->starts[(hash >> places->bucket_shift) + 1]] = *literal;
}

static unsigned bits_for(size_t count, unsigned least)
{
    unsigned bits = least;

    while (bits < BITS_MOST && (size_t)1 << bits < count)
        bits++;
    return bits;
}

static bool fill_tables(struct places *places, struct arena *arena,
                        const struct places_literal *literals, size_t count)
{
    size_t total = 0, buckets;
    unsigned bits;

    for (size_t i = 0; i < count; i++) {
        struct key key = key_of(places, &literals[i]);

        total += count_keys(&key);
    }
    bits = bits_for(total * BITS_PER_LITERAL, BITS_LEAST);
    places->bit_shift = 32 - bits;
    places->bits = arena_array(arena, bits_words((size_t)1 << bits), sizeof *places->bits);
    bits = bits_for(total, 4);
    buckets = (size_t)1 << bits;
    places->bucket_shift = 32 - bits;
    places->starts = arena_array(arena, buckets + 2, sizeof *places->starts);
    places->listed = arena_array(arena, total, sizeof *places->listed);
    if (!places->bits || !places->starts || !places->listed)
        return false;
    visit(places, literals, count, count_one);
    for (size_t bucket = 0; bucket < buckets; bucket++)
        places->starts[bucket + 1] += places->starts[bucket];
    places->starts[buckets + 1] = (uint32_t)total;
    visit(places, literals, count, put_in);
    return true;
}

static bool fill_shorts(struct places *places, struct arena *arena,
                        const struct places_literal *literals, size_t count)
{
    size_t total = 0;

    for (size_t i = 0; i < count; i++)
        total += is_short(places, &literals[i]);
    if (total == 0)
        return true;
    places->short_starts = arena_array(arena, UINT8_MAX + 3, sizeof *places->short_starts);
    places->shorts = arena_array(arena, total, sizeof *places->shorts);
    if (!places->short_starts || !places->shorts)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (is_short(places, &literals[i]))
            places->short_starts[byte_at_place(places, literals[i].bytes) + 2]++;
    }
    for (unsigned byte = 0; byte <= UINT8_MAX; byte++)
        places->short_starts[byte + 2] += places->short_starts[byte + 1];
    for (size_t i = 0; i < count; i++) {
        if (is_short(places, &literals[i]))
            places->shorts[places->short_starts[byte_at_place(places, literals[i].bytes) + 1]++] =
                literals[i];
    }
    return true;
}

struct places *places_create(struct arena *arena, const struct places_literal *literals,
                             size_t count, bool at_end)
{
    struct places *places = arena_alloc(arena, sizeof *places);

    if (!places)
        return NULL;
    places->key_shift = at_end ? 8 * (PLACES_WINDOW - PLACES_KEY) : 0;
    return fill_tables(places, arena, literals, count) &&
                   fill_shorts(places, arena, literals, count)
               ? places
               : NULL;
}
