#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "rules/diag.h"

static struct diagnostics list;

static void start(void)
{
    list = (struct diagnostics){0};
}

static void expect_text(const char *wanted)
{
    char *text = diag_text(&list);
    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(text, wanted);
    free(text);
    diag_free(&list);
}

START_TEST(nothing_wrong_nothing_said)
{
    expect_text("");
}
END_TEST

START_TEST(place_message_line_and_caret)
{
    static const struct {
        enum severity severity;
        size_t line, column;
        const char *source;
        const char *wanted;
    } rows[] = {
        {SEVERITY_ERROR, 3, 0, "dorp /x/", "f:3:1: error: why 7\n    dorp /x/\n    ^\n"},
        {SEVERITY_WARNING, 3, 5, "drop /x/", "f:3:6: warning: why 7\n    drop /x/\n         ^\n"},
        {SEVERITY_ERROR, 1, 4, "drop", "f:1:5: error: why 7\n    drop\n        ^\n"},
        {SEVERITY_ERROR, 1, 0, "", "f:1:1: error: why 7\n    \n    ^\n"},
        {SEVERITY_ERROR, 0, 0, "x", "f: error: why 7\n"},
        {SEVERITY_ERROR, 2, 0, NULL, "f:2:1: error: why 7\n"},
        /* Columns are characters. */
        {SEVERITY_ERROR, 1, 5, "\xc3\xa4\xe2\x82\xacx",
         "f:1:3: error: why 7\n    \xc3\xa4\xe2\x82\xacx\n      ^\n"},
        {SEVERITY_ERROR, 1, 2, "\t\tx", "f:1:3: error: why 7\n      x\n      ^\n"},
        {SEVERITY_ERROR, 1, 2, "\033\177x", "f:1:3: error: why 7\n    ?\?x\n      ^\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct place place = {"f",
                                    rows[i].line,
                                    rows[i].column,
                                    rows[i].source,
                                    rows[i].source ? strlen(rows[i].source) : 0,
                                    false};
        diag_add(&list, rows[i].severity, &place, "why %d", 7);
        ck_assert_uint_eq(list.errors, rows[i].severity == SEVERITY_ERROR);
        ck_assert_uint_eq(list.warnings, rows[i].severity == SEVERITY_WARNING);
        expect_text(rows[i].wanted);
    }
}
END_TEST

START_TEST(in_the_order_they_were_found)
{
    const struct place first = {"b", 9, 0, NULL, 0, false}, second = {"a", 1, 0, NULL, 0, false};
    diag_add(&list, SEVERITY_WARNING, &first, "one");
    diag_add(&list, SEVERITY_ERROR, &second, "two");
    diag_add(&list, SEVERITY_WARNING, &second, "three");
    ck_assert_uint_eq(list.errors, 1);
    ck_assert_uint_eq(list.warnings, 2);
    expect_text("b:9:1: warning: one\na:1:1: error: two\na:1:1: warning: three\n");
}
END_TEST

/* What it was given may go. */
START_TEST(the_list_owns_copies)
{
    char file[] = "file", source[] = "source", message[] = "message";
    const struct place place = {file, 1, 0, source, 6, false};
    diag_add(&list, SEVERITY_ERROR, &place, "%s", message);
    memset(file, 'x', 4);
    memset(source, 'x', 6);
    memset(message, 'x', 7);
    expect_text("file:1:1: error: message\n    source\n    ^\n");
}
END_TEST

/* The line that the quotation of column COLUMN of a line of LENGTH characters shows. */
static void check_window(size_t length, size_t column, const char *character)
{
    const size_t bytes = strlen(character);
    char *source = malloc(length * bytes + 1);
    ck_assert_ptr_nonnull(source);
    for (size_t i = 0; i < length; i++)
        memcpy(source + i * bytes, character, bytes);
    if (column < length)
        memset(source + column * bytes, '!', bytes);
    const struct place place = {"f", 1, column * bytes, source, length * bytes, false};
    diag_add(&list, SEVERITY_ERROR, &place, "why");
    char *text = diag_text(&list);
    ck_assert_ptr_nonnull(text);
    const char *quotation = strchr(text, '\n') + 1;
    const char *carets = strchr(quotation, '\n') + 1;
    ck_assert_int_lt((int)(carets - quotation), 200);
    /* The caret stands under the place, and the quotation is whole characters. */
    size_t at = 4;
    for (size_t i = 4; carets[i] == ' '; i++) {
        at++;
        while (((unsigned char)quotation[at] & 0xc0) == 0x80)
            at++;
    }
    if (column < length)
        ck_assert_int_eq(quotation[at], '!');
    else
        ck_assert_int_eq(quotation[at], '\n');
    ck_assert(((unsigned char)quotation[4] & 0xc0) != 0x80);
    free(text);
    free(source);
    diag_free(&list);
}

