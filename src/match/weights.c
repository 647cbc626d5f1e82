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

static struct ranges_range at_least(uint64_t least)
{
    return (struct ranges_range){least, UINT64_MAX};
}

/* UINT32_MAX: no most. */
static struct ranges_range between(uint32_t least, uint32_t most)
{
    return (struct ranges_range){least, most == UINT32_MAX ? UINT64_MAX : most};
}

/* 0: all values. */
static struct ranges_range exactly(uint32_t value)
{
    return value ? (struct ranges_range){value, value} : RANGES_ANY;
}

static struct ranges_range at_most(uint32_t most)
{
    return most ? (struct ranges_range){0, most} : RANGES_ANY;
}

static struct ranges_range of_end(uint32_t end)
{
    struct ranges_range range = {UINT64_MAX, 0};

    if (!end)
        return RANGES_ANY;
    for (int found = 0; found < MEASURE_ENDS; found++) {
        uint64_t value = facts_end_value((enum measure_end)found);

        if (!measure_ends_as((enum measure_end)found, (enum measure_end)(end - 1)))
            continue;
        range.least = value < range.least ? value : range.least;
        range.most = value > range.most ? value : range.most;
    }
    return range;
}

static struct ranges_range of_fact(const struct rule *rule, int fact)
{
    const struct conditions *asked = &rule->conditions;

    switch ((enum fact)fact) {
    case FACT_WORDS:
        return between(asked->min_words, asked->max_words);
    case FACT_CHARS:
        return between(asked->min_chars, asked->max_chars);
    case FACT_END:
        return of_end(asked->end);
    case FACT_BULLET:
        return at_least(asked->bullet);
    case FACT_DIGITS:
        return at_least(asked->digits);
    case FACT_INDENT:
        return at_least(asked->indent);
    case FACT_COMMAS:
        return at_least(asked->commas);
    case FACT_FUNCTION:
        return at_least(asked->function);
    case FACT_FUNCTION_SHARE:
        return at_least(asked->function_share);
    case FACT_LOWER:
        return at_least(asked->lower);
    case FACT_NO_LOWER:
        return at_least(asked->no_lower);
    case FACT_DOUBLED:
        return at_least(asked->doubled);
    case FACT_UPPER:
        return at_least(asked->letter_case == CASE_UPPER);
    case FACT_TITLE:
        return at_least(asked->letter_case == CASE_TITLE);
    case FACTS:
        break;
    }
    return RANGES_ANY;
}

static struct ranges_range of_around(const struct rule *rule, int around)
{
    const struct context *asked = &rule->weighing->context;

    switch ((enum weights_around)around) {
    case AROUND_BLANKS:
        return exactly(asked->blanks);
    case AROUND_LEVEL:
        return exactly(asked->level);
    case AROUND_PROSE_LEVEL:
        return exactly(asked->prose_level);
    case AROUND_AS_PREVIOUS:
        return at_least(asked->as_previous);
    case AROUND_RUN:
        return at_least(asked->run);
    case AROUND_PROSE:
        return at_least(asked->prose);
    case AROUND_DENSITY:
        return at_least(asked->density);
    case AROUND_SINCE:
        return at_most(asked->since);
    case AROUND_REPEATED:
        return at_least(asked->repeated);
    case AROUND_NEXT:
        return exactly(asked->next);
    case AROUND_AS_NEXT:
        return at_least(asked->as_next);
    case AROUNDS:
        break;
    }
    return RANGES_ANY;
}

static uint64_t of_marks(const struct rule *rule, int which)
{
    const struct context *asked = &rule->weighing->context;
    const uint64_t marks[MARKS_ASKED] = {[MARKS_IS] = asked->is,
                                         [MARKS_ISNT] = asked->isnt,
                                         [MARKS_PREVIOUS] = asked->previous,
                                         [MARKS_NEXT] = asked->next_is,
                                         [MARKS_SEEN] = asked->seen,
                                         [MARKS_UNSEEN] = asked->unseen};

    return marks[which];
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
    struct ranges_range *ranges;
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
    uint64_t *placed = arena_alloc(making->arena, size);
    uint64_t *weighing = arena_alloc(making->arena, size);
    uint64_t *marking = arena_alloc(making->arena, size);
    double(*worth)[STATES] =
        arena_alloc(making->arena, (weights->weigh_count + (size_t)1) * sizeof *worth);

    if (!plain || !placed || !weighing || !marking || !worth)
        return false;
    for (uint32_t i = 0; i < weights->count; i++) {
        const struct rule *rule = rule_of(making, i);

        if (!rule->regex.text)
            bits_add(plain, i);
        if (rule->conditions.first || rule->conditions.after)
            bits_add(placed, i);
        if (rule->weighing->marks)
            bits_add(marking, i);
        if (i >= weights->weigh_count)
            continue;
        bits_add(weighing, i);
        memcpy(worth[i], rule->weighing->weights, sizeof *worth);
    }
    weights->plain = plain;
    weights->placed = placed;
    weights->weighing = weighing;
    weights->marking = marking;
    weights->worth = (const double(*)[STATES])worth;
    return true;
}

typedef struct ranges_range range_of(const struct rule *rule, int which);

/* A table for each of KINDS, of the first COUNT rules. */
static bool fill_bounds(const struct making *making, uint32_t count, range_of *range,
                        struct ranges *tables, int kinds)
{
    for (int kind = 0; kind < kinds; kind++) {
        for (uint32_t i = 0; i < count; i++)
            making->ranges[i] = range(rule_of(making, i), kind);
        if (!ranges_build(&tables[kind], making->arena, making->ranges, count))
            return false;
    }
    return true;
}

static bool fill_marks(const struct making *making)
{
    struct weights *weights = making->weights;

    for (int which = 0; which < MARKS_ASKED; which++) {
        for (uint32_t i = 0; i < weights->weigh_count; i++)
            making->marks[i] = of_marks(rule_of(making, i), which);
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
                number_rules(&making, count) && fill_sets(&making) &&
                fill_bounds(&making, weights->count, of_fact, weights->facts, FACTS) &&
                fill_bounds(&making, weights->weigh_count, of_around, weights->around, AROUNDS) &&
                fill_marks(&making);

    free(making.ranked);
    free(making.ranges);
    free(making.marks);
    return good ? weights : NULL;
}
