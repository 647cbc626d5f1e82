#include "line/survey.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct survey survey(const struct lexicon *lexicon, const char *text, size_t length)
{
    static struct surveyor surveyor;

    surveyor.lexicon = lexicon;
    return survey_line(&surveyor, text, length);
}

static void check_count(const struct lexicon *lexicon, const char *text, uint32_t words,
                        uint32_t function, uint32_t lower)
{
    size_t length = strlen(text);
    char *copy = malloc(length + (length == 0)); /* with nothing behind it that may be read */
    struct survey count;

    memcpy(copy, text, length);
    count = survey(lexicon, copy, length);
    ck_assert_msg(count.spelt == words && count.function == function && count.lower == lower,
                  "'%s': %u words, %u function, %u lower", text, count.spelt, count.function,
                  count.lower);
    free(copy);
}

START_TEST(words_of_a_line)
{
    struct lexicon *lexicon = lexicon_create();

    ck_assert(lexicon_add(lexicon, " the  of\tÜBER и の", strlen(" the  of\tÜBER и の")));
    check_count(lexicon, "", 0, 0, 0);
    check_count(lexicon, "12 -- 34!", 0, 0, 0);
    check_count(lexicon, "The end of the way", 5, 3, 4);
    check_count(lexicon, "other-wise, often", 3, 0, 3);
    check_count(lexicon, "Éé über Über", 3, 2, 1);
    check_count(lexicon, "Война И мир", 3, 1, 1);
    check_count(lexicon, "本の木", 3, 1, 0);
    check_count(lexicon, "\xFF the\xC3", 1, 1, 1);
    check_count(lexicon, "“the” – of…", 2, 2, 2);
    lexicon_destroy(lexicon);
}
END_TEST

START_TEST(without_function_words)
{
    struct lexicon *lexicon = lexicon_create();

    check_count(lexicon, "the end", 2, 0, 2);
    lexicon_destroy(lexicon);
    lexicon_destroy(NULL);
}
END_TEST

START_TEST(many_words)
{
    struct lexicon *lexicon = lexicon_create();
    char word[16];

    for (unsigned i = 0; i < 3000; i++) {
        snprintf(word, sizeof word, "w%c%c%c", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676);
        ck_assert(lexicon_add(lexicon, word, strlen(word)));
    }
    check_count(lexicon, "waaa WZZA wzze waa", 4, 2, 3);
    lexicon_destroy(lexicon);
}
END_TEST

START_TEST(words_with_the_same_beginning)
{
    struct lexicon *lexicon = lexicon_create();

    ck_assert(lexicon_add(lexicon, "anything anythingelse Übrigens", 31));
    check_count(lexicon, "anything", 1, 1, 1);
    check_count(lexicon, "Anything ANYTHINGELSE any", 3, 2, 1);
    check_count(lexicon, "anythin anythings anythingel anythingelsewhere", 4, 0, 4);
    check_count(lexicon, "ÜBRIGENS übrigens übrigen", 3, 2, 2);
    lexicon_destroy(lexicon);
}
END_TEST

static void check_weight(const struct lexicon *lexicon, const char *text, int32_t weight)
{
    ck_assert_int_eq(survey(lexicon, text, strlen(text)).weight, weight);
}

START_TEST(words_that_speak)
{
    struct lexicon *lexicon = lexicon_create();
    char line[200];

    ck_assert(lexicon_speak(lexicon, "cookie subscriber скажи は",
                            strlen("cookie subscriber скажи は"), -120));
    ck_assert(lexicon_add(lexicon, "the subscribed", 14));
    ck_assert(lexicon_speak(lexicon, "the", 3, 30));
    check_weight(lexicon, "the cookie", -90);
    check_weight(lexicon, "cookies cook", 0);
    check_weight(lexicon, "Subscribe, subscriptions; SUBSCRIBERS' subscr", -240);
    check_weight(lexicon, "Скажите СКАЖИ скал ска", -240);
    check_weight(lexicon, "犬は猫は", -240);
    check_count(lexicon, "the subscribed subscribers", 3, 2, 3);
    ck_assert(lexicon_speak(lexicon, "cookie", 6, 10));
    check_weight(lexicon, "cookie", 10);
    memset(line, 'x', sizeof line); /* a long word has a beginning, too */
    memcpy(line, "subscrib", 8);
    ck_assert_int_eq(survey(lexicon, line, sizeof line).weight, -120);
    memcpy(line + 8, "Ü", strlen("Ü"));
    ck_assert_int_eq(survey(lexicon, line, sizeof line).weight, -120);
    lexicon_destroy(lexicon);
}
END_TEST

START_TEST(only_the_beginning_counts)
{
    struct lexicon *lexicon = lexicon_create();
    char line[4 * SURVEY_REACH];
    struct survey count;

    for (size_t i = 0; i < sizeof line; i++)
        line[i] = i % 2 ? ' ' : 'a';
    count = survey(lexicon, line, sizeof line);
    ck_assert_uint_eq(count.spelt, SURVEY_REACH / 2);
    lexicon_destroy(lexicon);
}
END_TEST

Suite *lexicon_suite(void);

Suite *lexicon_suite(void)
{
    Suite *suite = suite_create("lexicon");
    TCase *tests = tcase_create("lexicon");

    tcase_add_test(tests, words_of_a_line);
    tcase_add_test(tests, without_function_words);
    tcase_add_test(tests, many_words);
    tcase_add_test(tests, words_with_the_same_beginning);
    tcase_add_test(tests, words_that_speak);
    tcase_add_test(tests, only_the_beginning_counts);
    suite_add_tcase(suite, tests);
    return suite;
}
