#include "match/patterns.h"

#include <check.h>
#include <string.h>

enum { COUNT = PATTERNS_COLD + 40 };

static struct pattern_matcher *matcher;
static struct arena arena;

static void make_matcher(void)
{
    matcher = pattern_matcher_create(100000);
    ck_assert_ptr_nonnull(matcher);
}

static void drop_matcher(void)
{
    pattern_matcher_destroy(matcher);
    arena_free(&arena);
}

static bool matches(struct patterns *patterns, size_t number, const struct regex *regex,
                    const char *text)
{
    struct pattern *pattern = patterns_at(patterns, number, regex);

    ck_assert_ptr_nonnull(pattern);
    pattern_subject(matcher, text, strlen(text), true);
    return pattern_match(matcher, pattern, regex, 0, NULL) == PATTERN_MATCH;
}

START_TEST(what_was_read_from_an_image_is_kept_for_a_while)
{
    struct regex read = {.text = "an? oven", .length = 8}, written = read;
    struct patterns patterns = {0};
    struct pattern *first, *own;

    read.compiled = pattern_serialize(&read, NULL, &arena);
    ck_assert_ptr_nonnull(read.compiled);
    ck_assert(patterns_init(&patterns, COUNT + 2));
    first = patterns_at(&patterns, 0, &read);
    own = patterns_at(&patterns, COUNT + 1, &written);
    ck_assert(matches(&patterns, COUNT + 1, &written, "the oven, an oven"));
    for (size_t i = 0; i < COUNT; i++) {
        ck_assert(matches(&patterns, i, &read, "the oven, an oven"));
        ck_assert((first->code != NULL) == (i < PATTERNS_COLD - 1));
        ck_assert(!matches(&patterns, i, &read, "the oven"));
    }
    ck_assert_ptr_nonnull(own->code);
    /* it is what it was, and goes on */
    ck_assert_uint_eq(first->looked_at, strlen("the oven, an oventhe oven"));
    ck_assert_ptr_eq(patterns_at(&patterns, 0, &read), first);
    ck_assert(matches(&patterns, 0, &read, "a oven"));
    ck_assert_ptr_nonnull(first->code);
    ck_assert_uint_eq(first->looked_at, strlen("the oven, an oventhe ovena oven"));
    patterns_release(&patterns);
}
END_TEST

START_TEST(what_has_a_jit_is_kept)
{
    static char text[8 * PATTERN_HOT];
    struct regex read = {.text = "an? oven", .length = 8};
    struct patterns patterns = {0};
    struct pattern *hot;

    memset(text, ' ', sizeof text - 1);
    read.compiled = pattern_serialize(&read, NULL, &arena);
    ck_assert(patterns_init(&patterns, COUNT));
    ck_assert(!matches(&patterns, 0, &read, text));
    hot = patterns_at(&patterns, 0, &read);
    ck_assert(hot->jit_tried);
    for (size_t i = 1; i < COUNT; i++)
        ck_assert(matches(&patterns, i, &read, "an oven"));
    ck_assert_ptr_eq(patterns_at(&patterns, 0, &read), hot);
    ck_assert((hot->code != NULL) == hot->has_jit);
    ck_assert(hot->jit_tried);
    patterns_release(&patterns);
}
END_TEST

Suite *patterns_suite(void);

Suite *patterns_suite(void)
{
    Suite *suite = suite_create("patterns");
    TCase *tests = tcase_create("patterns");

    tcase_add_checked_fixture(tests, make_matcher, drop_matcher);
    tcase_add_test(tests, what_was_read_from_an_image_is_kept_for_a_while);
    tcase_add_test(tests, what_has_a_jit_is_kept);
    suite_add_tcase(suite, tests);
    return suite;
}
