#include "given.h"

#include "rules/source.h"

#include <stdio.h>

#define FILES 300
#define SECTIONS 20

START_TEST(a_file_is_there_once_for_each_section)
{
    static struct source all[FILES][SECTIONS];
    static char paths[FILES][20];
    struct sources sources = {0};
    for (uint32_t i = 0; i < FILES; i++) {
        snprintf(paths[i], sizeof paths[i], "./f%u", i);
        for (uint32_t j = 0; j < SECTIONS; j++) {
            struct source *source = &all[i][j];
            struct source link;
            *source = (struct source){
                .path = paths[i], .device = 1 + i % 2, .inode = 1 + i / 2, .section = j};
            link = *source;
            link.path = "./link";
            ck_assert(!sources_have(&sources, source));
            ck_assert_ptr_eq(sources_at(&sources, paths[i]), j ? &all[i][0] : NULL);
            ck_assert(sources_add(&sources, source));
            ck_assert(sources_have(&sources, source));
            ck_assert(sources_have(&sources, &link));
            ck_assert_ptr_null(sources_at(&sources, link.path));
        }
    }
    for (uint32_t i = 0; i < FILES; i++) {
        struct source other = all[i][0];
        ck_assert_ptr_eq(sources_at(&sources, paths[i]), &all[i][0]);
        for (uint32_t j = 0; j < SECTIONS; j++)
            ck_assert(sources_have(&sources, &all[i][j]));
        other.section = SECTIONS;
        ck_assert(!sources_have(&sources, &other));
        other.section = 0;
        other.device = 3;
        ck_assert(!sources_have(&sources, &other));
    }
    sources_release(&sources);
}
END_TEST

START_TEST(none_is_there_at_first)
{
    static const struct source inline_rules = {.path = "-e"};
    struct sources sources = {0};
    ck_assert_ptr_null(sources_at(&sources, "-e"));
    ck_assert(!sources_have(&sources, &inline_rules));
    /* what has no inode is the same as nothing, not even itself */
    ck_assert(sources_add(&sources, &inline_rules));
    ck_assert(!sources_have(&sources, &inline_rules));
    sources_release(&sources);
}
END_TEST

Suite *source_suite(void);

Suite *source_suite(void)
{
    Suite *suite = suite_create("source");
    TCase *all = tcase_create("source");
    tcase_add_test(all, a_file_is_there_once_for_each_section);
    tcase_add_test(all, none_is_there_at_first);
    suite_add_tcase(suite, all);
    return suite;
}
