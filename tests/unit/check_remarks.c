#include "flow/remarks.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static const struct fields fields = {.asked = {"text", NULL, "lang"}};

/* What is said of a text, or in FORMAT; NULL: nothing. */
static const char *said(const struct remarks *remarks, enum remark which,
                        const struct format *format, bool *is_grave)
{
    static char text[256];
    const struct remark_wishes wishes = {format, &fields, false};

    return remarks_say(remarks, which, &wishes, text, sizeof text, is_grave) ? text : NULL;
}

/* Notes COUNT lines of so many words each. */
static void note_lines(struct remarks *remarks, int count, int words)
{
    char line[256] = "";

    while (words-- > 0)
        strcat(line, "word ");
    while (count-- > 0)
        remarks_note_line(remarks, line, strlen(line));
}

START_TEST(a_page_is_known_by_its_short_lines)
{
    static const struct {
        int parts[5][2]; /* lines, words of each */
        bool is_page;
    } rows[] = {
        {{{0, 0}}, false},
        {{{20, 1}, {10, 30}, {20, 2}}, true},
        {{{20, 3}, {10, 30}, {20, 3}}, true},
        {{{20, 4}, {10, 30}, {20, 4}}, false}, /* not that short */
        {{{29, 1}}, false},                    /* not that many */
        {{{30, 1}}, true},
        {{{10, 1}, {15, 30}, {2, 1}}, false},                /* 12 of 27 */
        {{{10, 1}, {18, 30}, {2, 1}}, true},                 /* 12 of 30 */
        {{{10, 1}, {19, 30}, {2, 1}}, false},                /* 12 of 31 */
        {{{9, 1}, {9, 30}, {9, 1}, {9, 30}, {9, 1}}, false}, /* never ten in a row */
        {{{9, 1}, {9, 30}, {10, 1}, {9, 30}, {9, 1}}, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct remarks remarks = {0};
        bool is_grave;
        const char *text;

        for (size_t part = 0; part < 5; part++)
            note_lines(&remarks, rows[i].parts[part][0], rows[i].parts[part][1]);
        text = said(&remarks, REMARK_PAGE, &text_format, &is_grave);
        ck_assert_msg((text != NULL) == rows[i].is_page, "row %zu: %s", i, text ? text : "nothing");
        ck_assert(!is_grave);
    }
}
END_TEST

START_TEST(what_is_added_is_in_its_order)
{
    static const struct looks first = {.what = "one"}, second = {.what = "two"};
    struct remarks all = {0};
    const struct remarks parts[] = {
        {.texts = 2, .objects = 2},
        {.looks = &first, .likely = "a", .emptied = 1, .texts = 1, .html = 2},
        {.looks = &second, .likely = "b", .found = 1u << FIELD_URL},
        {.objects = 1}};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        remarks_add(&all, &parts[i]);
    ck_assert_ptr_eq(all.looks, &first);
    ck_assert_str_eq(all.likely, "a");
    ck_assert_uint_eq(all.texts, 3);
    ck_assert_uint_eq(all.emptied, 1);
    ck_assert_uint_eq(all.html, 2);
    ck_assert_uint_eq(all.objects, 3);
    ck_assert_uint_eq(all.found, 1u << FIELD_URL);
}
END_TEST

START_TEST(what_is_grave)
{
    static const struct looks looks = {.what = "one", .instead = "two"};
    const struct remarks remarks = {.looks = &looks, .texts = 2, .emptied = 1, .objects = 1};
    bool is_grave;

    ck_assert_ptr_nonnull(said(&remarks, REMARK_LOOKS, &text_format, &is_grave));
    ck_assert(is_grave);
    ck_assert_ptr_nonnull(said(&remarks, REMARK_EMPTIED, &text_format, &is_grave));
    ck_assert(is_grave);
    ck_assert_ptr_nonnull(said(&remarks, REMARK_EMPTIED, &jsonl_format, &is_grave));
    ck_assert(!is_grave);
    ck_assert_ptr_nonnull(said(&remarks, REMARK_NO_TEXT, &jsonl_format, &is_grave));
    ck_assert(is_grave);
    ck_assert_ptr_null(said(&remarks, REMARK_NO_URL, &jsonl_format, &is_grave));
    ck_assert_ptr_nonnull(said(&remarks, REMARK_NO_LANGUAGE, &jsonl_format, &is_grave));
    ck_assert(is_grave);
    ck_assert_ptr_nonnull(
        said(&(struct remarks){.texts = 2, .html = 1}, REMARK_HTML, &jsonl_format, &is_grave));
    ck_assert(!is_grave);
    ck_assert_ptr_nonnull(
        said(&(struct remarks){.texts = 2, .html = 2}, REMARK_HTML, &jsonl_format, &is_grave));
    ck_assert(is_grave);
    for (int which = 0; which < REMARKS; which++)
        ck_assert_ptr_null(
            said(&(struct remarks){.texts = 9}, (enum remark)which, &jsonl_format, &is_grave));
}
END_TEST

Suite *remarks_suite(void);

Suite *remarks_suite(void)
{
    Suite *suite = suite_create("remarks");
    TCase *tests = tcase_create("remarks");

    tcase_add_test(tests, a_page_is_known_by_its_short_lines);
    tcase_add_test(tests, what_is_added_is_in_its_order);
    tcase_add_test(tests, what_is_grave);
    suite_add_tcase(suite, tests);
    return suite;
}
