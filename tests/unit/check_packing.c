#include <check.h>
#include <string.h>

#include "io/packing.h"

/* Every row is known by all of its bytes, asks for more with fewer, and is nothing else's. */
START_TEST(a_beginning_tells_the_packing)
{
    const struct packing *packing = &packings[_i];
    char bytes[PACKING_BEGIN + 1] = {0};

    if (!packing->name)
        return;
    ck_assert_uint_le(packing->length, PACKING_BEGIN);
    for (size_t i = 0; i < packing->length; i++)
        bytes[i] = packing->begin[i] == '#' ? '9' : packing->begin[i];
    for (size_t count = 0; count < packing->length; count++) {
        ck_assert_ptr_null(packing_of(bytes, count));
        ck_assert(packing_may_follow(bytes, count));
    }
    ck_assert_ptr_eq(packing_of(bytes, packing->length), packing);
    ck_assert_ptr_eq(packing_of(bytes, sizeof bytes), packing);
    ck_assert(!packing_may_follow(bytes, packing->length));
    bytes[packing->length - 1] = '#';
    ck_assert_ptr_null(packing_of(bytes, packing->length));
    ck_assert(!packing_may_follow(bytes, packing->length));
}
END_TEST

START_TEST(a_text_is_none)
{
    ck_assert(!packing_may_follow("T", 1));
    ck_assert(packing_may_follow("B", 1));
    ck_assert(!packing_may_follow("BZh0", 4));
    ck_assert_ptr_null(packing_of("BZh0AY&SY1", 10));
}
END_TEST

START_TEST(the_end_of_a_name_tells_how_to_pack)
{
    ck_assert_str_eq(packing_of_name("a.txt.gz")->name, "gzip");
    ck_assert_str_eq(packing_of_name("./.a.bz2")->name, "bzip2");
    ck_assert_ptr_null(packing_of_name(".gz"));
    ck_assert_ptr_null(packing_of_name("a.gz.txt"));
    ck_assert_ptr_null(packing_of_name(""));
}
END_TEST

Suite *packing_suite(void);

Suite *packing_suite(void)
{
    Suite *suite = suite_create("packing");
    TCase *all = tcase_create("packing");

    tcase_add_loop_test(all, a_beginning_tells_the_packing, 0, 5);
    tcase_add_test(all, a_text_is_none);
    tcase_add_test(all, the_end_of_a_name_tells_how_to_pack);
    suite_add_tcase(suite, all);
    return suite;
}
