#include "search/blocks.h"

#include "base/eight.h"
#include "base/sixteen.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#ifndef DECHAFF_PORTABLE
#if defined __x86_64__ && defined __GNUC__
#define HAS_AVX512
#include <immintrin.h>
#ifdef __has_include
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif
#endif
#endif
#endif

typedef void chunk_finder(const unsigned char *bytes, uint64_t *words, uint64_t *leads,
                          unsigned char *plain);

/* The bits that are set in 16. */
static unsigned count_bits(unsigned bits)
{
    bits -= bits >> 1 & 0x5555;
    bits = (bits & 0x3333) + (bits >> 2 & 0x3333);
    bits = (bits + (bits >> 4)) & 0x0F0F;
    return (bits + (bits >> 8)) & 0x1F;
}

/* A bit for each half that a byte of the beginning may have. */
static void find_halves(const unsigned char *bytes, size_t length, uint16_t halves[BLOCKS_HALVES])
{
    for (size_t i = 0; i < BLOCKS_BEGINNING; i++) {
        unsigned byte = i < length ? bytes[i] : 0, low = 1u << (byte & 15),
                 high = 1u << (byte >> 4);

        if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z')
            high |= 1u << (byte >> 4 ^ 2);
        halves[2 * i] = (uint16_t)(i < length ? low : UINT16_MAX);
        halves[2 * i + 1] = (uint16_t)(i < length ? high : UINT16_MAX);
    }
}

/* Into the bucket that then has the fewest more that nobody asked for. */
void blocks_add_beginning(struct blocks_beginnings *beginnings, const unsigned char *bytes,
                          size_t length)
{
    unsigned long least = ULONG_MAX;
    uint16_t halves[BLOCKS_HALVES];
    unsigned best = 0;

    find_halves(bytes, length, halves);
    for (unsigned bucket = 0; bucket < BLOCKS_BUCKETS && least > 0; bucket++) {
        unsigned long before = 1, after = 1;

        for (size_t i = 0; i < BLOCKS_HALVES; i++) {
            unsigned has = beginnings->halves[bucket][i];

            before *= count_bits(has);
            after *= count_bits(has | halves[i]);
        }
        if (after - before < least) {
            least = after - before;
            best = bucket;
        }
    }
    for (size_t i = 0; i < BLOCKS_HALVES; i++) {
        beginnings->halves[best][i] |= halves[i];
        for (unsigned half = 0; half < 16; half++)
            beginnings->buckets[i][half] |= (uint8_t)(((unsigned)halves[i] >> half & 1) << best);
    }
}

/* As eight_load takes them. */
static void store(uint64_t word, unsigned char *bytes)
{
    for (unsigned i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(word >> 8 * i);
}

static inline void portable_chunk(const unsigned char *bytes, uint64_t *words, uint64_t *leads,
                                  unsigned char *plain)
{
    *words = *leads = 0;
    for (unsigned i = 0; i < SIXTEEN; i += 8) {
        uint64_t word = eight_load(bytes + i);
        uint64_t found = eight_within(word | BITS_EACH_BYTE * 0x20, 'a', 'z') |
                         eight_within(word, '0', '9') | eight_within(word, '_', '_');

        *words |= eight_gather(found) << i;
        *leads |= eight_gather(word & word << 1 & BITS_EACH_HIGH) << i;
        store((word & (found >> 7) * UINT8_MAX) | BITS_EACH_BYTE * 0x20, plain + i);
    }
}

#ifdef HAS_SSE2
static inline void sse2_chunk(const unsigned char *bytes, uint64_t *words, uint64_t *leads,
                              unsigned char *plain)
{
    __m128i text = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i found = _mm_or_si128(
        sixteen_between(_mm_or_si128(text, _mm_set1_epi8(0x20)), 'a', 'z'),
        _mm_or_si128(sixteen_between(text, '0', '9'), sixteen_between(text, '_', '_')));

    *words = (uint64_t)_mm_movemask_epi8(found);
    *leads = (uint64_t)_mm_movemask_epi8(_mm_and_si128(text, _mm_slli_epi16(text, 1)));
    _mm_storeu_si128((__m128i *)(void *)plain,
                     _mm_or_si128(_mm_and_si128(found, text), _mm_set1_epi8(0x20)));
}
#endif

static void find_beginnings(const unsigned char *text, size_t length, size_t at,
                            const struct blocks_beginnings *beginnings, struct block *block)
{
    size_t left = length - at < BLOCKS_SIZE ? length - at : BLOCKS_SIZE;

    for (size_t i = 0; i < left; i++) {
        unsigned buckets = UINT8_MAX;

        for (size_t j = 0; j < BLOCKS_BEGINNING && buckets; j++) {
            unsigned byte = at + i + j < length ? text[at + i + j] : 0;

            buckets &= beginnings->buckets[2 * j][byte & 15];
            buckets &= beginnings->buckets[2 * j + 1][byte >> 4];
        }
        block->beginnings |= (uint64_t)(buckets != 0) << i;
    }
}

static inline void find_words(const unsigned char *text, size_t length, size_t at,
                              const struct blocks_beginnings *beginnings, struct block *block,
                              unsigned char plain[BLOCKS_SIZE], chunk_finder *finder)
{
    size_t left = length - at < BLOCKS_SIZE ? length - at : BLOCKS_SIZE;

    *block = (struct block){0};
    for (size_t i = 0; i < BLOCKS_SIZE; i += SIXTEEN) {
        const unsigned char *chunk = text + at + i;
        unsigned char padded[SIXTEEN];
        uint64_t words, leads;

        if (i >= left) {
            memset(plain + i, ' ', SIXTEEN);
            continue;
        }
        if (left - i < SIXTEEN) {
            sixteen_pad(chunk, left - i, padded);
            chunk = padded;
        }
        finder(chunk, &words, &leads, plain + i);
        block->words |= words << i;
        block->leads |= leads << i;
    }
    if (beginnings)
        find_beginnings(text, length, at, beginnings, block);
}

static void find_portable(const unsigned char *text, size_t length, size_t at,
                          const struct blocks_beginnings *beginnings, struct block *block,
                          unsigned char plain[BLOCKS_SIZE])
{
    find_words(text, length, at, beginnings, block, plain, portable_chunk);
}

#ifdef HAS_SSE2
static void find_sse2(const unsigned char *text, size_t length, size_t at,
                      const struct blocks_beginnings *beginnings, struct block *block,
                      unsigned char plain[BLOCKS_SIZE])
{
    find_words(text, length, at, beginnings, block, plain, sse2_chunk);
}
#endif

#ifdef HAS_AVX512
#define AVX512 __attribute__((target("avx512f,avx512bw")))

AVX512 static inline __mmask64 between_512(__m512i bytes, int first, int last)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8((char)first)),
                                  _mm512_set1_epi8((char)(last - first)));
}

