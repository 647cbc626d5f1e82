/* Learning: what a template is of, which pages are twins, records read and written, and the rules
 * that do not depend on the order of the pages, on memory or on threads. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "given.h"
#include "io/writer.h"
#include "learn/learn.h"
#include "learn/merge.h"
#include "learn/sightings.h"
#include "learn/spool.h"
#include "learn/template.h"
#include "regex/pattern.h"

static struct span span(const char *text)
{
    return (struct span){text, strlen(text)};
}

static const char *key_of(const char *line)
{
    static struct template template;

    if (!template_make(&template, span(line)))
        return NULL;
    template.key[template.length] = '\0';
    return template.key;
}

#define NUMBER "\\d+(?:[.,]\\d+)*"

static const struct {
    const char *line, *key;
} templates[] = {
    {"Share this", "Share this$"},
    {"  * Share this:", "Share this$"},
    {"\xC2\xBB Share this \xE2\x80\xA6", "Share this$"},
    {"12 comments", NUMBER " comments$"},
    {"1,204.5 comments", NUMBER " comments$"},
    {"a1b2c3", "a" NUMBER "b" NUMBER "c" NUMBER "$"},
    {"Page 3 of 12.", "Page " NUMBER " of " NUMBER "$"},
    {"Posted on January 9, 2012 by Ann", "Posted on \\p{L}+ " NUMBER ", " NUMBER " by Ann$"},
    {"Posted on 9. Januar 2012", "Posted on " NUMBER "\\. \\p{L}+ " NUMBER "$"},
    {"Posted on 9 \xD1\x8F\xD0\xBD\xD0\xB2\xD0\xB0\xD1\x80\xD1\x8F 2012",
     "Posted on " NUMBER " \\p{L}+ " NUMBER "$"},
    {"Room 12, 1234567", "Room " NUMBER ", " NUMBER "$"},
    {"may 2012 be good", "may " NUMBER " be good$"},
    {"What (if/when)?", "What \\(if\\/when$"},
    {"one\ttwo", "one\\ttwo$"},
    {"\xE6\x94\xB6\xE8\x97\x8F", "\xE6\x94\xB6\xE8\x97\x8F$"},
    {"12:30", NULL},
    {"a 1", NULL},
    {"* * *", NULL},
    {"", NULL},
    {"January 9, 2012", NULL},
    {"abc\x01"
     "def",
     NULL},
};

START_TEST(test_templates)
{
    const char *key = key_of(templates[_i].line);

    if (templates[_i].key)
        ck_assert_str_eq(key, templates[_i].key);
    else
        ck_assert_ptr_null(key);
}
END_TEST

/* Its rule hits what a template was made of. */
START_TEST(test_templates_match)
{
    const char *key = key_of(templates[_i].line);
    char statement[4096];
    size_t length = key ? strlen(key) : 0;
    struct given_text kept = {0};
    struct rules *rules;

    if (!key)
        return;
    snprintf(statement, sizeof statement, "drop /" TEMPLATE_BEGIN "%.*s" TEMPLATE_END "/",
             (int)(length - 1), key);
    rules = given_rules(statement);
    given_filtered(rules, templates[_i].line, &kept);
    ck_assert_uint_eq(kept.length, 0);
    rules_destroy(rules);
}
END_TEST

START_TEST(test_long_line)
{
    char line[400], other[400];
    const char *key;

    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\0';
    key = key_of(line);
    ck_assert_uint_eq(strlen(key), TEMPLATE_CHARS); /* and no $ */
    memcpy(other, key, TEMPLATE_CHARS);
    line[90] = 'y';
    ck_assert_mem_eq(key_of(line), other, TEMPLATE_CHARS);
    memset(line, '7', sizeof line - 1);
    ck_assert_ptr_null(key_of(line));
    memcpy(line, "abc ", 4);
    ck_assert_str_eq(key_of(line), "abc " NUMBER "$"); /* of any length */
}
END_TEST

