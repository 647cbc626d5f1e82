#include "decide/whole.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "random.h"

#define MOST_LINES 40
#define ROUNDS 200

struct page {
    double probabilities[MOST_LINES];
    size_t words[MOST_LINES];
    bool is_prose[MOST_LINES];
    uint32_t speaks[MOST_LINES];
    size_t count;
};

static struct page random_page(unsigned *state)
{
    struct page page = {.count = 1 + random_next(state) % MOST_LINES};

    for (size_t i = 0; i < page.count; i++) {
        page.probabilities[i] = random_next(state) % 100 / 100.0;
        page.words[i] = random_next(state) % 90;
        page.is_prose[i] = random_next(state) % 2;
        page.speaks[i] = random_next(state) % 101;
    }
    return page;
}

static double weight_of(const struct page *page, size_t line)
{
    return (page->probabilities[line] - 0.5) * pow(fmin((double)page->words[line], 60), 0.7);
}

static struct whole *whole_of(const struct page *page)
{
    struct whole *whole = whole_create(page->count);

    ck_assert_ptr_nonnull(whole);
    whole_begin(whole);
    for (size_t i = 0; i < page->count; i++)
        whole_add(whole, &(struct whole_line){.probability = page->probabilities[i],
                                              .words = page->words[i],
                                              .speaks = page->speaks[i],
                                              .is_prose = page->is_prose[i]});
    whole_end(whole);
    return whole;
}

/* The per cent of the lines from BEHIND to AHEAD of a line, beyond the ends 0. */
static double mean(const struct page *page, size_t line, int from, int to)
{
    double sum = 0;

    for (int i = from; i <= to; i++) {
        long at = (long)line + i;

        sum += at >= 0 && at < (long)page->count ? page->probabilities[at] : 0;
    }
    return 100 * sum / (to - from + 1);
}

START_TEST(lines_have_the_probabilities_of_their_neighbours)
{
    static const struct {
        enum whole_fact fact;
        int from;
        int to;
    } rows[] = {{WHOLE_P, 0, 0},       {WHOLE_P_BEFORE, -1, -1}, {WHOLE_P_BEFORE_2, -2, -2},
                {WHOLE_P_AFTER, 1, 1}, {WHOLE_P_AFTER_2, 2, 2},  {WHOLE_P_ABOVE, -8, -1},
                {WHOLE_P_BELOW, 1, 12}};
    unsigned state = 7;

    for (unsigned round = 0; round < ROUNDS; round++) {
        struct page page = random_page(&state);
        struct whole *whole = whole_of(&page);

        for (size_t line = 0; line < page.count; line++) {
            uint32_t values[WHOLES];

            whole_ask(whole, line, values);
            for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
                ck_assert_double_le(
                    fabs(values[rows[i].fact] - mean(&page, line, rows[i].from, rows[i].to)),
                    0.5 + 1e-6);
        }
        whole_destroy(whole);
    }
}
END_TEST

/* Of the lines from FROM to TO; 50 if there is none. */
static double mean_speaks(const struct page *page, long from, long to)
{
    double sum = 0, count = 0;

    for (long at = from; at <= to; at++) {
        if (at >= 0 && at < (long)page->count) {
            sum += page->speaks[at];
            count++;
        }
    }
    return count > 0 ? sum / count : 50;
}

START_TEST(three_lines_above_and_below_speak)
{
    unsigned state = 11;

    for (unsigned round = 0; round < ROUNDS; round++) {
        struct page page = random_page(&state);
        struct whole *whole = whole_of(&page);

        for (long line = 0; line < (long)page.count; line++) {
            uint32_t values[WHOLES];

            whole_ask(whole, (size_t)line, values);
            ck_assert_double_le(
                fabs(values[WHOLE_SPEAKS_ABOVE] - mean_speaks(&page, line - 3, line - 1)),
                0.5 + 1e-6);
            ck_assert_double_le(
                fabs(values[WHOLE_SPEAKS_BELOW] - mean_speaks(&page, line + 1, line + 3)),
                0.5 + 1e-6);
        }
        whole_destroy(whole);
    }
}
END_TEST

START_TEST(the_heaviest_piece_is_that_of_all)
{
    unsigned state = 3;

    for (unsigned round = 0; round < ROUNDS; round++) {
        struct page page = random_page(&state);
        struct whole *whole = whole_of(&page);
        double most = 0, sum = 0;
        uint32_t values[WHOLES];

        for (size_t from = 0; from < page.count; from++) {
            double piece = 0;

            for (size_t to = from; to < page.count; to++)
                most = fmax(most, piece += weight_of(&page, to));
        }
        for (size_t line = 0; line < page.count; line++) {
            whole_ask(whole, line, values);
            if (!values[WHOLE_PIECE_AHEAD] && !values[WHOLE_PIECE_BEHIND])
                sum += weight_of(&page, line);
        }
        ck_assert_double_eq_tol(sum, most, 1e-6);
        whole_destroy(whole);
    }
}
END_TEST

