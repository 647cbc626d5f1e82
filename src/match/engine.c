#include "match/engine.h"

#include "base/number.h"

#include <stdlib.h>

/* A bound in characters, in bytes: a character has one to four. */
static uint32_t times_four(uint32_t characters)
{
    return characters > REGEX_UNBOUNDED / 4 ? REGEX_UNBOUNDED : 4 * characters;
}

/* What the prefilter is to know of a rule; one without a regex, or that asks for marks, is never a
 * candidate. */
static struct prefilter_rule prefilter_rule_of(const struct rules *rules, const struct rule *rule)
{
    static const struct required none = {.max_length = REGEX_UNBOUNDED};
    struct range words = rule_asks(rule, FACT_WORDS), chars = rule_asks(rule, FACT_CHARS);
    struct prefilter_rule known = {.required = &none, .min_length = UINT32_MAX};

    known.max_length = times_four(chars.most);
    known.section = rule->section;
    known.is_apart = sections_at(rules->sections, rule->section)->is_host;
    if (!rule->regex.text || (rule->weighing && weighing_asks(rule->weighing, rule->verb)))
        return known;
    known.required = rule->required;
    known.min_length = (uint32_t)number_larger(chars.least, words.least ? 2 * words.least - 1 : 0);
    return known;
}

static bool build_prefilter(struct engine *engine, const struct rules *rules, struct arena *arena)
{
    struct prefilter_rule *listed = calloc(rules->count + (size_t)1, sizeof *listed);

    for (uint32_t i = 0; listed && i < rules->count; i++)
        listed[i] = prefilter_rule_of(rules, &rules->items[i]);
    if (listed)
        engine->prefilter = prefilter_create(arena, listed, rules->count);
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