/* The beginning of a line may end with a sign that means something in a regex. */
START_TEST(test_cut_behind_sign)
{
    char line[TEMPLATE_CHARS + 9];
    struct span key;

    for (const char *sign = "$\\*.%"; *sign; sign++) {
        memset(line, 'x', sizeof line);
        line[TEMPLATE_CHARS - 1] = *sign;
        line[sizeof line - 1] = '\0';
        key = span(key_of(line));
        ck_assert_msg(!template_is_whole(key), "%s", key.text);
        line[TEMPLATE_CHARS] = '\0';
        key = span(key_of(line));
        ck_assert_msg(template_is_whole(key), "%s", key.text);
        ck_assert_uint_eq(key.length, TEMPLATE_CHARS); /* the sign decorates */
    }
}
END_TEST

/* A key says the text it is of, but for what stands for several. */
START_TEST(test_text_of_key)
{
    char text[TEMPLATE_KEY];
    size_t length = template_text(span("What \\(if\\/when\\t$"), span(""), text);

    ck_assert_uint_eq(length, 14);
    ck_assert_mem_eq(text, "What (if/when\t", length);
    ck_assert(template_has_month(span("Posted on \\p{L}+ " NUMBER)));
    ck_assert(!template_has_month(span("Posted on " NUMBER)));
    ck_assert_uint_eq(template_prose(span("a b c d e f g h i")), 0);
    ck_assert_uint_eq(template_prose(span("a b c d e f g h i j k")), 11);
}
END_TEST

static const char *const prose[] = {
    "The oven of the old bakery in the market square is lit again at four in the morning",
    "Two sisters from the next village have bought the house and moved in above the shop",
    "They bake forty loaves of rye before the first bus leaves and sell them at the stop",
    "The mill by the river had been closed since the flood took its wheel nine years ago",
    "Nobody knows who paid for the new one but the miller says it was not the town's money",
};

/* One page a row: lines of the site, then which sentences it has, by number. */
static const struct {
    const char *site, *lines, *sentences;
} pages[] = {
    {"a.example", "Baking news|3 comments|Oven lit", "014"},
    {"a.example", "Baking news|12 comments|Mill sold", "3"},
    {"a.example", "Baking news|1 comments|Rye is late|Print", "2"},
    {"a.example", "Baking news|7 comments|Oven lit|Mill sold|Print", ""},
    {"a.example", "Baking news|3 comments|Print|Oven is lit", "014"}, /* the first's twin */
    {"b.example", "Print|Oven lit", "0"},
    {"b.example", "Print|Mill sold", "3"},
    {"b.example", "Print|Rye is late", "2"},
    {"c.example", "Print", "4"},
    {"c.example", "Print", "4"}, /* the very same */
    {"c.example", "Print", "4"},
};

#define PAGES (sizeof pages / sizeof *pages)

static void teach(struct learner *learner, size_t page)
{
    char lines[512], *rest = lines, *line;

    snprintf(lines, sizeof lines, "%s", pages[page].lines);
    ck_assert_int_eq(learner_begin(learner, span(pages[page].site)), LEARN_OK);
    while ((line = strtok_r(rest, "|", &rest)))
        ck_assert_int_eq(learner_line(learner, span(line), LEARN_GOES), LEARN_OK);
    for (const char *number = pages[page].sentences; *number; number++)
        ck_assert_int_eq(learner_line(learner, span(prose[*number - '0']), LEARN_STAYS), LEARN_OK);
    ck_assert_int_eq(learner_end(learner), LEARN_OK);
}

/* What is learnt from the pages COUNT of them from FIRST on, in a ring; the caller frees it. */
static char *learnt(const struct learn_wishes *wishes, size_t first, size_t count,
                    unsigned learners)
{
    struct learn_wishes own = *wishes;
    struct writer *out = writer_create(WRITER_MEMORY, 0);
    struct learn *learn;
    char *text;

    own.spool = spool_make();
    learn = learn_create(&own, learners);
    for (size_t i = 0; i < count; i++)
        teach(learn_learner(learn, (unsigned)i % learners), (first + i) % PAGES);
    ck_assert_int_eq(learn_write(learn, out), LEARN_OK);
    text = strndup(out->buffer, out->used);
    learn_destroy(learn);
    writer_destroy(out);
    return text;
}

