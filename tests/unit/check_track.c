#include "decide/track.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "given.h"
#include "random.h"

#define LINES 6  /* of which all paths can be gone */
#define CHAIN 30 /* fewer than are held */
#define KINDS 3

struct chain {
    struct engine *engine;
    struct track *track;
    uint32_t kinds[CHAIN];
    size_t count;
};

static double random_weight(unsigned *state)
{
    return (double)random_next(state) / 8192 - 2;
}

/* Rules of random weights, one for each kind of line, and random steps about STEP. */
static struct engine *random_rules(unsigned *state, double step)
{
    static const char *const steps[] = {
        "before-before", "before-article", "article-article", "article-gap", "article-past",
        "gap-gap",       "gap-article",    "gap-past",        "past-past",   "past-article"};
    char text[2000];
    size_t used = 0;

    for (unsigned kind = 0; kind < KINDS; kind++)
        used += (size_t)snprintf(
            text + used, sizeof text - used, "weigh %.3f before=%.3f gap=%.3f past=%.3f\n",
            random_weight(state), random_weight(state), random_weight(state), random_weight(state));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "set %s %.3f\n", steps[i],
                                 step + random_weight(state));
    ck_assert_uint_lt(used, sizeof text);
    return given_engine(text);
}

static void add_weighed(struct track *track, uint64_t number, const uint64_t *weighs)
{
    const struct matched matched = {.text = "a line",
                                    .length = 6,
                                    .edited_by = NO_RULE,
                                    .protector = NO_RULE,
                                    .head = NO_RULE,
                                    .headline = NO_RULE,
                                    .weighs = weighs};

    track_note(track, number, &matched);
    track_add(track, NO_RULE);
}

static void add_line(struct track *track, const struct engine *engine, uint64_t number,
                     uint32_t weigh)
{
    uint64_t weighs[RANGES_BLOCK] = {0};

    bits_add(weighs, engine->weights->numbers[weigh]);
    add_weighed(track, number, weighs);
}

static bool can_follow(enum state from, enum state to)
{
    return from == to || to == STATE_ARTICLE || (from == STATE_ARTICLE && to != STATE_BEFORE) ||
           (from == STATE_GAP && to == STATE_PAST);
}

/* Every path there is: the weight of those in which LINE is article, among all. */
static double by_all_paths(const struct chain *chain, size_t line)
{
    const double(*steps)[STATES] = chain->engine->rules->parameters.steps;
    double all = 0, article = 0;
    unsigned paths = 1;

    for (size_t i = 0; i < chain->count; i++)
        paths *= STATES;
    for (unsigned path = 0; path < paths; path++) {
        enum state before = STATE_BEFORE, there = STATE_BEFORE;
        unsigned rest = path;
        double worth = 0;
        bool possible = true;

        for (size_t i = 0; i < chain->count && possible; i++, rest /= STATES) {
            enum state state = rest % STATES;

            possible = i == 0 ? state == STATE_BEFORE || state == STATE_ARTICLE
                              : can_follow(before, state);
            worth += chain->engine->rules->items[chain->kinds[i]].weighing->weights[state] +
                     (i ? steps[before][state] : 0);
            before = state;
            if (i == line)
                there = state;
        }
        if (!possible)
            continue;
        all += exp(worth);
        article += there == STATE_ARTICLE ? exp(worth) : 0;
    }
    return article / all;
}

START_TEST(probabilities_are_those_of_all_paths)
{
    unsigned state = 7;

    for (unsigned round = 0; round < 200; round++) {
        struct chain chain = {.engine = random_rules(&state, 0)};
        struct chosen chosen;
        const struct track_line *line;
        size_t number = 0;

        chain.count = 1 + random_next(&state) % LINES;
        chosen = given_chosen(chain.engine);
        chain.track = track_create(chain.engine->rules, &chosen);
        for (size_t i = 0; i < chain.count; i++) {
            chain.kinds[i] = random_next(&state) % KINDS;
            add_line(chain.track, chain.engine, i, chain.kinds[i]);
            ck_assert_ptr_null(track_next(chain.track)); /* nothing is without doubt */
        }
        track_end(chain.track);
        for (; (line = track_next(chain.track)); number++) {
            double expected = by_all_paths(&chain, number);

            ck_assert_uint_eq(line->sequence, number);
            ck_assert_double_eq_tol(line->probability, expected, 1e-9);
            ck_assert(line->is_article == (expected > 0.5));
        }
        ck_assert_uint_eq(number, chain.count);
        track_destroy(chain.track);
        chosen_release(&chosen);
        given_release(chain.engine);
    }
}
END_TEST

