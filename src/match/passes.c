#include "match/passes.h"

#include "match/conditions.h"
#include "match/state.h"

#include <stdlib.h>
#include <string.h>

static uint32_t number_of(const struct engine *engine, uint32_t rule)
{
    for (uint32_t i = 0; i < engine->passing_count; i++)
        if (engine->passing[i] == rule)
            return i;
    return NO_RULE;
}

bool passes_init(struct passes *passes, const struct engine *engine, enum match_way way)
{
    const struct rules *rules = engine->rules;

    passes->list = calloc(rules->count + (size_t)1, sizeof *passes->list);
    passes->named = calloc(bits_words(engine->passing_count + (size_t)1), sizeof *passes->named);
    if (!passes->list || !passes->named)
        return false;
    for (uint32_t i = 0; i < rules->count; i++)
        if (rules->items[i].verb == VERB_PASS && rules_decides(rules, &rules->items[i]))
            passes->list[passes->count++] = (struct pass){i, number_of(engine, i)};
    if (passes->count && way != MATCH_PLAIN)
        passes->scratch = prefilter_scratch_create(engine->passes);
    return !passes->count || way == MATCH_PLAIN || passes->scratch;
}

void passes_release(struct passes *passes)
{
    prefilter_scratch_destroy(passes->scratch);
    free(passes->list);
    free(passes->named);
    *passes = (struct passes){0};
}

/* Finds out which can match the line. */
static void look(const struct match *match, const struct facts *facts)
{
    const struct passes *passes = &match->passes;
    const struct engine *engine = match->candidates.engine;
    const uint32_t *numbers;
    size_t count =
        prefilter_candidates(engine->passes, passes->scratch, facts->text, facts->length, &numbers);

    memset(passes->named, 0, bits_words(engine->passing_count) * sizeof *passes->named);
    for (size_t i = 0; i < count; i++)
        bits_add(passes->named, numbers[i]);
}

/* Whether a rule hits the line behind INDEX that is the user's own, or one that is not. */
static bool is_hit_behind(const struct match *match, const struct matched *matched, uint32_t index,
                          bool is_own)
{
    for (uint32_t i = matched->hit_count; i > 0 && matched->hits[i - 1] > index; i--)
        if (rule_is_own(&match->rules->items[matched->hits[i - 1]]) == is_own)
            return true;
    return false;
}

/* Puts a pass rule among the hits of the rules behind it, which it ends if IS_LAST. */
static void add_pass(struct matched *matched, uint32_t index, bool is_last)
{
    uint32_t at = 0, count = matched->hit_count;

    while (matched->hits[at] < index)
        at++;
    if (count == MATCH_HITS) { /* one that may come to nothing goes, not the final one */
        count--;
        matched->hits[count - 1] = matched->hits[count];
        at = at < count ? at : count - 1;
    }
    for (uint32_t i = count; i > at; i--)
        matched->hits[i] = matched->hits[i - 1];
    matched->hits[at] = index;
    matched->hit_count = is_last ? at + 1 : count + 1;
}

void passes_try(struct match *match, struct facts *facts, const struct position *position,
                struct matched *matched)
{
    const struct passes *passes = &match->passes;
    bool has_looked = false;

    for (uint32_t i = 0; i < passes->count && !matched->is_protected; i++) {
        uint32_t index = passes->list[i].rule, number = passes->list[i].number;
        const struct rule *rule = &match->rules->items[index];
        bool binds = rule->source->binds; /* else it takes nothing back of what an own rule says */
        enum pattern_status status;

        if (index > matched->hits[matched->hit_count - 1])
            return;
        if (rule->is & ~matched->marks ||
            (!binds && !is_hit_behind(match, matched, index, false)) ||
            !conditions_meet(match, index, facts, position))
            continue;
        if (passes->scratch && number != NO_RULE) {
            if (!has_looked)
                look(match, facts);
            has_looked = true;
            if (!bits_has(passes->named, number))
                continue;
        }
        status = rule->regex.text ? conditions_find(match, index, facts, 0, NULL) : PATTERN_MATCH;
        if (status == PATTERN_MATCH)
            add_pass(matched, index,
                     !(rule->asked.which & ASKED_AROUND) && !rule->about && !rule->under &&
                         (binds || !is_hit_behind(match, matched, index, true)));
        else if (status != PATTERN_NO_MATCH)
            matched_protect(matched, index);
    }
}

bool passes_await_own(const struct match *match, const struct matched *matched)
{
    for (uint32_t i = 0; i < matched->hit_count; i++)
        if (rule_is_final(&match->rules->items[matched->hits[i]]))
            return true;
    return false;
}

bool passes_may_save(const struct match *match, const struct rule *rule)
{
    return match->passes.count && match->rules->has_own && !rule_is_own(rule);
}
