#include "decide/verdict.h"

#include "decide/state.h"
#include "line/measure.h"

bool verdict_has_few_words(const struct decide *decide, struct held *entry)
{
    size_t most = decide->rules->parameters.short_words;

    /* White space parts a word from the next. */
    if (entry->words == WORDS_UNCOUNTED)
        entry->words = entry->length <= 2 * most ||
                               measure_words_up_to(entry->text, entry->length, most + 1) <= most
                           ? WORDS_FEW
                           : WORDS_MANY;
    return entry->words == WORDS_FEW;
}

enum measure_end verdict_end(struct held *entry)
{
    if (!entry->knows_end)
        entry->end = measure_end(entry->text, entry->length);
    entry->knows_end = true;
    return entry->end;
}

/* Which is sooner known than how many words it has. */
static bool is_sentence(struct held *entry)
{
    return verdict_end(entry) == ENDS_SENTENCE || verdict_end(entry) == ENDS_QUESTION;
}

bool verdict_is_short(const struct decide *decide, struct held *entry)
{
    return decide->rules->max_back && !entry->is_protected && !is_sentence(entry) &&
           verdict_has_few_words(decide, entry);
}

bool verdict_is_prose(const struct decide *decide, struct held *entry)
{
    return is_sentence(entry) && !verdict_has_few_words(decide, entry);
}

void verdict_note_kept(struct decide *decide, struct held *entry)
{
    uint64_t wanted = decide->counted_words;

    if (entry->marks & decide->about.asked &&
        (entry->ordinal == 1 || verdict_is_prose(decide, entry)))
        about_note(&decide->about, entry->marks);
    if (decide->words < wanted)
        decide->words +=
            measure_words_up_to(entry->text, entry->length, (size_t)(wanted - decide->words));
}

/* Whether what is around the line is as the pass rule asks. */
static bool applies(const struct decide *decide, const struct rule *rule, const struct held *entry)
{
    struct range behind = rule_asks(rule, FACTS + AROUND_BEHIND);

    return entry->behind >= behind.least && entry->behind <= behind.most &&
           !(rule->under & ~entry->above) && !(rule->about & ~decide->about.known);
}

/* Of a rule of the user's own no other's pass rule says that the line stays. */
static bool may_pass(const struct rule *pass, const struct rule *rule)
{
    return pass->verb == VERB_PASS && (!rule || !rule_is_own(rule) || rule_is_own(pass));
}

uint32_t verdict_passed_by(const struct decide *decide, const struct held *entry, uint32_t rule)
{
    const struct rule *items = decide->rules->items;
    const struct rule *hit = rule == NO_RULE ? NULL : &items[rule];

    for (uint32_t i = 0; i < entry->hit_count && entry->hits[i] != rule; i++) {
        const struct rule *pass = &items[entry->hits[i]];

        if (may_pass(pass, hit) && applies(decide, pass, entry))
            return entry->hits[i];
    }
    return NO_RULE;
}

/* Short lines that a cut may take. */

void verdict_release_short(struct decide *decide)
{
    uint64_t end = decide->depth ? decide->pendings[0].start : decide->examined;
    bool found = false;

    while (!found)
        found = hold_at(decide->hold, decide->final++)->is_short;
    decide->shorts--;
    while (decide->final < end && !hold_at(decide->hold, decide->final)->is_short)
        decide->final++;
}

/* Lines of tail rules, which wait for prose, or for the line that the rule names. */

/* A line that waits has its verdict; the first that waits still comes next, if any does. */
static void end_tail(struct decide *decide, struct held *entry, bool stays)
{
    entry->is_tail = false;
    entry->verdict = stays ? VERDICT_KEEP : VERDICT_DROP;
    if (stays) {
        entry->rule = entry->pass;
        verdict_note_kept(decide, entry);
    }
    if (--decide->tails)
        while (!hold_at(decide->hold, decide->tail)->is_tail)
            decide->tail++;
}

void verdict_release_tail(struct decide *decide)
{
    struct held *tail = hold_at(decide->hold, decide->tail);

    end_tail(decide, tail, tail->pass == NO_RULE);
}

void verdict_release_tails(struct decide *decide)
{
    while (decide->tails)
        verdict_release_tail(decide);
}

void verdict_drop_tails(struct decide *decide)
{
    while (decide->tails)
        end_tail(decide, hold_at(decide->hold, decide->tail), false);
}

