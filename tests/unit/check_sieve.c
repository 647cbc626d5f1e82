#include "match/sieve.h"

#include <check.h>
#include <string.h>

#include "random.h"

enum { TABLES = 5, COUNT = 64 * 2 * RANGES_BLOCK + 100, WORDS = COUNT / 64 + 1 };

/* Rules of which a few ask, and tables of what they ask, of which one is asked for by nobody. */
struct given {
    struct arena arena;
    struct range asked[TABLES][COUNT];
    struct ranges tables[TABLES];
};

static void build(struct given *given, unsigned *state)
{
    given->arena = (struct arena){0};
    for (unsigned table = 0; table < TABLES; table++) {
        for (size_t i = 0; i < COUNT; i++) {
            uint32_t least = random_next(state) % 200;

            given->asked[table][i] = table == 2 || random_next(state) % 4
                                         ? RANGE_ANY
                                         : (struct range){least, least + 90};
        }
        ck_assert(ranges_build(&given->tables[table], &given->arena, given->asked[table], COUNT));
    }
}

static bool suits(const struct given *given, const uint32_t *values, size_t rule)
{
    for (unsigned table = 0; table < TABLES; table++) {
        const struct range *range = &given->asked[table][rule];

        if (values[table] < range->least || values[table] > range->most)
            return false;
    }
    return true;
}

/* Sifts a full set whose words are two blocks of the tables' words and the last one; returns how
 * many rules are wrongly there or not. */
static size_t count_wrong(const struct given *given, struct sieve *sieve, const uint32_t *values)
{
    static const uint32_t last = WORDS - 1;
    const struct ranges_words words = {.first = 2 * RANGES_BLOCK, .more = &last, .more_count = 1};
    uint64_t set[2 * RANGES_BLOCK + 1];
    size_t wrong = 0;

    memset(set, UINT8_MAX, sizeof set);
    sieve_sift(sieve, values, &words, set);
    for (size_t place = 0; place < 64 * ranges_count(&words); place++) {
        size_t rule = 64 * ranges_word(&words, place / 64) + place % 64;

        wrong += rule < COUNT && bits_has(set, place) != suits(given, values, rule);
    }
    return wrong;
}

START_TEST(what_stays_suits_all_values)
{
    static const uint8_t order[TABLES] = {3, 0, 2, 4, 1};
    static struct given given;
    uint32_t values[TABLES] = {0};
    unsigned state = 7;
    struct sieve sieve;

    build(&given, &state);
    ck_assert(sieve_init(&sieve, given.tables, order, TABLES, 2 * RANGES_BLOCK));
    ck_assert_uint_eq(sieve.count, TABLES - 1);
    for (unsigned line = 0; line < 300; line++) {
        ck_assert_uint_eq(count_wrong(&given, &sieve, values), 0);
        for (unsigned change = random_next(&state) % 3; change > 0; change--)
            values[random_next(&state) % TABLES] =
                random_next(&state) % 9 ? random_next(&state) % 300 : UINT32_MAX;
    }
    sieve_release(&sieve);
    arena_free(&given.arena);
}
END_TEST

START_TEST(where_nobody_asks_all_stay)
{
    static const struct range asked[] = {{0, UINT32_MAX}};
    static const uint8_t order[] = {0};
    const struct ranges_words words = {.first = RANGES_BLOCK};
    const uint32_t value = 7;
    uint64_t set[RANGES_BLOCK] = {1};
    struct arena arena = {0};
    struct ranges ranges;
    struct sieve sieve;

    ck_assert(ranges_build(&ranges, &arena, asked, 1));
    ck_assert(sieve_init(&sieve, &ranges, order, 1, RANGES_BLOCK));
    sieve_sift(&sieve, &value, &words, set);
    ck_assert_uint_eq(*set, 1);
    sieve_release(&sieve);
    arena_free(&arena);
}
END_TEST

Suite *sieve_suite(void);

Suite *sieve_suite(void)
{
    Suite *suite = suite_create("sieve");
    TCase *tests = tcase_create("sieve");

    tcase_add_test(tests, what_stays_suits_all_values);
    tcase_add_test(tests, where_nobody_asks_all_stay);
    suite_add_tcase(suite, tests);
    return suite;
}
