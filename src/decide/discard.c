#include "decide/discard.h"

#include "base/number.h"

#include <stdlib.h>

bool discard_init(struct discard *discard, const struct rules *rules)
{
    *discard = (struct discard){.items = rules->items};
    if (!rules->discards)
        return true;
    discard->rules = calloc(rules->count, sizeof *discard->rules);
    if (!discard->rules)
        return false;
    for (uint32_t i = 0; i < rules->count; i++) {
        if (rules->items[i].verb != VERB_DOCUMENT)
            continue;
        discard->rules[discard->count++] = i;
        discard->asks_dropped |= rules->items[i].measure == MEASURE_DROPPED;
    }
    return true;
}

void discard_release(struct discard *discard)
{
    measures_release(&discard->measures);
    free(discard->rules);
}

void discard_begin(struct discard *discard)
{
    discard->waits = discard->count > 0;
    discard->is_given_up = false;
}

void discard_give_up(struct discard *discard)
{
    discard->is_given_up |= discard->waits;
    discard->waits = false;
}

bool discard_no_memory(const struct discard *discard)
{
    return measures_no_memory(&discard->measures);
}

/* The lines that are left, as they will be written. */
static void collect(struct measures *measures, const struct hold *hold, bool with_dropped)
{
    measures_begin(measures);
    for (uint64_t i = hold_first(hold); i < hold_next(hold); i++) {
        const struct held *entry = hold_at(hold, i);

        if (entry->verdict != VERDICT_KEEP) {
            if (with_dropped)
                measures_add_dropped(measures, entry->text, entry->length);
            continue;
        }
        measures_add(measures, entry->text, entry->length);
        measures_add(measures, line_ending_text(entry->ending), line_ending_size(entry->ending));
    }
}

/* The first rule with a regex that hits a line that is left, or NO_RULE. */
static uint32_t first_hit(const struct hold *hold)
{
    uint32_t first = NO_RULE;

    for (uint64_t i = hold_first(hold); i < hold_next(hold); i++) {
        const struct held *entry = hold_at(hold, i);

        if (entry->verdict == VERDICT_KEEP && !entry->is_blank)
            first = (uint32_t)number_smaller(first, entry->document);
    }
    return first;
}

/* The first rule that takes the document, or NO_RULE. */
static uint32_t find(struct discard *discard, const struct hold *hold)
{
    uint32_t hit = first_hit(hold);
    bool is_collected = false;

    for (uint32_t i = 0; i < discard->count; i++) {
        const struct rule *rule = &discard->items[discard->rules[i]];

        if (discard->rules[i] == hit)
            return hit;
        if (!rule->measure)
            continue;
        if (!is_collected)
            collect(&discard->measures, hold, discard->asks_dropped);
        is_collected = true;
        if (measures_meet(&discard->measures, rule))
            return discard->rules[i];
    }
    return NO_RULE;
}

void discard_end(struct discard *discard, struct hold *hold)
{
    uint32_t rule;

    if (!discard->waits)
        return;
    discard->waits = false;
    rule = find(discard, hold);
    for (uint64_t i = hold_first(hold); rule != NO_RULE && i < hold_next(hold); i++) {
        struct held *entry = hold_at(hold, i);

        if (entry->verdict != VERDICT_KEEP || entry->is_protected)
            continue;
        entry->verdict = VERDICT_DROP;
        entry->rule = rule;
    }
}
