#include "decide/wait.h"

void wait_release_tail(struct decide *decide)
{
    struct held *entry = hold_at(decide->hold, decide->tail);

    entry->is_tail = false;
    entry->verdict = VERDICT_KEEP;
    entry->rule = NO_RULE;
    resolve_count_words(decide, entry);
    if (--decide->tails)
        while (!hold_at(decide->hold, decide->tail)->is_tail)
            decide->tail++;
}

void wait_release_tails(struct decide *decide)
{
    while (decide->tails)
        wait_release_tail(decide);
}

void wait_drop_tails(struct decide *decide)
{
    for (; decide->tails; decide->tail++) {
        struct held *entry = hold_at(decide->hold, decide->tail);

        if (!entry->is_tail)
            continue;
        entry->is_tail = false;
        entry->verdict = VERDICT_DROP;
        decide->tails--;
    }
}

void wait_release_head(struct decide *decide)
{
    decide->awaits_head = false;
}

/* The line at `examined` is the article's first: what was kept before it goes. */
static void begin_article(struct decide *decide, uint32_t rule)
{
    wait_release_tails(decide);
    for (uint64_t i = hold_first(decide->hold); i < decide->examined; i++) {
        struct held *before = hold_at(decide->hold, i);

        if (before->is_blank || before->is_protected || before->verdict != VERDICT_KEEP)
            continue;
        before->verdict = VERDICT_DROP;
        before->rule = rule;
        before->is_short = false;
    }
    decide->words = 0; /* but for what is protected */
    for (uint64_t i = hold_first(decide->hold); i < decide->examined; i++)
        if (hold_at(decide->hold, i)->verdict == VERDICT_KEEP)
            resolve_count_words(decide, hold_at(decide->hold, i));
    decide->shorts = 0;
    decide->awaits_head = false;
}

void wait_note_head(struct decide *decide, const struct held *entry)
{
    if (entry->is_blank || !decide->awaits_head)
        return;
    if (entry->head != NO_RULE)
        begin_article(decide, entry->head);
    else if (++decide->concluded == decide->rules->max_head)
        wait_release_head(decide);
}
