#include "match/engine.h"

#include "base/number.h"
#include "regex/ways.h"

#include <stdlib.h>

/* A bound in characters, in bytes: a character has one to four. */
static uint32_t times_four(uint32_t characters)
{
    return characters > REGEX_UNBOUNDED / 4 ? REGEX_UNBOUNDED : 4 * characters;
}

/* What the prefilter is to know of a rule. */
static struct prefilter_rule prefilter_rule_of(const struct rules *rules, const struct rule *rule)
{
    static const struct required none = {.max_length = REGEX_UNBOUNDED};
    struct range words = rule_asks(rule, FACT_WORDS), chars = rule_asks(rule, FACT_CHARS);
    struct prefilter_rule known = {.required = &none, .min_length = UINT32_MAX};

    known.section = rule->section;
    known.is_apart = sections_at(rules->sections, rule->section)->is_host;
    if (!rule_is_looked_for(rule))
        return known;
    known.required = rule->required;
    known.max_length = times_four(chars.most);
    known.min_length = (uint32_t)number_larger(chars.least, words.least ? 2 * words.least - 1 : 0);
    return known;
}

/* Whether a rule is tried way by way: where in the line it matches must not matter. */
static bool is_parted(const struct rule *rule)
{
    return rule->regex.text && rule->verb != VERB_STRIP && rule->required->ways_count > 0;
}

static size_t count_trials(const struct rules *rules)
{
    size_t count = 0;

    for (uint32_t i = 0; i < rules->count; i++)
        count += is_parted(&rules->items[i]) ? rules->items[i].required->ways_count : 1;
    return count;
}

/* How many patterns there are. */
static uint32_t list_trials(const struct rules *rules, struct trial *trials,
                            struct prefilter_rule *listed)
{
    uint32_t patterns = rules->count;

    for (uint32_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        struct prefilter_rule known = prefilter_rule_of(rules, rule);

        if (!is_parted(rule)) {
            *trials++ = (struct trial){i, i, &rule->regex};
            *listed++ = known;
            continue;
        }
        for (size_t j = 0; j < rule->required->ways_count; j++) {
            const struct way *way = &rule->required->ways[j];

            if (known.min_length != UINT32_MAX)
                known.required = &way->required;
            *trials++ = (struct trial){i, patterns++, &way->regex};
            *listed++ = known;
        }
    }
    return patterns;
}

static bool build_prefilter(struct engine *engine, const struct rules *rules, struct arena *arena)
{
    size_t count = count_trials(rules);
    struct prefilter_rule *listed = calloc(count + 1, sizeof *listed);
    struct trial *trials = arena_array(arena, count + 1, sizeof *trials);

    if (listed && trials && count < UINT32_MAX) {
        engine->patterns = list_trials(rules, trials, listed);
        engine->trials = trials;
        engine->trials_count = (uint32_t)count;
        engine->prefilter = prefilter_create(arena, listed, count);
    }
    free(listed);
    return engine->prefilter != NULL;
}

bool engine_build(struct engine *engine, const struct rules *rules, struct arena *arena)
{
    if (rules->weigh_count)
        engine->weights = weights_create(arena, rules->items, rules->count);
    return (engine->weights || !rules->weigh_count) && build_prefilter(engine, rules, arena);
}

struct engine *engine_create(const struct rules *rules)
{
    struct engine *engine = calloc(1, sizeof *engine);

    if (!engine)
        return NULL;
    if (rules->engine)
        *engine = *rules->engine;
    engine->rules = rules;
    if (rules->engine || engine_build(engine, rules, &engine->arena))
        return engine;
    engine_destroy(engine);
    return NULL;
}

void engine_destroy(struct engine *engine)
{
    if (!engine)
        return;
    arena_free(&engine->arena);
    free(engine);
}