/* ENTRY, which is not blank, has the verdict to stay if STAYS. */
static void tell_tails(struct decide *decide, struct held *entry, bool stays)
{
    bool is_prose = stays && decide->tails && verdict_is_prose(decide, entry);

    for (uint64_t i = decide->tail; decide->tails && i < decide->examined; i++) {
        struct held *tail = hold_at(decide->hold, i);
        const struct rule *rule;
        uint32_t pass = NO_RULE;
        bool is_over;

        if (!tail->is_tail)
            continue;
        rule = &decide->rules->items[tail->pass != NO_RULE ? tail->pass : tail->rule];
        if (tail->pass != NO_RULE)
            is_over = (pass = verdict_passed_by(decide, tail, tail->rule)) != NO_RULE;
        else if (!rule->until.text)
            is_over = is_prose;
        else
            is_over = stays &&
                      decide->until(decide->until_context, tail->rule, entry->text, entry->length);
        if (is_over) {
            tail->pass = pass;
            end_tail(decide, tail, true);
        } else if (rule->count && entry->ordinal - tail->ordinal >= rule->count) {
            end_tail(decide, tail, false);
        }
    }
}

/* Lines before a head rule's. */

/* The line at `examined` is the article's first: what was kept before it goes. */
static void begin_article(struct decide *decide, uint32_t rule)
{
    verdict_release_tails(decide);
    decide->words = 0; /* but for what is protected */
    about_begin(&decide->about);
    for (uint64_t i = hold_first(decide->hold); i < decide->examined; i++) {
        struct held *before = hold_at(decide->hold, i);

        if (before->verdict != VERDICT_KEEP)
            continue;
        if (before->is_protected) {
            verdict_note_kept(decide, before);
        } else if (!before->is_blank) {
            before->verdict = VERDICT_DROP;
            before->rule = rule;
            before->is_short = false;
        }
    }
    decide->shorts = 0;
    decide->awaits_head = false;
}

/* The line at `examined` is about to get its verdict: it may be the article's first line. */
static void note_head(struct decide *decide, const struct held *entry)
{
    if (entry->is_blank || !decide->awaits_head)
        return;
    if (entry->head != NO_RULE)
        begin_article(decide, entry->head);
    else if (++decide->concluded == decide->rules->max_head)
        decide->awaits_head = false;
}

static void give(struct decide *decide, struct held *entry, enum verdict verdict, uint32_t rule)
{
    if (verdict == VERDICT_KEEP)
        verdict_note_kept(decide, entry);
    if (decide->tails && !entry->is_blank && !entry->is_tail)
        tell_tails(decide, entry, verdict == VERDICT_KEEP);
    entry->verdict = verdict;
    entry->rule = rule;
    decide->examined++;
    if (verdict == VERDICT_KEEP) {
        entry->is_short = verdict_is_short(decide, entry);
        decide->shorts = entry->is_short ? decide->shorts + 1 : 0;
        if (decide->shorts > decide->rules->max_back)
            verdict_release_short(decide);
    }
    if (decide->shorts == 0)
        decide->final = decide->examined;
}

void verdict_give(struct decide *decide, struct held *entry, enum verdict verdict, uint32_t rule)
{
    note_head(decide, entry);
    give(decide, entry, verdict, rule);
}

void verdict_give_tail(struct decide *decide, struct held *entry, uint32_t rule, uint32_t pass)
{
    note_head(decide, entry);
    tell_tails(decide, entry, false);
    if (!decide->tails++)
        decide->tail = decide->examined;
    entry->is_tail = true;
    entry->pass = pass;
    give(decide, entry, VERDICT_HOLD, rule);
}

void verdict_give_cut(struct decide *decide, struct held *entry, uint32_t rule)
{
    uint32_t back = decide->rules->items[rule].back;

    note_head(decide, entry);
    verdict_drop_tails(decide);
    for (uint64_t i = decide->examined; back && i > decide->final; i--) {
        struct held *before = hold_at(decide->hold, i - 1);

        if (!before->is_short)
            continue;
        before->is_short = false;
        before->verdict = VERDICT_DROP;
        before->rule = rule;
        back--;
    }
    decide->shorts = 0;
    if (!decide->rules->items[rule].soft)
        decide->awaits_head = false;
    give(decide, entry, VERDICT_DROP, rule);
}
