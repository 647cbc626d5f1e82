/*
 * check_signs -- the characters of ASCII, which have a way of their own, are those of the tables.
 */
#include "text/signs.h"

#include <check.h>

START_TEST(ascii)
{
    for (uint32_t character = 0; character < 0x80; character++) {
        ck_assert(signs_is_white(character) == signs_is_white_beyond(character));
        ck_assert(signs_ends_line(character) == signs_ends_line_beyond(character));
        ck_assert(signs_ends_sentence(character) == signs_ends_sentence_beyond(character));
        ck_assert(signs_is_symbol(character) == signs_is_symbol_beyond(character));
    }
}
END_TEST

START_TEST(beyond)
{
    ck_assert(signs_is_white(0xA0) && signs_is_white(0x3000) && !signs_is_white(0x200B));
    ck_assert(signs_ends_line(0x85) && signs_ends_line(0x2029) && !signs_ends_line(0xA0));
    ck_assert(signs_ends_sentence(0x3002) && !signs_ends_sentence(0x3001));
    ck_assert(signs_is_symbol(0x3001) && signs_is_symbol(0x3002) && !signs_is_symbol(0x4E00));
}
END_TEST

Suite *signs_suite(void);

Suite *signs_suite(void)
{
    Suite *suite = suite_create("signs");
    TCase *all = tcase_create("all");

    tcase_add_test(all, ascii);
    tcase_add_test(all, beyond);
    suite_add_tcase(suite, all);
    return suite;
}
