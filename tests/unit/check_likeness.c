#include "line/facts.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct likeness likeness(const char *text)
{
    static struct surveyor surveyor;
    struct lexicon *lexicon = lexicon_create();
    struct facts facts = facts_of(text, strlen(text));
    struct likeness likeness;

    surveyor.lexicon = lexicon;
    likeness = facts_likeness(&facts, &surveyor);
    lexicon_destroy(lexicon);
    return likeness;
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

#define LETTERS ((size_t)200)

START_TEST(two_hundred_letters_count)
{
    char text[LETTERS + 3];

    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < sizeof text - 1; i++) {
        uint64_t letters = likeness(text).letters;

        text[i] = 'b';
        ck_assert_int_eq(likeness(text).letters == letters, i >= LETTERS);
        text[i] = 'a';
    }
}
END_TEST

START_TEST(what_else_is_measured)
{
    ck_assert_uint_eq(likeness("  two words").indent, 2);
    ck_assert_uint_eq(likeness("  two words").words, 2);
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
    ck_assert_msg(likeness_is_doubled(copy, length) == row->is_doubled, "'%s'", row->text);
    free(copy);
}
END_TEST

Suite *likeness_suite(void);

Suite *likeness_suite(void)
{
    Suite *suite = suite_create("likeness");
    TCase *tests = tcase_create("likeness");

    tcase_add_test(tests, letters_are_compared_without_case_and_signs);
    tcase_add_test(tests, beginnings_are_thirty_letters_of_twelve_or_more);
    tcase_add_test(tests, two_hundred_letters_count);
    tcase_add_test(tests, what_else_is_measured);
    tcase_add_loop_test(tests, what_is_doubled, 0, sizeof doublings / sizeof *doublings);
    suite_add_tcase(suite, tests);
    return suite;
}
