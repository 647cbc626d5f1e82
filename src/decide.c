#include "decide.h"

#include "measure.h"
#include "settle.h"

#include <stdlib.h>

/* A run or block that needs to see more lines before it is sure. */
struct pending {
    uint32_t rule; /* NO_RULE: nothing is pending */
    uint64_t start;
    uint32_t hit;   /* which of the start's hits it is */
    uint32_t lines; /* run: members; block: lines after the start */
    uint32_t paras;
};

struct decide {
    const struct rules *rules;
    bool keep_dropped;
    decide_until *until;
    void *until_context;
    struct hold *hold;

    /* [first, examined) of the hold have met their rules, but for those a pending holds. */
    uint64_t examined;
    struct pending pending;
    struct pending open; /* a block without `until`, dropping as it goes */
    uint32_t run;        /* a run that is long enough and goes on, or NO_RULE */
    uint32_t cut;        /* the cut that happened, or NO_RULE */

    /* [first, final) can't be taken back by a cut's back=N. */
    uint64_t final;
    uint32_t shorts; /* kept short lines in [final, examined) */

    struct settle settle;

    uint64_t lines; /* not blank, of this document */
    uint64_t words; /* kept, counted up to the rules' max_after */
    bool last_was_blank;
};

struct decide *decide_create(const struct rules *rules, bool keep_dropped, decide_until *until,
                             void *until_context)
{
    struct decide *decide = calloc(1, sizeof *decide);

    if (!decide)
        return NULL;
    decide->rules = rules;
    decide->keep_dropped = keep_dropped;
    decide->until = until;
    decide->until_context = until_context;
    decide->hold = hold_create(rules->parameters.hold_lines, rules->parameters.hold_bytes);
    if (!decide->hold) {
        free(decide);
        return NULL;
    }
    decide->settle = (struct settle){.hold = decide->hold, .rules = rules->items};
    decide_begin(decide);
    return decide;
}

void decide_destroy(struct decide *decide)
{
    if (!decide)
        return;
    hold_destroy(decide->hold);
    free(decide);
}

void decide_begin(struct decide *decide)
{
    decide->pending.rule = NO_RULE;
    decide->open.rule = NO_RULE;
    decide->run = NO_RULE;
    decide->cut = NO_RULE;
    decide->shorts = 0;
    settle_begin(&decide->settle);
    decide->lines = 0;
    decide->words = 0;
    decide->last_was_blank = true;
}

struct position decide_position(const struct decide *decide)
{
    return (struct position){decide->lines + 1, decide->words};
}

/* Verdicts. */

static void count_words(struct decide *decide, const struct held *entry)
{
    uint32_t wanted = decide->rules->max_after;

    if (decide->words < wanted)
        decide->words +=
            measure_words_up_to(entry->text, entry->length, (size_t)(wanted - decide->words));
}

static bool is_short(const struct decide *decide, const struct held *entry)
{
    size_t limit = decide->rules->parameters.short_words;

    return decide->rules->max_back && !entry->is_protected &&
           measure_words_up_to(entry->text, entry->length, limit + 1) <= limit &&
           measure_end(entry->text, entry->length) != ENDS_SENTENCE;
}

/* Puts the oldest of the short lines that wait out of a cut's reach. */
static void release_short(struct decide *decide)
{
    bool found = false;

    while (!found)
        found = hold_at(decide->hold, decide->final++)->is_short;
    decide->shorts--;
    while (decide->final < decide->examined && !hold_at(decide->hold, decide->final)->is_short)
        decide->final++;
}

/* The entry at `examined` gets its verdict. */
static void conclude(struct decide *decide, struct held *entry, enum verdict verdict, uint32_t rule)
{
    entry->verdict = verdict;
    entry->rule = rule;
    decide->examined++;
    if (verdict == VERDICT_KEEP) {
        count_words(decide, entry);
        entry->is_short = is_short(decide, entry);
        decide->shorts = entry->is_short ? decide->shorts + 1 : 0;
        if (decide->shorts > decide->rules->max_back)
            release_short(decide);
    }
    if (decide->shorts == 0)
        decide->final = decide->examined;
}

/* The entry at `examined` is cut; up to BACK short lines before it go with it. */
static void conclude_cut(struct decide *decide, struct held *entry, uint32_t rule)
{
    uint32_t back = decide->rules->items[rule].back;

    for (uint64_t i = decide->examined; back && i > decide->final; i--) {
        struct held *before = hold_at(decide->hold, i - 1);

        if (!before->is_short)
            continue;
        before->is_short = false;
        before->verdict = VERDICT_DROP;
        before->rule = rule;
        back--;
    }
    decide->cut = rule;
    decide->shorts = 0;
    conclude(decide, entry, VERDICT_DROP, rule);
}

/* Blocks without `until`, which drop at once. */

static void open_block(struct decide *decide, uint32_t rule)
{
    decide->open = (struct pending){.rule = rule};
}

