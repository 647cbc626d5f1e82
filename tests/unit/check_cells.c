#include "line/cells.h"

#include <check.h>
#include <string.h>

START_TEST(cells_are_parted)
{
    static const struct {
        const char *line;
        size_t cells;
    } rows[] = {
        {"", 0},
        {" \t  ", 0},
        {"Oats", 1},
        {"      Oats   ", 1},
        {"\tOats\t\r", 1},
        {"Oats  2.10", 1},
        {"Oats   2.10", 2},
        {"Oats   2.10  1.95", 2},
        {"Oats          2.10", 2},
        {"Oats\t2.10", 2},
        {"Oats \t\t 2.10", 2},
        {"Oats | 2.10 | 1.95", 3},
        {"Oats  | 2.10", 1},
        {"Oats|2.10", 1},
        {"| Oats |", 1},
        {"a | | b", 2},
        {"a |   b", 2},
        {"a   |   b", 3},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(cells_count(rows[i].line, strlen(rows[i].line)) == rows[i].cells, "%s",
                      rows[i].line);
}
END_TEST

static bool may_part(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\t' || text[i] == '|' ||
            (length - i > 2 && text[i] == ' ' && text[i + 1] == ' ' && text[i + 2] == ' '))
            return true;
    }
    return false;
}

/* Where nothing parts cells but what is put there, at each place of lines of each length. */
START_TEST(what_parts_is_found_anywhere)
{
    static const char *const parts[] = {"", " ", "  ", "   ", "\t", "|", " \t"};
    char line[80];

    for (size_t length = 0; length < 60; length++) {
        for (size_t at = 0; at <= length; at++) {
            for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
                size_t all = length + strlen(parts[i]);

                memset(line, 'a', sizeof line);
                memcpy(line + at, parts[i], strlen(parts[i]));
                ck_assert(cells_may_part(line, all) == may_part(line, all));
                ck_assert(cells_may_part_portably(line, all) == may_part(line, all));
            }
        }
    }
}
END_TEST

Suite *cells_suite(void);

Suite *cells_suite(void)
{
    Suite *suite = suite_create("cells");
    TCase *tests = tcase_create("cells");

    tcase_add_test(tests, cells_are_parted);
    tcase_add_test(tests, what_parts_is_found_anywhere);
    suite_add_tcase(suite, tests);
    return suite;
}
