#include <check.h>
#include <string.h>

#include "io/dumpers.h"

/* Each is found by its name, and whatever the charset is, it has room. */
START_TEST(a_row_becomes_a_command)
{
    const char *charset = "a-charset-of-thirty-one-letters";

    for (const struct dumper *dumper = dumpers; dumper->name; dumper++) {
        const char *arguments[DUMPERS_ARGUMENTS];
        char buffer[DUMPERS_ARGUMENT], command[320];
        size_t count = 0;

        ck_assert_ptr_eq(dumpers_find(dumper->name), dumper);
        dumpers_arguments(dumper, charset, arguments, buffer);
        ck_assert_str_eq(arguments[0], dumper->name);
        while (arguments[count]) {
            ck_assert_uint_lt(count, DUMPERS_ARGUMENTS);
            ck_assert_ptr_null(strchr(arguments[count++], '%'));
        }
        ck_assert_ptr_nonnull(strstr(buffer, charset));
        dumpers_command(dumper, charset, command, sizeof command);
        ck_assert_uint_lt(strlen(command), sizeof command - 1);
        ck_assert_ptr_nonnull(strstr(command, charset));
    }
    ck_assert_ptr_null(dumpers_find(""));
    ck_assert_ptr_null(dumpers_find("cat"));
}
END_TEST

/* lynx has no GBK, the others have. */
START_TEST(a_charset_has_the_name_that_is_known)
{
    char command[320];

    for (const struct dumper *dumper = dumpers; dumper->name; dumper++) {
        bool is_lynx = strcmp(dumper->name, "lynx") == 0;

        dumpers_command(dumper, "GBK", command, sizeof command);
        ck_assert(strstr(command, is_lynx ? "gb2312" : "GBK"));
        dumpers_command(dumper, "gb", command, sizeof command);
        ck_assert(!strstr(command, "gb2312"));
    }
}
END_TEST

START_TEST(a_text_is_cut_to_its_room)
{
    char text[8];

    dumpers_names(text, sizeof text);
    ck_assert_uint_eq(strlen(text), sizeof text - 1);
    ck_assert_int_eq(strncmp(text, dumpers[0].name, strlen(dumpers[0].name)), 0);
    dumpers_command(dumpers, "utf-8", text, sizeof text);
    ck_assert_uint_eq(strlen(text), sizeof text - 1);
}
END_TEST

Suite *dumpers_suite(void);

Suite *dumpers_suite(void)
{
    Suite *suite = suite_create("dumpers");
    TCase *all = tcase_create("dumpers");

    tcase_add_test(all, a_row_becomes_a_command);
    tcase_add_test(all, a_charset_has_the_name_that_is_known);
    tcase_add_test(all, a_text_is_cut_to_its_room);
    suite_add_tcase(suite, all);
    return suite;
}
