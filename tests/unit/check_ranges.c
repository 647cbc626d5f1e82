#include "match/ranges.h"

#include <check.h>
#include <string.h>

#define MOST_RULES 150

static unsigned next_random(unsigned *state)
{
    *state = *state * 1103515245 + 12345;
    return *state / 65536 % 32768;
}

static bool has(const uint64_t *set, size_t rule)
{
    return set[rule / 64] >> rule % 64 & 1;
}

static uint64_t random_bit(unsigned *state)
{
    return UINT64_C(1) << next_random(state) % 64;
}

/* Now and then one that is not near, or without an end. */
static struct range random_range(unsigned *state)
{
    uint32_t least = next_random(state) % 3 ? next_random(state) % 200 : 0;

    switch (next_random(state) % 4) {
    case 0:
        return RANGE_ANY;
    case 1:
        return (struct range){least, UINT32_MAX};
    case 2:
        return (struct range){0, least};
    default:
        return (struct range){least, least + next_random(state) % 90};
    }
}

START_TEST(a_value_suits_what_has_it_between_its_bounds)
{
    unsigned state = 3;

    for (unsigned round = 0; round < 40; round++) {
        struct arena arena = {0};
        struct ranges ranges;
        struct range asked[MOST_RULES];
        size_t count = 1 + next_random(&state) % MOST_RULES, wrong = 0;

        for (size_t i = 0; i < count; i++)
            asked[i] = random_range(&state);
        const struct ranges_words words = {.first = ranges_words_for(count)};

        ck_assert(ranges_build(&ranges, &arena, asked, count));
        for (uint64_t value = 0; value < 300; value++) {
            uint64_t all[RANGES_BLOCK];

            memset(all, UINT8_MAX, sizeof all);

            ranges_sift(&ranges, value, &words, all);
            for (size_t i = 0; i < count; i++) {
                bool suits = asked[i].least <= value && value <= asked[i].most;

                wrong += has(ranges_at(&ranges, value), i) != suits || has(all, i) != suits;
            }
        }
        ck_assert_uint_eq(wrong, 0);
        arena_free(&arena);
    }
}
END_TEST

START_TEST(a_value_matters_to_those_that_ask)
{
    static const struct range asked[] = {{0, UINT32_MAX}, {5, UINT32_MAX}, {0, 9}};
    static const struct range none[] = {{0, UINT32_MAX}};
    struct arena arena = {0};
    struct ranges ranges, free_ranges;
    const struct ranges_words one_block = {.first = RANGES_BLOCK};
    uint64_t first[RANGES_BLOCK] = {1}, others[RANGES_BLOCK] = {6}, set[RANGES_BLOCK] = {1};

    ck_assert(ranges_build(&ranges, &arena, asked, 3));
    ck_assert(!ranges_matter(&ranges, &one_block, first));
    ck_assert(ranges_matter(&ranges, &one_block, others));
    ck_assert(ranges_build(&free_ranges, &arena, none, 1));
    ck_assert(!ranges_matter(&free_ranges, &one_block, first));
    ranges_sift(&free_ranges, 7, &one_block, set);
    ck_assert_uint_eq(*set, 1);
    arena_free(&arena);
}
END_TEST

