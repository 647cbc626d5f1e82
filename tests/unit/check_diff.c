/* Comparing two sets of rules: lines wait for both, samples and hosts do not depend on the order or
 * the parts in which they are counted. */
#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff/changes.h"
#include "given.h"

static struct span span(const char *text)
{
    return (struct span){text, strlen(text)};
}

static const struct decided kept = {.is_kept = true, .rule = NO_RULE};

/* Checks that the next line is the one numbered NUMBER. */
static void expect_line(struct join *join, uint64_t number)
{
    const struct joined *line = join_next(join);
    char text[32];

    ck_assert_ptr_nonnull(line);
    snprintf(text, sizeof text, "line %" PRIu64, number);
    ck_assert_uint_eq(line->number, number);
    ck_assert(span_is(line->text, text));
    ck_assert_uint_eq(line->words, 2);
    ck_assert_uint_eq(line->sides[SIDE_NEW].words, 2);
}

/* One side is up to 700 lines behind the other, which changes. */
START_TEST(lines_wait_for_both)
{
    struct join join = {0};
    uint64_t pushed = 0, out = 0;

    for (int turn = 0; turn < 2000; turn++) {
        enum side ahead = turn / 900 % 2 ? SIDE_OLD : SIDE_NEW, behind = 1 - ahead;
        char text[32];

        snprintf(text, sizeof text, "line %" PRIu64, ++pushed);
        ck_assert(join_push(&join, span(text), pushed));
        while (join.settled[ahead] < join.next)
            join_settle(&join, ahead, &kept);
        while (join.settled[behind] + 700 < join.next ||
               (turn % 900 > 700 && join.settled[behind] < join.next))
            join_settle(&join, behind, &kept);
        while (join.first < join.settled[behind])
            expect_line(&join, ++out);
        ck_assert_ptr_null(join_next(&join));
    }
    ck_assert_uint_eq(out, 1800);
    ck_assert_uint_le(join.capacity, 4096);
    join_release(&join);
}
END_TEST

START_TEST(a_side_that_is_behind_holds_lines)
{
    struct join join = {0};

    ck_assert(join_push(&join, span("One"), 1));
    join_settle(&join, SIDE_OLD, &kept);
    ck_assert_ptr_null(join_next(&join));
    join_settle(&join, SIDE_NEW, &(struct decided){.rule = 3});
    ck_assert_uint_eq(join_next(&join)->sides[SIDE_NEW].words, 0);
    ck_assert_ptr_null(join_next(&join));
    ck_assert(join_push(&join, span("Two"), 2));
    join_clear(&join);
    ck_assert_ptr_null(join_next(&join));
    join_release(&join);
}
END_TEST

/* Lines 0 to 99, each at three places, from FIRST on every STEP-th. */
static void add_samples(struct samples *samples, unsigned first, unsigned step)
{
    for (unsigned i = first; i < 300; i += step) {
        char text[32];

        snprintf(text, sizeof text, "sample %u", i % 100);
        ck_assert(samples_add(samples, 5, span(text), SAMPLE_LOST, 1 + i / 100, 1 + i % 100));
    }
}

START_TEST(samples_are_the_same_in_parts)
{
    struct samples whole = {0}, parts[3] = {{0}};

    add_samples(&whole, 0, 1);
    for (unsigned i = 0; i < 3; i++)
        add_samples(&parts[i], i, 3);
    ck_assert(samples_merge(&parts[2], 5, &parts[0]));
    ck_assert(samples_merge(&parts[2], 5, &parts[1]));
    samples_finish(&whole);
    samples_finish(&parts[2]);
    ck_assert_uint_eq(whole.count, 5);
    ck_assert_uint_eq(parts[2].count, 5);
    for (unsigned i = 0; i < 5; i++) {
        const struct sample *one = &whole.items[i], *other = &parts[2].items[i];

        ck_assert_uint_eq(one->document, 1);
        ck_assert_uint_eq(other->document, 1);
        ck_assert_uint_eq(one->line, other->line);
        ck_assert(span_equal((struct span){one->text, one->length},
                             (struct span){other->text, other->length}));
    }
    samples_release(&whole);
    for (unsigned i = 0; i < 3; i++)
        samples_release(&parts[i]);
}
END_TEST

/* Every STEP-th of MANY hosts, with one word lost each, twice. */
#define MANY (5 * HOSTS_MOST / 2)

static void add_hosts(struct hosts *hosts, unsigned first, unsigned step)
{
    const struct change_counts counts = {.lines_lost = 1, .words_lost = 1};

    for (unsigned i = first; i < 2 * MANY; i += step) {
        char name[32];

        snprintf(name, sizeof name, "h%u.example", i % MANY);
        ck_assert(hosts_add(hosts, span(name), 1, &counts));
    }
}

