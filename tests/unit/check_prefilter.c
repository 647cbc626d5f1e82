#include "match/prefilter.h"
#include "regex/required.h"
#include "search/scan.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct built {
    struct arena arena;
    struct prefilter *prefilter;
    struct prefilter_scratch *scratch;
};

static bool is_parted; /* half of the rules are added to the others */

static void whole(void)
{
    is_parted = false;
}

static void parted(void)
{
    is_parted = true;
}

static struct prefilter *create(struct arena *arena, const struct prefilter_rule *rules,
                                size_t count)
{
    struct prefilter *base;

    if (!is_parted)
        return prefilter_create(arena, NULL, rules, count);
    base = prefilter_create(arena, NULL, rules, count / 2);
    ck_assert_ptr_nonnull(base);
    return prefilter_create(arena, base, rules + count / 2, count - count / 2);
}

/* Rule N is in section N % SECTIONS; every other section is apart. */
static struct built build_in_sections(const char *const *regexes, size_t count, unsigned flags,
                                      uint32_t sections)
{
    struct arena arena = {0};
    struct required_analyser *analyser = required_create(&arena);
    struct required *required = calloc(count + 1, sizeof *required);
    struct prefilter_rule *rules = calloc(count + 1, sizeof *rules);
    struct built built = {0};

    for (size_t i = 0; i < count; i++) {
        struct regex regex = {.text = regexes[i], .length = strlen(regexes[i]), .flags = flags};

        const uint32_t section = (uint32_t)i % sections;

        ck_assert(required_analyse(analyser, &regex, &required[i]));
        rules[i] = (struct prefilter_rule){&required[i], 0, REGEX_UNBOUNDED, section, section % 2};
    }
    built.prefilter = create(&built.arena, rules, count);
    ck_assert_ptr_nonnull(built.prefilter);
    built.scratch = prefilter_scratch_create(built.prefilter);
    ck_assert_ptr_nonnull(built.scratch);
    /* it keeps nothing of what it was built from */
    required_destroy(analyser);
    arena_free(&arena);
    free(required);
    free(rules);
    return built;
}

static struct built build(const char *const *regexes, size_t count, unsigned flags)
{
    return build_in_sections(regexes, count, flags, 1);
}

static void release(struct built *built)
{
    prefilter_scratch_destroy(built->scratch);
    arena_free(&built->arena);
}

/* The candidates as text: "0 2 5". */
static const char *candidates(struct built *built, const char *line, size_t length)
{
    static char text[4096];
    const uint32_t *rules;
    size_t count = prefilter_candidates(built->prefilter, built->scratch, line, length, &rules);
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, i ? " %lu" : "%lu",
                                 (unsigned long)rules[i]);
        ck_assert_uint_lt(used, sizeof text);
    }
    return text;
}

#define CHECK_LINE(built, line, expected)                                                          \
    ck_assert_str_eq(candidates(built, line, strlen(line)), expected)

#define BUILD(flags, ...)                                                                          \
    build((const char *const[]){__VA_ARGS__},                                                      \
          sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *), flags)

START_TEST(rules_whose_literal_is_there)
{
    struct built built = BUILD(REGEX_CASELESS, "share (?:this|it)", "^rss$", "tweet", "share this",
                               "page$", "^next");

    CHECK_LINE(&built, "", "");
    CHECK_LINE(&built, "nothing to see", "");
    CHECK_LINE(&built, "Please SHARE it", "0");
    CHECK_LINE(&built, "Tweet or share this or share this", "0 2 3");
    CHECK_LINE(&built, "rss", "1");
    CHECK_LINE(&built, "rss feed", "");
    CHECK_LINE(&built, "next page", "4 5");
    CHECK_LINE(&built, "the next pages", "");
    CHECK_LINE(&built, "share thi", "");
    release(&built);
}
END_TEST

START_TEST(rules_that_always_run)
{
    struct built built = BUILD(0, "share", "\\w", "(?<!a)b?", "tweet", "^.{3,4}$");

    CHECK_LINE(&built, "", "2");
    CHECK_LINE(&built, "a", "1 2");
    CHECK_LINE(&built, "abc", "1 2 4");
    CHECK_LINE(&built, "share this", "0 1 2 4");
    CHECK_LINE(&built, "tweet", "1 2 3 4");
    release(&built);
}
END_TEST

