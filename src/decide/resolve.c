#include "decide/resolve.h"

#include "decide/state.h"
#include "decide/verdict.h"

#include <string.h>

/*
 * A line comes with its hits, the rules that match it, in file order. resolve_examine takes the
 * lines one by one, and each asks in this order:
 *
 *   1. Is it claimed by a pending that succeeded? Then it goes.
 *   2. Is it protected by a keep rule? Then it stays.
 *   3. Did a cut come before it? Then it goes, unless enough prose ends a soft cut.
 *   4. Is it in an open block, one without `until`? Then it goes.
 *   5. Else its first hit that comes to something decides, and it stays if none does, or if a
 *      `pass` comes first.
 *
 * A `drop` comes to something at once. `run 3` and `block until` do not know yet: they begin a
 * pending, whose lines have no verdict while `examined` runs on. Where it succeeds, its lines are
 * claimed. Where it fails, `examined` goes back to its start, and the lines ask anew, but for the
 * first: that one has left the failed hit behind (from_hit). So each line ends as if the rules that
 * failed were not there. Going back is possible because the hold still has the lines, and it is
 * cheap because from_hit stands: nothing fails twice in one place.
 *
 * A `block while` is pending for one line only: if that is one of those that it takes, the block is
 * open from there on.
 *
 * Given `run 3 /^-/` and `drop /now/`:
 *
 *   - a        the run is pending, with one line
 *   - b now    with two
 *   c          is not of the run: it fails. "- a" has no other hit and stays; "- b now" begins a
 *              run of one line, which "c" ends again; its next hit is the drop, and it goes
 *
 * A run that has its three lines is `running`: the lines it hits next go without waiting.
 */

/* Blocks without `until`, which drop at once. */

/* Counts a line into a block; false when it lies beyond the block's bound. */
static bool block_takes(const struct rule *rule, struct pending *block, const struct held *entry)
{
    if (block->first_line == 0) {
        block->first_line = entry->ordinal;
        block->first_paragraph = entry->paragraph;
    }
    return (!rule->count || entry->ordinal - block->first_line < rule->count) &&
           (!rule->paras || entry->paragraph - block->first_paragraph < rule->paras);
}

static bool until_matches(const struct decide *decide, uint32_t rule, const struct held *entry)
{
    return decide->until(decide->until_context, rule, entry->text, entry->length);
}

static bool open_block_takes(struct decide *decide, const struct held *entry)
{
    const struct rule *rule;

    if (decide->open.rule == NO_RULE)
        return false;
    rule = &decide->rules->items[decide->open.rule];
    if (block_takes(rule, &decide->open, entry) &&
        (!rule->soft || until_matches(decide, decide->open.rule, entry)))
        return true;
    decide->open.rule = NO_RULE;
    return false;
}

/* The number of the first hit from FROM on that is not a pass rule, and that none lets the line by;
 * or how many hits there are. Those that wait for what the document is about may by now. */
static inline uint32_t hit_not_passed(const struct decide *decide, const struct held *entry,
                                      uint32_t from)
{
    bool has_pass = false;
    uint32_t i = 0;

    for (; i < entry->hit_count; i++) {
        if (decide->rules->items[entry->hits[i]].verb == VERB_PASS)
            has_pass = true;
        else if (i >= from &&
                 (!has_pass || verdict_passed_by(decide, entry, entry->hits[i]) == NO_RULE))
            break;
    }
    return i;
}

/* The first hit that cuts, if none before it decides at once, or NO_RULE: a cut is not lost inside
 * an open block. */
static uint32_t cutting_hit(const struct decide *decide, const struct held *entry)
{
    for (uint32_t i = 0; (i = hit_not_passed(decide, entry, i)) < entry->hit_count; i++) {
        const struct rule *rule = &decide->rules->items[entry->hits[i]];

        if (rule->verb == VERB_CUT)
            return entry->hits[i];
        if (rule_is_final(rule))
            break;
    }
    return NO_RULE;
}

/* Pending runs and blocks, each begun inside the one below it in the stack. */

