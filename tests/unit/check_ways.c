#include "regex/ways.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* The ways of a regex, one a line; none: it stays whole. */
struct row {
    const char *regex;
    const char *ways;
};

static void check_row(const struct row *row, unsigned flags)
{
    struct arena arena = {0};
    struct required_analyser *analyser = required_create(&arena);
    const struct regex regex = {.text = row->regex, .length = strlen(row->regex), .flags = flags};
    const char *wanted = row->ways;
    struct required required;

    ck_assert_ptr_nonnull(analyser);
    ck_assert(required_analyse(analyser, &regex, &required));
    ck_assert(ways_part(analyser, &arena, &regex, &required));
    for (size_t i = 0; i < required.ways_count; i++) {
        const struct regex *way = &required.ways[i].regex;

        ck_assert_msg(strncmp(wanted, way->text, way->length) == 0 &&
                          (wanted[way->length] == '\n' || wanted[way->length] == '\0'),
                      "%s: way %zu is %.*s", row->regex, i, (int)way->length, way->text);
        ck_assert_uint_eq(way->flags, flags);
        ck_assert(required.ways[i].required.understood);
        wanted += way->length + (wanted[way->length] == '\n');
    }
    ck_assert_msg(*wanted == '\0', "%s: %zu ways, not %s", row->regex, required.ways_count, wanted);
    required_destroy(analyser);
    arena_free(&arena);
}

static void check_rows(const struct row *rows, size_t count, unsigned flags)
{
    for (size_t i = 0; i < count; i++)
        check_row(&rows[i], flags);
}

#define CHECK_ROWS(rows, flags) check_rows(rows, sizeof(rows) / sizeof *(rows), flags)

START_TEST(what_is_frequent_is_apart)
{
    static const struct row rows[] = {
        /* rare strings together, each of the others alone */
        {"newsletter .*x|\\w@\\w|subscribe .*x", "newsletter .*x|subscribe .*x\n\\w@\\w"},
        {"\\w@\\w|\\+\\d\\d|unsubscribe .*x", "unsubscribe .*x\n\\w@\\w\n\\+\\d\\d"},
        /* no string at all */
        {"newsletter .*x|\\d\\d", "newsletter .*x\n\\d\\d"},
        {"newsletter|unsubscribe .*x|\\bwe\\b", "newsletter|unsubscribe .*x\n\\bwe\\b"},
        {"\\b(?:we|he|newsletter|unsubscribe)\\b",
         "\\b(?:newsletter|unsubscribe)\\b\n\\b(?:we)\\b\n\\b(?:he)\\b"},
        {"newsletter|unsubscribe|facsimile", ""},
        /* at the line's start, and anywhere */
        {"newsletter .*x|^\\W*telephone: .|subscribe .*x|^facsimile: .",
         "^\\W*telephone: .|^facsimile: .\nnewsletter .*x|subscribe .*x"},
    };

    CHECK_ROWS(rows, 0);
    CHECK_ROWS(rows, REGEX_CASELESS);
}
END_TEST

START_TEST(groups_are_opened)
{
    static const struct row rows[] = {
        {"(?:newsletter .*x|\\w@\\w)", "newsletter .*x\n\\w@\\w"},
        {"(newsletter .*x|\\w@\\w)", "(newsletter .*x)\n(\\w@\\w)"},
        {"(?i:newsletter .*x|\\w@\\w)", "(?i:newsletter .*x)\n(?i:\\w@\\w)"},
        {"\\b(?:newsletter .*x|subscribe .*x|\\w@\\w)\\b",
         "\\b(?:newsletter .*x|subscribe .*x)\\b\n\\b(?:\\w@\\w)\\b"},
        {"(?:(?:newsletter .*x|\\w@\\w)|(?i:\\+\\d|subscribe .*x))",
         "newsletter .*x|(?i:subscribe .*x)\n\\w@\\w\n(?i:\\+\\d)"},
        /* the second alternative is not tried where the first one matches */
        {"(?>newsletter .*x|\\w@\\w)\\b", ""},
        {"(?:(?>newsletter .*x|\\w@\\w))\\b", ""},
        /* one of several parts */
        {"(?:newsletter .*x|\\w@\\w)\\d", ""},
        {"\\d(?:newsletter .*x|\\w@\\w)", ""},
        {"(?:newsletter .*x|\\w@\\w)+", ""},
        {"(?:newsletter .*x|\\w@\\w){1,2}", ""},
        {"(?:newsletter .*x|\\w@\\w)(?:a|b)", ""},
        {"(?=newsletter .*x|\\w@\\w)", ""},
        {"(?<!newsletter|@)", ""},
    };

    CHECK_ROWS(rows, 0);
}
END_TEST

