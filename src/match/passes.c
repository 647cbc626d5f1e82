#include "match/passes.h"

#include "match/conditions.h"
#include "match/state.h"

/* Whether a rule of the user's own hits the line behind the pass rule INDEX, which is none. */
static bool is_outvoted(const struct match *match, const struct matched *matched, uint32_t index)
{
    const struct rule *items = match->rules->items;

    if (items[index].source->binds)
        return false;
    for (uint32_t i = matched->hit_count; i > 0 && matched->hits[i - 1] > index; i--)
        if (rule_is_own(&items[matched->hits[i - 1]]))
            return true;
    return false;
}

/* Whether the pass rule INDEX has anything to take back: another's takes nothing back of what a
 * user's own says. */
static bool has_say(const struct match *match, const struct matched *matched, uint32_t index)
{
    const struct rule *items = match->rules->items;

    for (uint32_t i = matched->hit_count; i > 0 && matched->hits[i - 1] > index; i--)
        if (items[index].source->binds || !rule_is_own(&items[matched->hits[i - 1]]))
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
    for (uint32_t i = 0; i < match->passes_count && !matched->is_protected; i++) {
        uint32_t index = match->passes[i];
        const struct rule *rule = &match->rules->items[index];
        enum pattern_status status;

        if (index > matched->hits[matched->hit_count - 1])
            return;
        if (rule->is & ~matched->marks || !has_say(match, matched, index) ||
            !conditions_meet(match, index, facts, position))
            continue;
        status = rule->regex.text ? conditions_find(match, index, facts, 0, NULL) : PATTERN_MATCH;
        if (status == PATTERN_MATCH)
            add_pass(matched, index,
                     !(rule->asked.which & ASKED_AROUND) && !rule->about && !rule->under &&
                         !is_outvoted(match, matched, index));
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
    return match->passes_count && match->rules->has_own && !rule_is_own(rule);
}
