#include <check.h>
#include <stdio.h>
#include <string.h>

#include "decide/hold.h"

static struct hold *hold;

static void make_hold(size_t max_lines, size_t max_bytes)
{
    hold = hold_create(max_lines, max_bytes, 0);
    ck_assert_ptr_nonnull(hold);
}

/* Pushes TEXT, which ends with LF, from memory that is overwritten once the hold owns it. */
static void push_owned(const char *text, bool is_blank)
{
    char borrowed[400];
    const size_t size = strlen(text);
    ck_assert_uint_le(size, sizeof borrowed);
    memcpy(borrowed, text, size);
    hold_push(
        hold,
        &(struct held){
            .text = borrowed, .length = size - 1, .ending = 1, .lines = 1, .is_blank = is_blank});
    if (!hold_is_full(hold))
        hold_own(hold, true);
    memset(borrowed, '!', sizeof borrowed);
}

static void expect_pop(const char *text)
{
    const struct held *entry = hold_pop(hold);
    ck_assert_uint_eq(entry->length + entry->ending, strlen(text));
    ck_assert_mem_eq(entry->text, text, strlen(text));
}

/* The spared lines have a limit of their own, and leave room for others when they leave. */
START_TEST(spared_lines_count_apart)
{
    hold = hold_create(2, 20, 1);
    ck_assert_ptr_nonnull(hold);
    push_owned("first\n", false);
    push_owned("\n", true);
    push_owned("second\n", false);
    hold_spare(hold, 2);
    push_owned("third\n", false);
    ck_assert(!hold_is_full(hold));
    hold_spare(hold, 3);
    ck_assert(hold_is_spare_full(hold));
    ck_assert(hold_is_full(hold));
    expect_pop("first\n");
    ck_assert(!hold_is_spare_full(hold));
    expect_pop("\n");
    push_owned("fourth\n", false);
    ck_assert(!hold_is_full(hold));
    hold_spare(hold, 1); /* it may be behind what is left */
    expect_pop("second\n");
    push_owned("fifth\n", false);
    ck_assert(hold_is_full(hold));
    expect_pop("third\n");
    ck_assert(!hold_is_full(hold));
    expect_pop("fourth\n");
    hold_destroy(hold);
}
END_TEST

START_TEST(spared_bytes_count_apart)
{
    hold = hold_create(9, 10, 9);
    ck_assert_ptr_nonnull(hold);
    push_owned("ten bytes\n", false);
    hold_spare(hold, 1);
    push_owned("and ten.\n", false);
    ck_assert(!hold_is_full(hold));
    hold_spare(hold, 2);
    ck_assert(hold_is_spare_full(hold));
    expect_pop("ten bytes\n");
    ck_assert(!hold_is_full(hold));
    expect_pop("and ten.\n");
    hold_destroy(hold);
}
END_TEST

START_TEST(endings_have_their_bytes)
{
    ck_assert_str_eq(line_ending_text(ENDING_NONE), "");
    ck_assert_str_eq(line_ending_text(ENDING_LF), "\n");
    ck_assert_str_eq(line_ending_text(ENDING_CRLF), "\r\n");
    for (int ending = 0; ending < LINE_ENDINGS; ending++)
        ck_assert_uint_eq(line_ending_size((enum line_ending)ending),
                          strlen(line_ending_text((enum line_ending)ending)));
}
END_TEST

START_TEST(full_above_max_lines_that_are_not_blank)
{
    for (size_t max = 1; max <= 9; max++) {
        make_hold(max, 1000);
        for (size_t i = 0; i <= max; i++) {
            push_owned("\n", true);
            ck_assert(!hold_is_full(hold));
            push_owned("line\n", false);
            ck_assert(hold_is_full(hold) == (i == max));
        }
        hold_pop(hold); /* a blank line makes no room */
        ck_assert(hold_is_full(hold));
        hold_pop(hold);
        ck_assert(!hold_is_full(hold));
        hold_destroy(hold);
    }
}
END_TEST