START_TEST(lengths_refuse)
{
    struct arena arena = {0};
    struct required_analyser *analyser = required_create(&arena);
    struct regex regex = {.text = "share", .length = 5, .flags = 0};
    struct required required;
    struct built built = {0};

    ck_assert(required_analyse(analyser, &regex, &required));
    const struct prefilter_rule rules[] = {{&required, 0, REGEX_UNBOUNDED, 0, false},
                                           {&required, 7, REGEX_UNBOUNDED, 0, false},
                                           {&required, 0, 6, 0, false},
                                           {&required, 6, 7, 0, false}};
    built.prefilter = create(&built.arena, rules, 4);
    ck_assert_ptr_nonnull(built.prefilter);
    built.scratch = prefilter_scratch_create(built.prefilter);
    CHECK_LINE(&built, "share", "0 2");
    CHECK_LINE(&built, "share1", "0 2 3");
    CHECK_LINE(&built, "share12", "0 1 3");
    CHECK_LINE(&built, "share123", "0 1");
    release(&built);
    required_destroy(analyser);
    arena_free(&arena);
}
END_TEST

START_TEST(short_literals)
{
    struct built built = BUILD(0, "\xC2\xBB", "qz", "x", "^q", "z$", "jqx", "^\\|$");

    CHECK_LINE(&built, "", "");
    CHECK_LINE(&built, "home \xC2\xBB news", "0");
    CHECK_LINE(&built, "qz", "1 3 4");
    CHECK_LINE(&built, "zq", "");
    CHECK_LINE(&built, "x", "2");
    CHECK_LINE(&built, "ajqxz", "2 4 5");
    CHECK_LINE(&built, "|", "6");
    CHECK_LINE(&built, "a|", "");
    release(&built);
}
END_TEST

START_TEST(case_in_all_lengths)
{
    struct built built =
        BUILD(REGEX_CASELESS, "kiss me",
              "stra\xC3\x9F"
              "e",
              "\xD0\xBF\xD0\xBE\xD0\xB4\xD0\xB5\xD0\xBB", "\xCF\x83\xCE\xAF\xCF\x83\xCF\x85");

    CHECK_LINE(&built, "KISS ME", "0");
    CHECK_LINE(&built, "\xE2\x84\xAAi\xC5\xBFs me", "0");
    CHECK_LINE(&built, "a \xE2\x84\xAA\xE2\x84\xAAI\xC5\xBF\xC5\xBF Me", "0");
    CHECK_LINE(&built,
               "STRA\xE1\xBA\x9E"
               "E",
               "1");
    CHECK_LINE(&built, "\xD0\x9F\xD0\x9E\xD0\x94\xD0\x95\xD0\x9B", "2");
    CHECK_LINE(&built, "\xD0\x9F\xD0\x9E\xE1\xB2\x81\xD0\x95\xD0\x9B", "2");
    CHECK_LINE(&built, "\xCE\xA3\xCE\x8A\xCF\x82\xCE\xA5", "3");
    CHECK_LINE(&built, "\xFF\xE2\x84kiss me\xE2\x84", "0");
    CHECK_LINE(&built, "ki\xFFss me", "");
    CHECK_LINE(&built, "\xE2\x84", "");
    release(&built);
}
END_TEST

static void put(char *line, const char *text)
{
    for (; *text; text++)
        *line++ = *text;
}

/* A literal has to be found wherever it lies, across the pieces that a long line is cut into. */
START_TEST(long_lines)
{
    struct built built = BUILD(REGEX_CASELESS, "all rights reserved by their own", "^copyright",
                               "\xC3\xA9t\xC3\xA9$", "jq");
    static const char *const fillings[] = {"o ", "\xC3\xA9", "\xE2\x80\xA6", "\xFF", "\x80"};
    size_t size = 3 * SCAN_PIECE;
    char *line = malloc(size + 64);

    for (size_t filling = 0; filling < sizeof fillings / sizeof *fillings; filling++) {
        size_t width = strlen(fillings[filling]);

        for (size_t at = 0; at + width <= size + 64; at += width)
            memcpy(line + at, fillings[filling], width);
        ck_assert_str_eq(candidates(&built, line, size), "");
        for (size_t at = SCAN_PIECE - 50; at < SCAN_PIECE + 50; at++) {
            char saved[64];

            memcpy(saved, line + at, 64);
            put(line + at, "All rights reserved by their own");
            ck_assert_str_eq(candidates(&built, line, size), "0");
            put(line + at, "copyright jQ");
            memcpy(line + at + 12, saved + 12, 20);
            ck_assert_str_eq(candidates(&built, line, size), "3");
            memcpy(line + at, saved, 64);
        }
    }
    for (size_t length = 14; length < size; length++) {
        memset(line, 'o', length);
        put(line, "Copyright");
        put(line + length - 5, "\xC3\x89T\xC3\xA9");
        ck_assert_str_eq(candidates(&built, line, length), "1 2");
    }
    free(line);
    release(&built);
}
END_TEST

