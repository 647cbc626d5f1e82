#include "line/likeness.h"

#include <check.h>
#include <string.h>

static struct look look(const char *text)
{
    return look_at(text, strlen(text));
}

START_TEST(letters_are_compared_without_case_and_signs)
{
    ck_assert_uint_eq(look("Read on: 12!").letters, look("  read ON -- 12").letters);
    ck_assert_uint_ne(look("Read on: 12!").letters, look("Read on: 13!").letters);
    ck_assert_uint_ne(look("é").letters, look("è").letters);
    ck_assert_uint_eq(look(" -- ").letters, 0);
}
END_TEST

START_TEST(beginnings_are_thirty_letters_of_twelve_or_more)
{
    ck_assert_uint_eq(look("elevenchars").beginning, 0);
    ck_assert_uint_ne(look("twelve chars.").beginning, look("twelve chars too").beginning);
    ck_assert_uint_eq(look("A longer sentence that goes on for long, so").beginning,
                      look("a longer sentence that goes on for longer").beginning);
    ck_assert_uint_ne(look("A longer sentence that goes on for long, so").letters,
                      look("a longer sentence that goes on for longer").letters);
}
END_TEST

START_TEST(what_else_is_measured)
{
    ck_assert_uint_eq(look("  two words").indent, 2);
    ck_assert_uint_eq(look("  two words").words, 2);
}
END_TEST

Suite *look_suite(void);

Suite *look_suite(void)
{
    Suite *suite = suite_create("look");
    TCase *tests = tcase_create("look");

    tcase_add_test(tests, letters_are_compared_without_case_and_signs);
    tcase_add_test(tests, beginnings_are_thirty_letters_of_twelve_or_more);
    tcase_add_test(tests, what_else_is_measured);
    suite_add_tcase(suite, tests);
    return suite;
}
