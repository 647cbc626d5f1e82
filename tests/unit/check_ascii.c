#include "base/ascii.h"

#include <check.h>
#include <string.h>

#define MOST 40

/* Of each length, with a byte beyond ASCII at each place, from each place on. */
START_TEST(what_is_skipped_is_ascii)
{
    for (size_t length = 0; length <= MOST; length++) {
        for (size_t beyond = 0; beyond <= length; beyond++) {
            unsigned char text[MOST + 1];

            memset(text, 0x7F, sizeof text);
            text[beyond] = 0x80; /* if that is the length, behind the text */
            for (size_t at = 0; at <= length; at++)
                ck_assert_uint_eq(ascii_skip(text, length, at), at <= beyond ? beyond : length);
            ck_assert(ascii_is_all((struct span){(char *)text, length}) == (beyond == length));
        }
    }
}
END_TEST

START_TEST(letters_are_those_of_two_alphabets)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    for (int c = 1; c < 0x200; c++)
        ck_assert(ascii_is_letter((uint32_t)c) == (c < 0x80 && strchr(letters, c)));
}
END_TEST

Suite *ascii_suite(void);

Suite *ascii_suite(void)
{
    Suite *suite = suite_create("ascii");
    TCase *tests = tcase_create("ascii");

    tcase_add_test(tests, what_is_skipped_is_ascii);
    tcase_add_test(tests, letters_are_those_of_two_alphabets);
    suite_add_tcase(suite, tests);
    return suite;
}