/* The same for many lines, by all paths up to the line and all behind it. */
static double by_sums(const struct chain *chain, size_t line)
{
    const double(*steps)[STATES] = chain->engine->rules->parameters.steps;
    double forward[STATES] = {0}, backward[STATES] = {1, 1, 1, 1}, all = 0;

    for (size_t i = 0; i <= line; i++) {
        const double *weights = chain->engine->rules->items[chain->kinds[i]].weighing->weights;
        double there[STATES] = {0}, sum = 0;

        for (int to = 0; to < STATES; to++) {
            there[to] = i == 0 && to <= STATE_ARTICLE;
            for (int from = 0; from < STATES && i > 0; from++)
                there[to] += can_follow((enum state)from, (enum state)to)
                                 ? forward[from] * exp(steps[from][to])
                                 : 0;
            sum += there[to] *= exp(weights[to]);
        }
        for (int to = 0; to < STATES; to++)
            forward[to] = there[to] / sum;
    }
    for (size_t i = chain->count - 1; i > line; i--) {
        const double *weights = chain->engine->rules->items[chain->kinds[i]].weighing->weights;
        double before[STATES] = {0}, sum = 0;

        for (int from = 0; from < STATES; from++) {
            for (int to = 0; to < STATES; to++)
                before[from] += can_follow((enum state)from, (enum state)to)
                                    ? backward[to] * exp(weights[to] + steps[from][to])
                                    : 0;
            sum += before[from];
        }
        for (int from = 0; from < STATES; from++)
            backward[from] = before[from] / sum;
    }
    for (int state = 0; state < STATES; state++)
        all += forward[state] * backward[state];
    return forward[STATE_ARTICLE] * backward[STATE_ARTICLE] / all;
}

START_TEST(long_chains_and_large_steps)
{
    static const double about[] = {0, -60, 60, -600};
    unsigned state = 11;

    for (unsigned round = 0; round < 60; round++) {
        struct chain chain = {.engine = random_rules(&state, about[_i])};
        struct chosen chosen = given_chosen(chain.engine);
        const struct track_line *line;
        size_t number = 0;

        chain.count = CHAIN;
        chain.track = track_create(chain.engine->rules, &chosen);
        for (size_t i = 0; i < chain.count; i++) {
            chain.kinds[i] = random_next(&state) % KINDS;
            add_line(chain.track, chain.engine, i, chain.kinds[i]);
        }
        track_end(chain.track);
        for (; (line = track_next(chain.track)); number++)
            ck_assert_double_eq_tol(line->probability, by_sums(&chain, number), 1e-6);
        ck_assert_uint_eq(number, chain.count);
        track_destroy(chain.track);
        chosen_release(&chosen);
        given_release(chain.engine);
    }
}
END_TEST

START_TEST(sure_lines_are_decided_early)
{
    struct engine *engine = given_engine("weigh 9\nweigh -9\nweigh 0\nset doubt 0.01");
    struct chosen chosen = given_chosen(engine);
    struct track *track = track_create(engine->rules, &chosen);
    static const uint32_t kinds[] = {0, 1, 2};
    const struct track_line *line;

    add_line(track, engine, 0, kinds[0]);
    track_blank(track, 1);
    ck_assert_ptr_null(track_next(track)); /* until what follows is known */
    add_line(track, engine, 1, kinds[2]);
    line = track_next(track);
    ck_assert(line && line->is_article && line->rule == NO_RULE);
    add_line(track, engine, 2, kinds[1]);
    add_line(track, engine, 3, kinds[1]);
    ck_assert_ptr_null(track_next(track)); /* the third is decided, but not in front */
    track_force(track);
    ck_assert_uint_eq(track_next(track)->sequence, 1);
    line = track_next(track);
    ck_assert(line && !line->is_article && line->rule == 1);
    ck_assert(track_is_open(track));
    track_force(track); /* though what follows is not known */
    ck_assert_uint_eq(track_next(track)->sequence, 3);
    ck_assert(!track_is_open(track));
    track_destroy(track);
    chosen_release(&chosen);
    given_release(engine);
}
END_TEST

