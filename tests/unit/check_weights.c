#include "match/weights.h"

#include "decide/context.h"
#include "given.h"
#include "random.h"

/* Rules that each ask for one thing; those that hold for what a row gives are named by number. */
static const char asking[] = "mark a /a/\nmark b /b/\nmark c /c/\n"
                             "weigh -9 name=any\n"
                             "weigh -8 name=blank-0 blanks=0\n"
                             "weigh -7 name=blank-2 blanks=2\n"
                             "weigh -6 name=deeper level=deeper\n"
                             "weigh -5 name=same-as-prose prose-level=same\n"
                             "weigh -4 name=run-3 run=3\n"
                             "weigh -3 name=prose-60 prose=60w\n"
                             "weigh -2 name=density-5 density=5\n"
                             "weigh -1 name=since-4 since=4\n"
                             "weigh 1 name=repeated repeated\n"
                             "weigh 2 name=as-prev as-prev\n"
                             "weigh 3 name=after-a prev=a\n"
                             "weigh 4 name=seen-b seen=b\n"
                             "weigh 5 name=unseen-c unseen=c\n"
                             "weigh 6 name=blank-next next=blank\n"
                             "weigh 7 name=as-next as-next\n"
                             "weigh 8 name=before-b next-is=b\n";

enum { MARK_A = 32, MARK_B = 64, MARK_C = 128 };

static void append(struct given_text *text, const char *bytes)
{
    given_append(text, bytes, strlen(bytes));
}

struct around_row {
    struct context_state state;
    struct context_line line;
    const char *names; /* of the rules that are left */
};

static const struct around_row around_rows[] = {
    {.state = {.since = UINT32_MAX}, .names = "any blank-0 unseen-c "},
    {.state = {.since = UINT32_MAX, .blanks = 3}, .names = "any blank-2 unseen-c "},
    {.state = {.since = 4, .blanks = 1, .run = 3, .marks = MARK_C}, .names = "any run-3 since-4 "},
    {.state = {.since = 5, .blanks = 1, .run = 2, .prose = 59, .density = 4.99},
     .names = "any unseen-c "},
    {.state = {.since = 0, .blanks = 1, .run = 9, .prose = 60, .density = 5.0, .has_prose = true},
     .names = "any same-as-prose run-3 prose-60 density-5 since-4 unseen-c "},
    {.state = {.since = 9, .blanks = 1, .has_prose = true, .prose_indent = 1},
     .names = "any unseen-c "},
    {.state = {.since = 9, .blanks = 1, .late_marks = MARK_B, .marks = MARK_B},
     .names = "any seen-b unseen-c "},
    {.state = {.since = 9,
               .blanks = 1,
               .has_previous = true,
               .previous = {.marks = MARK_A, .likeness = {.beginning = 7}}},
     .line = {.likeness = {.beginning = 7, .indent = 2}, .is_repeated = true},
     .names = "any deeper repeated as-prev after-a unseen-c "},
    {.state = {.since = 9,
               .blanks = 1,
               .has_previous = true,
               .previous = {.marks = MARK_B, .likeness = {.beginning = 0, .indent = 2}}},
     .line = {.likeness = {.beginning = 0, .indent = 2}},
     .names = "any unseen-c "},
};

static void name_all(const struct engine *engine, const uint64_t *set, struct given_text *names)
{
    names->length = 0;
    names->bytes[0] = '\0';
    for (uint32_t i = 0; i < engine->weights->weigh_words * 64; i++) {
        const char *name;

        if (!bits_has(set, i))
            continue;
        name = engine->rules->items[engine->weights->rules[i]].name;
        given_append(names, name, strlen(name));
        given_append(names, " ", 1);
    }
}

static bool asks_next(const struct engine *engine, uint32_t number)
{
    const struct rule *rule = &engine->rules->items[engine->weights->rules[number]];
    const uint64_t next = UINT64_C(1) << (FACTS + AROUND_NEXT);
    const uint64_t as_next = UINT64_C(1) << (FACTS + AROUND_AS_NEXT);

    return rule->asked.which & (next | as_next) || rule->weighing->asked[MARKS_NEXT];
}

/* The rules that ask for the next line, or the others. */
static void choose(const struct engine *engine, bool asking_next, uint64_t set[RANGES_BLOCK])
{
    memset(set, 0, RANGES_BLOCK * sizeof *set);
    for (uint32_t i = 0; i < engine->weights->weigh_words * 64; i++)
        if (engine->weights->rules[i] != NO_RULE && asks_next(engine, i) == asking_next)
            bits_add(set, i);
}

