#include "line/sets.h"

#include "base/eight.h"
#include "base/sixteen.h"
#include "base/utf8.h"

#include <string.h>

/* Bytes of ASCII as sets. */
struct ascii {
    uint64_t beyond; /* what is not ASCII */
    uint64_t white;
    uint64_t digits;
    uint64_t capitals;
    uint64_t letters;
    uint64_t commas;
    uint64_t ends;
    uint64_t apostrophes;
};

/* Adds sixteen bytes, which stand at AT in the sets. */
typedef void chunk_reader(struct ascii *ascii, const unsigned char *bytes, unsigned at);

static inline void read_eight(struct ascii *ascii, uint64_t bytes, unsigned at)
{
    uint64_t capitals = eight_within(bytes, 'A', 'Z');

    ascii->beyond |= eight_gather(bytes & BITS_EACH_HIGH) << at;
    ascii->white |= eight_gather(eight_within(bytes, ' ', ' ') | eight_within(bytes, '\t', '\r'))
                    << at;
    ascii->digits |= eight_gather(eight_within(bytes, '0', '9')) << at;
    ascii->capitals |= eight_gather(capitals) << at;
    ascii->letters |= eight_gather(capitals | eight_within(bytes, 'a', 'z')) << at;
    ascii->commas |= eight_gather(eight_within(bytes, ',', ',')) << at;
    ascii->ends |= eight_gather(eight_within(bytes, '.', '.') | eight_within(bytes, '!', '!') |
                                eight_within(bytes, '?', '?'))
                   << at;
    ascii->apostrophes |= eight_gather(eight_within(bytes, '\'', '\'')) << at;
}

static inline void read_portably(struct ascii *ascii, const unsigned char *bytes, unsigned at)
{
    read_eight(ascii, eight_load(bytes), at);
    read_eight(ascii, eight_load(bytes + 8), at + 8);
}

#ifdef HAS_SSE2
static inline __m128i all(int byte)
{
    return _mm_set1_epi8((char)byte);
}

static inline uint64_t set_of(__m128i bytes, unsigned at)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(bytes) << at;
}

static inline void read_sse2(struct ascii *ascii, const unsigned char *bytes, unsigned at)
{
    __m128i text = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(text, all('.')), _mm_cmpeq_epi8(text, all('!')));
    __m128i letters = sixteen_between(_mm_or_si128(text, all(0x20)), 'a', 'z');

    ascii->beyond |= set_of(text, at);
    ascii->white |=
        set_of(_mm_or_si128(_mm_cmpeq_epi8(text, all(' ')), sixteen_between(text, '\t', '\r')), at);
    ascii->digits |= set_of(sixteen_between(text, '0', '9'), at);
    ascii->capitals |= set_of(sixteen_between(text, 'A', 'Z'), at);
    ascii->letters |= set_of(letters, at);
    ascii->commas |= set_of(_mm_cmpeq_epi8(text, all(',')), at);
    ascii->ends |= set_of(_mm_or_si128(ends, _mm_cmpeq_epi8(text, all('?'))), at);
    ascii->apostrophes |= set_of(_mm_cmpeq_epi8(text, all('\'')), at);
}
#endif

/* Of SIZE bytes, 1 or more; most lines are shorter than a block. */
static inline struct ascii read_ascii(const unsigned char *block, size_t size, chunk_reader *reader)
{
    struct ascii ascii = {0};

    for (unsigned at = 0; at < size; at += SIXTEEN)
        reader(&ascii, block + at, at);
    return ascii;
}

static void add_kinds(struct sets *sets, unsigned kinds, uint64_t bytes)
{
    for (; kinds; kinds &= kinds - 1)
        sets->of[bits_lowest(kinds)] |= bytes;
}

/* The characters beyond ASCII, of which LENGTH bytes are left in the text. Those of the same kinds,
 * as most are, are added together. */
static void read_others(struct sets *sets, struct alphabet *alphabet, size_t length)
{
    uint64_t left = sets->beyond, alike = 0;
    unsigned kinds = 0;

    while (left) {
        unsigned at = bits_lowest(left);
        const struct character *character;
        uint32_t code;
        size_t width = utf8_decode_long(sets->bytes + at, length - at, &code);
        uint64_t bytes = bits_below(width) << at;

        if (width == 0) {
            sets->invalid |= UINT64_C(1) << at;
            left &= left - 1;
            continue;
        }
        if (at + width > SETS_SIZE) {
            sets->length = at;
            sets->firsts &= bits_below(at);
            sets->beyond &= bits_below(at);
            break;
        }
        character = alphabet_find(alphabet, code);
        sets->tenths += character->tenths;
        if (character->kinds != kinds) {
            add_kinds(sets, kinds, alike);
            kinds = character->kinds;
            alike = 0;
        }
        alike |= bytes;
        sets->firsts &= ~(bytes & bytes << 1);
        left &= ~bytes;
    }
    add_kinds(sets, kinds, alike);
}

static const unsigned char *block_of(struct sets *sets, const char *text, size_t left)
{
    if (left >= sizeof sets->padded)
        return (const unsigned char *)text;
    memset(sets->padded, 0, sizeof sets->padded);
    memcpy(sets->padded, text, left);
    return sets->padded;
}

static inline void read_block(struct sets *sets, struct alphabet *alphabet, const char *text,
                              size_t length, size_t at, chunk_reader *reader)
{
    size_t left = length - at, size = left < SETS_SIZE ? left : SETS_SIZE;
    struct ascii ascii;

    sets->bytes = block_of(sets, text + at, left);
    ascii = read_ascii(sets->bytes, size, reader);
    sets->length = size;
    sets->firsts = bits_below(size);
    sets->beyond = ascii.beyond;
    sets->invalid = 0;
    sets->of[KIND_WHITE] = ascii.white;
    sets->of[KIND_DENSE] = 0;
    sets->of[KIND_DIGIT] = ascii.digits;
    sets->of[KIND_COMMA] = ascii.commas;
    sets->of[KIND_END] = ascii.ends;
    sets->of[KIND_LETTER] = ascii.letters;
    sets->of[KIND_WORD] = 0;
    sets->of[KIND_SMALL] = ascii.letters & ~ascii.capitals;
    sets->of[KIND_FOLDED] = 0;
    sets->of[KIND_PROPER] = ascii.letters;
    sets->of[KIND_NUMBER] = ascii.digits;
    sets->of[KIND_CAPITAL] = ascii.capitals;
    sets->of[KIND_INITIAL] = ascii.capitals;
    sets->of[KIND_LOWER] = ascii.letters & ~ascii.capitals;
    sets->of[KIND_APOSTROPHE] = ascii.apostrophes;
    sets->tenths = 0;
    if (ascii.beyond)
        read_others(sets, alphabet, left);
}

void sets_read_portably(struct sets *sets, struct alphabet *alphabet, const char *text,
                        size_t length, size_t at)
{
    read_block(sets, alphabet, text, length, at, read_portably);
}

void sets_read(struct sets *sets, struct alphabet *alphabet, const char *text, size_t length,
               size_t at)
{
#ifdef HAS_SSE2
    read_block(sets, alphabet, text, length, at, read_sse2);
#else
    read_block(sets, alphabet, text, length, at, read_portably);
#endif
}
