#include "match/passes.h"

#include "match/conditions.h"
#include "match/state.h"

/* Puts a pass rule among the hits of the rules behind it, which it ends unless what is around the
 * line has a say. */
static void add_pass(struct matched *matched, uint32_t index, bool is_sure)
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
    matched->hit_count = is_sure ? at + 1 : count + 1;
}

void passes_try(struct match *match, struct facts *facts, const struct position *position,
                struct matched *matched)
{
    for (uint32_t i = 0; i < match->passes_count && !matched->is_protected; i++) {
        uint32_t index = match->passes[i];
        const struct rule *rule = &match->rules->items[index];
        uint32_t last = matched->hits[matched->hit_count - 1];
        enum pattern_status status;

        if (index > last)
            return;
        /* another's rule takes nothing back of what a user's own says */
        if (!rule->source->binds && rule_is_own(&match->rules->items[last]))
            continue;
        if (rule->is & ~matched->marks || !conditions_meet(match, index, facts, position))
            continue;
        status = rule->regex.text ? conditions_find(match, index, facts, 0, NULL) : PATTERN_MATCH;
        if (status == PATTERN_MATCH)
            add_pass(matched, index,
                     !(rule->asked.which & ASKED_AROUND) && !rule->about && !rule->under);
        else if (status != PATTERN_NO_MATCH)
            matched_protect(matched, index);
    }
}

bool passes_await_own(const struct match *match, const struct matched *matched)
{
    return matched->hit_count &&
           rule_is_final(&match->rules->items[matched->hits[matched->hit_count - 1]]);
}

bool passes_may_save(const struct match *match, const struct rule *rule)
{
    return match->passes_count && match->rules->has_own_drop && rule->verb == VERB_DROP &&
           !rule_is_own(rule);
}
