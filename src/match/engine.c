#include "match/engine.h"

#include "base/number.h"
#include "regex/ways.h"

#include <stdlib.h>

/* A bound in characters, in bytes: a character has one to four. */
static uint32_t times_four(uint32_t characters)
{
    return characters > REGEX_UNBOUNDED / 4 ? REGEX_UNBOUNDED : 4 * characters;
}

static const struct required nothing = {.max_length = REGEX_UNBOUNDED};

/* What the prefilter is to know of a rule. */
static struct prefilter_rule prefilter_rule_of(const struct rules *rules, const struct rule *rule)
{
    struct range words = rule_asks(rule, FACT_WORDS), chars = rule_asks(rule, FACT_CHARS);
    struct prefilter_rule known = {.required = &nothing, .min_length = UINT32_MAX};

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

/* Which rules the trials are listed of: all, or those that were added to an image's. */
struct listing {
    const struct rules *rules;
    const bool *leave; /* by rule; NULL: none */
};

static bool is_left(const struct listing *listing, uint32_t rule)
{
    return listing->leave && listing->leave[rule];
}

static size_t count_trials(const struct listing *listing)
{
    const struct rules *rules = listing->rules;
    size_t count = 0;

    for (uint32_t i = 0; i < rules->count; i++)
        if (!is_left(listing, i))
            count += is_parted(&rules->items[i]) ? rules->items[i].required->ways_count : 1;
    return count;
}

/* Of ways, the patterns are numbered from PATTERNS on; where the next one would be. */
static uint32_t list_trials(const struct listing *listing, uint32_t patterns, struct trial *trials,
                            struct prefilter_rule *listed)
{
    const struct rules *rules = listing->rules;

    for (uint32_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        struct prefilter_rule known;

        if (is_left(listing, i))
            continue;
        known = prefilter_rule_of(rules, rule);

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

/* Moves the regexes of ways side by side. */
static bool gather_regexes(struct trial *trials, size_t count, const struct rules *rules,
                           struct arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        struct regex *regex;

        if (trials[i].pattern < rules->count)
            continue;
        regex = arena_take(arena, sizeof *regex);
        if (!regex)
            return false;
        *regex = *trials[i].regex;
        trials[i].regex = regex;
    }
    return true;
}

static bool build_prefilter(struct engine *engine, const struct rules *rules, struct arena *arena)
{
    const struct listing listing = {.rules = rules};
    size_t count = count_trials(&listing);
    struct prefilter_rule *listed = calloc(count + 1, sizeof *listed);
    struct trial *trials = arena_array(arena, count + 1, sizeof *trials);

    if (listed && trials && count < UINT32_MAX) {
        engine->patterns = list_trials(&listing, rules->count, trials, listed);
        engine->trials = trials;
        engine->trials_count = engine->added = (uint32_t)count;
        if (gather_regexes(trials, count, rules, arena))
            engine->prefilter = prefilter_create(arena, NULL, listed, count);
    }
    free(listed);
    return engine->prefilter != NULL;
}

/* Whatever its section: that is asked for with the other conditions. */
static struct prefilter_rule pass_rule_of(const struct rule *rule)
{
    struct prefilter_rule known = {.required = &nothing, .max_length = REGEX_UNBOUNDED};

