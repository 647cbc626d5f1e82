/*
 * check_measures -- what a whole document is measured to be, by thresholds around it.
 */
#include "given.h"
#include "text/measures.h"

#include <stdio.h>

#define SAME_5 "a b c d e "

struct row {
    const char *measure; /* with what goes with it, but for the number */
    const char *text;
    uint64_t part; /* the measure, as a fraction */
    uint64_t all;  /* 0: nothing can be said */
};

static const struct row rows[] = {
    {"word-count", "", 0, 1},
    {"word-count", "one two,\nthree", 3, 1},
    {"word-count", "one -- \xE2\x80\xA6 two ...", 2, 1}, /* symbols are no words */
    {"word-count",
     "one\xC2\xA0two\x1Cthree\xE2\x80\xA8"
     "four",
     4, 1},
    {"word-count", "one\xE2\x80\x8Btwo", 1, 1}, /* a zero-width space is none */
    {"word-count", "\xFF \xC3", 2, 1},
    {"all-words", "one -- \xE2\x80\xA6 two ...", 5, 1},
    {"median-length", "", 0, 0},
    {"median-length", "a bbb cc", 2, 1},
    {"median-length", "a \xC3\xA4\xC3\xA4 bbb ccccccccccc", 5, 2}, /* between two */
    {"median-length", "aaaa aaaa aaaa", 4, 1},
    {"word-length", "", 0, 0},
    {"word-length", "on the\n\xC3\xBC\xC3\xA4\xC3\xB6\xC3\x9F -", 9, 3},
    {"alphabetic", "", 0, 0},
    {"alphabetic", "a1 23 4- \xCE\xB1 \xE4\xB8\x80", 300, 5},
    {"symbols of \"#\"", "# a ## b", 300, 4},
    {"symbols of \"...\"", "..... a", 100, 2}, /* not two that share a dot */
    {"symbols of \"... \xE2\x80\xA6\"", "a... b\xE2\x80\xA6", 200, 2},
    {"symbol-words of \"# \xE2\x80\xA6\"", "## a#b\xE2\x80\xA6 c d", 200, 4},
    {"line-feeds", "a b\n\nc\n", 300, 3},
    {"listed of \"the and of\"", "of the of the Of", 2, 1},
    {"listed of \"the\"", "them the,", 0, 1},
    {"listed-words of \"the and of\"", "of the of the Of", 4, 1},
    {"sentence-count", "", 0, 1},
    {"sentence-count", "No mark\n \nOne. Two! Three", 3, 1},
    {"sentence-count", "He said \"So.\" And went?!", 2, 1},
    {"sentence-count", "In the U.S. it is.", 1, 1},
    {"sentence-count", "In the U.S.", 1, 1},
    {"sentence-count", ". a.", 1, 1}, /* a mark alone begins one */
    {"sentence-count", "\xE4\xB8\x80\xE3\x80\x82\xE4\xB8\x80\xE3\x80\x82", 2, 1},
    {"lines-begin of \"- *\"", "- a\n  * b\n\nc -\n", 200, 4},
    {"lines-begin of \"-\"", "- a\r\n- b\r- c\x0B- d\xC2\x85- e", 500, 5},
    {"lines-end of \"...\"", "a... \nb\n", 100, 2},
    {"lines-end of \"...\"", "", 0, 0},
    {"bare-lines-begin of \"- *\"", "- a\n  * b\x0B- d\n\n*c\n", 200, 5},
    {"bare-lines-end of \"...\"", "a... \nb...", 100, 2},
    {"ended-lines", "One.\n\nTwo. \nThree\xE3\x80\x82\nfour", 200, 4},
    {"ended-lines", " \n", 0, 0},
    {"short-lines=3", "abc\n\xC3\xA4\xC3\xA4\xC3\xA4\nabcd\n  \n", 200, 3},
    {"repeated-lines", "a\n\na\nb\na", 200, 4},
    {"repeated-lines", "a\na\n", 100, 3}, /* behind the last feed an empty one */
    {"repeated-line-chars", "\xC3\xA4\xC3\xA4\nb\n\xC3\xA4\xC3\xA4", 200, 7},
    {"repeated-paras", "\n a\nb\n\n\na\nb\n\nc\n", 100, 3},
    {"repeated-paras", "a\nb\n\na\nb", 100, 2},
    {"repeated-para-chars", "a\nb\n\na\nb", 300, 8},
    {"repeated-text", "a\n\n \n \na", 100, 4},
    {"repeated-text", "", 0, 0},
    {"copied-lines", "a\n\na\n\nb", 400, 5},
    {"copied-line-chars", "a b\n\na b\n\nc", 600, 5},
    {"copied-grams=2", "a b a b c", 400, 8}, /* without their blanks */
    {"copied-grams=2", "ab c a bc", 0, 9},
    {"copied-grams=5", "a b", 0, 0},
    {"common-grams=2", "a b a b c", 600, 9},   /* twice three characters with their blank */
    {"common-grams=2", "a b ccc dd", 300, 10}, /* of several the first */
    {"common-grams=4", "a b c", 0, 5},
    {"repeated-grams=5", SAME_5 SAME_5, 500, 20},
    {"repeated-grams=5", SAME_5 "x " SAME_5 SAME_5, 1000, 32},
    {"repeated-grams=2", "ab c d a bc", 300, 11}, /* the letters alone are compared */
    {"repeated-grams=2", "a a a a a a", 400, 11},
};

