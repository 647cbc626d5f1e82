#include "match/weights.h"

#include <stdlib.h>
#include <string.h>

double weights_share(const struct rule *rule)
{
    const double *weights = rule->weighing->weights;
    double sum = 0;

    for (int state = 0; state < STATES; state++)
        sum += weights[state];
    return weights[STATE_ARTICLE] - sum / STATES;
}

/* What a rule is sorted by. */
struct ranked {
    double share;
    uint32_t rule;
    bool weighs;
};

static int compare(const void *one, const void *other)
{
    const struct ranked *left = one, *right = other;

    if (left->weighs != right->weighs)
        return left->weighs ? -1 : 1;
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

/* Numbers the rules. */
static bool number_rules(struct making *making, uint32_t count)
{
    struct weights *weights = making->weights;
    uint32_t *numbers = arena_alloc(making->arena, (count + (size_t)1) * sizeof *numbers), *rules;

    for (uint32_t i = 0; i < count; i++) {
        const struct rule *rule = &making->items[i];

        if (rule->weighing)
            making->ranked[weights->count++] = (struct ranked){
                rule->verb == VERB_WEIGH ? weights_share(rule) : 0, i, rule->verb == VERB_WEIGH};
    }
    qsort(making->ranked, weights->count, sizeof *making->ranked, compare);
    rules = arena_alloc(making->arena, (weights->count + (size_t)1) * sizeof *rules);
    if (!numbers || !rules)
        return false;
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = NO_RULE;
    for (uint32_t i = 0; i < weights->count; i++) {
        rules[i] = making->ranked[i].rule;
        numbers[rules[i]] = i;
        weights->weigh_count += making->ranked[i].weighs;
        weights->against += making->ranked[i].share < 0;
        weights->has_sections |= making->items[rules[i]].section != 0;
    }
    weights->rules = rules;
    weights->numbers = numbers;
    weights->words = bits_words(weights->count);
    weights->weigh_words = bits_words(weights->weigh_count);
    return true;
}

static const struct rule *rule_of(const struct making *making, uint32_t number)
{
    return &making->items[making->weights->rules[number]];
}

static bool fill_sets(const struct making *making)
{
    struct weights *weights = making->weights;
    size_t size = (weights->words + 1) * sizeof(uint64_t);
    uint64_t *plain = arena_alloc(making->arena, size);
    uint64_t *asking = arena_alloc(making->arena, size);
    uint64_t *placed = arena_alloc(making->arena, size);
    uint64_t *weighing = arena_alloc(making->arena, size);
    uint64_t *marking = arena_alloc(making->arena, size);
    double(*worth)[STATES] =
        arena_alloc(making->arena, (weights->weigh_count + (size_t)1) * sizeof *worth);

    if (!plain || !asking || !placed || !weighing || !marking || !worth)
        return false;
    for (uint32_t i = 0; i < weights->count; i++) {
        const struct rule *rule = rule_of(making, i);

        if (weighing_asks(rule->weighing, rule->verb))
            bits_add(asking, i);
        else if (!rule->regex.text)
            bits_add(plain, i);
        if (rule->first || rule->after)
            bits_add(placed, i);
        if (rule->weighing->marks)
            bits_add(marking, i);
        if (i >= weights->weigh_count)
            continue;
        bits_add(weighing, i);
        memcpy(worth[i], rule->weighing->weights, sizeof *worth);
    }
    weights->plain = plain;
    weights->asking = asking;
    weights->placed = placed;
    weights->weighing = weighing;
    weights->marking = marking;
    weights->worth = (const double(*)[STATES])worth;
    return true;
}

/* A table for each that can be asked of; those of what is around a line have the rules that weigh
 * alone. */
static bool fill_asked(const struct making *making)
{
    struct weights *weights = making->weights;

    for (unsigned which = 0; which < ASKED; which++) {
        uint32_t count = which < FACTS ? weights->count : weights->weigh_count;

        for (uint32_t i = 0; i < count; i++)
            making->ranges[i] = rule_asks(rule_of(making, i), which);
        if (!ranges_build(&weights->asked[which], making->arena, making->ranges, count))
            return false;
    }
    return true;
}

static bool fill_marks(const struct making *making)
{
    struct weights *weights = making->weights;

    for (int which = 0; which < MARKS_ASKED; which++) {
        for (uint32_t i = 0; i < weights->weigh_count; i++)
            making->marks[i] = rule_of(making, i)->weighing->asked[which];
        if (!ranges_build_bits(&weights->marks[which], making->arena, making->marks,
                               weights->weigh_count))
            return false;
    }
    return true;
}

const struct weights *weights_create(struct arena *arena, const struct rule *items, uint32_t count)
{
    struct making making = {.weights = arena_alloc(arena, sizeof(struct weights)),
                            .arena = arena,
                            .items = items,
                            .ranked = malloc((count + (size_t)1) * sizeof *making.ranked),
                            .ranges = malloc((count + (size_t)1) * sizeof *making.ranges),
                            .marks = malloc((count + (size_t)1) * sizeof *making.marks)};
    struct weights *weights = making.weights;
    bool good = weights && making.ranked && making.ranges && making.marks &&
                number_rules(&making, count) && fill_sets(&making) && fill_asked(&making) &&
                fill_marks(&making);

    free(making.ranked);
    free(making.ranges);
    free(making.marks);
    return good ? weights : NULL;
}
