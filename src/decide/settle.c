#include "decide/settle.h"

void settle_begin(struct settle *settle)
{
    settle->has_gap = false;
    settle->blanks_out = 0;
    settle->has_dropped = false;
    settle->dropped_since = NO_RULE;
}

static void close_gap(struct settle *settle, enum verdict verdict, uint32_t rule)
{
    struct held *gap;

    if (!settle->has_gap)
        return;
    gap = hold_at(settle->hold, settle->gap);
    gap->verdict = verdict;
    gap->rule = rule;
    settle->has_gap = false;
    if (verdict == VERDICT_KEEP)
        settle->blanks_out += gap->lines;
}

static bool was_cut(const struct settle *settle)
{
    return settle->dropped_since != NO_RULE &&
           settle->rules[settle->dropped_since].verb == VERB_CUT &&
           !settle->rules[settle->dropped_since].soft;
}

static void settle_blank(struct settle *settle, struct held *entry)
{
    uint64_t before =
        settle->has_gap ? hold_at(settle->hold, settle->gap)->lines : settle->blanks_out;

    if (was_cut(settle) || (settle->has_dropped && before >= entry->lines)) {
        entry->verdict = VERDICT_DROP;
        entry->rule = settle->dropped_since;
        return;
    }
    close_gap(settle, settle->has_dropped ? VERDICT_DROP : VERDICT_KEEP, settle->dropped_since);
    settle->gap = settle->settled;
    settle->has_gap = true;
}

static void settle_kept(struct settle *settle)
{
    close_gap(settle, VERDICT_KEEP, NO_RULE);
    settle->blanks_out = 0;
    settle->has_dropped = false;
    settle->dropped_since = NO_RULE;
}

static void settle_dropped(struct settle *settle, uint32_t rule)
{
    settle->has_dropped = true;
    settle->dropped_since = rule;
    if (was_cut(settle))
        close_gap(settle, VERDICT_DROP, rule);
}

/* Another line, or the document's end, stands behind it. */
static void settle_one(struct settle *settle, struct held *entry)
{
    if (entry->is_blank)
        settle_blank(settle, entry);
    else if (entry->verdict == VERDICT_KEEP)
        settle_kept(settle);
    else
        settle_dropped(settle, entry->rule);
}

void settle_advance(struct settle *settle, uint64_t final, bool is_ended)
{
    for (; settle->settled < final; settle->settled++) {
        struct held *entry = hold_at(settle->hold, settle->settled);

        if (entry->is_blank && settle->settled + 1 == hold_next(settle->hold) && !is_ended &&
            !hold_is_full(settle->hold))
            return; /* the run of blank lines may go on */
        settle_one(settle, entry);
    }
    if (is_ended)
        close_gap(settle, VERDICT_KEEP, NO_RULE);
}

void settle_keep_all(struct settle *settle)
{
    for (; settle->settled < hold_next(settle->hold); settle->settled++)
        settle_one(settle, hold_at(settle->hold, settle->settled));
    settle_kept(settle);
}

void settle_keep_gap(struct settle *settle)
{
    close_gap(settle, VERDICT_KEEP, NO_RULE);
}

uint64_t settle_limit(const struct settle *settle)
{
    return settle->has_gap ? settle->gap : settle->settled;
}