/* The buckets of each byte. */
AVX512 static inline __m512i buckets_512(__m512i bytes, const uint8_t low[16],
                                         const uint8_t high[16])
{
    __m512i half = _mm512_set1_epi8(15);
    __m512i low_table = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)low));
    __m512i high_table =
        _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)high));

    return _mm512_and_si512(
        _mm512_shuffle_epi8(low_table, _mm512_and_si512(bytes, half)),
        _mm512_shuffle_epi8(high_table, _mm512_and_si512(_mm512_srli_epi16(bytes, 4), half)));
}

/* Bytes that a mask leaves out are not read. */
AVX512 static inline __m512i load_512(const unsigned char *text, size_t left)
{
    __mmask64 there = left < BLOCKS_SIZE ? (UINT64_C(1) << left) - 1 : ~UINT64_C(0);

    return _mm512_maskz_loadu_epi8(there, text);
}

AVX512 static void find_avx512(const unsigned char *text, size_t length, size_t at,
                               const struct blocks_beginnings *beginnings, struct block *block,
                               unsigned char plain[BLOCKS_SIZE])
{
    const __m512i blanks = _mm512_set1_epi8(' ');
    size_t left = length - at;
    __m512i bytes = load_512(text + at, left);

    block->leads = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xC0));
    block->words = between_512(_mm512_or_si512(bytes, blanks), 'a', 'z') |
                   between_512(bytes, '0', '9') |
                   _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('_'));
    block->beginnings = 0;
    _mm512_storeu_si512((void *)plain,
                        _mm512_or_si512(_mm512_maskz_mov_epi8(block->words, bytes), blanks));
    if (beginnings) {
        const uint8_t(*buckets)[16] = beginnings->buckets;
        __m512i found = buckets_512(bytes, buckets[0], buckets[1]);

        for (size_t i = 1; i < BLOCKS_BEGINNING; i++) {
            bytes = i < left ? load_512(text + at + i, left - i) : _mm512_setzero_si512();
            found = _mm512_and_si512(found, buckets_512(bytes, buckets[2 * i], buckets[2 * i + 1]));
        }
        block->beginnings = _mm512_test_epi8_mask(found, found);
        if (left < BLOCKS_SIZE)
            block->beginnings &= (UINT64_C(1) << left) - 1;
    }
}

static bool has_avx512(void)
{
#ifdef CPU_FEATURE_ACTIVE
    /* The C library has asked already: under a hypervisor each question takes microseconds. */
    return CPU_FEATURE_ACTIVE(AVX512F) && CPU_FEATURE_ACTIVE(AVX512BW);
#else
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
#endif
}
#endif

blocks_finder *blocks_finder_at(unsigned number)
{
    blocks_finder *finders[3] = {find_portable};
    unsigned count = 1;

#ifdef HAS_SSE2
    finders[count++] = find_sse2;
#endif
#ifdef HAS_AVX512
    if (has_avx512())
        finders[count++] = find_avx512;
#endif
    return number < count ? finders[number] : NULL;
}

blocks_finder *blocks_fastest(void)
{
    unsigned number = 0;

    while (blocks_finder_at(number + 1))
        number++;
    return blocks_finder_at(number);
}