START_TEST(nothing_is_read_beyond_the_line)
{
    struct built built = BUILD(REGEX_CASELESS, "share this", "qz", "\xC3\xA9z");

    for (size_t length = 0; length < 40; length++) {
        /* of its very size, for the address sanitizer to watch */
        char *line = malloc(length + (length == 0));

        memset(line, 'x', length);
        ck_assert_str_eq(candidates(&built, line, length), "");
        if (length > 0)
            line[length - 1] = '\xC3';
        ck_assert_str_eq(candidates(&built, line, length), "");
        free(line);
    }
    release(&built);
}
END_TEST

START_TEST(margins)
{
    struct built built = BUILD(REGEX_CASELESS, "^\\W*share", "\\btweet", "page\\b", "rss\\W*$",
                               "^\\W*(?:[-\xE2\x80\xA2] ?)?\\Wmore\\W*$", "\\bq");

    CHECK_LINE(&built, "share", "0");
    CHECK_LINE(&built, " \xE2\x80\xA2 \"Share it", "0");
    CHECK_LINE(&built, "\xC3\xA9share", "0"); /* in vain */
    CHECK_LINE(&built, "a share", "");
    CHECK_LINE(&built, "\xE2\x84\xAA share", "");
    CHECK_LINE(&built, "retweet", "");
    CHECK_LINE(&built, "re_tweet", "");
    CHECK_LINE(&built, "re-tweet", "1");
    CHECK_LINE(&built, "re\xE2\x80\x94TWEETS", "1");
    CHECK_LINE(&built, "\xC5\xBFtweet", "");
    CHECK_LINE(&built, "pages or pag", "");
    CHECK_LINE(&built, "a Page.", "2");
    CHECK_LINE(&built, "homepage", "2");
    CHECK_LINE(&built, "rss", "3");
    CHECK_LINE(&built, "RSS \xC2\xBB...", "3");
    CHECK_LINE(&built, "rss \xC2\xBB x", "");
    CHECK_LINE(&built, "- more \xE2\x80\xA6", "4");
    CHECK_LINE(&built, "- more or less", "");
    CHECK_LINE(&built, "q", "5");
    CHECK_LINE(&built, "aq", "");
    CHECK_LINE(&built, "a-Q", "5");
    release(&built);
}
END_TEST

/* Where 64 bytes are looked at in one go, the next ones begin a word or they go on with it. */
START_TEST(margins_at_every_place)
{
    struct built built = BUILD(0, "\\btweet", "^\\W*share\\W*$", "pages$");
    char line[400];

    for (size_t length = 8; length < 300; length++) {
        for (size_t at = 0; at + 5 <= length; at++) {
            memset(line, ' ', length);
            put(line + at, "tweet");
            ck_assert_str_eq(candidates(&built, line, length), "0");
            if (at > 0) {
                line[at - 1] = 'x';
                ck_assert_str_eq(candidates(&built, line, length), "");
                line[at - 1] = ' ';
            }
            put(line + at, "share");
            ck_assert_str_eq(candidates(&built, line, length), "1");
            if (at > 1) {
                line[at / 2 - 1] = '7';
                ck_assert_str_eq(candidates(&built, line, length), "");
            }
        }
    }
    release(&built);
}
END_TEST

START_TEST(many_rules)
{
    enum { COUNT = 5000 };
    static char texts[COUNT][24];
    const char **regexes = malloc(COUNT * sizeof *regexes);
    struct built built = {0};

    for (size_t i = 0; i < COUNT; i++) {
        snprintf(texts[i], sizeof texts[i], "%s%zu%s", i % 2 ? "^" : "number ", i,
                 i % 3 ? "x" : "$");
        regexes[i] = texts[i];
    }
    built = build(regexes, COUNT, 0);
    for (size_t i = 0; i < COUNT; i++) {
        char line[32], expected[16];

        snprintf(line, sizeof line, "%s%zu%s", i % 2 ? "" : "a number ", i, i % 3 ? "x" : "");
        snprintf(expected, sizeof expected, "%zu", i);
        CHECK_LINE(&built, line, expected);
    }
    release(&built);
    free(regexes);
}
END_TEST

