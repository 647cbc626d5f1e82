#include "search/blocks.h"

#include "base/eight.h"
#include "base/sixteen.h"

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

typedef void chunk_finder(const unsigned char *bytes, struct block *block, unsigned char *plain,
                          unsigned char *small);

/* As eight_load takes them. */
static void store(uint64_t word, unsigned char *bytes)
{
    for (unsigned i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(word >> 8 * i);
}

static inline void portable_chunk(const unsigned char *bytes, struct block *block,
                                  unsigned char *plain, unsigned char *small)
{
    *block = (struct block){0};
    for (unsigned i = 0; i < SIXTEEN; i += 8) {
        uint64_t word = eight_load(bytes + i);
        uint64_t capitals = eight_within(word, 'A', 'Z'), low = word | capitals >> 2;
        uint64_t known = eight_within(low, 'a', 'z') | eight_within(word, '0', '9');
        uint64_t lines = eight_within(word, '_', '_'), found = known | lines;

        block->words |= eight_gather(found) << i;
        block->leads |= eight_gather(word & word << 1 & BITS_EACH_HIGH) << i;
        block->signs |= eight_gather(eight_within(word, '!', '~') & ~known) << i;
        store((word & (found >> 7) * UINT8_MAX) | BITS_EACH_BYTE * ' ', plain + i);
        store(low, small + i);
    }
}

#ifdef HAS_SSE2
static inline void store_16(__m128i chunk, unsigned char *bytes)
{
    _mm_storeu_si128((__m128i *)(void *)bytes, chunk);
}

static inline void sse2_chunk(const unsigned char *bytes, struct block *block, unsigned char *plain,
                              unsigned char *small)
{
    const __m128i blanks = _mm_set1_epi8(' ');
    __m128i text = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i low = _mm_or_si128(text, _mm_and_si128(sixteen_between(text, 'A', 'Z'), blanks));
    __m128i known = _mm_or_si128(sixteen_between(low, 'a', 'z'), sixteen_between(text, '0', '9'));
    __m128i found = _mm_or_si128(known, _mm_cmpeq_epi8(text, _mm_set1_epi8('_')));
    __m128i signs = _mm_andnot_si128(known, sixteen_between(text, '!', '~'));

    block->words = (uint64_t)_mm_movemask_epi8(found);
    block->leads = (uint64_t)_mm_movemask_epi8(_mm_and_si128(text, _mm_slli_epi16(text, 1)));
    block->signs = (uint64_t)_mm_movemask_epi8(signs);
    store_16(_mm_or_si128(_mm_and_si128(found, text), blanks), plain);
    store_16(low, small);
}
#endif

static inline void find_chunks(const unsigned char *text, size_t length, size_t at,
                               struct block *block, unsigned char plain[BLOCKS_SIZE],
                               unsigned char small[BLOCKS_SIZE], chunk_finder *finder)
{
    size_t left = length - at < BLOCKS_SIZE ? length - at : BLOCKS_SIZE;

    *block = (struct block){0};
    for (size_t i = 0; i < BLOCKS_SIZE; i += SIXTEEN) {
        const unsigned char *chunk = text + at + i;
        unsigned char padded[SIXTEEN];
        struct block part;

        if (i >= left) {
            memset(plain + i, ' ', SIXTEEN);
            memset(small + i, 0, SIXTEEN);
            continue;
        }
        if (left - i < SIXTEEN) {
            sixteen_pad(chunk, left - i, padded);
            chunk = padded;
        }
        finder(chunk, &part, plain + i, small + i);
        block->words |= part.words << i;
        block->leads |= part.leads << i;
        block->signs |= part.signs << i;
    }
}

static void find_portable(const unsigned char *text, size_t length, size_t at, struct block *block,
                          unsigned char plain[BLOCKS_SIZE], unsigned char small[BLOCKS_SIZE])
{
    find_chunks(text, length, at, block, plain, small, portable_chunk);
}

#ifdef HAS_SSE2
static void find_sse2(const unsigned char *text, size_t length, size_t at, struct block *block,
                      unsigned char plain[BLOCKS_SIZE], unsigned char small[BLOCKS_SIZE])
{
    find_chunks(text, length, at, block, plain, small, sse2_chunk);
}
#endif

#ifdef HAS_AVX512
#define AVX512 __attribute__((target("avx512f,avx512bw")))

AVX512 static inline __mmask64 between_512(__m512i bytes, int first, int last)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8((char)first)),
                                  _mm512_set1_epi8((char)(last - first)));
}

AVX512 static void find_avx512(const unsigned char *text, size_t length, size_t at,
                               struct block *block, unsigned char plain[BLOCKS_SIZE],
                               unsigned char small[BLOCKS_SIZE])
{
    const __m512i blanks = _mm512_set1_epi8(' ');
    /* Bytes that a mask leaves out are not read. */
    __m512i bytes = _mm512_maskz_loadu_epi8(bits_below(length - at), text + at);
    __m512i low = _mm512_mask_add_epi8(bytes, between_512(bytes, 'A', 'Z'), bytes, blanks);
    __mmask64 known = between_512(low, 'a', 'z') | between_512(bytes, '0', '9');

    block->leads = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xC0));
    block->words = known | _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('_'));
    block->signs = between_512(bytes, '!', '~') & ~known;
    _mm512_storeu_si512((void *)plain,
                        _mm512_or_si512(_mm512_maskz_mov_epi8(block->words, bytes), blanks));
    _mm512_storeu_si512((void *)small, low);
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