/* Counts a line into a block; false when it lies beyond the block's bound. */
static bool block_takes(const struct rule *rule, struct pending *block, const struct held *entry)
{
    if (entry->after_blank || block->lines == 0)
        block->paras++;
    block->lines++;
    return (!rule->count || block->lines <= rule->count) &&
           (!rule->paras || block->paras <= rule->paras);
}

static bool open_block_takes(struct decide *decide, const struct held *entry)
{
    if (decide->open.rule == NO_RULE)
        return false;
    if (block_takes(&decide->rules->items[decide->open.rule], &decide->open, entry))
        return true;
    decide->open.rule = NO_RULE;
    return false;
}

/* The first hit that cuts, or NO_RULE: a cut is not lost inside an open block. */
static uint32_t cutting_hit(const struct decide *decide, const struct held *entry)
{
    for (uint32_t i = 0; i < entry->hit_count; i++)
        if (decide->rules->items[entry->hits[i]].verb == VERB_CUT)
            return entry->hits[i];
    return NO_RULE;
}

static void start_pending(struct decide *decide, struct held *entry, uint32_t hit)
{
    decide->pending = (struct pending){
        .rule = entry->hits[hit], .start = decide->examined, .hit = hit, .lines = 0};
    if (decide->rules->items[entry->hits[hit]].verb == VERB_RUN)
        decide->pending.lines = 1;
    entry->verdict = VERDICT_HOLD;
    entry->rule = entry->hits[hit];
    decide->examined++;
}

/* The line meets its hits, one after the other, until one decides. */
static void meet_rules(struct decide *decide, struct held *entry)
{
    for (uint32_t i = entry->from_hit; i < entry->hit_count; i++) {
        uint32_t index = entry->hits[i];
        const struct rule *rule = &decide->rules->items[index];

        if (rule->verb == VERB_CUT) {
            conclude_cut(decide, entry, index);
            return;
        }
        if ((rule->verb == VERB_BLOCK && rule->until.text) ||
            (rule->verb == VERB_RUN && rule->count > 1 && decide->run != index)) {
            start_pending(decide, entry, i);
            return;
        }
        if (rule->verb == VERB_BLOCK)
            open_block(decide, index);
        if (rule->verb == VERB_RUN)
            decide->run = index;
        conclude(decide, entry, VERDICT_DROP, index);
        return;
    }
    decide->run = NO_RULE;
    conclude(decide, entry, VERDICT_KEEP, NO_RULE);
}

static void examine_free(struct decide *decide, struct held *entry)
{
    uint32_t cut;

    if (entry->is_protected) {
        decide->run = NO_RULE;
        conclude(decide, entry, VERDICT_KEEP, entry->rule);
    } else if (decide->cut != NO_RULE) {
        conclude(decide, entry, VERDICT_DROP, decide->cut);
    } else if (open_block_takes(decide, entry)) {
        cut = cutting_hit(decide, entry);
        if (cut != NO_RULE)
            conclude_cut(decide, entry, cut);
        else
            conclude(decide, entry, VERDICT_DROP, decide->open.rule);
    } else {
        meet_rules(decide, entry);
    }
}

/* Pending runs and blocks. */

/* What came of the pending: every line it holds is dropped but the protected ones. */
static void pending_succeeds(struct decide *decide, uint64_t end)
{
    decide->examined = decide->pending.start;
    decide->pending.rule = NO_RULE;
    while (decide->examined < end) {
        struct held *entry = hold_at(decide->hold, decide->examined);

        if (entry->is_blank)
            conclude(decide, entry, VERDICT_HOLD, NO_RULE);
        else
            conclude(decide, entry, entry->is_protected ? VERDICT_KEEP : VERDICT_DROP, entry->rule);
    }
}

/* Back to the start, which goes on with its next hit. */
static void pending_fails(struct decide *decide)
{
    struct held *start = hold_at(decide->hold, decide->pending.start);

    start->from_hit = decide->pending.hit + 1;
    decide->examined = decide->pending.start;
    decide->pending.rule = NO_RULE;
}

/* How a line stands to a pending run. */
enum membership { MEMBER, NEUTRAL, STRANGER };

static enum membership run_membership(const struct decide *decide, struct held *entry)
{
    if (entry->is_protected)
        return STRANGER;
    for (uint32_t i = 0; i < entry->hit_count; i++) {
        const struct rule *rule = &decide->rules->items[entry->hits[i]];

        if (entry->hits[i] == decide->pending.rule) {
            entry->rule = decide->pending.rule;
            return MEMBER;
        }
        if (rule->verb == VERB_DROP || rule->verb == VERB_STRIP) {
            entry->rule = entry->hits[i];
            return NEUTRAL;
        }
        if (rule->verb == VERB_CUT || (rule->verb == VERB_BLOCK && !rule->until.text))
            return STRANGER;
    }
    return STRANGER;
}

static void examine_in_run(struct decide *decide, struct held *entry)
{
    uint32_t rule = decide->pending.rule;
    enum membership membership = run_membership(decide, entry);

    if (membership == STRANGER) {
        pending_fails(decide);
        return;
    }
    decide->examined++;
    if (membership == MEMBER && ++decide->pending.lines == decide->rules->items[rule].count) {
        pending_succeeds(decide, decide->examined);
        decide->run = rule;
    }
}

