#include "line/layout.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(indentation)
{
    ck_assert_uint_eq(layout_indent("", 0), 0);
    ck_assert_uint_eq(layout_indent("a", 1), 0);
    ck_assert_uint_eq(layout_indent("   a", 4), 3);
    ck_assert_uint_eq(layout_indent("\ta", 2), 8);
    ck_assert_uint_eq(layout_indent("  \t a", 5), 9);
    ck_assert_uint_eq(layout_indent("\xC2\xA0"
                                    "a",
                                    3),
                      0);
}
END_TEST

START_TEST(commas)
{
    static const char text[] = "a, b،c，d、e; \xD8";

    ck_assert_uint_eq(layout_commas(text, strlen(text)), 4);
    ck_assert_uint_eq(layout_commas("", 0), 0);
    ck_assert_uint_eq(layout_commas("\xEF\xBC", 2), 0);
}
END_TEST

struct doubling {
    const char *text;
    bool is_doubled;
};

static const struct doubling doublings[] = {
    {"", false},
    {"abcabc", false}, /* too short to tell */
    {"A cat. A cat.", true},
    {"A cat.A cat.", true},
    {"  A cat.   A cat. ", true},
    {"A cat. A cow.", false},
    {"The lander on the rim of the crater in May The lander on the rim of the crater", true},
    {"The lander on the rim of the crater, and the lander on the plain", false},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false},
};

START_TEST(what_is_doubled)
{
    const struct doubling *row = &doublings[_i];
    size_t length = strlen(row->text);
    char *copy = malloc(length + (length == 0));

    memcpy(copy, row->text, length);
    ck_assert_msg(layout_is_doubled(copy, length) == row->is_doubled, "'%s'", row->text);
    free(copy);
}
END_TEST

Suite *layout_suite(void);

Suite *layout_suite(void)
{
    Suite *suite = suite_create("layout");
    TCase *tests = tcase_create("layout");

    tcase_add_test(tests, indentation);
    tcase_add_test(tests, commas);
    tcase_add_loop_test(tests, what_is_doubled, 0, sizeof doublings / sizeof *doublings);
    suite_add_tcase(suite, tests);
    return suite;
}