START_TEST(bars_that_part_nothing)
{
    static const struct row rows[] = {
        {"newsletter .*x\\|\\w@\\w", ""},
        {"newsletter .*x[|]\\w@\\w", ""},
        {"newsletter .*x[]|]\\w@\\w", ""},
        {"newsletter .*x[^]|]\\w@\\w", ""},
        {"newsletter .*x[[:alpha:]|]\\w@\\w", ""},
        {"newsletter .*x[\\]|]\\w@\\w", ""},
        {"newsletter .*x(?:a|b)\\w@\\w", ""},
        {"newsletter .*x[|]|\\w@\\w", "newsletter .*x[|]\n\\w@\\w"},
        {"newsletter .*x[[:^alpha:]|]|\\w@\\w", "newsletter .*x[[:^alpha:]|]\n\\w@\\w"},
        {"newsletter .*x(?:a|b)|\\w@\\w", "newsletter .*x(?:a|b)\n\\w@\\w"},
    };

    CHECK_ROWS(rows, 0);
}
END_TEST

START_TEST(what_reaches_into_another_stays_whole)
{
    static const struct row rows[] = {
        {"(?i)newsletter .*x|\\w@\\w", ""},
        {"newsletter .*x|(?i)\\w@\\w", ""},
        {"(?:(?i)newsletter .*x|\\w@\\w)", ""},
        {"(?:(?i)newsletter .*x|\\+\\d)|\\w@\\w", "(?:(?i)newsletter .*x|\\+\\d)\n\\w@\\w"},
        {"(n)ewsletter .*x|\\w@\\w(\\1)?", ""},
        {"(?<n>n)ewsletter .*x|\\w@\\w(?&n)?", ""},
        {"newsletter .*x|\\w@\\w(?R)?", ""},
        {"newsletter .*x|(?(?=\\w)\\w@\\w|x)", ""},
        {"newsletter .*x(*SKIP)|\\w@\\w", ""},
        {"(*UCP)newsletter .*x|\\w@\\w", ""},
        {"newsletter .*\\Kx|\\w@\\w", ""},
        {"\\Anewsletter .*x|\\w@\\w", ""},
        {"newsletter .*x|\\w@\\w\\z", ""},
        {"newsletter .*x|\\Q|\\E\\w@\\w", ""},
        {"newsletter .*x(?#|)|\\w@\\w", ""},
        {"newsletter .*x|[[:a]\\w@\\w|b:]", ""},
        /* an alternative that matches any line, and one that does not compile */
        {"newsletter .*x|\\w@\\w|", ""},
        {"|newsletter .*x|\\w@\\w", ""},
        {"newsletter .*x|(?:\\w@\\w|)", ""},
        {"newsletter .*x|\\w@\\w|(", ""},
        /* the line's start is the one place for all of them */
        {"^newsletter .*x|^\\w@\\w", ""},
    };
    static const struct row extended = {"newsletter .*x|\\w@\\w # a|b", ""};

    CHECK_ROWS(rows, 0);
    check_row(&extended, REGEX_EXTENDED);
}
END_TEST

/* The weakest ones, then. */
START_TEST(ways_are_few)
{
    struct arena arena = {0};
    struct required_analyser *analyser = required_create(&arena);
    struct regex regex = {.text = ""};
    struct required required;
    static char text[WAYS_ALTERNATIVES * 16];
    size_t length = 0, most = 0;

    ck_assert_ptr_nonnull(analyser);
    for (size_t i = 0; i < WAYS_ALTERNATIVES; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "%s@%c\\d", i ? "|" : "",
                                   (char)('a' + i % 26));
        regex = (struct regex){.text = text, .length = length};
        ck_assert(required_analyse(analyser, &regex, &required));
        ck_assert(ways_part(analyser, &arena, &regex, &required));
        ck_assert_uint_le(required.ways_count, WAYS_MAX);
        most = required.ways_count > most ? required.ways_count : most;
    }
    ck_assert_uint_gt(most, 1);
    length += (size_t)snprintf(text + length, sizeof text - length, "|z");
    regex = (struct regex){.text = text, .length = length};
    ck_assert(required_analyse(analyser, &regex, &required));
    ck_assert(ways_part(analyser, &arena, &regex, &required));
    ck_assert_uint_eq(required.ways_count, 0);
    required_destroy(analyser);
    arena_free(&arena);
}
END_TEST

Suite *ways_suite(void);

Suite *ways_suite(void)
{
    Suite *suite = suite_create("ways");
    TCase *tests = tcase_create("ways");

    tcase_add_test(tests, what_is_frequent_is_apart);
    tcase_add_test(tests, groups_are_opened);
    tcase_add_test(tests, bars_that_part_nothing);
    tcase_add_test(tests, what_reaches_into_another_stays_whole);
    tcase_add_test(tests, ways_are_few);
    suite_add_tcase(suite, tests);
    return suite;
}