START_TEST(surroundings_must_suit)
{
    struct engine *engine = given_engine(asking);
    const struct context_line *line = &around_rows[_i].line;
    struct chosen chosen = given_chosen(engine);
    struct context_sieves sieves;
    uint64_t set[RANGES_BLOCK];
    struct given_text names;

    ck_assert_uint_eq(engine->weights->weigh_words, RANGES_BLOCK);
    ck_assert(context_sieves_init(&sieves, &chosen));
    choose(engine, false, set);
    context_look(&around_rows[_i].state, line, &sieves);
    context_sift(&sieves, line, NULL, false, set);
    name_all(engine, set, &names);
    ck_assert_str_eq(names.bytes, around_rows[_i].names);
    context_sieves_release(&sieves);
    chosen_release(&chosen);
    given_release(engine);
}
END_TEST

START_TEST(what_follows_must_suit)
{
    struct engine *engine = given_engine(asking);
    const struct context_line line = {.likeness = {.beginning = 3}};
    const struct context_line next = {.marks = MARK_B, .likeness = {.beginning = 3}};
    const struct context_line other = {.marks = MARK_A, .likeness = {.beginning = 4}};
    struct chosen chosen = given_chosen(engine);
    struct context_sieves sieves;
    struct given_text names;
    uint64_t set[RANGES_BLOCK];

    ck_assert(context_sieves_init(&sieves, &chosen));
    choose(engine, true, set);
    context_sift(&sieves, &line, &next, false, set);
    name_all(engine, set, &names);
    ck_assert_str_eq(names.bytes, "as-next before-b ");
    choose(engine, true, set);
    context_sift(&sieves, &line, &other, true, set);
    name_all(engine, set, &names);
    ck_assert_str_eq(names.bytes, "blank-next ");
    choose(engine, true, set);
    context_sift(&sieves, &line, NULL, true, set);
    name_all(engine, set, &names);
    ck_assert_str_eq(names.bytes, "blank-next ");
    context_sieves_release(&sieves);
    chosen_release(&chosen);
    given_release(engine);
}
END_TEST

START_TEST(what_weighs_comes_first_the_worst_in_front)
{
    struct engine *engine = given_engine("judge 2 name=judge\nweigh 1 name=good\n"
                                         "mark m name=mark max-words=2\n"
                                         "weigh -1 before=1 name=bad\nweigh -3 name=worst\n");
    const struct weights *weights = engine->weights;
    const uint32_t block = 64 * RANGES_BLOCK;
    const struct {
        const char *name;
        uint32_t number;
    } rows[] = {{"worst", 0}, {"bad", 1}, {"good", 2}, {"judge", 64}, {"mark", block}};

    ck_assert_uint_eq(weights->count, 2 * block);
    ck_assert_uint_eq(weights->judge_word, 1);
    ck_assert_uint_eq(weights->weigh_words, RANGES_BLOCK);
    ck_assert_uint_eq(weights->common_words, 2 * RANGES_BLOCK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t number = rows[i].number;

        ck_assert_str_eq(engine->rules->items[weights->rules[number]].name, rows[i].name);
        ck_assert_uint_eq(weights->numbers[weights->rules[number]], number);
        ck_assert(bits_has(weights->weighing, number) == (number < block));
        ck_assert(bits_has(weights->judging, number) == (number == 64));
        ck_assert(bits_has(weights->marking, number) == (number == block));
        ck_assert(bits_has(weights->plain, number));
    }
    ck_assert_uint_eq(weights->rules[3], NO_RULE);
    ck_assert_double_eq_tol(weights_share(&engine->rules->items[weights->rules[1]]), -1, 1e-12);
    given_release(engine);
}
END_TEST

/* The rules in a section have numbers of their own, in words behind those of the others. */
START_TEST(sections_have_words_of_their_own)
{
    struct engine *engine =
        given_engine("[host a.org]\nweigh -5 name=a\nmark m name=a-mark /a/\n"
                     "[]\nweigh 1 name=all\n[lang de]\nweigh 2 name=de\n"
                     "[host a.org]\nweigh -7 name=a-too\n[]\nweigh -1 name=any\n");
    static const char *const names[] = {"any", "all", "a-too", "a", "a-mark", "de"};
    const struct weights *weights = engine->weights;
    const uint32_t block = 64 * RANGES_BLOCK;

    ck_assert_uint_eq(weights->common_words, RANGES_BLOCK);
    ck_assert_uint_eq(weights->count, block + 4);
    ck_assert_uint_eq(weights->words, RANGES_BLOCK + 1);
    for (uint32_t i = 0; i < 6; i++) {
        uint32_t number = i < 2 ? i : block - 2 + i;

        ck_assert_str_eq(engine->rules->items[weights->rules[number]].name, names[i]);
        ck_assert_uint_eq(weights->numbers[weights->rules[number]], number);
    }
    for (uint32_t i = 2; i < block; i++)
        ck_assert_uint_eq(weights->rules[i], NO_RULE);
    given_release(engine);
}
END_TEST

