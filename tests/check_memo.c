#include "src/memo.h"
#include "src/rule.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WEIGHS 3

static const uint64_t weighs[WEIGHS] = {3, 1, 4};

static struct matched said_of(const char *text, uint64_t marks)
{
    return (struct matched){.text = text,
                            .length = strlen(text),
                            .edited_by = NO_RULE,
                            .protector = NO_RULE,
                            .marks = marks,
                            .look = {.letters = marks + 1},
                            .weighs = weighs};
}

START_TEST(what_was_said_comes_again)
{
    struct memo *memo = memo_create(WEIGHS);
    struct matched given = said_of("a line", 7), found;

    ck_assert(!memo_find(memo, "a line", 6, 0, &found));
    memo_add(memo, 0, &given);
    ck_assert(memo_find(memo, "a line and more", 6, 0, &found));
    ck_assert_uint_eq(found.marks, 7);
    ck_assert_uint_eq(found.look.letters, 8);
    ck_assert(memcmp(found.weighs, weighs, sizeof weighs) == 0);
    ck_assert(!memo_find(memo, "a lime", 6, 0, &found));
    ck_assert(!memo_find(memo, "a line ", 7, 0, &found));
    memo_clear(memo);
    ck_assert(!memo_find(memo, "a line", 6, 0, &found));
    memo_destroy(memo);
}
END_TEST

START_TEST(its_place_must_be_reached)
{
    struct memo *memo = memo_create(WEIGHS);
    struct matched given = said_of("x", 1), found;

    memo_add(memo, MEMO_FIRST, &given);
    ck_assert(!memo_find(memo, "x", 1, 0, &found));
    ck_assert(!memo_find(memo, "x", 1, MEMO_AFTER, &found));
    ck_assert(memo_find(memo, "x", 1, MEMO_FIRST | MEMO_AFTER, &found));
    memo_destroy(memo);
}
END_TEST

/* More than the ring takes, twice: what is found is what was said last, and the newest is found. */
START_TEST(the_oldest_goes)
{
    struct memo *memo = memo_create(WEIGHS);
    struct matched found;
    char text[MEMO_LINE];
    size_t lines = 2 * MEMO_BYTES / 1000, known = 0;

    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < lines; i++) {
        struct matched given;
        char number[16];
        size_t length = 1000 + i % 7;

        snprintf(number, sizeof number, "%08zu", i);
        memcpy(text, number, 8);
        given = said_of(text, i);
        given.length = length;
        memo_add(memo, 0, &given);
        ck_assert(memo_find(memo, text, length, 0, &found));
        ck_assert_uint_eq(found.marks, i);
    }
    for (size_t i = 0; i < lines; i++) {
        char number[16];

        snprintf(number, sizeof number, "%08zu", i);
        memcpy(text, number, 8);
        if (!memo_find(memo, text, 1000 + i % 7, 0, &found))
            continue;
        known++;
        ck_assert_uint_eq(found.marks, i);
        ck_assert(memcmp(found.weighs, weighs, sizeof weighs) == 0);
    }
    ck_assert_uint_gt(known, lines / 4);
    ck_assert_uint_lt(known, lines / 2 + 1);
    memo_destroy(memo);
}
END_TEST

Suite *memo_suite(void);

Suite *memo_suite(void)
{
    Suite *suite = suite_create("memo");
    TCase *tests = tcase_create("memo");

    tcase_add_test(tests, what_was_said_comes_again);
    tcase_add_test(tests, its_place_must_be_reached);
    tcase_add_test(tests, the_oldest_goes);
    suite_add_tcase(suite, tests);
    return suite;
}
