#include "decide/resolve.h"

#include "decide/wait.h"
#include "line/measure.h"

#include <string.h>

void resolve_count_words(struct decide *decide, const struct held *entry)
{
    uint32_t wanted = decide->rules->max_after;

    if (decide->words < wanted)
        decide->words +=
            measure_words_up_to(entry->text, entry->length, (size_t)(wanted - decide->words));
}

bool resolve_is_short(const struct decide *decide, const struct held *entry)
{
    size_t limit = decide->rules->parameters.short_words;

    return decide->rules->max_back && !entry->is_protected &&
           measure_words_up_to(entry->text, entry->length, limit + 1) <= limit &&
           !measure_ends_as(measure_end(entry->text, entry->length), ENDS_SENTENCE);
}

bool resolve_is_prose(const struct decide *decide, const struct held *entry)
{
    size_t limit = decide->rules->parameters.short_words;

    return measure_words_up_to(entry->text, entry->length, limit + 1) > limit &&
           measure_ends_as(measure_end(entry->text, entry->length), ENDS_SENTENCE);
}

/* Puts the oldest of the short lines that wait out of a cut's reach. */
void resolve_release_short(struct decide *decide)
{
    uint64_t end = decide->depth ? decide->pendings[0].start : decide->examined;
    bool found = false;

    while (!found)
        found = hold_at(decide->hold, decide->final++)->is_short;
    decide->shorts--;
    while (decide->final < end && !hold_at(decide->hold, decide->final)->is_short)
        decide->final++;
}

/* The entry at `examined` gets its verdict. */
static void give_verdict(struct decide *decide, struct held *entry, enum verdict verdict,
                         uint32_t rule)
{
    entry->verdict = verdict;
    entry->rule = rule;
    decide->examined++;
    if (verdict == VERDICT_KEEP) {
        if (decide->tails && resolve_is_prose(decide, entry))
            wait_release_tails(decide);
        resolve_count_words(decide, entry);
        entry->is_short = resolve_is_short(decide, entry);
        decide->shorts = entry->is_short ? decide->shorts + 1 : 0;
        if (decide->shorts > decide->rules->max_back)
            resolve_release_short(decide);
    }
    if (decide->shorts == 0)
        decide->final = decide->examined;
}

static void conclude(struct decide *decide, struct held *entry, enum verdict verdict, uint32_t rule)
{
    wait_note_head(decide, entry);
    give_verdict(decide, entry, verdict, rule);
}

/* The entry at `examined` waits for prose. */
static void conclude_tail(struct decide *decide, struct held *entry, uint32_t rule)
{
    wait_note_head(decide, entry);
    if (!decide->tails++)
        decide->tail = decide->examined;
    entry->is_tail = true;
    decide->running.count = 0;
    give_verdict(decide, entry, VERDICT_HOLD, rule);
}

/* The entry at `examined` is cut; up to BACK short lines before it go with it. */
static void conclude_cut(struct decide *decide, struct held *entry, uint32_t rule)
{
    uint32_t back = decide->rules->items[rule].back;

    wait_note_head(decide, entry);
    wait_drop_tails(decide);
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
    decide->open.rule = NO_RULE;
    decide->shorts = 0;
    if (!decide->rules->items[rule].soft)
        wait_release_head(decide);
    give_verdict(decide, entry, VERDICT_DROP, rule);
}

/* Blocks without `until`, which drop at once. */

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

/* Pending runs and blocks, each begun inside the one below it in the stack. */

/* The newest; there is one. */
static struct pending *top_pending(const struct decide *decide)
{
    return &decide->pendings[decide->depth - 1];
}

/* Whatever becomes of a line that RULE hits first, it is none of the runs' that stand before RULE.
 */
static void end_runs_before(struct decide *decide, uint32_t rule)
{
    struct running *running = &decide->running;

    while (running->count && running->rules[running->count - 1] < rule)
        running->count--;
}

static void start_pending(struct decide *decide, struct held *entry, uint32_t hit)
{
    uint32_t rule = entry->hits[hit];
    bool is_run = decide->rules->items[rule].verb == VERB_RUN;

    decide->pendings[decide->depth++] = (struct pending){.rule = rule,
                                                         .start = decide->examined,
                                                         .hit = hit,
                                                         .running = decide->running,
                                                         .lines = is_run ? 1 : 0};
    end_runs_before(decide, rule);
    entry->verdict = VERDICT_HOLD;
    decide->examined++;
}