/* The names of those that are for the document, and of the mark rules that ask. */
static void name_chosen(const struct chosen *chosen, const struct engine *engine,
                        struct given_text *names)
{
    names->length = 0;
    names->bytes[0] = '\0';
    for (size_t i = 0; i < 64 * ranges_count(&chosen->all); i++) {
        if (bits_has(chosen->holding, i)) {
            uint32_t rule = chosen_rule(chosen, &chosen->all, i / 64, i % 64);

            ck_assert_uint_eq(chosen_place(chosen, &chosen->all, engine->weights->numbers[rule]),
                              i);
            given_append(names, engine->rules->items[rule].name,
                         strlen(engine->rules->items[rule].name));
            given_append(names, " ", 1);
        }
    }
    for (size_t i = 0; i < chosen->asking_count; i++) {
        const char *name = engine->rules->items[chosen->asking[i]].name;

        given_append(names, "?", 1);
        given_append(names, name, strlen(name));
    }
}

START_TEST(a_document_has_the_words_of_its_sections)
{
    struct given_text text = {.length = 0}, names;
    static const struct {
        const char *host, *names;
        size_t more; /* words */
    } rows[] = {
        {NULL, "w m z ?m", 0},
        {"h1.org", "w m z a1 b1 ?b1?m", 1},
        {"h99.org", "w m z a99 b99 ?b99?m", 1},
        {"h31.org", "w m z a31 b31 ?b31?m", 1},
        {"other.org", "w m z ?m", 0},
        {"both.org", "w m z a1 b1 a99 b99 both ?b1?b99?m", 2},
    };

    for (unsigned i = 0; i < 100; i++) {
        char rules[128];

        snprintf(rules, sizeof rules, "[host h%u.org%s]\nweigh -1 name=a%u\nmark y is=x name=b%u\n",
                 i, i == 1 || i == 99 ? " both.org" : "", i, i);
        given_append(&text, rules, strlen(rules));
    }
    append(&text, "[host both.org]\nweigh 2 name=both\n[]\nweigh 1 name=w\nmark x isnt=z "
                  "name=m\nmark z /z/ name=z\n");

    struct engine *engine = given_engine(text.bytes);
    struct chosen chosen = given_chosen(engine);
    struct holding holding = {0};

    ck_assert(holding_init(&holding, engine->rules->sections));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        holding_choose(&holding, engine->rules->sections, rows[i].host, NULL);
        chosen_hold(&chosen, &holding);
        name_chosen(&chosen, engine, &names);
        ck_assert_str_eq(names.bytes, rows[i].names);
        ck_assert_uint_eq(ranges_count(&chosen.all), 2 * RANGES_BLOCK + rows[i].more);
        ck_assert_uint_eq(ranges_count(&chosen.weighing), RANGES_BLOCK + rows[i].more);
    }
    holding_release(&holding);
    chosen_release(&chosen);
    given_release(engine);
}
END_TEST

/* Conditions, as many at a time as come out of random, and lines that are near their bounds. */
static const char *const conditions[] = {
    "min-words=2", "min-words=5",  "max-words=5",       "max-words=9",
    "min-chars=9", "max-chars=20", "end=sentence",      "end=none",
    "end=colon",   "end=comma",    "end=question",      "end=ellipsis",
    "case=upper",  "case=title",   "digits=20",         "bullet",
    "commas=1",    "commas=2",     "sentences=1",       "sentences=2",
    "function=1",  "function=2",   "function-share=40", "function-share=50",
    "lower=50",    "lower=100",    "no-lower",          "indent=1",
    "indent=4",    "doubled",      "first=2",           "after=3w",
    "isnt=x",      "is=x",         "isnt=chrome",       "is=y is=x",
    "cells=2",     "cells=3",      "doubled is=x",      "cells=2 is=y",
    "/the/",       "/x/i",         "/^\\W*\\d/",        "/^\\W*[a-z]/",
};

