#include "match/memo.h"
#include "rules/rule.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WEIGHS 3

static const uint64_t weighs[WEIGHS] = {3, 1, 4};

static const struct memo_place anywhere = {7, 7};
static const struct memo_span everywhere = {.most = {UINT64_MAX, UINT64_MAX}};

static struct matched said_of(const char *text, uint64_t marks)
{
    return (struct matched){.text = text,
                            .length = strlen(text),
                            .edited_by = NO_RULE,
                            .protector = NO_RULE,
                            .marks = marks,
                            .likeness = {.letters = marks + 1},
                            .weighs = weighs};
}

static void remember(struct memo *memo, const struct memo_span *span, const struct matched *given)
{
    struct matched found;

    ck_assert(!memo_find(memo, given->text, given->length, span->least, &found));
    memo_add(memo, span, given);
}

START_TEST(what_was_said_comes_again)
{
    struct memo *memo = memo_create(WEIGHS, MEMO_LINE);
    struct matched given = said_of("a line", 7), found;

    ck_assert(!memo_find(memo, "a line", 6, anywhere, &found));
    memo_add(memo, &everywhere, &given);
    ck_assert(memo_find(memo, "a line and more", 6, anywhere, &found));
    ck_assert_uint_eq(found.marks, 7);
    ck_assert_uint_eq(found.likeness.letters, 8);
    ck_assert(memcmp(found.weighs, weighs, sizeof weighs) == 0);
    ck_assert(!memo_find(memo, "a lime", 6, anywhere, &found));
    ck_assert(!memo_find(memo, "a line ", 7, anywhere, &found));
    memo_clear(memo, WEIGHS);
    ck_assert(!memo_find(memo, "a line", 6, anywhere, &found));
    memo_destroy(memo);
}
END_TEST

static void assert_same(const struct matched *found, const struct matched *given)
{
    ck_assert_uint_eq(found->length, given->length);
    ck_assert(memcmp(found->text, given->text, given->length) == 0);
    ck_assert_uint_eq(found->edited_by, given->edited_by);
    ck_assert_uint_eq(found->protector, given->protector);
    ck_assert_uint_eq(found->is_protected, given->is_protected);
    ck_assert_uint_eq(found->hit_count, given->hit_count);
    for (uint32_t i = 0; i < given->hit_count; i++)
        ck_assert_uint_eq(found->hits[i], given->hits[i]);
    ck_assert_uint_eq(found->marks, given->marks);
    ck_assert_uint_eq(found->head, given->head);
    ck_assert_uint_eq(found->speaker, given->speaker);
    ck_assert_uint_eq(found->headline, given->headline);
    ck_assert(memcmp(&found->likeness, &given->likeness, sizeof given->likeness) == 0);
    ck_assert_uint_eq(found->speaks, given->speaks);
}

/* All of it and any part of it, of lines of any length, with and without rules that weigh. */
START_TEST(all_that_was_said_comes_again)
{
    static const struct memo_span here = {{7, 7}, {7, 7}};
    size_t words = _i ? WEIGHS : 0;
    struct memo *memo = memo_create(words, MEMO_LINE);
    char text[32];

    for (int round = 0; round < 2; round++) {
        for (unsigned parts = 0; parts < 256; parts++) {
            struct matched given = {.edited_by = NO_RULE,
                                    .protector = NO_RULE,
                                    .head = parts & 1 ? 3 : NO_RULE,
                                    .headline = parts & 2 ? 5 : NO_RULE,
                                    .speaker = parts & 128 ? 7 : NO_RULE,
                                    .marks = parts & 4 ? UINT64_C(1) << 63 : 0,
                                    .speaks = parts % 101,
                                    .hit_count = parts & 8 ? 1 + parts % MATCH_HITS : 0,
                                    .weighs = words ? weighs : NULL};
            struct matched found;

            for (uint32_t i = 0; i < given.hit_count; i++)
                given.hits[i] = parts + i;
            if (parts & 16) {
                given.is_protected = true;
                given.protector = 9;
            }
            if (parts & 32)
                given.likeness = (struct likeness){1, parts, 2, 3};
            given.length = (size_t)snprintf(text, sizeof text, "%0*u", 3 + (int)parts % 20, parts);
            given.text = text;
            ck_assert(memo_find(memo, text, given.length, anywhere, &found) == (round == 1));
            if (round == 0) {
                memo_add(memo, parts & 64 ? &here : &everywhere, &given);
                continue;
            }
            assert_same(&found, &given);
            ck_assert(words ? memcmp(found.weighs, weighs, sizeof weighs) == 0 : !found.weighs);
        }
    }
    memo_destroy(memo);
}
END_TEST