static bool is_in(const struct decide *decide, enum verb verb)
{
    return decide->depth && decide->rules->items[top_pending(decide)->rule].verb == verb;
}

/* Prose after a soft cut was not enough: it is cut, too. */
static void stay_cut(struct decide *decide)
{
    const struct pending *prose = top_pending(decide);

    for (uint64_t i = prose->start; i < decide->examined; i++) {
        struct held *entry = hold_at(decide->hold, i);

        entry->is_claimed = !entry->is_blank;
        entry->rule = decide->cut;
    }
    decide->examined = prose->start;
    decide->depth--;
}

/*
 * Back to the newest pending's start, which goes on with its next hit; what it held is looked at
 * anew. What came to nothing inside it would do so again, so those lines' from_hit stands: without
 * that, nested runs would be tried exponentially often.
 */
void resolve_fail(struct decide *decide)
{
    const struct pending *pending = top_pending(decide);

    if (is_in(decide, VERB_CUT)) {
        stay_cut(decide);
        return;
    }
    for (uint64_t i = pending->start; i < decide->examined; i++)
        hold_at(decide->hold, i)->is_claimed = false;
    hold_at(decide->hold, pending->start)->from_hit = pending->hit + 1;
    decide->examined = pending->start;
    decide->running = pending->running;
    decide->depth--;
}

/* The article goes on with the prose that is pending. */
static void resume(struct decide *decide)
{
    decide->examined = top_pending(decide)->start;
    decide->depth--;
    decide->cut = NO_RULE;
}

void resolve_force(struct decide *decide)
{
    if (is_in(decide, VERB_CUT))
        resume(decide);
    else
        resolve_fail(decide);
}

/* RULE took a line: runs go on through those of earlier rules, but no run through a block. */
static void note_taken(struct decide *decide, uint32_t rule)
{
    struct running *running = &decide->running;
    enum verb verb = decide->rules->items[rule].verb;

    end_runs_before(decide, rule);
    if (verb == VERB_BLOCK)
        running->count = 0;
    if (verb != VERB_RUN || (running->count && running->rules[running->count - 1] == rule))
        return;
    if (running->count == RUNNING_MAX)
        memmove(running->rules, running->rules + 1, --running->count * sizeof *running->rules);
    running->rules[running->count++] = rule;
}

/* The line is RULE's, whatever comes of a pending that holds it. */
static void claim(struct decide *decide, struct held *entry, uint32_t rule)
{
    entry->is_claimed = true;
    entry->rule = rule;
    note_taken(decide, rule);
    if (decide->depth)
        decide->examined++;
    else
        conclude(decide, entry, VERDICT_DROP, rule);
}

/* The lines from the top pending's start to the one just examined are its own. */
static void succeed(struct decide *decide)
{
    struct pending pending = *top_pending(decide);
    uint64_t end = decide->examined;
    bool keeps = false;

    decide->depth--;
    for (uint64_t i = pending.start; i < end; i++) {
        struct held *entry = hold_at(decide->hold, i);

        keeps |= entry->is_protected;
        if (entry->is_blank || entry->is_protected || entry->is_claimed)
            continue;
        entry->is_claimed = true;
        entry->rule = pending.rule;
    }
    note_taken(decide, pending.rule);
    if (decide->depth == 0)
        decide->examined = pending.start;
    else if (keeps || decide->rules->items[pending.rule].verb == VERB_BLOCK)
        resolve_fail(decide);
}

/* A line that is kept, or that a rule takes which stands after a pending run, ends that run. */
static void end_run_or(struct decide *decide, struct held *entry, enum verdict verdict,
                       uint32_t rule)
{
    if (decide->depth)
        resolve_fail(decide);
    else
        conclude(decide, entry, verdict, rule);
}

static void cut_here(struct decide *decide, struct held *entry, uint32_t rule)
{
    if (decide->depth)
        resolve_fail(decide);
    else
        conclude_cut(decide, entry, rule);
}

static void wait_here(struct decide *decide, struct held *entry, uint32_t rule)
{
    if (decide->depth)
        resolve_fail(decide);
    else
        conclude_tail(decide, entry, rule);
}