START_TEST(full_above_max_bytes)
{
    static const struct {
        const char *text;
        bool full;
    } rows[] = {{"1234\n", false}, {"78901234\n", false}, {"7\n", false}, {"\n", true}};
    make_hold(100, 16);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        push_owned(rows[i].text, false);
        ck_assert(hold_is_full(hold) == rows[i].full);
    }
    expect_pop("1234\n");
    ck_assert(!hold_is_full(hold));
    hold_destroy(hold);
}
END_TEST

/* A line larger than all that may be held is borrowed, and goes at once. */
START_TEST(a_borrowed_line_may_be_of_any_size)
{
    static const char text[] = "a line that is longer than eight bytes";
    make_hold(4, 8);
    const struct held *pushed = hold_push(
        hold, &(struct held){.text = text, .length = sizeof text - 1, .ending = 0, .lines = 1});
    ck_assert_ptr_eq(pushed->text, text);
    ck_assert(pushed->is_borrowed);
    ck_assert(hold_is_full(hold));
    ck_assert_ptr_eq(hold_pop(hold)->text, text);
    ck_assert(!hold_is_full(hold));
    hold_destroy(hold);
}
END_TEST

/* Many times round the ring and the bytes, at every depth: texts stay as they were. */
START_TEST(texts_outlive_their_source)
{
    for (size_t depth = 1; depth <= 7; depth++) {
        make_hold(depth + 2, 120);
        uint64_t out = 0;
        for (uint64_t in = 0; in < 300; in++) {
            char text[40];
            snprintf(text, sizeof text, "%llu%.*s\n", (unsigned long long)in, (int)(in % 11),
                     "..........");
            ck_assert_uint_eq(hold_next(hold), in);
            push_owned(text, false);
            for (; in - out >= depth; out++) {
                snprintf(text, sizeof text, "%llu%.*s\n", (unsigned long long)out, (int)(out % 11),
                         "..........");
                ck_assert_uint_eq(hold_first(hold), out);
                const struct held *first = hold_at(hold, out);
                ck_assert_uint_eq(first->length + 1, strlen(text));
                expect_pop(text);
            }
        }
        ck_assert_uint_eq(hold_next(hold) - hold_first(hold), depth);
        hold_destroy(hold);
    }
}
END_TEST

/* Deeper and deeper, with less in between: what it goes round in grows while lines are in it. */
START_TEST(a_queue_that_grows_keeps_all)
{
    uint64_t in = 0, out = 0;
    char text[60];

    make_hold(1024, 40000);
    for (size_t depth = 1; depth < 700; depth += depth / 3 + 1) {
        for (; in - out < depth; in++) {
            snprintf(text, sizeof text, "%llu%.*s\n", (unsigned long long)in, (int)(in % 37),
                     ".....................................");
            push_owned(text, false);
            ck_assert(!hold_is_full(hold));
        }
        for (; in - out > depth / 2; out++) {
            snprintf(text, sizeof text, "%llu%.*s\n", (unsigned long long)out, (int)(out % 37),
                     ".....................................");
            expect_pop(text);
        }
    }
    ck_assert_uint_ge(in - out, 200);
    hold_destroy(hold);
}
END_TEST

START_TEST(owning_twice_changes_nothing)
{
    make_hold(3, 100);
    hold_own(hold, true); /* an empty hold has nothing to own */
    push_owned("one\n", false);
    const char *text = hold_at(hold, 0)->text;
    hold_own(hold, false);
    hold_own(hold, true);
    ck_assert_ptr_eq(hold_at(hold, 0)->text, text);
    expect_pop("one\n");
    hold_destroy(hold);
}
END_TEST

