#include "decide/balance.h"

#include <check.h>
#include <math.h>

#include "random.h"

#define MOST_LINES 12
#define ROUNDS 200

/* The best F1 to be expected over all that can be kept: of the likeliest lines so many. */
static double best_of(const double *probabilities, const size_t *words, size_t count)
{
    double all = 0, best = 0;

    for (size_t i = 0; i < count; i++)
        all += probabilities[i] * (double)words[i];
    for (size_t least = 0; least < count; least++) {
        double kept = 0, right = 0;

        for (size_t i = 0; i < count; i++) {
            if (probabilities[i] < probabilities[least])
                continue;
            kept += (double)words[i];
            right += probabilities[i] * (double)words[i];
        }
        best = all > 0 ? fmax(best, 2 * right / (kept + all)) : 0;
    }
    return best;
}

START_TEST(the_best_f1_is_found)
{
    unsigned state = 5;

    for (unsigned round = 0; round < ROUNDS; round++) {
        double probabilities[MOST_LINES];
        size_t words[MOST_LINES], count = 1 + random_next(&state) % MOST_LINES;
        struct balance balance;

        balance_begin(&balance);
        for (size_t i = 0; i < count; i++) {
            probabilities[i] = random_next(&state) % 101 / 100.0;
            words[i] = random_next(&state) % 60;
            balance_add(&balance, probabilities[i], words[i]);
        }
        ck_assert_double_eq_tol(balance_f1(&balance), best_of(probabilities, words, count), 1e-9);
    }
}
END_TEST

START_TEST(of_no_words_nothing_can_be_expected)
{
    struct balance balance;

    balance_begin(&balance);
    ck_assert_double_eq(balance_f1(&balance), 0);
    balance_add(&balance, 1, 0);
    balance_add(&balance, 0, 9);
    ck_assert_double_eq(balance_f1(&balance), 0);
}
END_TEST

START_TEST(what_is_sure_is_told_apart_without_a_fault)
{
    struct balance balance;

    balance_begin(&balance);
    balance_add(&balance, 1, 30);
    balance_add(&balance, 0, 9);
    ck_assert_double_eq(balance_f1(&balance), 1);
}
END_TEST

Suite *balance_suite(void)
{
    Suite *suite = suite_create("balance");
    TCase *tests = tcase_create("balance");

    tcase_add_test(tests, the_best_f1_is_found);
    tcase_add_test(tests, of_no_words_nothing_can_be_expected);
    tcase_add_test(tests, what_is_sure_is_told_apart_without_a_fault);
    suite_add_tcase(suite, tests);
    return suite;
}