/* More often than the ring takes. */
START_TEST(what_is_forgotten_stays_so)
{
    struct memo *memo = memo_create(WEIGHS, MEMO_LINE);
    char text[MEMO_LINE];
    struct matched found;

    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    for (uint64_t i = 0; i < 3 * MEMO_BYTES / MEMO_LINE; i++) {
        struct matched given = said_of(text, i), other = said_of("other", i + 1);

        ck_assert(!memo_find(memo, text, given.length, anywhere, &found));
        remember(memo, &everywhere, &given);
        remember(memo, &everywhere, &other);
        ck_assert(memo_find(memo, text, given.length, anywhere, &found));
        ck_assert_uint_eq(found.marks, i);
        ck_assert(memo_find(memo, "other", 5, anywhere, &found));
        ck_assert_uint_eq(found.marks, i + 1);
        memo_clear(memo, WEIGHS);
        ck_assert(!memo_find(memo, text, given.length, anywhere, &found));
        ck_assert(!memo_find(memo, "other", 5, anywhere, &found));
    }
    memo_destroy(memo);
}
END_TEST

struct place_row {
    struct memo_place place;
    uint64_t marks; /* of what is found, or 0 */
};

START_TEST(its_place_must_be_the_same_to_rules)
{
    static const struct memo_span early = {{0, 0}, {2, 79}}, late = {{3, 80}, {UINT64_MAX, 119}};
    static const struct place_row rows[] = {{{1, 0}, 1},  {{2, 79}, 1}, {{3, 79}, 0},
                                            {{2, 80}, 0}, {{3, 80}, 2}, {{3, 119}, 2},
                                            {{9, 99}, 2}, {{3, 120}, 0}};
    struct memo *memo = memo_create(WEIGHS, MEMO_LINE);
    struct matched at_first = said_of("x", 1), then = said_of("x", 2), found;

    remember(memo, &early, &at_first);
    remember(memo, &late, &then);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert(memo_find(memo, "x", 1, rows[i].place, &found) == (rows[i].marks != 0));
        if (rows[i].marks)
            ck_assert_uint_eq(found.marks, rows[i].marks);
    }
    memo_destroy(memo);
}
END_TEST

/* A page's lines in their order, as often as pages come, some lines on each page twice. */
START_TEST(pages_come_again)
{
    struct memo *memo = memo_create(WEIGHS, MEMO_LINE);
    char text[8];

    for (unsigned page = 0; page < 4; page++) {
        for (unsigned i = 0; i < 60; i++) {
            unsigned number = i % 5 ? i : 5;
            struct matched given, found;
            bool is_known;

            snprintf(text, sizeof text, "%u", number);
            given = said_of(text, number);
            is_known = memo_find(memo, text, given.length, anywhere, &found);
            ck_assert(is_known == (page > 0 || (i > 0 && i % 5 == 0)));
            if (is_known)
                ck_assert_uint_eq(found.marks, number);
            else
                memo_add(memo, &everywhere, &given);
        }
    }
    memo_destroy(memo);
}
END_TEST

/* More than the ring takes, twice: what is found is what was said last, and the newest is found. */
START_TEST(the_oldest_goes)
{
    struct memo *memo = memo_create(WEIGHS, MEMO_LINE);
    struct matched found;
    char text[MEMO_LINE];
    size_t lines = 2 * MEMO_BYTES / 1000, known = 0;

    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < lines; i++) {
        struct matched given;
        char number[16];
        size_t length = 1000 + i % 7;

        snprintf(number, sizeof number, "%08zu", i);
        memcpy(text, number, 8);
        given = said_of(text, i);
        given.length = length;
        remember(memo, &everywhere, &given);
        ck_assert(memo_find(memo, text, length, anywhere, &found));
        ck_assert_uint_eq(found.marks, i);
    }
    for (size_t i = 0; i < lines; i++) {
        char number[16];

        snprintf(number, sizeof number, "%08zu", i);
        memcpy(text, number, 8);
        if (!memo_find(memo, text, 1000 + i % 7, anywhere, &found))
            continue;
        known++;
        ck_assert_uint_eq(found.marks, i);
        ck_assert(memcmp(found.weighs, weighs, sizeof weighs) == 0);
    }
    ck_assert_uint_gt(known, lines / 4);
    ck_assert_uint_lt(known, lines / 2 + 1);
    memo_destroy(memo);
}
END_TEST

Suite *memo_suite(void);

Suite *memo_suite(void)
{
    Suite *suite = suite_create("memo");
    TCase *tests = tcase_create("memo");

    tcase_add_test(tests, what_was_said_comes_again);
    tcase_add_loop_test(tests, all_that_was_said_comes_again, 0, 2);
    tcase_add_test(tests, what_is_forgotten_stays_so);
    tcase_add_test(tests, its_place_must_be_the_same_to_rules);
    tcase_add_test(tests, pages_come_again);
    tcase_add_test(tests, the_oldest_goes);
    suite_add_tcase(suite, tests);
    return suite;
}