START_TEST(long_lines_are_quoted_around_the_place)
{
    static const char *const characters[] = {"x", "\xc3\xa4", "\xe2\x82\xac"};
    for (size_t i = 0; i < 3; i++)
        for (size_t length = 1; length < 500; length += 23)
            for (size_t column = 0; column <= length; column += 7)
                check_window(length, column, characters[i]);
}
END_TEST

START_TEST(long_messages_are_cut)
{
    enum { UNITS = 1000 };
    const struct place place = {"f", 0, 0, NULL, 0, false};
    char word[2 * UNITS + 1] = "";
    for (int i = 0; i < UNITS; i++)
        strcat(word, "\xc3\xa4");
    for (size_t before = 0; before < 2; before++) {
        diag_add(&list, SEVERITY_ERROR, &place, "%s%s", before ? "x" : "", word);
        char *text = diag_text(&list);
        ck_assert_ptr_nonnull(text);
        const size_t length = strlen("f: error: ") + 1000 - before;
        ck_assert_uint_eq(strlen(text), length + 4);
        ck_assert_str_eq(text + length - 2, "\xc3\xa4...\n");
        free(text);
        diag_free(&list);
    }
}
END_TEST

START_TEST(beyond_the_limit_they_are_counted)
{
    const struct place place = {"f", 0, 0, NULL, 0, false};
    for (int i = 0; i < DIAG_MAX; i++)
        diag_add(&list, SEVERITY_WARNING, &place, "w");
    diag_add(&list, SEVERITY_ERROR, &place, "e");
    diag_add(&list, SEVERITY_WARNING, &place, "w");
    ck_assert_uint_eq(list.count, DIAG_MAX);
    ck_assert_uint_eq(list.errors, 1);
    ck_assert_uint_eq(list.warnings, DIAG_MAX + 1);
    char *text = diag_text(&list);
    static const char wanted[] = "2 more errors and warnings are not shown\n";
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_gt(strlen(text), strlen(wanted));
    ck_assert_str_eq(text + strlen(text) - strlen(wanted), wanted);
    free(text);
    diag_free(&list);
}
END_TEST

/* Of a file that may be none of rules only the place is told. */
START_TEST(a_secret_is_not_told)
{
    const struct place place = {"f", 7, 3, "root:secret", 11, true};
    diag_add_word(&list, &place, "unknown verb", (struct span){place.source + 5, 6}, "secret");
    diag_add(&list, SEVERITY_WARNING, &place, "secret");
    char *text = diag_text(&list);
    ck_assert_ptr_nonnull(text);
    ck_assert_ptr_null(strstr(text, "root"));
    ck_assert_ptr_null(strstr(text, "secret"));
    ck_assert_int_eq(strncmp(text, "f:7:1: error: ", 14), 0);
    free(text);
    diag_free(&list);
}
END_TEST

/* Rule ids stand in JSON, and may be cut in a character. */
START_TEST(only_text_is_left)
{
    static const struct {
        const char *text, *safe;
    } rows[] = {
        {"", ""},           {"a/\xc3\xa4.rules:1", "a/\xc3\xa4.rules:1"},
        {"a\tb\n", "a b?"}, {"\xff:1", "?:1"},
        {"\xe2\x82", "??"}, {"\x9b\xc2\x9b\xed\xa0\x80", "?\?\?\?\?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[20];
        strcpy(text, rows[i].text);
        diag_make_safe(text);
        ck_assert_str_eq(text, rows[i].safe);
    }
}
END_TEST

/* A rule file may come from anywhere; what it says must not steer the terminal. */
START_TEST(messages_hold_no_control_characters)
{
    const struct place place = {"a\033b", 1, 0, "\033[2J", 4, false};
    diag_add(&list, SEVERITY_ERROR, &place, "unknown verb '%s'", "\033[2J\r\177");
    char *text = diag_text(&list);
    ck_assert_ptr_nonnull(text);
    for (const char *at = text; *at != '\0'; at++)
        ck_assert_msg(*at == '\n' || ((unsigned char)*at >= ' ' && *at != '\177'), "byte %d", *at);
    free(text);
    diag_free(&list);
}
END_TEST

Suite *diag_suite(void);

Suite *diag_suite(void)
{
    Suite *suite = suite_create("diag");
    TCase *text = tcase_create("text");
    tcase_add_checked_fixture(text, start, NULL);
    tcase_add_test(text, nothing_wrong_nothing_said);
    tcase_add_test(text, place_message_line_and_caret);
    tcase_add_test(text, in_the_order_they_were_found);
    tcase_add_test(text, the_list_owns_copies);
    tcase_add_test(text, long_lines_are_quoted_around_the_place);
    tcase_add_test(text, long_messages_are_cut);
    tcase_add_test(text, beyond_the_limit_they_are_counted);
    tcase_add_test(text, a_secret_is_not_told);
    tcase_add_test(text, only_text_is_left);
    tcase_add_test(text, messages_hold_no_control_characters);
    suite_add_tcase(suite, text);
    return suite;
}