static const struct learn_wishes usual = {
    .study = {.pages = 3, .share = 10, .prose_share = 30, .sure_pages = 4, .sure_share = 50},
    .memory = LEARN_MEMORY};

START_TEST(test_rules)
{
    char *text = learnt(&usual, 0, PAGES, 1);
    const char *sections = strstr(text, "\n[host");

    ck_assert_str_eq(sections, "\n[host a.example] # 5 pages, 4 articles\n"
                               "set hold-lines 64\n"
                               "block between /^\\W*" NUMBER " comments\\W*$/ until "
                               "/^\\W*Print\\W*$/ # 2 of 4 pages, 7 words, 0 % kept\n"
                               "    + 1 comments\n"
                               "drop /^\\W*Baking news\\W*$/ # 4 of 4 pages, 100 %\n"
                               "    + Baking news\n"
                               "drop /^\\W*" NUMBER " comments\\W*$/ # 4 of 4 pages, 100 %\n"
                               "    + 1 comments\n"
                               "drop hint /^\\W*Print\\W*$/ # 3 of 4 pages, 75 %\n"
                               "    + Print\n"
                               "mark chrome /^\\W*Mill sold\\W*$/ # 2 of 4 pages, 50 %\n"
                               "    + Mill sold\n"
                               "mark chrome /^\\W*Oven lit\\W*$/ # 2 of 4 pages, 50 %\n"
                               "    + Oven lit\n"
                               "    - Oven is lit\n"
                               "\n[host b.example] # 3 pages\n"
                               "drop hint /^\\W*Print\\W*$/ # 3 of 3 pages, 100 %\n"
                               "    + Print\n");
    free(text);
}
END_TEST

/* Neither on the order nor on who saw a page, nor on whether it was in memory. */
START_TEST(test_rules_do_not_depend)
{
    char *text = learnt(&usual, 0, PAGES, 1);
    struct learn_wishes wishes = usual;

    for (size_t first = 0; first < PAGES; first++)
        for (unsigned learners = 1; learners <= 3; learners++) {
            char *other;

            wishes.memory = first % 2 ? 1 : LEARN_MEMORY; /* a text for each page */
            other = learnt(&wishes, first, PAGES, learners);
            ck_assert_str_eq(other, text);
            free(other);
        }
    free(text);
}
END_TEST

/* Adds the counts to what is merged; what came of it. */
static enum learn_status add(struct learn *learn, const char *counts)
{
    char name[] = "/tmp/check_learn.XXXXXX";
    int fd = mkstemp(name);
    enum learn_status status;

    ck_assert_int_ge(fd, 0);
    unlink(name);
    ck_assert_int_eq(write(fd, counts, strlen(counts)), (ssize_t)strlen(counts));
    lseek(fd, 0, SEEK_SET);
    status = learn_add(learn, fd, (struct span){"", 0});
    close(fd);
    return status;
}

static char *merged(const struct learn_wishes *wishes, char *const *counts, size_t count)
{
    struct learn_wishes own = *wishes;
    struct writer *out = writer_create(WRITER_MEMORY, 0);
    struct learn *learn;
    char *text;

    own.spool = spool_make();
    learn = learn_create(&own, 1);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(add(learn, counts[i]), LEARN_OK);
    ck_assert_int_eq(learn_write(learn, out), LEARN_OK);
    text = strndup(out->buffer, out->used);
    learn_destroy(learn);
    writer_destroy(out);
    return text;
}

START_TEST(test_merged_shards)
{
    struct learn_wishes counting = usual;
    char *text = learnt(&usual, 0, PAGES, 1), *whole, *shards[3], *other;

    counting.counts = true;
    whole = learnt(&counting, 0, PAGES, 1);
    for (size_t i = 0; i < 3; i++)
        shards[i] = learnt(&counting, i * 4, i < 2 ? 4 : 3, 2);
    other = merged(&usual, shards, 3);
    ck_assert_str_eq(other, text);
    free(other);
    other = merged(&counting, shards, 3);
    ck_assert_str_eq(other, whole);
    free(other);
    for (size_t i = 0; i < 3; i++)
        free(shards[i]);
    free(whole);
    free(text);
}
END_TEST

