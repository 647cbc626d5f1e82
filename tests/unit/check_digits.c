#include "base/utf8.h"
#include "regex/digits.h"
#include "regex/pattern.h"
#include "regex/required.h"

#include <check.h>
#include <string.h>

static uint32_t asked_by(const char *text, unsigned flags)
{
    struct regex regex = {.text = text, .length = strlen(text), .flags = flags};
    struct arena arena = {0};
    struct required_analyser *analyser = required_create(&arena);
    struct required required;

    ck_assert_ptr_nonnull(analyser);
    ck_assert(required_analyse(analyser, &regex, &required));
    required_destroy(analyser);
    arena_free(&arena);
    return required.digits;
}

START_TEST(a_regex_asks_for_digits)
{
    static const struct {
        const char *regex;
        uint32_t digits;
    } rows[] = {
        {"", 0},
        {"a", 0},
        {"1", 1},
        {"a1b22", 3},
        {"\\d", 1},
        {"\\p{Nd}[0-9][\\d5]", 3},
        {"\\d{1,2}[.:]\\d\\d", 3},
        {"\\d{4,}|\\d{2}x\\d", 3},
        {"(?:\\d\\d|a)1", 1},
        {"(?:19|20)?\\d\\d", 2},
        {"\\d*\\d+\\d?", 1},
        {"(?:\\d\\d-){3}", 6},
        {"(?=.*\\d:\\d\\d)on \\d", 3},
        {"(?=\\d)\\d\\d", 2},
        {"(?<=\\d\\d)a", 2},
        {"(?!\\d\\d)a", 0},
        {"(?:(?=\\d)a)?", 0},
        {"(?:(?=\\d)a|b)", 0},
        {"(\\d)\\1", 1},
        {"(?(1)\\d)", 0},
        {"[\\d.]", 0},
        {"[^0-9]", 0},
        {"[/0-9]", 0},
        {"[0-9\\x{e9}]", 0},
        {"\\D\\w\\pN.", 0},
        {"\\x{661}\\x{e9}", 0},
        {"\\x31\\Q2\\E", 2},
        {"\\d{60}", DIGITS_MOST},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_msg(asked_by(rows[i].regex, 0) == rows[i].digits, "/%s/", rows[i].regex);
        ck_assert_msg(asked_by(rows[i].regex, REGEX_CASELESS) == rows[i].digits, "/%s/i",
                      rows[i].regex);
    }
}
END_TEST

START_TEST(the_digits_of_a_line)
{
    static const struct {
        const char *line;
        uint32_t digits;
    } rows[] = {
        {"", 0},
        {"no digits, but \"marks\" / : ;", 0},
        {"1", 1},
        {"0123456789012345678901234567890123456789", DIGITS_MOST},
        {"a 12 and 3456 and 78 and 9 and 0123 and 4", 14},
        {"a 12 and 3456 and 78 and 9 and 0123 and 456", DIGITS_MOST},
        {"on 1 May 2019, 12:30", 9},
        {"caf\xC3\xA9 \xD0\xB4\xD0\xB0 \xE2\x80\x9C\xE4\xB8\xAD\xE2\x80\x9D 7", 1},
        {"\xD9\xA1\xD9\xA2", 2}, /* Arabic */
        {"1\xEF\xBC\x91", 2},    /* full width */
        {"\x80\xBF", 0},         /* no UTF-8 */
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(digits_of_line(rows[i].line, strlen(rows[i].line)) == rows[i].digits, "%s",
                      rows[i].line);
}
END_TEST

/* Whatever version of Unicode PCRE2 knows. */
START_TEST(every_digit_of_pcre2_is_counted)
{
    struct pattern_matcher *matcher = pattern_matcher_create(1000000);
    const struct regex regex = {.text = "\\d", .length = 2};
    struct pattern pattern = {0};
    unsigned found = 0;

    ck_assert_ptr_nonnull(matcher);
    for (uint32_t character = 1; character <= 0x10FFFF; character++) {
        unsigned char text[UTF8_LONGEST];
        size_t length;

        if (character >= 0xD800 && character <= 0xDFFF)
            continue;
        length = utf8_encode(character, text);
        pattern_subject(matcher, (const char *)text, length, false);
        if (pattern_match(matcher, &pattern, &regex, 0, NULL) != PATTERN_MATCH)
            continue;
        found++;
        ck_assert_msg(digits_of_line((const char *)text, length) == 1, "U+%04X", character);
    }
    ck_assert_uint_ge(found, 500);
    pattern_release(&pattern);
    pattern_matcher_destroy(matcher);
}
END_TEST

Suite *digits_suite(void);

Suite *digits_suite(void)
{
    Suite *suite = suite_create("digits");
    TCase *tests = tcase_create("digits");

    tcase_add_test(tests, a_regex_asks_for_digits);
    tcase_add_test(tests, the_digits_of_a_line);
    tcase_add_test(tests, every_digit_of_pcre2_is_counted);
    suite_add_tcase(suite, tests);
    return suite;
}