static void open_here(struct decide *decide, struct held *entry, uint32_t rule)
{
    if (!decide->depth)
        decide->open = (struct pending){.rule = rule};
    note_taken(decide, rule);
    end_run_or(decide, entry, VERDICT_DROP, rule);
}

static void join_run(struct decide *decide)
{
    struct pending *run = top_pending(decide);

    end_runs_before(decide, run->rule);
    decide->examined++;
    if (++run->lines == decide->rules->items[run->rule].count)
        succeed(decide);
}

/* Whether the run is long enough already, or one line makes it so. */
static bool run_is_on(const struct decide *decide, uint32_t rule)
{
    for (uint32_t i = 0; i < decide->running.count; i++)
        if (decide->running.rules[i] == rule)
            return true;
    return decide->rules->items[rule].count == 1;
}

/* The line meets its hits, one after the other, until one decides. */
static void meet_rules(struct decide *decide, struct held *entry)
{
    uint32_t pending = decide->depth ? top_pending(decide)->rule : NO_RULE;
    uint32_t i = entry->from_hit, index;
    const struct rule *rule;

    if (i == entry->hit_count || entry->hits[i] > pending) {
        if (!decide->depth)
            decide->running.count = 0;
        end_run_or(decide, entry, VERDICT_KEEP, NO_RULE);
        return;
    }
    index = entry->hits[i];
    rule = &decide->rules->items[index];
    if (index == pending)
        join_run(decide);
    else if (rule->verb == VERB_CUT)
        cut_here(decide, entry, index);
    else if (rule->verb == VERB_TAIL)
        wait_here(decide, entry, index);
    else if (rule->verb == VERB_BLOCK && !rule->until.text)
        open_here(decide, entry, index);
    else if (rule->verb == VERB_BLOCK || (rule->verb == VERB_RUN && !run_is_on(decide, index)))
        start_pending(decide, entry, i);
    else
        claim(decide, entry, index);
}

/* A line after a cut. */
static void examine_cut(struct decide *decide, struct held *entry)
{
    const struct rule *rule = &decide->rules->items[decide->cut];
    uint32_t cut = cutting_hit(decide, entry);

    if (rule->soft && entry->hit_count == 0 && resolve_is_prose(decide, entry)) {
        if (!decide->depth)
            decide->pendings[decide->depth++] =
                (struct pending){.rule = decide->cut, .start = decide->examined};
        decide->examined++;
        if (++top_pending(decide)->lines == decide->rules->parameters.resume_lines)
            resume(decide);
    } else if (decide->depth) {
        stay_cut(decide);
    } else if (rule->soft && cut != NO_RULE && !decide->rules->items[cut].soft) {
        conclude_cut(decide, entry, cut);
    } else {
        conclude(decide, entry, VERDICT_DROP, decide->cut);
    }
}

static void examine_line(struct decide *decide, struct held *entry)
{
    uint32_t cut;

    if (entry->is_claimed) {
        claim(decide, entry, entry->rule);
    } else if (entry->is_protected) {
        if (!decide->depth) {
            decide->running.count = 0;
            open_block_takes(decide, entry);
        }
        end_run_or(decide, entry, VERDICT_KEEP, entry->rule);
    } else if (decide->cut != NO_RULE) {
        examine_cut(decide, entry);
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

static void examine_in_block(struct decide *decide, const struct held *entry)
{
    struct pending *block = top_pending(decide);

    if (!block_takes(&decide->rules->items[block->rule], block, entry)) {
        resolve_fail(decide);
        return;
    }
    decide->examined++;
    if (decide->until(decide->until_context, block->rule, entry->text, entry->length))
        succeed(decide);
}

void resolve_examine(struct decide *decide)
{
    while (decide->examined < hold_next(decide->hold)) {
        struct held *entry = hold_at(decide->hold, decide->examined);

        if (entry->is_blank && decide->depth)
            decide->examined++;
        else if (entry->is_blank)
            conclude(decide, entry, VERDICT_HOLD, NO_RULE);
        else if (is_in(decide, VERB_BLOCK))
            examine_in_block(decide, entry);
        else
            examine_line(decide, entry);
    }
}
