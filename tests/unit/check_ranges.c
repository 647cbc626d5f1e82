#include "match/ranges.h"

#include <check.h>

#include "random.h"

#define MOST_RULES 150

static bool has(const uint64_t *set, size_t rule)
{
    return set[rule / 64] >> rule % 64 & 1;
}

/* Now and then one that is not near, or without an end. */
static struct range random_range(unsigned *state)
{
    uint32_t least = random_next(state) % 3 ? random_next(state) % 200 : 0;

    switch (random_next(state) % 4) {
    case 0:
        return RANGE_ANY;
    case 1:
        return (struct range){least, UINT32_MAX};
    case 2:
        return (struct range){0, least};
    default:
        return (struct range){least, least + random_next(state) % 90};
    }
}

START_TEST(a_value_suits_what_has_it_between_its_bounds)
{
    unsigned state = 3;

    for (unsigned round = 0; round < 40; round++) {
        struct arena arena = {0};
        struct ranges ranges;
        struct range asked[MOST_RULES];
        size_t count = 1 + random_next(&state) % MOST_RULES, wrong = 0;

        for (size_t i = 0; i < count; i++)
            asked[i] = random_range(&state);
        ck_assert(ranges_build(&ranges, &arena, asked, count));
        for (uint64_t value = 0; value < 300; value++) {
            for (size_t i = 0; i < count; i++) {
                bool suits = asked[i].least <= value && value <= asked[i].most;

                wrong += has(ranges_at(&ranges, value), i) != suits;
            }
        }
        ck_assert_uint_eq(wrong, 0);
        arena_free(&arena);
    }
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

Suite *ranges_suite(void);

Suite *ranges_suite(void)
{
    Suite *suite = suite_create("ranges");
    TCase *tests = tcase_create("ranges");

    tcase_add_test(tests, a_value_suits_what_has_it_between_its_bounds);
    tcase_add_test(tests, a_table_spans_those_that_ask);
    suite_add_tcase(suite, tests);
    return suite;
}