/* The chain is as sure as may be that both are article; the second line is judged as the last. */
START_TEST(lines_are_judged_at_the_end)
{
    struct engine *engine =
        given_engine("weigh 9\njudge -3 !p-prev=1\njudge -5 p-prev=90 !p-next=1\nset doubt 0.5");
    struct chosen chosen = given_chosen(engine);
    struct track *track = track_create(engine->rules, &chosen);
    uint64_t weighs[2 * RANGES_BLOCK] = {0};
    const struct track_line *line;

    for (uint32_t rule = 0; rule < 3; rule++)
        bits_add(weighs, engine->weights->numbers[rule]);
    for (uint64_t number = 0; number < 2; number++)
        add_weighed(track, number, weighs);
    ck_assert_ptr_null(track_next(track)); /* whatever may be doubted */
    track_end(track);
    line = track_next(track);
    ck_assert(line && line->is_article);
    ck_assert_double_eq_tol(line->probability, 1 / (1 + exp(3 - log(49))), 1e-6);
    line = track_next(track);
    ck_assert(line && !line->is_article && line->rule == 2);
    ck_assert_double_eq_tol(line->probability, 1 / (1 + exp(5 - log(49))), 1e-6);
    track_destroy(track);
    chosen_release(&chosen);
    given_release(engine);
}
END_TEST

/* The chain is sure that all lines are article; two are judged to be somewhat unlikely, and
 * somewhat likely, and then together. */
static void check_groups(const char *text, const uint32_t *hits, const char *stays)
{
    struct engine *engine = given_engine(text);
    struct chosen chosen = given_chosen(engine);
    struct track *track = track_create(engine->rules, &chosen);
    uint64_t weighs[2 * RANGES_BLOCK];

    for (uint64_t number = 0; stays[number]; number++) {
        memset(weighs, 0, sizeof weighs);
        for (uint32_t rule = 0; hits[number] >> rule; rule++)
            if (hits[number] >> rule & 1)
                bits_add(weighs, engine->weights->numbers[rule]);
        add_weighed(track, number, weighs);
    }
    track_end(track);
    for (uint64_t number = 0; stays[number]; number++)
        ck_assert_msg(track_next(track)->is_article == (stays[number] == '+'), "%s: line %d", text,
                      (int)number);
    track_destroy(track);
    chosen_release(&chosen);
    given_release(engine);
}

START_TEST(groups_are_judged_together)
{
    static const uint32_t pair[] = {1, 11, 13, 1}, alone[] = {1, 11, 1, 1}, last[] = {1, 11, 13},
                          none[] = {1, 3, 5, 1};
    const char *enclosed = "weigh 9\njudge -4.89\njudge -3.39\ngroup .3 enclosed";

    check_groups(enclosed, pair, "++++");
    check_groups(enclosed, none, "+-++");
    check_groups(enclosed, alone, "+-++");
    check_groups(enclosed, last, "+-+");
    check_groups("weigh 9\njudge -4.89\njudge -3.39\ngroup 0", last, "+--");
    check_groups("weigh 9\njudge -4.89\njudge -3.39\ngroup .3", last, "+++");
}
END_TEST

