#include "match/kept.h"

#include <check.h>
#include <string.h>

#include "random.h"

enum { COUNT = 64 * 2 * RANGES_BLOCK + 100, WORDS = COUNT / 64 + 1 };

static uint64_t random_bit(unsigned *state)
{
    return UINT64_C(1) << random_next(state) % 64;
}

/* Of a full set whose words are two blocks of the table's words and the last one; returns how many
 * rules are wrongly there or not. */
static size_t count_wrong(struct kept *kept, const uint64_t *asked, uint64_t dropped)
{
    static const uint32_t last = WORDS - 1;
    const struct ranges_words words = {.first = 2 * RANGES_BLOCK, .more = &last, .more_count = 1};
    uint64_t set[2 * RANGES_BLOCK + 1];
    size_t wrong = 0;

    memset(set, UINT8_MAX, sizeof set);
    kept_drop(kept, dropped, &words, set);
    for (size_t place = 0; place < 64 * ranges_count(&words); place++) {
        size_t rule = 64 * ranges_word(&words, place / 64) + place % 64;

        wrong += rule < COUNT && bits_has(set, place) != !(asked[rule] & dropped);
    }
    return wrong;
}

/* More combinations than are kept, and some of them again. */
START_TEST(those_that_ask_for_a_bit_are_dropped)
{
    uint64_t asked[COUNT] = {0}, dropped[3 * KEPT_SETS] = {0};
    struct arena arena = {0};
    struct ranges_bits bits;
    unsigned state = 11;
    struct kept kept;

    for (size_t i = 0; i < COUNT; i++)
        for (unsigned left = random_next(&state) % 4; left > 1; left--)
            asked[i] |= random_bit(&state);
    ck_assert(ranges_build_bits(&bits, &arena, asked, COUNT));
    ck_assert(kept_init(&kept, &bits, 2 * RANGES_BLOCK));
    for (size_t i = 1; i < sizeof dropped / sizeof *dropped; i++)
        for (unsigned bit = 0; bit < 5; bit++)
            dropped[i] |= random_bit(&state);
    for (unsigned round = 0; round < 2; round++)
        for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
            ck_assert_uint_eq(count_wrong(&kept, asked, dropped[i]), 0);
    kept_release(&kept);
    arena_free(&arena);
}
END_TEST

Suite *kept_suite(void);

Suite *kept_suite(void)
{
    Suite *suite = suite_create("kept");
    TCase *tests = tcase_create("kept");

    tcase_add_test(tests, those_that_ask_for_a_bit_are_dropped);
    suite_add_tcase(suite, tests);
    return suite;
}
