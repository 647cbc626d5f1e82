#include "regex/doubling.h"
#include "regex/pattern.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Whether a search in a run of TEXT with a sign behind it comes to the limit. */
static bool reaches_the_limit(const struct regex *regex, const char *text)
{
    struct pattern_matcher *matcher = pattern_matcher_create(1000000);
    struct pattern pattern = {0};
    enum pattern_status status;
    char line[256] = "";

    while (strlen(line) < 60)
        strcat(line, text);
    strcat(line, "!");
    ck_assert_ptr_nonnull(matcher);
    pattern_subject(matcher, line, strlen(line), true);
    status = pattern_match(matcher, &pattern, regex, 0, NULL);
    ck_assert_int_ne(status, PATTERN_INVALID);
    pattern_release(&pattern);
    pattern_matcher_destroy(matcher);
    return status == PATTERN_LIMIT;
}

static struct regex regex_of(const char *text)
{
    bool is_extended = text[0] == 'x' && text[1] == ' ';
    const char *from = is_extended ? text + 2 : text;

    return (struct regex){
        .text = from, .length = strlen(from), .flags = is_extended ? REGEX_EXTENDED : 0};
}

START_TEST(what_doubles_is_told_and_does)
{
    static const char *const regexes[] = {
        "(a+)+$",
        "(?:a+)*$",
        "^(a*)*$",
        "(a{2,})+$",
        "([a-z]+)*$",
        "(?:\\w+\\s?)+$",
        "(?:\\s?\\w+)*$",
        "(b|a+)+$",
        "((a+))+$",
        "(?:(?:a+)?b?)+$",
        "(a+?)+?$",
        "(?:.+)+\\d$",
        "(a+){2,}$",
        "(?:a*b*)*$",
        "(?:[^,]+,?)*\\d$",
        "^x?(?:\\p{L}+|\\d)+$",
        "x ( a + # +\n )+ $",
        "(?:[]a]+)+$",
        "(?:\\x{61}+)+$",
        "(?:[[:alpha:]]+)+$",
    };
    for (size_t i = 0; i < sizeof regexes / sizeof *regexes; i++) {
        struct regex regex = regex_of(regexes[i]);

        ck_assert_msg(doubling_is_likely(&regex), "%s", regexes[i]);
        ck_assert_msg(reaches_the_limit(&regex, "a"), "%s", regexes[i]);
    }
}
END_TEST

START_TEST(what_does_not_double_is_not_told)
{
    static const char *const regexes[] = {
        "",
        "a+",
        "(a+)",
        "(a+)?",
        "(ab+)+$",
        "(a++)+$",
        "(?>a+)+$",

        "(a+)++$",
        "(a+){3}$",
        "(a?)+$",
        "(?:a+,)+$",
        "(?:a+ b*)+$",
        "(?:a+\\b)+$",
        "(?:(?=a+)a)+$",
        "(a{3})+$",
        "(?:\\w+ \\w+)*$",
        "\\(a+\\)+$",
        "[(a+)+]+$",
        "(?:a+{,})+$",
        "(?:a|b)+$",
        "^(?:[a-z]+-)*$",
        "[]()+]+a+$",
        "[^]()+]+a+$",
        "(?:\\(+\\))+$",
    };
    for (size_t i = 0; i < sizeof regexes / sizeof *regexes; i++) {
        struct regex regex = regex_of(regexes[i]);

        ck_assert_msg(!doubling_is_likely(&regex), "%s", regexes[i]);
        ck_assert_msg(!reaches_the_limit(&regex, "a"), "%s", regexes[i]);
    }
}
END_TEST

START_TEST(what_is_not_understood_is_not_told)
{
    static const char *const regexes[] = {
        "(?i:a+)+", "(?<n>a+)+",   "(a)(?1)+", "(a+)+\\1", "\\Q(a+)+\\E", "(?(1)a+)+", "(a+)+)",
        "((a+)+",   "(*MARK:x)a+", "(a+)+\\",  "[a",       "(a+",         "(?C1)(a+)+"};
    char deep[2000] = "";

    for (size_t i = 0; i < sizeof regexes / sizeof *regexes; i++) {
        struct regex regex = regex_of(regexes[i]);

        ck_assert_msg(!doubling_is_likely(&regex), "%s", regexes[i]);
    }
    memset(deep, '(', 1000);
    strcat(deep, "(a+)+");
    ck_assert(!doubling_is_likely(&(struct regex){.text = deep, .length = strlen(deep)}));
}
END_TEST

START_TEST(nothing_is_read_behind_the_end)
{
    static const char *const regexes[] = {"x [[:] # [:", "[[:",  "[a\\", "[a", "\\",  "\\p",
                                          "\\x",         "\\p{", "(?",   "(a", "a{1", "a{"};

    for (size_t i = 0; i < sizeof regexes / sizeof *regexes; i++) {
        struct regex regex = regex_of(regexes[i]);
        char *copy = malloc(regex.length);

        ck_assert_ptr_nonnull(copy);
        regex.text = memcpy(copy, regex.text, regex.length);
        ck_assert_msg(!doubling_is_likely(&regex), "%s", regexes[i]);
        free(copy);
    }
}
END_TEST

Suite *doubling_suite(void);

Suite *doubling_suite(void)
{
    Suite *suite = suite_create("doubling");
    TCase *tests = tcase_create("doubling");

    tcase_add_test(tests, what_doubles_is_told_and_does);
    tcase_add_test(tests, what_does_not_double_is_not_told);
    tcase_add_test(tests, what_is_not_understood_is_not_told);
    tcase_add_test(tests, nothing_is_read_behind_the_end);
    suite_add_tcase(suite, tests);
    return suite;
}