    if (rule->regex.text)
        known.required = rule->required;
    return known;
}

static bool is_passing(const struct rules *rules, uint32_t rule)
{
    return rules->items[rule].verb == VERB_PASS && rules_decides(rules, &rules->items[rule]);
}

/* Behind those that PASSING has, of COUNT, lists the pass rules that LEAVE does not have; returns
 * how many there are then. */
static uint32_t list_passes(const struct listing *listing, uint32_t *passing, uint32_t count,
                            struct prefilter_rule *listed)
{
    for (uint32_t i = 0; i < listing->rules->count; i++) {
        if (is_left(listing, i) || !is_passing(listing->rules, i))
            continue;
        *listed++ = pass_rule_of(&listing->rules->items[i]);
        passing[count++] = i;
    }
    return count;
}

/* The pass rules of an image, if there is one, as they are numbered now, and the others. */
static bool build_passes(struct engine *engine, const struct listing *listing, struct arena *arena)
{
    const struct rules *rules = listing->rules;
    uint32_t known = engine->passing_count;
    size_t count = known + (size_t)1;
    struct prefilter_rule *listed;
    uint32_t *passing;

    for (uint32_t i = 0; i < rules->count; i++)
        count += !is_left(listing, i) && is_passing(rules, i);
    listed = calloc(count, sizeof *listed);
    passing = arena_array(arena, count, sizeof *passing);
    if (listed && passing) {
        for (uint32_t i = 0; i < known; i++)
            passing[i] = rules->moved ? rules->moved[engine->passing[i]] : engine->passing[i];
        engine->passing = passing;
        engine->passing_count = list_passes(listing, passing, known, listed);
        engine->passes =
            prefilter_create(arena, engine->passes, listed, engine->passing_count - known);
    }
    free(listed);
    return listed && passing && engine->passes;
}

bool engine_build(struct engine *engine, const struct rules *rules, struct arena *arena)
{
    const struct listing listing = {.rules = rules};

    if (rules->weigh_count)
        engine->weights = weights_create(arena, rules->items, rules->count);
    return (engine->weights || !rules->weigh_count) && build_prefilter(engine, rules, arena) &&
           build_passes(engine, &listing, arena);
}

/* The same trials, of the rules and patterns as they are numbered now. */
static void renumber(const struct engine *base, const struct rules *rules, struct trial *trials)
{
    uint32_t count = rules->base->count, added = rules->count - count;

    for (uint32_t i = 0; i < base->trials_count; i++) {
        struct trial trial = base->trials[i];
        bool is_way = trial.pattern >= count;

        if (rules->moved)
            trial.rule = rules->moved[trial.rule];
        trial.pattern = is_way ? trial.pattern + added : trial.rule;
        trials[i] = trial;
    }
}

/* Adds the prefilter and the trials of those rules that LEAVE does not have. */
static bool add_trials(struct engine *engine, const bool *leave)
{
    const struct rules *rules = engine->rules;
    const struct engine base = *engine;
    const struct listing listing = {rules, leave};
    size_t count = count_trials(&listing), all = base.trials_count + count;
    struct prefilter_rule *listed = calloc(count + 1, sizeof *listed);
    struct trial *trials = arena_array(&engine->arena, all + 1, sizeof *trials);
    bool good = listed && trials && all < UINT32_MAX;

    if (good) {
        renumber(&base, rules, trials);
        engine->trials = trials;
        engine->trials_count = (uint32_t)all;
        engine->patterns = list_trials(&listing, base.patterns + rules->count - rules->base->count,
                                       trials + base.trials_count, listed);
        engine->added = base.trials_count;
        engine->prefilter = prefilter_create(&engine->arena, base.prefilter, listed, count);
    }
    free(listed);
    return good && engine->prefilter;
}

/* Whether the weights are not those of the image any more. */
static bool weighs_otherwise(const struct rules *rules, const bool *leave)
{
    if (rules->moved && rules->weigh_count)
        return true;
    for (uint32_t i = 0; i < rules->count; i++)
        if (!leave[i] && rules->items[i].weighing)
            return true;
    return false;
}

/* Adds what is to be built of rules that were added to those of the image. */
static bool add_rules(struct engine *engine)
{
    const struct rules *rules = engine->rules;
    bool *leave = calloc(rules->count + (size_t)1, sizeof *leave), good = leave != NULL;

    for (uint32_t i = 0; good && i < rules->base->count; i++)
        leave[rules->moved ? rules->moved[i] : i] = true;
    if (good && rules->weigh_count && weighs_otherwise(rules, leave)) {
        engine->weights = weights_create(&engine->arena, rules->items, rules->count);
        good = engine->weights != NULL;
    }
    good = good && add_trials(engine, leave) &&
           build_passes(engine, &(struct listing){rules, leave}, &engine->arena);
    free(leave);
    return good;
}

struct engine *engine_create(const struct rules *rules)
{
    struct engine *engine = calloc(1, sizeof *engine);
    bool good;

    if (!engine)
        return NULL;
    if (rules->engine)
        *engine = *rules->engine;
    engine->rules = rules;
    if (!rules->engine)
        good = engine_build(engine, rules, &engine->arena);
    else
        good = rules->count == rules->base->count || add_rules(engine);
    if (good)
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
