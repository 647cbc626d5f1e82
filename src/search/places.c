#include "search/places.h"

#include "base/eight.h"

#define BITS_PER_KEY 32
#define BITS_LEAST 12
#define BITS_MOST 22
#define BLANKS (BITS_EACH_BYTE * ' ')
/* The bytes of a plain spelling: small letters, digits, '_' and the blank. */
#define PLAIN_BYTES 38

static const char plain_bytes[PLAIN_BYTES + 1] = "abcdefghijklmnopqrstuvwxyz0123456789\x7f ";

static size_t key_size(const struct places *places)
{
    return places->form == PLACES_CHARACTER ? PLACES_CHARACTERS : PLACES_KEY;
}

/* Byte NUMBER of a window, away from the place. */
static unsigned shift_to(const struct places *places, size_t number)
{
    return (unsigned)(8 * (places->form == PLACES_LAST ? PLACES_WINDOW - 1 - number : number));
}

/* How much of its key the literal tells, from the place on. */
static size_t count_told(const struct places *places, const struct places_literal *literal)
{
    size_t told = 0;

    while (told < key_size(places) && literal->mask >> shift_to(places, told) & 1)
        told++;
    return told;
}

/* The keys that the literal is listed under; 0 if it is short. */
static unsigned count_keys(const struct places *places, const struct places_literal *literal)
{
    size_t told = count_told(places, literal);

    if (places->form == PLACES_BYTE)
        return 0;
    if (told == key_size(places))
        return 1;
    return told == PLACES_KEY - 1 && places->form != PLACES_CHARACTER ? PLAIN_BYTES : 0;
}

/* The hash of such a key: of the literal's window, with a byte put in where it tells none. */
static uint32_t hash_of(const struct places *places, const struct places_literal *literal,
                        unsigned number)
{
    uint64_t window = literal->bytes;

    if (count_told(places, literal) < key_size(places))
        window |= (uint64_t)(unsigned char)plain_bytes[number] << shift_to(places, PLACES_KEY - 1);
    return places_hash(places->form, window);
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

struct places_literal places_tell(const struct literal *literal, size_t at, enum places_form form)
{
    struct places_literal told = {0};
    bool backward = form == PLACES_LAST, plain = backward || form == PLACES_PLAIN;
    unsigned margin = !plain ? MARGIN_ANY : backward ? literal->before : literal->after;
    size_t left = backward ? at + 1 : literal->length - at;
    size_t own = left < PLACES_WINDOW ? left : PLACES_WINDOW;
    size_t beside = margin == MARGIN_LINE                          ? PLACES_WINDOW - own
                    : margin == MARGIN_SIGN && own < PLACES_WINDOW ? 1
                                                                   : 0;
    size_t first = backward ? at + 1 - own : at;

    told.bytes = eight_load(literal->bytes + first) & lowest_bytes(own);
    if (plain)
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
        unsigned keys = count_keys(places, &literals[i]);

        for (unsigned j = 0; j < keys; j++)
            visitor(places, &literals[i], hash_of(places, &literals[i], j));
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

    for (size_t i = 0; i < count; i++)
        total += count_keys(places, &literals[i]);
    bits = bits_for(total * BITS_PER_KEY, BITS_LEAST);
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

/* Of a plain literal that tells a single byte, any may be the second one. */
static void add_short_bits(struct places *places, const struct places_literal *literal)
{
    bool is_single = places->form != PLACES_CHARACTER && count_told(places, literal) < 2;
    unsigned last = places->form == PLACES_CHARACTER ? places_last_of(literal->bytes)
                                                     : (unsigned)(literal->bytes >> 8);

    for (unsigned next = 0; next < PLACES_SHORTS; next++) {
        if (is_single || next == last % PLACES_SHORTS)
            places->short_bits[next] |= UINT64_C(1) << literal->bytes % PLACES_SHORTS;
    }
}

static bool fill_shorts(struct places *places, struct arena *arena,
                        const struct places_literal *literals, size_t count)
{
    uint32_t *starts;
    size_t total = 0;

    for (size_t i = 0; i < count; i++)
        total += count_keys(places, &literals[i]) == 0;
    if (total == 0)
        return true;
    places->short_bits = arena_array(arena, PLACES_SHORTS, sizeof *places->short_bits);
    places->short_starts = starts = arena_array(arena, UINT8_MAX + 3, sizeof *starts);
    places->shorts = arena_array(arena, total, sizeof *places->shorts);
    if (!places->short_bits || !starts || !places->shorts)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (count_keys(places, &literals[i]) == 0)
            starts[places_short_byte(places->form, literals[i].bytes) + 2]++;
    }
    for (unsigned byte = 0; byte <= UINT8_MAX; byte++)
        starts[byte + 2] += starts[byte + 1];
    for (size_t i = 0; i < count; i++) {
        if (count_keys(places, &literals[i]) > 0)
            continue;
        add_short_bits(places, &literals[i]);
        places->shorts[starts[places_short_byte(places->form, literals[i].bytes) + 1]++] =
            literals[i];
    }
    return true;
}

struct places *places_create(struct arena *arena, const struct places_literal *literals,
                             size_t count, enum places_form form)
{
    struct places *places = arena_alloc(arena, sizeof *places);

    if (!places)
        return NULL;
    places->form = form;
    return fill_tables(places, arena, literals, count) &&
                   fill_shorts(places, arena, literals, count)
               ? places
               : NULL;
}