/* The newest; there is one. */
static struct pending *top_pending(const struct decide *decide)
{
    return &decide->pendings[decide->depth - 1];
}

/* A line that RULE hits first is hit by no rule before RULE: their runs end. */
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
    /* In a block no line meets a rule that could claim it. */
    for (uint64_t i = pending->start; i < decide->examined && !is_in(decide, VERB_BLOCK); i++)
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

/* RULE took a line. Runs of later rules go on through it, but no run goes on through a block. */
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
        verdict_give(decide, entry, VERDICT_DROP, rule);
}

/* The lines from the top pending's start to the one just examined are its own, or those between. */
static void succeed(struct decide *decide)
{
    struct pending pending = *top_pending(decide);
    bool is_between = decide->rules->items[pending.rule].between, keeps = false;
    uint64_t end = decide->examined - is_between;

    decide->depth--;
    for (uint64_t i = pending.start + is_between; i < end; i++) {
        struct held *entry = hold_at(decide->hold, i);

        keeps |= entry->is_protected;
        if (entry->is_blank || entry->is_protected || entry->is_claimed)
            continue;
        entry->is_claimed = true;
        entry->rule = pending.rule;
    }
    note_taken(decide, pending.rule);
    if (is_between && decide->depth == 0) /* its first line goes on with its next hit */
        hold_at(decide->hold, pending.start)->from_hit = pending.hit + 1;
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
        verdict_give(decide, entry, verdict, rule);
}

static void cut_here(struct decide *decide, struct held *entry, uint32_t rule)
{
    decide->cut = rule;
    decide->open.rule = NO_RULE;
    verdict_give_cut(decide, entry, rule);
}

/* PASS may yet save the line from RULE, or is NO_RULE. */
static void wait_here(struct decide *decide, struct held *entry, uint32_t rule, uint32_t pass)
{
    decide->running.count = 0;
    verdict_give_tail(decide, entry, rule, pass);
}