/* Whether a rule with the measure, and this limit, takes the text. */
static bool is_met(const struct row *row, const char *limit, uint64_t number)
{
    struct measures measures = {0};
    struct rules *rules;
    char statement[128];
    bool met;

    snprintf(statement, sizeof statement, "document %s %s=%u\n", row->measure, limit,
             (unsigned)number);
    rules = given_rules(statement);
    measures_begin(&measures);
    measures_add(&measures, row->text, strlen(row->text) / 2);
    measures_add(&measures, row->text + strlen(row->text) / 2,
                 strlen(row->text) - strlen(row->text) / 2);
    met = measures_meet(&measures, &rules->items[0]);
    ck_assert(!measures_no_memory(&measures));
    measures_release(&measures);
    rules_destroy(rules);
    return met;
}

START_TEST(around_thresholds)
{
    const struct row *row = &rows[_i];
    uint64_t whole = row->all ? row->part / row->all : 0;
    bool is_whole = row->all && whole * row->all == row->part;

    if (whole)
        ck_assert_msg(is_met(row, "above", whole) == !is_whole, "%s of '%s'", row->measure,
                      row->text);
    ck_assert_msg(!is_met(row, "above", whole + 1), "%s of '%s'", row->measure, row->text);
    if (whole > 1)
        ck_assert_msg(is_met(row, "above", whole - 1), "%s of '%s'", row->measure, row->text);
    ck_assert_msg(is_met(row, "below", whole + 1) == (row->all > 0), "%s of '%s'", row->measure,
                  row->text);
    if (whole)
        ck_assert_msg(!is_met(row, "below", whole), "%s of '%s'", row->measure, row->text);
}
END_TEST

/* What is asked of one document says nothing of the next. */
START_TEST(one_after_another)
{
    struct rules *rules = given_rules("document word-count below=3\n"
                                      "document repeated-lines above=1\n"
                                      "document repeated-grams=2 above=1\n");
    struct measures measures = {0};

    for (int i = 0; i < 3; i++) {
        measures_begin(&measures);
        measures_add(&measures, "a b\na b", 7);
        ck_assert(!measures_meet(&measures, &rules->items[0]));
        ck_assert(measures_meet(&measures, &rules->items[1]));
        ck_assert(measures_meet(&measures, &rules->items[2]));
        measures_begin(&measures);
        measures_add(&measures, "a b", 3);
        ck_assert(measures_meet(&measures, &rules->items[0]));
        ck_assert(!measures_meet(&measures, &rules->items[1]));
        ck_assert(!measures_meet(&measures, &rules->items[2]));
    }
    measures_release(&measures);
    rules_destroy(rules);
}
END_TEST

/* The first document has no line that is left. */
START_TEST(nothing_is_left)
{
    struct rules *rules = given_rules("document sentence-count below=5\n"
                                      "document repeated-paras above=1\n"
                                      "document copied-grams=2 above=1\n"
                                      "document lines-end above=1 of \"x\"\n"
                                      "document dropped-words above=99\n");
    struct measures measures = {0};

    measures_begin(&measures);
    measures_add_dropped(&measures, "one two", 7);
    ck_assert(measures_meet(&measures, &rules->items[0]));
    for (int i = 1; i < 4; i++)
        ck_assert(!measures_meet(&measures, &rules->items[i]));
    ck_assert(measures_meet(&measures, &rules->items[4]));
    measures_release(&measures);
    rules_destroy(rules);
}
END_TEST

/* Of 100 words. */
START_TEST(dropped_words)
{
    struct rules *rules = given_rules("document dropped-words above=39\n"
                                      "document dropped-words above=40\n");
    struct measures measures = {0};

    measures_begin(&measures);
    measures_add_dropped(&measures, " one\xC2\xA0two ", 10);
    measures_add(&measures, "a b c", 5);
    ck_assert(measures_meet(&measures, &rules->items[0]));
    ck_assert(!measures_meet(&measures, &rules->items[1]));
    measures_release(&measures);
    rules_destroy(rules);
}
END_TEST

Suite *measures_suite(void)
{
    Suite *suite = suite_create("measures");
    TCase *all = tcase_create("all");

    tcase_add_loop_test(all, around_thresholds, 0, (int)(sizeof rows / sizeof *rows));
    tcase_add_test(all, one_after_another);
    tcase_add_test(all, nothing_is_left);
    tcase_add_test(all, dropped_words);
    suite_add_tcase(suite, all);
    return suite;
}