/* A set with the first block of a table's words, and the last word. */
START_TEST(a_set_may_have_some_words_only)
{
    enum { WORDS = 7, COUNT = 64 * WORDS };
    static const uint32_t last = WORDS - 1;
    const struct ranges_words words = {.first = RANGES_BLOCK, .more = &last, .more_count = 1};
    struct range asked[COUNT];
    uint64_t asked_bits[COUNT], set[RANGES_BLOCK + 1], none[RANGES_BLOCK + 1] = {0};
    struct arena arena = {0};
    struct ranges ranges;
    struct ranges_bits bits;

    for (uint32_t i = 0; i < COUNT; i++) {
        asked[i] = (struct range){i, UINT32_MAX};
        asked_bits[i] = i % 64 == 60;
    }
    memset(set, UINT8_MAX, sizeof set);
    ck_assert(ranges_build(&ranges, &arena, asked, COUNT));
    ck_assert(ranges_build_bits(&bits, &arena, asked_bits, COUNT));
    ck_assert_uint_eq(ranges_count(&words), RANGES_BLOCK + 1);
    ck_assert_uint_eq(ranges_word(&words, RANGES_BLOCK), last);
    ck_assert(ranges_matter(&ranges, &words, set));
    ck_assert(!ranges_matter(&ranges, &words, none));
    ranges_sift(&ranges, 64 * (WORDS - 1) + 2, &words, set);
    ck_assert_uint_eq(set[0], ~UINT64_C(0));
    ck_assert_uint_eq(set[RANGES_BLOCK], 7); /* the last word's first three */
    set[RANGES_BLOCK] = ~UINT64_C(0);
    ranges_drop(&bits, 1, &words, set);
    for (size_t i = 0; i <= RANGES_BLOCK; i++)
        ck_assert_uint_eq(set[i], ~(UINT64_C(1) << 60));
    arena_free(&arena);
}
END_TEST

/* Words in which no rule asks are not looked at. */
START_TEST(a_table_spans_those_that_ask)
{
    enum { COUNT = 64 * 12 };
    struct range asked[COUNT];
    uint64_t asked_bits[COUNT] = {0};
    struct arena arena = {0};
    struct ranges ranges;
    struct ranges_bits bits;

    for (uint32_t i = 0; i < COUNT; i++)
        asked[i] = RANGE_ANY;
    asked[64 * 5 + 1].least = asked[64 * 7].least = 3;
    asked_bits[64 * 11] = 2;
    ck_assert(ranges_build(&ranges, &arena, asked, COUNT));
    ck_assert(ranges_build_bits(&bits, &arena, asked_bits, COUNT));
    ck_assert_uint_eq(ranges.span.from, 4);
    ck_assert_uint_eq(ranges.span.to, 8);
    ck_assert_uint_eq(bits.spans[0].from, bits.spans[0].to);
    ck_assert_uint_eq(bits.spans[1].from, 8);
    ck_assert_uint_eq(bits.spans[1].to, 12);
    arena_free(&arena);
}
END_TEST

START_TEST(bits_drop_those_that_ask_for_them)
{
    unsigned state = 11;

    for (unsigned round = 0; round < 200; round++) {
        struct arena arena = {0};
        struct ranges_bits bits;
        uint64_t asked[MOST_RULES], dropped = 0;
        uint64_t set[RANGES_BLOCK];
        size_t count = 1 + next_random(&state) % MOST_RULES;

        memset(set, UINT8_MAX, sizeof set);
        for (size_t i = 0; i < count; i++) {
            asked[i] = next_random(&state) % 2 ? random_bit(&state) : 0;
            asked[i] |= asked[i] ? random_bit(&state) : 0;
        }
        for (unsigned i = 0; i < 5; i++)
            dropped |= random_bit(&state);
        const struct ranges_words words = {.first = ranges_words_for(count)};
        ck_assert(ranges_build_bits(&bits, &arena, asked, count));
        ranges_drop(&bits, dropped, &words, set);
        for (size_t i = 0; i < count; i++)
            ck_assert(has(set, i) == ((asked[i] & dropped) == 0));
        arena_free(&arena);
    }
}
END_TEST

Suite *ranges_suite(void);

Suite *ranges_suite(void)
{
    Suite *suite = suite_create("ranges");
    TCase *tests = tcase_create("ranges");

    tcase_add_test(tests, a_value_suits_what_has_it_between_its_bounds);
    tcase_add_test(tests, a_value_matters_to_those_that_ask);
    tcase_add_test(tests, a_set_may_have_some_words_only);
    tcase_add_test(tests, a_table_spans_those_that_ask);
    tcase_add_test(tests, bits_drop_those_that_ask_for_them);
    suite_add_tcase(suite, tests);
    return suite;
}