START_TEST(hosts_are_the_same_in_parts)
{
    struct hosts whole = {0}, parts[2] = {{0}};

    add_hosts(&whole, 0, 1);
    add_hosts(&parts[0], 0, 3);
    add_hosts(&parts[1], 1, 3);
    add_hosts(&parts[1], 2, 3);
    ck_assert(hosts_merge(&parts[0], &parts[1]));
    hosts_finish(&whole);
    hosts_finish(&parts[0]);
    ck_assert_uint_eq(whole.count, HOSTS_MOST);
    ck_assert_uint_eq(parts[0].count, HOSTS_MOST);
    for (size_t i = 0; i < HOSTS_MOST; i++) {
        ck_assert_str_eq(whole.items[i].name, parts[0].items[i].name);
        ck_assert_uint_eq(whole.items[i].documents, 2);
        ck_assert_uint_eq(parts[0].items[i].counts.words_lost, 2);
    }
    hosts_release(&whole);
    hosts_release(&parts[0]);
    hosts_release(&parts[1]);
}
END_TEST

/* What became of a line of two words under both sets. */
static const struct {
    struct decided old, new;
    uint64_t lost, gained, words_lost, words_gained, edited;
} fates[] = {
    {{.is_kept = true}, {.is_kept = true}, 0, 0, 0, 0, 0},
    {{.rule = 0}, {.rule = 1}, 0, 0, 0, 0, 0},
    {{.is_kept = true}, {.rule = 1}, 1, 0, 2, 0, 0},
    {{.rule = 0}, {.is_kept = true}, 0, 1, 0, 2, 0},
    {{.is_kept = true}, {.is_kept = true, .is_edited = true, .words = 1}, 0, 0, 1, 0, 1},
    {{.is_kept = true, .is_edited = true, .words = 1}, {.is_kept = true}, 0, 0, 0, 1, 1},
    {{.is_kept = true, .is_edited = true, .words = 1, .hash = 5},
     {.is_kept = true, .is_edited = true, .words = 1, .hash = 5},
     0,
     0,
     0,
     0,
     0},
    {{.is_kept = true, .is_edited = true, .words = 1, .hash = 5},
     {.is_kept = true, .is_edited = true, .words = 1, .hash = 6},
     0,
     0,
     0,
     0,
     1},
    {{.is_kept = true, .is_edited = true, .words = 1}, {.rule = 1}, 1, 0, 1, 0, 0},
};

START_TEST(what_changes_is_counted)
{
    struct rules *old = given_rules("drop /a/"), *new = given_rules("drop /a/\ndrop /b/");
    struct changes *changes = changes_create(old, new, 1);
    struct join join = {0};
    struct change_counts all;
    size_t rows;

    ck_assert_ptr_nonnull(changes);
    changes_begin(changes, 1);
    ck_assert(join_push(&join, span("two words"), 1));
    join_settle(&join, SIDE_OLD, &fates[_i].old);
    join_settle(&join, SIDE_NEW, &fates[_i].new);
    ck_assert(changes_line(changes, join_next(&join)));
    ck_assert(changes_end(changes, span("a.example")));
    all = changes->all;
    ck_assert_uint_eq(all.lines_lost, fates[_i].lost);
    ck_assert_uint_eq(all.lines_gained, fates[_i].gained);
    ck_assert_uint_eq(all.words_lost, fates[_i].words_lost);
    ck_assert_uint_eq(all.words_gained, fates[_i].words_gained);
    ck_assert_uint_eq(all.lines_edited, fates[_i].edited);
    ck_assert_uint_eq(changes->changed, counts_any(&all));
    ck_assert_uint_eq(changes->hosts.count, counts_any(&all));
    free(changes_rank(changes, &rows));
    ck_assert_uint_eq(rows, counts_any(&all));
    changes_destroy(changes);
    join_release(&join);
    rules_destroy(old);
    rules_destroy(new);
}
END_TEST

Suite *diff_suite(void);

Suite *diff_suite(void)
{
    Suite *suite = suite_create("diff");
    TCase *tests = tcase_create("diff");

    tcase_add_test(tests, lines_wait_for_both);
    tcase_add_test(tests, a_side_that_is_behind_holds_lines);
    tcase_add_test(tests, samples_are_the_same_in_parts);
    tcase_add_test(tests, hosts_are_the_same_in_parts);
    tcase_add_loop_test(tests, what_changes_is_counted, 0, (int)(sizeof fates / sizeof *fates));
    suite_add_tcase(suite, tests);
    return suite;
}
