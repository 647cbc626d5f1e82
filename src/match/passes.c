#include "match/passes.h"

#include "match/conditions.h"
#include "match/state.h"

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
    const struct passing *passing = &match->passing;
    bool is_plain = match->way == MATCH_PLAIN, has_looked = is_plain;

    for (uint32_t i = 0; i < passing->count && !matched->is_protected; i++) {
        uint32_t index = passing->list[i];
        const struct rule *rule = &match->rules->items[index];
        bool binds = rule->source->binds; /* else it takes nothing back of what an own rule says */
        enum pattern_status status;

        if (index > matched->hits[matched->hit_count - 1])
            return;
        if (rule->is & ~matched->marks ||
            (!binds && !is_hit_behind(match, matched, index, false)) ||
            !conditions_meet(match, index, facts, position))
            continue;
        if (!has_looked)
            passing_look(passing, match->candidates.engine, facts->text, facts->length);
        has_looked = true;
        if (!is_plain && !passing_can_match(passing, index))
            continue;
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
    return match->passing.count && match->rules->has_own && !rule_is_own(rule);
}