START_TEST(a_line_knows_what_stands_around_it)
{
    const struct page page = {.probabilities = {.9, .1, .9, .9, .1, .1},
                              .words = {3, 70, 20, 20, 10, 10},
                              .is_prose = {false, true, true, false, true, false},
                              .count = 6};
    struct whole *whole = whole_of(&page);
    uint32_t values[WHOLES];

    whole_ask(whole, 0, values);
    ck_assert_uint_eq(values[WHOLE_PIECE_AHEAD], 2);
    ck_assert_uint_eq(values[WHOLE_WEIGHT_BEFORE], 0);
    ck_assert_uint_eq(values[WHOLE_PROSE_ABOVE], 0);
    ck_assert_uint_eq(values[WHOLE_PROSE_BELOW], 60 + 20 + 10);
    whole_ask(whole, 5, values);
    ck_assert_uint_eq(values[WHOLE_PIECE_AHEAD], 0);
    ck_assert_uint_eq(values[WHOLE_PIECE_BEHIND], 2);
    ck_assert_uint_eq(values[WHOLE_WEIGHT_BEFORE], 100);
    ck_assert_uint_eq(values[WHOLE_PROSE_ABOVE], 60 + 20 + 10);
    ck_assert_uint_eq(values[WHOLE_PROSE_BELOW], 0);
    whole_destroy(whole);
}
END_TEST

START_TEST(a_line_knows_its_place_in_the_heaviest_piece)
{
    const struct page page = {.probabilities = {.9, .1, .1, .9, .4, .9, .9, .1, .9},
                              .words = {9, 20, 20, 12, 1, 30, 12, 30, 20},
                              .count = 9};
    static const uint32_t places[] = {0, 0, 0, 0, 25, 50, 75, 100, 100};
    struct whole *whole = whole_of(&page);

    for (size_t line = 0; line < page.count; line++) {
        uint32_t values[WHOLES];

        whole_ask(whole, line, values);
        ck_assert_uint_eq(values[WHOLE_PIECE_LINES], 4);
        ck_assert_uint_eq(values[WHOLE_PIECE_PLACE], places[line]);
    }
    whole_destroy(whole);
}
END_TEST

START_TEST(the_longest_line_is_one_that_may_be_article)
{
    const struct page page = {
        .probabilities = {.1, .31, .9, .31}, .words = {90, 40, 10, 40}, .count = 4};
    struct whole *whole = whole_of(&page);
    uint32_t values[WHOLES];

    whole_ask(whole, 0, values);
    ck_assert_uint_eq(values[WHOLE_LONGEST_WORDS], 40);
    ck_assert_uint_eq(values[WHOLE_LONGEST_AHEAD], 1);
    ck_assert_uint_eq(values[WHOLE_LONGEST_BEHIND], 0);
    whole_ask(whole, 3, values);
    ck_assert_uint_eq(values[WHOLE_LONGEST_AHEAD], 0);
    ck_assert_uint_eq(values[WHOLE_LONGEST_BEHIND], 2);
    whole_destroy(whole);
}
END_TEST

START_TEST(the_next_heaviest_piece_is_outside_of_the_heaviest)
{
    const struct page page = {.probabilities = {.9, .1, .1, .9, .4, .9, .9, .1, .9},
                              .words = {9, 20, 20, 12, 1, 30, 12, 30, 20},
                              .count = 9};
    struct whole *whole = whole_of(&page);
    double heaviest = 0, second = weight_of(&page, 8), all = 0;

    for (size_t line = 3; line < 7; line++)
        heaviest += weight_of(&page, line);
    for (size_t line = 0; line < page.count; line++)
        all += fmax(weight_of(&page, line), 0);
    for (size_t line = 0; line < page.count; line++) {
        uint32_t values[WHOLES];

        whole_ask(whole, line, values);
        ck_assert_uint_eq(values[WHOLE_PIECE_WEIGHT], (uint32_t)heaviest);
        ck_assert_uint_eq(values[WHOLE_SECOND_SHARE], (uint32_t)(100 * second / heaviest + 0.5));
        ck_assert_uint_eq(values[WHOLE_IN_SECOND], line == 8);
        ck_assert_uint_eq(values[WHOLE_PAGE_WEIGHT], (uint32_t)all);
    }
    whole_destroy(whole);
}
END_TEST

START_TEST(a_page_of_nothing_has_no_piece)
{
    const struct page page = {.probabilities = {.1, .2}, .words = {3, 0}, .count = 2};
    struct whole *whole = whole_of(&page);
    uint32_t values[WHOLES];

    whole_ask(whole, 1, values);
    ck_assert_uint_eq(values[WHOLE_PIECE_SHARE], 0);
    ck_assert_uint_eq(values[WHOLE_PIECE_AHEAD], 0);
    ck_assert_uint_eq(values[WHOLE_PIECE_BEHIND], 2);
    ck_assert_uint_eq(values[WHOLE_WEIGHT_BEFORE], 0);
    whole_destroy(whole);
}
END_TEST

Suite *whole_suite(void);

Suite *whole_suite(void)
{
    Suite *suite = suite_create("whole");
    TCase *tests = tcase_create("whole");

    tcase_add_test(tests, lines_have_the_probabilities_of_their_neighbours);

    tcase_add_test(tests, three_lines_above_and_below_speak);
    tcase_add_test(tests, the_heaviest_piece_is_that_of_all);
    tcase_add_test(tests, a_line_knows_what_stands_around_it);
    tcase_add_test(tests, a_line_knows_its_place_in_the_heaviest_piece);
    tcase_add_test(tests, the_longest_line_is_one_that_may_be_article);
    tcase_add_test(tests, the_next_heaviest_piece_is_outside_of_the_heaviest);
    tcase_add_test(tests, a_page_of_nothing_has_no_piece);
    suite_add_tcase(suite, tests);
    return suite;
}
