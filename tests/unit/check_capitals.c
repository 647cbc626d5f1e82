#include "search/capitals.h"

#include <check.h>
#include <string.h>

struct row {
    const char *text;
    bool is_ascii, is_upper, is_title;
};

static const struct row rows[] = {
    {"", true, false, false},
    {"12 + 3", true, false, false},
    {"ABC", true, true, false},
    {"ABCD, 12", true, true, true},
    {"ABCd", true, false, true},
    {"The River and Its Bridge", true, false, true},
    {"The River and its Long bridge", true, false, false},
    {"a the of", true, false, false},
    {"River's", true, false, true},
    {"River 'tisn it", true, false, true}, /* an apostrophe stands before it */
    {"River 3rdly", true, false, true},
    {"River_bridge", true, false, false},
    {"River-bridge", true, false, false},
    {"River-Bridge a", true, false, true},
    {"abc4defg Long", true, false, true},
    {"long", true, false, false},
    {"lonG Long", true, false, false},
    {"\xc3\x84 LONG", false, false, false},
    {"Long \xff", false, false, false},
};

START_TEST(capitals_are_told)
{
    const struct row *row = &rows[_i];
    struct capitals found = capitals_of(row->text, strlen(row->text));

    ck_assert(found.is_ascii == row->is_ascii);
    ck_assert(found.is_upper == row->is_upper);
    ck_assert(found.is_title == row->is_title);
}
END_TEST

Suite *capitals_suite(void);

Suite *capitals_suite(void)
{
    Suite *suite = suite_create("capitals");
    TCase *tests = tcase_create("capitals");

    tcase_add_loop_test(tests, capitals_are_told, 0, (int)(sizeof rows / sizeof *rows));
    suite_add_tcase(suite, tests);
    return suite;
}
