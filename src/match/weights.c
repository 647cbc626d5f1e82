#include "match/weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double weights_share(const struct rule *rule)
{
    const double *weights = rule->weighing->weights;
    double sum = 0;

    if (verb_judges(rule->verb))
        return weights[STATE_ARTICLE];
    for (int state = 0; state < STATES; state++)
        sum += weights[state];
    return weights[STATE_ARTICLE] - sum / STATES;
}

/* In the order of their numbers. */
enum group { GROUP_WEIGHS, GROUP_JUDGES, GROUP_MARKS, GROUPS };

/* What a rule is sorted by. */
struct ranked {
    double share;
    uint32_t rule;
    uint32_t section;
    enum group group;
};

static int compare(const void *one, const void *other)
{
    const struct ranked *left = one, *right = other;

    if (left->section != right->section)
        return left->section < right->section ? -1 : 1;
    if (left->group != right->group)
        return left->group < right->group ? -1 : 1;
    if (left->share < right->share || left->share > right->share)
        return left->share < right->share ? -1 : 1;
    return left->rule < right->rule ? -1 : 1;
}

/* What the tables are made of, while they are. */
struct making {
    struct weights *weights;
    struct arena *arena;
    const struct rule *items;
    struct ranked *ranked;
    struct range *ranges;
    uint64_t *marks;
};

static enum group group_of(const struct rule *rule)
{
    if (!verb_weighs(rule->verb))
        return GROUP_MARKS;
    return rule->verb == VERB_JUDGE ? GROUP_JUDGES : GROUP_WEIGHS;
}

/* Group rules stand behind those that weigh: few words of a set then have any. */
static double sort_key(const struct rule *rule)
{
    return rule->verb == VERB_GROUP ? HUGE_VAL : verb_weighs(rule->verb) ? weights_share(rule) : 0;
}

/* Ranks the rules; returns how many there are. */
static size_t rank(const struct making *making, uint32_t count)
{
    struct weights *weights = making->weights;
    size_t ranked = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct rule *rule = &making->items[i];

        if (!rule->weighing)
            continue;
        making->ranked[ranked++] =
            (struct ranked){sort_key(rule), i, rule->section, group_of(rule)};
        if (rule->section >= weights->start_count)
            weights->start_count = rule->section + (size_t)1;
    }
    weights->start_count++;
    qsort(making->ranked, ranked, sizeof *making->ranked, compare);
    return ranked;
}

/* Puts the numbers of the next COUNT ranked rules, which are of one group, from NEXT on; returns
 * the first behind them that begins a word or, behind all that weigh or mark, a block. */
static uint32_t put_numbers(const struct ranked *ranked, size_t count, uint32_t next,
                            enum group group, uint32_t *numbers)
{
    for (size_t i = 0; i < count; i++)
        numbers[ranked[i].rule] = next++;
    return (uint32_t)(group == GROUP_WEIGHS ? bits_words(next) : ranges_words_for(next)) * 64;
}

/* How many of the LEFT ranked rules are in no section, and of the group. */
static size_t count_common(const struct ranked *ranked, size_t left, enum group group)
{
    size_t count = 0;

    while (count < left && ranked[count].section == 0 && ranked[count].group == group)
        count++;
    return count;
}

/* The first word with a group rule in no section; if there is none, that of the first that judges.
 */
static size_t find_group_word(const struct making *making, size_t ranked, const uint32_t *numbers)
{
    for (size_t i = 0; i < ranked && making->ranked[i].section == 0; i++)
        if (making->items[making->ranked[i].rule].verb == VERB_GROUP)
            return numbers[making->ranked[i].rule] / 64;
    return making->weights->judge_word;
}

/* Numbers the rules in no section; returns how many they are. */
static size_t number_common(struct making *making, size_t ranked, uint32_t *numbers)
{
    struct weights *weights = making->weights;
    uint32_t ends[GROUPS], next = 0;
    size_t done = 0;

    for (unsigned group = 0; group < GROUPS; group++) {
        size_t count = count_common(making->ranked + done, ranked - done, (enum group)group);

        ends[group] = next =
            put_numbers(making->ranked + done, count, next, (enum group)group, numbers);
        done += count;
    }
    weights->judge_word = ends[GROUP_WEIGHS] / 64;
    weights->group_word = find_group_word(making, ranked, numbers);
    weights->weigh_words = ends[GROUP_JUDGES] / 64;
    weights->common_words = ends[GROUP_MARKS] / 64;
    return done;
}

/* Numbers the rules. */
static bool number_rules(struct making *making, uint32_t count)
{
    struct weights *weights = making->weights;
    size_t ranked = rank(making, count), common, left;
    uint32_t *numbers = arena_alloc(making->arena, (count + (size_t)1) * sizeof *numbers), *rules;
    uint32_t *starts = arena_alloc(making->arena, weights->start_count * sizeof *starts), first;

    if (!numbers || !starts)
        return false;
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = NO_RULE;
    common = number_common(making, ranked, numbers);
    first = (uint32_t)weights->common_words * 64;
    put_numbers(making->ranked + common, ranked - common, first, GROUPS, numbers);
    weights->count = first + (uint32_t)(ranked - common);
    weights->words = bits_words(weights->count);
    rules = arena_alloc(making->arena, (weights->count + (size_t)1) * sizeof *rules);
    if (!rules)
        return false;
    for (uint32_t i = 0; i < weights->count; i++)
        rules[i] = NO_RULE;
    for (uint32_t i = 0; i < count; i++)
        if (numbers[i] != NO_RULE)
            rules[numbers[i]] = i;
    left = ranked;
    for (size_t section = weights->start_count; section-- > 0;) {
        while (left > common && making->ranked[left - 1].section >= section)
            left--;
        starts[section] = first + (uint32_t)(left - common);
    }
    weights->rules = rules;
    weights->numbers = numbers;
    weights->starts = starts;
    return true;
}

