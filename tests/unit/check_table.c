#include "base/table.h"

#include <check.h>
#include <string.h>

#define LONGEST 70

/* Whatever eight bytes it is in, and however many there are. */
START_TEST(every_bit_is_in_the_hash)
{
    char text[LONGEST];

    memset(text, 'x', sizeof text);
    for (size_t length = 0; length <= sizeof text; length++) {
        uint64_t hash = table_hash_bytes(TABLE_HASH, text, length);

        if (length > 0)
            ck_assert_uint_ne(hash, table_hash_bytes(TABLE_HASH, text, length - 1));
        for (size_t bit = 0; bit < 8 * length; bit++) {
            text[bit / 8] ^= (char)(1 << bit % 8);
            ck_assert_uint_ne(hash, table_hash_bytes(TABLE_HASH, text, length));
            text[bit / 8] ^= (char)(1 << bit % 8);
        }
    }
}
END_TEST

/* Nor do two parts of a text change places unnoticed. */
START_TEST(order_is_in_the_hash)
{
    char text[LONGEST], other[LONGEST];

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('0' + i);
    for (size_t one = 0, next = 8; next + 8 <= sizeof text; one++, next++) {
        memcpy(other, text, sizeof text);
        memcpy(other + one, text + next, 8);
        memcpy(other + next, text + one, 8);
        ck_assert_uint_ne(table_hash_bytes(TABLE_HASH, text, sizeof text),
                          table_hash_bytes(TABLE_HASH, other, sizeof other));
    }
}
END_TEST

Suite *table_suite(void);

Suite *table_suite(void)
{
    Suite *suite = suite_create("table");
    TCase *tests = tcase_create("table");

    tcase_add_test(tests, every_bit_is_in_the_hash);
    tcase_add_test(tests, order_is_in_the_hash);
    suite_add_tcase(suite, tests);
    return suite;
}
