#include "line/likeness.h"

#include <check.h>
#include <string.h>

static struct likeness likeness(const char *text)
{
    return likeness_of(text, strlen(text));
}

START_TEST(letters_are_compared_without_case_and_signs)
{
    ck_assert_uint_eq(likeness("Read on: 12!").letters, likeness("  read ON -- 12").letters);
    ck_assert_uint_ne(likeness("Read on: 12!").letters, likeness("Read on: 13!").letters);
    ck_assert_uint_ne(likeness("é").letters, likeness("è").letters);
    ck_assert_uint_eq(likeness(" -- ").letters, 0);
}
END_TEST

START_TEST(beginnings_are_thirty_letters_of_twelve_or_more)
{
    ck_assert_uint_eq(likeness("elevenchars").beginning, 0);
    ck_assert_uint_ne(likeness("twelve chars.").beginning, likeness("twelve chars too").beginning);
    ck_assert_uint_eq(likeness("A longer sentence that goes on for long, so").beginning,
                      likeness("a longer sentence that goes on for longer").beginning);
    ck_assert_uint_ne(likeness("A longer sentence that goes on for long, so").letters,
                      likeness("a longer sentence that goes on for longer").letters);
}
END_TEST

START_TEST(what_else_is_measured)
{
    ck_assert_uint_eq(likeness("  two words").indent, 2);
    ck_assert_uint_eq(likeness("  two words").words, 2);
}
END_TEST

Suite *likeness_suite(void);

Suite *likeness_suite(void)
{
    Suite *suite = suite_create("likeness");
    TCase *tests = tcase_create("likeness");

    tcase_add_test(tests, letters_are_compared_without_case_and_signs);
    tcase_add_test(tests, beginnings_are_thirty_letters_of_twelve_or_more);
    tcase_add_test(tests, what_else_is_measured);
    suite_add_tcase(suite, tests);
    return suite;
}
