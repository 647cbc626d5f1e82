#include "line/letters.h"

#include <check.h>

struct row {
    uint32_t character;
    bool is_letter;
    bool is_of_word;
    bool is_small;
    unsigned tenths;
    bool is_word;
    bool is_half;
};

static const struct row rows[] = {
    {'a', true, true, true, 0, false, false},       {'Z', true, true, false, 0, false, false},
    {'7', false, true, false, 0, false, false},     {'@', false, false, false, 0, false, false},
    {'{', false, false, false, 0, false, false},    {0x00AA, true, false, false, 0, false, false},
    {0x00D7, false, true, false, 0, false, false},  /* times */
    {0x00E9, true, true, true, 0, false, false},    /* e, acute */
    {0x00C9, true, true, false, 0, false, false},   /* E, acute */
    {0x0301, true, true, false, 0, false, false},   /* an acute accent */
    {0x0416, true, true, false, 0, false, false},   /* Zhe */
    {0x0436, true, true, true, 0, false, false},    /* zhe */
    {0x05D0, true, true, false, 0, false, false},   /* Alef */
    {0x0E01, true, true, false, 2, false, false},   /* Thai */
    {0x2019, false, false, false, 0, false, false}, /* an apostrophe */
    {0x2660, false, false, false, 0, false, false}, /* a spade */
    {0x3001, false, false, false, 0, false, false}, /* an ideographic comma */
    {0x3042, true, true, false, 5, true, true},     /* Hiragana */
    {0x3105, true, true, false, 0, false, true},    /* Bopomofo */
    {0x4E2D, true, true, false, 5, true, true},     /* Han */
    {0xAC00, true, true, false, 0, true, true},     /* Hangul */
    {0xF900, true, true, false, 5, true, false},    /* Han of older encodings */
    {0xFF01, false, true, false, 0, false, false},  /* a full-width exclamation mark */
    {0xFF21, true, true, false, 0, false, false},   /* a full-width A */
    {0x1F600, false, true, false, 0, false, false}, /* a face */
    {0x20000, true, true, false, 5, true, true},    /* rare Han */
    {0x10FFFF, true, true, false, 0, false, true},  /* private use */
};

START_TEST(what_each_is)
{
    const struct row *row = &rows[_i];
    const struct letters_dense *dense = letters_dense(row->character);

    ck_assert(letters_is_letter(row->character) == row->is_letter);
    ck_assert(letters_is_of_word(row->character) == row->is_of_word);
    ck_assert(letters_is_small(row->character) == row->is_small);
    ck_assert_uint_eq(dense->tenths, row->tenths);
    ck_assert(dense->is_word == row->is_word);
    ck_assert(dense->is_half == row->is_half);
}
END_TEST

START_TEST(digits)
{
    unsigned count = 0;

    for (uint32_t character = 0; character < 0x110000; character++)
        count += letters_is_digit(character);
    ck_assert_uint_eq(count, 660); /* of Unicode 14 */
    ck_assert(letters_is_digit('9') && !letters_is_digit(':') && !letters_is_digit('/'));
    ck_assert(letters_is_digit(0x0669) && !letters_is_digit(0x066A) && !letters_is_digit(0x00B2));
}
END_TEST

Suite *letters_suite(void);

Suite *letters_suite(void)
{
    Suite *suite = suite_create("letters");
    TCase *tests = tcase_create("letters");

    tcase_add_loop_test(tests, what_each_is, 0, (int)(sizeof rows / sizeof *rows));
    tcase_add_test(tests, digits);
    suite_add_tcase(suite, tests);
    return suite;
}