static const char *const bad_counts[] = {
    "",
    "dechaff counts 2\nend\n",
    "dechaff counts 1\n",
    "dechaff counts 1\nend",
    "dechaff counts 1\nend\nend\n",
    "dechaff counts 1\n0\tkey\t\nend\n",
    "dechaff counts 1\nsite a\nend\n",
    "dechaff counts 1\nsite a 1\nend\n",
    "dechaff counts 1\nsite  0\nend\n",
    "dechaff counts 1\nsite a] 0\nend\n",
    "dechaff counts 1\nsite a\tb 0\nend\n",
    "dechaff counts 1\nsite a 99999999999999999999\nend\n",
    "dechaff counts 1\nsite a 1\n00000000000000ZZ 1\nend\n",
    "dechaff counts 1\nsite a 2\n0000000000000002 1\n0000000000000001 1\nend\n",
    "dechaff counts 1\nsite b 0\nsite a 0\nend\n",
    "dechaff counts 1\nsite a 0\nsite a 0\nend\n",
    "dechaff counts 1\nsite a 1\n0000000000000001 1\n1\tkey\t\nend\n",
    "dechaff counts 1\nsite a 1\n0000000000000001 1\n0 0\tkey\t\nend\n",
    "dechaff counts 1\nsite a 1\n0000000000000001 1\n0\tkey\nend\n",
    "dechaff counts 1\nsite a 1\n0000000000000001 1\n0\t\t\nend\n",
    "dechaff counts 1\nsite a 1\n0000000000000001 1\n\tkey\t\nend\n",
    "dechaff counts 1\nsite a 1\n0000000000000001 1\n0\tb\t\n0\ta\t\nend\n",
};

START_TEST(test_bad_counts)
{
    struct learn_wishes own = usual;
    struct learn *learn;

    own.spool = spool_make();
    learn = learn_create(&own, 1);
    ck_assert_int_eq(add(learn, bad_counts[_i]), LEARN_BAD);
    learn_destroy(learn);
}
END_TEST

START_TEST(test_no_spool)
{
    struct learn_wishes own = usual;
    struct learn *learn;
    char text[256];

    own.spool = -1 - 28; /* ENOSPC, on Linux */
    own.memory = 1;
    learn = learn_create(&own, 1);
    ck_assert_int_eq(learner_begin(learn_learner(learn, 0), span("a.example")), LEARN_OK);
    ck_assert_int_eq(learner_line(learn_learner(learn, 0), span("Print"), LEARN_UNKNOWN), LEARN_OK);
    ck_assert_int_eq(learner_end(learn_learner(learn, 0)), LEARN_NO_SPOOL);
    learn_fault(learn, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, spool_directory()));
    ck_assert_ptr_nonnull(strstr(text, strerror(28)));
    learn_destroy(learn);
}
END_TEST

Suite *learn_suite(void);

Suite *learn_suite(void)
{
    Suite *suite = suite_create("learn");
    TCase *test = tcase_create("learn");

    tcase_add_loop_test(test, test_templates, 0, sizeof templates / sizeof *templates);
    tcase_add_loop_test(test, test_templates_match, 0, sizeof templates / sizeof *templates);
    tcase_add_test(test, test_long_line);
    tcase_add_test(test, test_cut_behind_sign);
    tcase_add_test(test, test_text_of_key);
    tcase_add_test(test, test_rules);
    tcase_add_test(test, test_rules_do_not_depend);
    tcase_add_test(test, test_merged_shards);
    tcase_add_loop_test(test, test_bad_counts, 0, sizeof bad_counts / sizeof *bad_counts);
    tcase_add_test(test, test_no_spool);
    suite_add_tcase(suite, test);
    return suite;
}