static void examine_in_block(struct decide *decide, struct held *entry)
{
    uint32_t index = decide->pending.rule;

    if (!block_takes(&decide->rules->items[index], &decide->pending, entry)) {
        pending_fails(decide);
        return;
    }
    if (!entry->is_protected)
        entry->rule = index;
    decide->examined++;
    if (decide->until(decide->until_context, index, entry->text, entry->length))
        pending_succeeds(decide, decide->examined);
}

static void examine(struct decide *decide)
{
    while (decide->examined < hold_next(decide->hold)) {
        struct held *entry = hold_at(decide->hold, decide->examined);

        if (entry->is_blank && decide->pending.rule != NO_RULE)
            decide->examined++;
        else if (entry->is_blank)
            conclude(decide, entry, VERDICT_HOLD, NO_RULE);
        else if (decide->pending.rule == NO_RULE)
            examine_free(decide, entry);
        else if (decide->rules->items[decide->pending.rule].verb == VERB_RUN)
            examine_in_run(decide, entry);
        else
            examine_in_block(decide, entry);
    }
}

/* Lines in and out. */

static void go_on(struct decide *decide)
{
    examine(decide);
    settle_advance(&decide->settle, decide->final, false);
}

void decide_blank(struct decide *decide, const struct line *line)
{
    struct hold *hold = decide->hold;
    uint64_t next = hold_next(hold);
    struct held entry = {.text = line->text,
                         .length = line->length,
                         .ending = line->ending,
                         .number = line->number,
                         .lines = 1,
                         .verdict = VERDICT_HOLD,
                         .rule = NO_RULE,
                         .edited_by = NO_RULE,
                         .is_blank = true};

    decide->last_was_blank = true;
    if (next > hold_first(hold) && hold_at(hold, next - 1)->is_blank &&
        next - 1 >= decide->settle.settled &&
        hold_extend(hold, line->text, line->length, line->ending))
        return;
    hold_push(hold, &entry);
    go_on(decide);
}

void decide_line(struct decide *decide, const struct line *line, const struct matched *matched)
{
    struct held entry = {.text = matched->text,
                         .length = matched->length,
                         .ending = line->ending,
                         .number = line->number,
                         .lines = 1,
                         .verdict = VERDICT_HOLD,
                         .rule = matched->protector,
                         .edited_by = matched->edited_by,
                         .after_blank = decide->last_was_blank,
                         .is_protected = matched->is_protected,
                         .hit_count = matched->hit_count};

    for (uint32_t i = 0; i < matched->hit_count; i++)
        entry.hits[i] = matched->hits[i];
    decide->last_was_blank = false;
    decide->lines++;
    hold_push(decide->hold, &entry);
    go_on(decide);
}

/* Settles the oldest open question, because no more may be held. */
static void force(struct decide *decide)
{
    if (decide->settle.has_gap)
        settle_keep_gap(&decide->settle);
    else if (decide->shorts)
        release_short(decide);
    else if (decide->pending.rule != NO_RULE)
        pending_fails(decide);
    go_on(decide);
}

/* What waits must outlive the reader's buffer. A dropped line's text is seldom wanted again. */
static void own_newest(struct decide *decide)
{
    uint64_t next = hold_next(decide->hold);

    if (hold_first(decide->hold) < next) {
        const struct held *newest = hold_at(decide->hold, next - 1);

        hold_own(decide->hold,
                 decide->keep_dropped || newest->is_blank || newest->verdict != VERDICT_DROP);
    }
}

bool decide_next(struct decide *decide, struct held *settled)
{
    for (;;) {
        if (hold_first(decide->hold) < settle_limit(&decide->settle)) {
            *settled = *hold_pop(decide->hold);
            return true;
        }
        if (!hold_is_full(decide->hold))
            break;
        force(decide);
    }
    own_newest(decide);
    return false;
}

static void decide_all(struct decide *decide)
{
    for (examine(decide); decide->pending.rule != NO_RULE; examine(decide))
        pending_fails(decide);
    decide->shorts = 0;
    decide->final = decide->examined;
    settle_advance(&decide->settle, decide->final, true);
}

void decide_piece(struct decide *decide, const struct line *piece)
{
    struct held entry = {.text = piece->text,
                         .length = piece->length,
                         .ending = piece->ending,
                         .number = piece->number,
                         .lines = 1,
                         .verdict = VERDICT_KEEP,
                         .rule = NO_RULE,
                         .edited_by = NO_RULE,
                         .is_continued = !piece->first,
                         .continues = !piece->last};

    if (piece->first) {
        decide_all(decide);
        decide->open.rule = NO_RULE;
        decide->run = NO_RULE;
        settle_begin(&decide->settle);
        decide->last_was_blank = false;
        decide->lines++;
    }
    hold_push(decide->hold, &entry);
    decide->examined = decide->final = decide->settle.settled = hold_next(decide->hold);
}

void decide_end(struct decide *decide)
{
    decide_all(decide);
}