/* A text that nobody asks for is not kept, but its size counts. */
START_TEST(unneeded_texts_are_null)
{
    char text[] = "dropped\n";
    make_hold(10, 20);
    push_owned("one\n", false);
    hold_push(hold, &(struct held){.text = text, .length = 7, .ending = 1, .lines = 1});
    hold_own(hold, false);
    ck_assert_ptr_null(hold_at(hold, 1)->text);
    ck_assert_uint_eq(hold_at(hold, 1)->length, 7);
    push_owned("two\n", false);
    push_owned("tri\n", false);
    ck_assert(!hold_is_full(hold));
    push_owned("\n", false);
    ck_assert(hold_is_full(hold));
    expect_pop("one\n");
    ck_assert_ptr_null(hold_pop(hold)->text);
    ck_assert(!hold_is_full(hold));
    expect_pop("two\n");
    expect_pop("tri\n");
    hold_destroy(hold);
}
END_TEST

/* Line endings lie where they lay, whatever they are. */
START_TEST(a_run_of_blank_lines_is_one_entry)
{
    make_hold(2, 40);
    push_owned("line\n", false);
    push_owned(" \n", true);
    ck_assert(hold_extend(hold, &(struct line){.text = "", .length = 0, .ending = 2}));
    ck_assert(hold_extend(hold, &(struct line){.text = "\t ", .length = 2, .ending = 1}));
    ck_assert(hold_extend(hold, &(struct line){.text = "  ", .length = 2, .ending = 0}));
    ck_assert_uint_eq(hold_next(hold), 2);
    const struct held *entry = hold_at(hold, 1);
    ck_assert_uint_eq(entry->lines, 4);
    ck_assert_uint_eq(entry->ending, 0);
    ck_assert(!hold_is_full(hold));
    expect_pop("line\n");
    expect_pop(" \n\r\n\t \n  ");
    hold_destroy(hold);
}
END_TEST

START_TEST(a_run_does_not_outgrow_max_bytes)
{
    make_hold(2, 8);
    push_owned(" \n", true);
    for (int i = 0; i < 3; i++)
        ck_assert(hold_extend(hold, &(struct line){.text = " ", .length = 1, .ending = 1}));
    ck_assert(!hold_extend(hold, &(struct line){.text = "", .length = 0, .ending = 1}));
    ck_assert_uint_eq(hold_at(hold, 0)->lines, 4);
    ck_assert(!hold_is_full(hold));
    expect_pop(" \n \n \n \n");
    hold_destroy(hold);
}
END_TEST

START_TEST(a_borrowed_run_is_not_extended)
{
    make_hold(2, 100);
    hold_push(hold, &(struct held){.text = "\n", .ending = 1, .lines = 1, .is_blank = true});
    ck_assert(!hold_extend(hold, &(struct line){.text = "", .length = 0, .ending = 1}));
    hold_own(hold, true);
    ck_assert(hold_extend(hold, &(struct line){.text = "", .length = 0, .ending = 1}));
    expect_pop("\n\n");
    hold_destroy(hold);
}
END_TEST

Suite *hold_suite(void);

Suite *hold_suite(void)
{
    Suite *suite = suite_create("hold");
    TCase *queue = tcase_create("queue");
    tcase_add_test(queue, endings_have_their_bytes);
    tcase_add_test(queue, full_above_max_lines_that_are_not_blank);
    tcase_add_test(queue, full_above_max_bytes);
    tcase_add_test(queue, a_borrowed_line_may_be_of_any_size);
    tcase_add_test(queue, texts_outlive_their_source);
    tcase_add_test(queue, a_queue_that_grows_keeps_all);
    tcase_add_test(queue, owning_twice_changes_nothing);
    tcase_add_test(queue, unneeded_texts_are_null);
    tcase_add_test(queue, a_run_of_blank_lines_is_one_entry);
    tcase_add_test(queue, a_run_does_not_outgrow_max_bytes);
    tcase_add_test(queue, a_borrowed_run_is_not_extended);
    tcase_add_test(queue, spared_lines_count_apart);
    tcase_add_test(queue, spared_bytes_count_apart);
    suite_add_tcase(suite, queue);
    return suite;
}
