#include <check.h>
#include <string.h>
#include <unistd.h>

#include "flow/unpack.h"

static const char *const names[] = {"-", "-"};
static const struct html_wishes html = {.wish = HTML_IS_SHOWN};

static struct unpack unpack;

/* Whether the bytes, on a pipe as standard input and then no more, may need a helper. */
static bool needs_helper(const char *bytes, size_t length, size_t inputs)
{
    struct operands operands = {.files = names, .count = inputs};
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], bytes, length), (ssize_t)length);
    close(ends[1]);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    unpack_init(&unpack);
    return unpack_may_be_needed(&unpack, &operands, &html);
}

START_TEST(a_plain_pipe_needs_no_helper_and_loses_nothing)
{
    static const char text[] = "Plain\n", page[] = "<!-- no page";
    char rest[sizeof page];

    ck_assert(!needs_helper(text, strlen(text), 1));
    ck_assert(unpack_open(&unpack, STDIN_FILENO, &html));
    ck_assert_uint_eq(unpack.begun.length + (size_t)read(STDIN_FILENO, rest, sizeof rest),
                      strlen(text));
    ck_assert_int_eq(memcmp(unpack.begun.text, text, unpack.begun.length), 0);
    ck_assert(!needs_helper(page, strlen(page), 1));
    ck_assert(unpack_open(&unpack, STDIN_FILENO, &html));
    ck_assert_uint_eq(unpack.begun.length, strlen(page));
    ck_assert(!needs_helper("", 0, 1));
    ck_assert(unpack_open(&unpack, STDIN_FILENO, &html));
    ck_assert_uint_eq(unpack.begun.length, 0);
}
END_TEST

START_TEST(what_is_packed_or_a_page_needs_one)
{
    static const char packed[] = "\037\213\010", page[] = "<html><p>One.";

    ck_assert(needs_helper(packed, strlen(packed), 1));
    ck_assert(needs_helper(page, strlen(page), 1));
}
END_TEST

/* Of several inputs none is waited for. */
START_TEST(a_pipe_among_others_is_not_read)
{
    char byte;

    ck_assert(needs_helper("P", 1, 2));
    ck_assert_int_eq(read(STDIN_FILENO, &byte, 1), 1);
}
END_TEST

Suite *unpack_suite(void);
Suite *unpack_suite(void)
{
    Suite *suite = suite_create("unpack");
    TCase *tests = tcase_create("unpack");

    tcase_add_test(tests, a_plain_pipe_needs_no_helper_and_loses_nothing);
    tcase_add_test(tests, what_is_packed_or_a_page_needs_one);
    tcase_add_test(tests, a_pipe_among_others_is_not_read);
    suite_add_tcase(suite, tests);
    return suite;
}