/* NULL: the number is nobody's. */
static const struct rule *rule_of(const struct making *making, uint32_t number)
{
    uint32_t rule = making->weights->rules[number];

    return rule == NO_RULE ? NULL : &making->items[rule];
}

static int compare_numbers(const void *one, const void *other)
{
    const uint32_t *left = one, *right = other;

    return (*left > *right) - (*left < *right);
}

static bool list_asking(const struct making *making)
{
    struct weights *weights = making->weights;
    uint32_t common = (uint32_t)weights->common_words * 64;
    uint32_t *asking = arena_alloc(making->arena, (common + (size_t)1) * sizeof *asking);

    if (!asking)
        return false;
    for (uint32_t i = 0; i < common; i++)
        if (bits_has(weights->asking, i))
            asking[weights->asking_count++] = weights->rules[i];
    qsort(asking, weights->asking_count, sizeof *asking, compare_numbers);
    weights->common_asking = asking;
    return true;
}

static bool fill_sets(const struct making *making)
{
    struct weights *weights = making->weights;
    size_t size = (weights->words + 1) * sizeof(uint64_t);
    uint64_t *plain = arena_alloc(making->arena, size);
    uint64_t *asking = arena_alloc(making->arena, size);
    uint64_t *placed = arena_alloc(making->arena, size);
    uint64_t *weighing = arena_alloc(making->arena, size);
    uint64_t *judging = arena_alloc(making->arena, size);
    uint64_t *grouping = arena_alloc(making->arena, size);
    uint64_t *late = arena_alloc(making->arena, size);
    uint64_t *marking = arena_alloc(making->arena, size);
    double(*worth)[STATES] =
        arena_alloc(making->arena, (weights->count + (size_t)1) * sizeof *worth);
    double *for_article =
        arena_alloc(making->arena, (weights->count + (size_t)1) * sizeof *for_article);

    if (!plain || !asking || !placed || !weighing || !judging || !grouping || !late || !marking ||
        !worth || !for_article)
        return false;
    for (uint32_t i = 0; i < weights->count; i++) {
        const struct rule *rule = rule_of(making, i);

        if (!rule)
            continue;
        if (weighing_asks(rule->weighing, rule->verb))
            bits_add(asking, i);
        else if (!rule->regex.text)
            bits_add(plain, i);
        if (rule->first || rule->after) {
            bits_add(placed, i);
            weights->placed = placed;
        }
        if (rule->weighing->marks)
            bits_add(marking, i);
        if (!verb_weighs(rule->verb))
            continue;
        bits_add(weighing, i);
        if (rule->verb == VERB_JUDGE)
            bits_add(judging, i);
        if (rule->verb == VERB_GROUP)
            bits_add(grouping, i);
        if (verb_judges(rule->verb))
            bits_add(late, i);
        memcpy(worth[i], rule->weighing->weights, sizeof *worth);
        for_article[i] = worth[i][STATE_ARTICLE];
    }
    weights->plain = plain;
    weights->asking = asking;
    weights->weighing = weighing;
    weights->judging = judging;
    weights->grouping = grouping;
    weights->late = late;
    weights->marking = marking;
    weights->for_article = for_article;
    weights->worth = (const double(*)[STATES])worth;
    return true;
}

/* A table for each that can be asked of. */
static bool fill_asked(const struct making *making)
{
    struct weights *weights = making->weights;

    for (unsigned which = 0; which < ASKED; which++) {
        for (uint32_t i = 0; i < weights->count; i++) {
            const struct rule *rule = rule_of(making, i);

            making->ranges[i] = rule ? rule_asks(rule, which) : (struct range){0, UINT32_MAX};
        }
        if (!ranges_build(&weights->asked[which], making->arena, making->ranges, weights->count))
            return false;
    }
    return true;
}

/* Mark rules ask before their line has all its marks, and not here. */
static bool fill_marks(const struct making *making)
{
    struct weights *weights = making->weights;

    for (int which = 0; which < MARKS_ASKED; which++) {
        for (uint32_t i = 0; i < weights->count; i++)
            making->marks[i] =
                bits_has(weights->weighing, i) ? rule_of(making, i)->weighing->asked[which] : 0;
        if (!ranges_build_bits(&weights->marks[which], making->arena, making->marks,
                               weights->count))
            return false;
    }
    return true;
}

const struct weights *weights_create(struct arena *arena, const struct rule *items, uint32_t count)
{
    size_t numbers = count + GROUPS * RANGES_BLOCK * 64; /* at most */
    struct making making = {.weights = arena_alloc(arena, sizeof(struct weights)),
                            .arena = arena,
                            .items = items,
                            .ranked = malloc((count + (size_t)1) * sizeof *making.ranked),
                            .ranges = malloc(numbers * sizeof *making.ranges),
                            .marks = malloc(numbers * sizeof *making.marks)};
    struct weights *weights = making.weights;
    bool good = weights && making.ranked && making.ranges && making.marks &&
                number_rules(&making, count) && fill_sets(&making) && list_asking(&making) &&
                fill_asked(&making) && fill_marks(&making);

    free(making.ranked);
    free(making.ranges);
    free(making.marks);
    return good ? weights : NULL;
}