START_TEST(all_at_once)
{
    enum { COUNT = 1000 };
    const char *regexes[COUNT];
    struct built built = {0};
    const uint32_t *rules;

    for (size_t i = 0; i < COUNT; i++)
        regexes[i] = i % 7 ? "share" : "\\w";
    built = build(regexes, COUNT, 0);
    for (size_t round = 0; round < 2; round++) {
        ck_assert_uint_eq(prefilter_candidates(built.prefilter, built.scratch, "share", 5, &rules),
                          COUNT);
        for (uint32_t i = 0; i < COUNT; i++)
            ck_assert_uint_eq(rules[i], i);
        ck_assert_uint_eq(prefilter_candidates(built.prefilter, built.scratch, "shar", 4, &rules),
                          (COUNT + 6) / 7);
    }
    release(&built);
}
END_TEST

/* With each number of sections that hold, few and all: the candidates are those of a prefilter
 * without sections whose section holds. */
START_TEST(only_rules_of_sections_that_hold)
{
    enum { COUNT = 700, SECTIONS = 70 };
    static const char *const kinds[] = {"share", "\\w", "^tweet$", "share|tweet", "^(?:\\d|x)?$"};
    static const char *const lines[] = {"", "share", "tweet", "share and tweet", "7", "none"};
    static const size_t held[] = {0, 1, 2, 3, 0, SECTIONS / 2, SECTIONS - 1, 0};
    const char *regexes[COUNT];
    bool holds[SECTIONS];
    uint32_t numbers[SECTIONS];
    struct built all, sectioned;
    const uint32_t *wanted, *found;

    for (size_t i = 0; i < COUNT; i++)
        regexes[i] = kinds[i / 3 % 5];
    all = build(regexes, COUNT, 0);
    sectioned = build_in_sections(regexes, COUNT, 0, SECTIONS);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++) {
        struct holding holding = {.holds = holds, .numbers = numbers, .count = held[i]};

        memset(holds, 0, sizeof holds);
        holds[0] = true;
        for (size_t j = 0; j < held[i]; j++) {
            numbers[j] = 1 + (uint32_t)(j * 11 + i) % (SECTIONS - 1);
            holds[numbers[j]] = true;
        }
        if (i > 0)
            prefilter_hold(sectioned.prefilter, sectioned.scratch, held[i] ? &holding : NULL);
        for (size_t j = 0; j < sizeof lines / sizeof *lines; j++) {
            const size_t length = strlen(lines[j]);
            size_t count =
                prefilter_candidates(all.prefilter, all.scratch, lines[j], length, &wanted);
            size_t named = prefilter_candidates(sectioned.prefilter, sectioned.scratch, lines[j],
                                                length, &found);
            size_t next = 0;

            for (size_t k = 0; k < count; k++) {
                if (!holds[wanted[k] % SECTIONS])
                    continue;
                ck_assert_uint_lt(next, named);
                ck_assert_uint_eq(found[next++], wanted[k]);
            }
            ck_assert_uint_eq(next, named);
        }
    }
    release(&all);
    release(&sectioned);
}
END_TEST

START_TEST(no_rules)
{
    struct built built = {0};
    const uint32_t *rules;

    built.prefilter = create(&built.arena, NULL, 0);
    ck_assert_ptr_nonnull(built.prefilter);
    built.scratch = prefilter_scratch_create(built.prefilter);
    ck_assert_uint_eq(prefilter_candidates(built.prefilter, built.scratch, "a", 1, &rules), 0);
    release(&built);
}
END_TEST

Suite *prefilter_suite(void);

static TCase *all_tests(const char *name, void (*setup)(void))
{
    TCase *tests = tcase_create(name);

    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, rules_whose_literal_is_there);
    tcase_add_test(tests, rules_that_always_run);
    tcase_add_test(tests, lengths_refuse);
    tcase_add_test(tests, short_literals);
    tcase_add_test(tests, case_in_all_lengths);
    tcase_add_test(tests, long_lines);
    tcase_add_test(tests, nothing_is_read_beyond_the_line);
    tcase_add_test(tests, margins);
    tcase_add_test(tests, margins_at_every_place);
    tcase_add_test(tests, many_rules);
    tcase_add_test(tests, all_at_once);
    tcase_add_test(tests, only_rules_of_sections_that_hold);
    tcase_add_test(tests, no_rules);
    return tests;
}

Suite *prefilter_suite(void)
{
    Suite *suite = suite_create("prefilter");

    suite_add_tcase(suite, all_tests("whole", whole));
    suite_add_tcase(suite, all_tests("in two parts", parted));
    return suite;
}