static const char *const sections[] = {"[host a.org]", "[host b.org]", "[host *.org]",
                                       "[host c.net]", "[lang de]",    "[]"};
static const char *const hosts[] = {"a.org", "b.org", "x.a.org", "c.net", "d.net"};

static const char *const pieces[] = {
    "the ", "The ", "of ",  "OF ",      "river ", "RIVER ", "River ", "12 ",   "3",  ", ",
    ".",    "?",    "...",  ": ",       "    ",   "\t",     "- ",     "ä",     "Ä",  "\xff",
    "x",    "the",  "ſix ", "it’s ",    "ABCD ",  "Abcd ",  "abcd ",  "、",    "的", "١٢ ",
    "+ ",   "»",    "\"",   "\xe2\x80", "Ǆabc ",  "don't ", "İabc ",  "éabc ",
};

#define PICK(list) ((list)[random_next(state) % (sizeof(list) / sizeof *(list))])

static struct engine *random_rules(unsigned *state)
{
    struct given_text text = {.length = 0};

    append(&text, "function the of 的\nmark x /x/\nmark y max-words=4\nmark chrome /river/\n");
    for (unsigned i = 0; i < 150; i++) {
        const char *regex = NULL;

        if (i >= 90 && i % 4 == 0) {
            append(&text, PICK(sections));
            append(&text, "\nmark y is=x max-words=3\n");
        }

        append(&text, "weigh 1");
        for (unsigned left = random_next(state) % 3; left > 0; left--) {
            const char *condition = PICK(conditions);

            if (*condition == '/') {
                regex = condition;
                continue;
            }
            append(&text, " ");
            append(&text, condition);
        }
        if (regex) {
            append(&text, " ");
            append(&text, regex);
        }
        append(&text, "\n");
    }
    return given_engine(text.bytes);
}

START_TEST(tables_say_what_asking_one_by_one_says)
{
    unsigned own = 5u + (unsigned)_i, *state = &own;

    for (unsigned round = 0; round < 25; round++) {
        struct engine *engine = random_rules(state);
        struct match *plain = match_create(engine, MATCH_PLAIN);
        struct match *tables = match_create(engine, MATCH_PREFILTER);

        ck_assert_ptr_nonnull(plain);
        ck_assert_ptr_nonnull(tables);
        const struct chosen *chosen = match_chosen(tables);
        for (unsigned i = 0; i < 200; i++) {
            const struct position position = {.line = 1 + random_next(state) % 4,
                                              .words = random_next(state) % 5};
            struct given_text line = {.length = 0};
            struct matched expected, found;

            append(&line, PICK(pieces));
            for (unsigned left = random_next(state) % 12; left > 0; left--)
                append(&line, PICK(pieces));
            if (i % 8 == 0) {
                const char *host = PICK(hosts), *language = random_next(state) % 2 ? "de" : NULL;

                match_document(plain, host, language);
                match_document(tables, host, language);
            }
            ck_assert(match_line(plain, line.bytes, line.length, &position, &expected));
            ck_assert(match_line(tables, line.bytes, line.length, &position, &found));
            ck_assert_uint_eq(found.marks, expected.marks);
            for (size_t place = 0; place < 64 * ranges_count(&chosen->weighing); place++)
                ck_assert_msg(bits_has(found.weighs, place) == bits_has(expected.weighs, place),
                              "line %zu for: %s",
                              engine->rules
                                  ->items[chosen_rule(chosen, &chosen->weighing, place / 64,
                                                      (unsigned)place % 64)]
                                  .line,
                              line.bytes);
        }
        match_destroy(plain);
        match_destroy(tables);
        given_release(engine);
    }
}
END_TEST

Suite *weights_suite(void);

Suite *weights_suite(void)
{
    Suite *suite = suite_create("weights");
    TCase *tests = tcase_create("weights");

    tcase_add_loop_test(tests, surroundings_must_suit, 0,
                        (int)(sizeof around_rows / sizeof *around_rows));
    tcase_add_test(tests, what_follows_must_suit);
    tcase_add_test(tests, what_weighs_comes_first_the_worst_in_front);
    tcase_add_test(tests, sections_have_words_of_their_own);
    tcase_add_test(tests, a_document_has_the_words_of_its_sections);
    tcase_add_loop_test(tests, tables_say_what_asking_one_by_one_says, 0, 4);
    suite_add_tcase(suite, tests);
    return suite;
}