static void open_here(struct decide *decide, struct held *entry, uint32_t rule)
{
    decide->open = (struct pending){.rule = rule};
    note_taken(decide, rule);
    verdict_give(decide, entry, VERDICT_DROP, rule);
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

/* The pass rule that the line waits for longest, of those it meets before the hit BEHIND them, or
 * NO_RULE: of the verbs behind them, only a drop takes no more than the line, and one of the user's
 * own waits for nobody else's. */
static uint32_t waits_for(const struct decide *decide, const struct held *entry, uint32_t behind)
{
    const struct rule *items = decide->rules->items;
    uint32_t longest = NO_RULE;

    if (decide->depth || items[entry->hits[behind]].verb != VERB_DROP)
        return NO_RULE;
    for (uint32_t i = entry->from_hit; i < behind; i++) {
        const struct rule *pass = &items[entry->hits[i]];

        if (pass->about && (rule_is_own(pass) || !rule_is_own(&items[entry->hits[behind]])) &&
            pass->count > (longest == NO_RULE ? 0 : items[longest].count))
            longest = entry->hits[i];
    }
    return longest;
}

/* The line meets its hits, one after the other, until one decides. A cut, a tail rule and an open
 * block say something of the lines behind it, too: they end a pending run. */
static void meet_rules(struct decide *decide, struct held *entry)
{
    uint32_t pending = decide->depth ? top_pending(decide)->rule : NO_RULE;
    uint32_t i = hit_not_passed(decide, entry, entry->from_hit), index, pass;
    const struct rule *rule;
    bool opens;

    if (i == entry->hit_count || entry->hits[i] > pending) {
        pass = verdict_passed_by(decide, entry, NO_RULE);
        if (!decide->depth && pass == NO_RULE)
            decide->running.count = 0;
        end_run_or(decide, entry, VERDICT_KEEP, pass);
        return;
    }
    index = entry->hits[i];
    rule = &decide->rules->items[index];
    opens = rule->verb == VERB_BLOCK && !rule_awaits_end(rule);
    pass = waits_for(decide, entry, i);
    if (pass != NO_RULE)
        wait_here(decide, entry, index, pass);
    else if (index == pending)
        join_run(decide);
    else if (decide->depth && (opens || rule->verb == VERB_CUT || rule->verb == VERB_TAIL))
        resolve_fail(decide);
    else if (rule->verb == VERB_CUT)
        cut_here(decide, entry, index);
    else if (rule->verb == VERB_TAIL)
        wait_here(decide, entry, index, NO_RULE);
    else if (opens && !rule->soft)
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

    if (rule->soft && entry->hit_count == 0 && verdict_is_prose(decide, entry)) {
        if (!decide->depth)
            decide->pendings[decide->depth++] =
                (struct pending){.rule = decide->cut, .start = decide->examined};
        decide->examined++;
        if (++top_pending(decide)->lines == decide->rules->parameters.resume_lines)
            resume(decide);
    } else if (decide->depth) {
        stay_cut(decide);
    } else if (rule->soft && cut != NO_RULE && !decide->rules->items[cut].soft) {
        cut_here(decide, entry, cut);
    } else {
        verdict_give(decide, entry, VERDICT_DROP, decide->cut);
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
            cut_here(decide, entry, cut);
        else
            verdict_give(decide, entry, VERDICT_DROP, decide->open.rule);
    } else {
        meet_rules(decide, entry);
    }
}

/* The line behind the one that begins a `block while`: the block is open, or was none. */
static void open_or_fail(struct decide *decide, const struct held *entry)
{
    struct pending block = *top_pending(decide);

    if (entry->is_protected || !until_matches(decide, block.rule, entry)) {
        resolve_fail(decide);
        return;
    }
    decide->examined = block.start;
    decide->depth--;
    open_here(decide, hold_at(decide->hold, block.start), block.rule);
}

/* Whether a drop rule of the block's section hits the line: its site has such lines on many pages,
 * and what stands between two of them is no more than that. */
static bool is_landmark(const struct decide *decide, uint32_t block, const struct held *entry)
{
    const struct rule *items = decide->rules->items, *rule = &items[block];
    uint32_t speaker = entry->speaker;

    for (uint32_t i = 0; i < entry->hit_count; i++)
        if (items[entry->hits[i]].verb == VERB_DROP &&
            items[entry->hits[i]].section == rule->section)
            return true;
    return speaker != NO_RULE && items[speaker].verb == VERB_DROP &&
           items[speaker].section == rule->section;
}

/* Where blocks of one rule may begin on each of many lines, each would look through the same lines
 * for its end: those that were looked at are passed over. */
static void examine_in_block(struct decide *decide, const struct held *entry)
{
    struct pending *block = top_pending(decide);
    const struct rule *rule = &decide->rules->items[block->rule];
    struct searched *searched = &decide->searched[block->rule];
    uint64_t first = block->start + 1;

    if (rule->soft) {
        open_or_fail(decide, entry);
        return;
    }
    if (block->first_line == 0 && (first < searched->from || first > searched->to))
        *searched = (struct searched){first, first};
    if (block_takes(rule, block, entry) && decide->examined < searched->to) {
        decide->examined = searched->to - 1;
        entry = hold_at(decide->hold, decide->examined);
    }
    if (!block_takes(rule, block, entry)) {
        resolve_fail(decide);
        return;
    }
    decide->examined++;
    if (decide->examined <= searched->to)
        return;
    if (until_matches(decide, block->rule, entry))
        succeed(decide);
    else if (rule->between && is_landmark(decide, block->rule, entry))
        resolve_fail(decide);
    else
        searched->to = decide->examined;
}

void resolve_examine(struct decide *decide)
{
    while (decide->examined < hold_next(decide->hold)) {
        struct held *entry = hold_at(decide->hold, decide->examined);

        if (entry->is_blank && decide->depth)
            decide->examined++;
        else if (entry->is_blank)
            verdict_give(decide, entry, VERDICT_HOLD, NO_RULE);
        else if (is_in(decide, VERB_BLOCK))
            examine_in_block(decide, entry);
        else
            examine_line(decide, entry);
    }
}
