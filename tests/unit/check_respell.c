#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "io/respell.h"

static const char *const texts[][2] = {
    {"It&apos;s one.", "It&#39;s one."},
    {"&apos;&apos;", "&#39;&#39;"},
    {"&&apos;&ap&apos", "&&#39;&ap&apos"},
    {"&apo&apos;s; &APOS; &amp;apos; & &", "&apo&#39;s; &APOS; &amp;apos; & &"},
    {"No sign", "No sign"},
    {"", ""},
};

/* The same comes of it in pieces of any size. */
START_TEST(an_apostrophe_is_written_as_a_number)
{
    const char *text = texts[_i][0];
    size_t size = strlen(text);

    for (size_t piece = 1; piece <= size + 1; piece++) {
        char result[64] = "";
        size_t kept = 0;

        for (size_t at = 0; at < size || kept; at += piece) {
            size_t more = at >= size ? 0 : size - at < piece ? size - at : piece;
            size_t length = kept + more, held = strlen(result) - kept;
            char *bytes = malloc(length); /* that reads behind the end are seen */

            ck_assert_ptr_nonnull(bytes);
            memcpy(bytes, result + held, kept);
            memcpy(bytes + kept, text + (more ? at : 0), more);
            length = respell(bytes, length, &kept);
            ck_assert_uint_le(kept, length);
            memcpy(result + held, bytes, length);
            result[held + length] = '\0';
            free(bytes);
            if (!more)
                break;
        }
        ck_assert_str_eq(result, texts[_i][1]);
    }
}
END_TEST

Suite *respell_suite(void);

Suite *respell_suite(void)
{
    Suite *suite = suite_create("respell");
    TCase *all = tcase_create("respell");

    tcase_add_loop_test(all, an_apostrophe_is_written_as_a_number, 0, sizeof texts / sizeof *texts);
    suite_add_tcase(suite, all);
    return suite;
}