/* All lines before it are before the article for sure, whatever they weigh. */
START_TEST(a_head_ends_what_is_before)
{
    struct engine *engine =
        given_engine("head hint first=3 /x/\nweigh 1 before=-1\nset doubt 0.01");
    struct chosen chosen = given_chosen(engine);
    struct track *track = track_create(engine->rules, &chosen);
    uint64_t weighs[RANGES_BLOCK] = {0};
    struct matched matched = {.text = "x",
                              .length = 1,
                              .edited_by = NO_RULE,
                              .protector = NO_RULE,
                              .head = 0,
                              .headline = NO_RULE,
                              .weighs = weighs};

    bits_add(weighs, engine->weights->numbers[1]);

    for (unsigned round = 0; round < 2; round++) {
        track_begin(track);
        add_line(track, engine, 0, 1);
        add_line(track, engine, 1, 1);
        ck_assert_ptr_null(track_next(track));
        track_note(track, 2, &matched);
        track_note(track, 3, &matched); /* only the first counts */
        track_add(track, NO_RULE);
        track_add(track, NO_RULE);
        track_end(track);
        for (unsigned line = 0; line < 4; line++) {
            const struct track_line *decided = track_next(track);

            ck_assert(decided->is_article == (line >= 2));
            ck_assert(line >= 2 || decided->probability <= 0);
        }
    }
    track_begin(track);
    track_note(track, 0, &matched);
    track_add(track, NO_RULE);
    track_end(track);
    ck_assert(track_next(track)->is_article);
    track_destroy(track);
    chosen_release(&chosen);
    given_release(engine);
}
END_TEST

START_TEST(a_document_begins_anew)
{
    struct engine *engine = given_engine("weigh 1 before=0.3\nset before-before 3");
    struct chosen chosen = given_chosen(engine);
    struct track *track = track_create(engine->rules, &chosen);
    static const uint32_t kind = 0;
    double first;

    add_line(track, engine, 0, kind);
    track_end(track);
    first = track_next(track)->probability;
    for (unsigned i = 0; i < 5; i++) {
        track_begin(track);
        add_line(track, engine, 0, kind);
        track_end(track);
        ck_assert_double_eq(track_next(track)->probability, first);
    }
    track_destroy(track);
    chosen_release(&chosen);
    given_release(engine);
}
END_TEST

/* All rules that weigh are for other sites. */
START_TEST(an_empty_set_is_one)
{
    struct engine *engine = given_engine("[host a.org]\nweigh -5\n");
    struct chosen chosen = given_chosen(engine);
    struct track *track = track_create(engine->rules, &chosen);
    const struct matched matched = {.text = "x",
                                    .length = 1,
                                    .edited_by = NO_RULE,
                                    .protector = NO_RULE,
                                    .head = NO_RULE,
                                    .headline = NO_RULE};
    const struct track_line *line;

    track_note(track, 0, &matched);
    track_add(track, NO_RULE);
    track_end(track);
    line = track_next(track);
    ck_assert_ptr_nonnull(line);
    ck_assert_ptr_nonnull(line->weighs);
    ck_assert_uint_eq(line->rule, NO_RULE);
    track_destroy(track);
    chosen_release(&chosen);
    given_release(engine);
}
END_TEST

START_TEST(without_weights_there_is_none)
{
    struct engine *engine = given_engine("drop /x/");

    ck_assert_ptr_null(track_create(engine->rules, NULL));
    track_destroy(NULL);
    given_release(engine);
}
END_TEST

Suite *track_suite(void);

Suite *track_suite(void)
{
    Suite *suite = suite_create("track");
    TCase *tests = tcase_create("track");

    tcase_add_test(tests, probabilities_are_those_of_all_paths);
    tcase_add_loop_test(tests, long_chains_and_large_steps, 0, 4);
    tcase_add_test(tests, sure_lines_are_decided_early);
    tcase_add_test(tests, lines_are_judged_at_the_end);
    tcase_add_test(tests, groups_are_judged_together);
    tcase_add_test(tests, a_head_ends_what_is_before);
    tcase_add_test(tests, a_document_begins_anew);
    tcase_add_test(tests, an_empty_set_is_one);
    tcase_add_test(tests, without_weights_there_is_none);
    suite_add_tcase(suite, tests);
    return suite;
}
