#include "decide/decide.h"

#include "decide/resolve.h"
#include "decide/state.h"
#include "decide/verdict.h"
#include "line/measure.h"

#include <stdlib.h>

struct decide *decide_create(const struct rules *rules, const struct chosen *chosen,
                             bool keep_dropped, decide_until *until, void *until_context)
{
    struct decide *decide = calloc(1, sizeof *decide);

    if (!decide)
        return NULL;
    decide->rules = rules;
    decide->keep_dropped = keep_dropped;
    decide->until = until;
    decide->until_context = until_context;
    decide->hold = hold_create(rules_held_lines(rules), rules_held_bytes(rules),
                               rules->weigh_count ? HEADLINE_LINES : 0);
    decide->track = track_create(rules, chosen);
    /* Each begins on a line of its own, and one line more than may be held is looked at. */
    decide->pendings = calloc(rules_held_lines(rules) + 2, sizeof *decide->pendings);
    decide->searched = calloc(rules->count + (size_t)1, sizeof *decide->searched);
    if (!decide->hold || !decide->pendings || !decide->searched ||
        (rules->weigh_count && !decide->track) || !discard_init(&decide->discard, rules)) {
        decide_destroy(decide);
        return NULL;
    }
    decide->settle = (struct settle){.hold = decide->hold, .rules = rules->items};
    decide->headline =
        (struct headline){.hold = decide->hold, .is_wanted = rules->parameters.title == TITLE_KEEP};
    decide->direct.lines = 1;
    decide->about.asked = rules->asked_about;
    decide->about.least = rules->parameters.about_lines;
    decide->asks_behind = rules->asks_behind;
    decide->waits_apart = rules_wait_for_end(rules) && rules->reaches;
    decide->counted_words = rules->weigh_count ? 0 : rules->max_after;
    decide_begin(decide);
    return decide;
}

void decide_destroy(struct decide *decide)
{
    if (!decide)
        return;
    hold_destroy(decide->hold);
    track_destroy(decide->track);
    discard_release(&decide->discard);
    free(decide->pendings);
    free(decide->searched);
    free(decide);
}

void decide_begin(struct decide *decide)
{
    decide->depth = 0;
    decide->open.rule = NO_RULE;
    decide->running.count = 0;
    decide->cut = NO_RULE;
    decide->shorts = 0;
    decide->tails = 0;
    decide->awaits_head = decide->rules->max_head > 0;
    decide->concluded = 0;
    headline_begin(&decide->headline);
    settle_begin(&decide->settle);
    decide->lines = 0;
    decide->paragraphs = 0;
    decide->words = 0;
    decide->last_was_blank = true;
    decide->behind = BEHIND_NOTHING;
    about_begin(&decide->about);
    discard_begin(&decide->discard);
    if (decide->track)
        track_begin(decide->track);
}

struct position decide_position(const struct decide *decide)
{
    uint64_t words = decide->track ? track_prose(decide->track) : decide->words;

    bool is_cut = decide->cut != NO_RULE && !decide->rules->items[decide->cut].soft;

    return (struct position){decide->lines + 1, words, is_cut};
}

/* The lines below this one have their verdicts from the rules that decide for good. */
static uint64_t resolved_of(const struct decide *decide)
{
    if (decide->awaits_head)
        return decide->settle.settled;
    return decide->tails && decide->tail < decide->final ? decide->tail : decide->final;
}

/* What rules that decide have left, and what they have taken, goes into the chain. */
static void enter(struct decide *decide)
{
    uint64_t end = resolved_of(decide);

    for (; decide->entered < end; decide->entered++) {
        const struct held *entry = hold_at(decide->hold, decide->entered);

        if (entry->is_blank)
            track_blank(decide->track, entry->lines);
        else
            track_add(decide->track, entry->verdict == VERDICT_DROP ? entry->rule : NO_RULE);
    }
}

/* The verdicts of the lines that rules weigh. */
static void take_weighed(struct decide *decide)
{
    const struct track_line *line;

    while ((line = track_next(decide->track))) {
        struct held *entry = hold_at(decide->hold, line->sequence);

        entry->verdict = line->is_article ? VERDICT_KEEP : VERDICT_DROP;
        if (!entry->is_protected)
            entry->rule = line->rule;
        entry->weighed = line;
        if (line->taken_by != NO_RULE)
            entry->headline = NO_RULE;
        decide->weighed = line->sequence + 1;
        headline_pass(&decide->headline, line->sequence);
    }
    if (!track_is_open(decide->track))
        decide->weighed = decide->entered;
}

/* The lines below this one have their verdicts for good. */
static uint64_t final_of(const struct decide *decide)
{
    return decide->track ? headline_limit(&decide->headline, decide->weighed) : resolved_of(decide);
}

static void go_on(struct decide *decide)
{
    if (!decide->track || decide->examined < hold_next(decide->hold))
        resolve_examine(decide);
    if (decide->track) {
        enter(decide);
        take_weighed(decide);
    }
    settle_advance(&decide->settle, final_of(decide), false);
}

static struct held entry_of(const struct line *line, enum verdict verdict)
{
    return (struct held){.text = line->text,
                         .length = line->length,
                         .ending = line->ending,
                         .offset = line->offset,
                         .size = line->size,
                         .number = line->number,
                         .lines = 1,
                         .verdict = verdict,
                         .rule = NO_RULE,
                         .edited_by = NO_RULE};
}

void decide_blank(struct decide *decide, const struct line *line)
{
    struct hold *hold = decide->hold;
    uint64_t next = hold_next(hold);
    struct held entry = entry_of(line, VERDICT_HOLD);

    entry.is_blank = true;
    decide->last_was_blank = true;
    if (next > hold_first(hold) && hold_at(hold, next - 1)->is_blank &&
        next - 1 >= decide->settle.settled && hold_extend(hold, line)) {
        if (decide->track && decide->entered == next)
            track_blank(decide->track, 1);
        return;
    }
    hold_push(hold, &entry);
    if (!decide->rules->reaches)
        decide->examined = decide->final = next + 1;
    go_on(decide);
}

/* The usual line: no rule that decides hits it, none is under way or waits for more lines, and none
 * can take it back. It has its verdict, as it would have it from resolve_examine. */
static bool is_usual(struct decide *decide, struct held *entry)
{
    if (entry->hit_count || decide->awaits_head || decide->cut != NO_RULE ||
        decide->open.rule != NO_RULE || decide->depth || decide->tails ||
        verdict_is_short(decide, entry))
        return false;
    entry->verdict = VERDICT_KEEP;
    verdict_note_kept(decide, entry);
    decide->running.count = 0;
    decide->shorts = 0;
    return true;
}

/* It need not go through the hold, and what is held need not wait any more: only a cut may take
 * that back, and not across this line. There it would come out the same, only later. */
static bool keep_at_once(struct decide *decide, struct held *entry)
{
    if (!is_usual(decide, entry))
        return false;
    settle_keep_all(&decide->settle);
    decide->examined = decide->final = hold_next(decide->hold);
    decide->has_direct = true;
    return true;
}

/* Rules that weigh have their say in the line, whatever those say that decide. */
static void note_weighed(struct decide *decide, struct held *entry, const struct matched *matched)
{
    bool is_left = decide->rules->reaches ? is_usual(decide, entry) : !entry->hit_count;
    uint64_t sequence = hold_next(decide->hold);

    hold_push(decide->hold, entry);
    track_note(decide->track, sequence, matched);
    if (is_left)
        decide->examined = decide->final = sequence + 1;
}

/* What the line behind ENTRY will stand behind. */
static enum behind behind_of(const struct decide *decide, struct held *entry)
{
    enum behind behind = BEHIND_NOTHING;

    if (entry->behind == BEHIND_COLON && verdict_has_few_words(decide, entry))
        return BEHIND_COLON;
    if (verdict_end(entry) == ENDS_COLON)
        behind = BEHIND_COLON;
    else if (verdict_end(entry) == ENDS_COMMA || verdict_end(entry) == ENDS_OTHER)
        behind = BEHIND_OPEN;
    return behind == BEHIND_NOTHING || entry->hit_count || verdict_has_few_words(decide, entry)
               ? BEHIND_NOTHING
               : behind;
}

/* A sentence goes on in the next line, a list also behind blank ones. */
static void note_behind(struct decide *decide, struct held *entry)
{
    entry->behind =
        decide->behind == BEHIND_OPEN && entry->after_blank ? BEHIND_NOTHING : decide->behind;
    decide->behind = behind_of(decide, entry);
}

/* Settles what rules that decide have waited for longest. */
static void force_waiting(struct decide *decide)
{
    if (decide->awaits_head)
        decide->awaits_head = false;
    else if (decide->tails && decide->tail < decide->final)
        verdict_release_tail(decide);
    else if (decide->shorts)
        verdict_release_short(decide);
    else if (decide->depth)
        resolve_force(decide);
}

/* Whether rules that decide wait for more lines than they may. */
static bool waits_too_long(const struct decide *decide)
{
    uint64_t oldest = resolved_of(decide), next = hold_next(decide->hold);

    while (oldest < next && hold_at(decide->hold, oldest)->is_blank)
        oldest++;
    return oldest < next && decide->lines - hold_at(decide->hold, oldest)->ordinal >=
                                decide->rules->parameters.hold_lines;
}

void decide_line(struct decide *decide, const struct line *line, const struct matched *matched)
{
    struct held *entry = &decide->direct;

    entry->text = matched->text;
    entry->length = matched->length;
    entry->ending = line->ending;
    entry->offset = line->offset;
    entry->size = line->size;
    entry->number = line->number;
    entry->verdict = VERDICT_HOLD;
    entry->rule = matched->protector;
    entry->edited_by = matched->edited_by;
    entry->after_blank = decide->last_was_blank;
    entry->is_protected = matched->is_protected;
    entry->words = WORDS_UNCOUNTED;
    entry->knows_end = false;
    entry->marks = matched->marks;
    entry->above = decide->last_was_blank ? 0 : decide->above;
    decide->above = entry->above | matched->marks;
    entry->head = matched->head != NO_RULE &&
                          rules_decides(decide->rules, &decide->rules->items[matched->head])
                      ? matched->head
                      : NO_RULE;
    entry->document = matched->document;
    entry->speaker = matched->speaker;
    entry->is_tail = false;
    entry->hit_count = matched->hit_count;
    decide->paragraphs += decide->last_was_blank;
    decide->last_was_blank = false;
    entry->ordinal = ++decide->lines;
    entry->paragraph = decide->paragraphs;
    if (decide->asks_behind)
        note_behind(decide, entry);
    if (!decide->track && !decide->discard.waits && keep_at_once(decide, entry))
        return;
    for (uint32_t i = 0; i < matched->hit_count; i++)
        entry->hits[i] = matched->hits[i];
    entry->weighed = NULL;
    entry->headline = matched->marks & (MARK_CHROME | MARK_PROSE) ? NO_RULE : matched->headline;
    if (decide->track)
        note_weighed(decide, entry, matched);
    else
        hold_push(decide->hold, entry);
    go_on(decide);
    while (decide->waits_apart && waits_too_long(decide)) {
        force_waiting(decide);
        go_on(decide);
    }
}

/* Settles the oldest open question, because no more may be held. */
static void force(struct decide *decide)
{
    if (decide->settle.has_gap)
        settle_keep_gap(&decide->settle);
    else if (decide->headline.count &&
             (hold_is_spare_full(decide->hold) || !track_is_open(decide->track)))
        headline_release(&decide->headline);
    else if (decide->track && track_is_open(decide->track))
        track_force(decide->track);
    else
        force_waiting(decide);
    go_on(decide);
}

/* What waits must outlive the reader's buffer. A dropped line's text is seldom wanted again. */
static void own_newest(struct decide *decide)
{
    uint64_t next = hold_next(decide->hold);

    if (hold_first(decide->hold) < next) {
        const struct held *newest = hold_at(decide->hold, next - 1);

        hold_own(decide->hold, decide->keep_dropped || decide->discard.asks_dropped ||
                                   newest->is_blank || newest->verdict != VERDICT_DROP);
    }
}

const struct held *decide_next(struct decide *decide)
{
    for (;;) {
        if (!decide->discard.waits && hold_first(decide->hold) < settle_limit(&decide->settle))
            return hold_pop(decide->hold);
        if (decide->has_direct) {
            decide->has_direct = false;
            return &decide->direct;
        }
        if (!hold_is_full(decide->hold))
            break;
        if (decide->discard.waits)
            discard_give_up(&decide->discard);
        else
            force(decide);
    }
    own_newest(decide);
    return NULL;
}

/* Rules that weigh have their say in all that is left; AT_END as in decide_all. */
static void weigh_all(struct decide *decide, bool at_end)
{
    enter(decide);
    if (!at_end)
        track_skip(decide->track);
    track_end(decide->track);
    take_weighed(decide);
    headline_give_up(&decide->headline);
}

/* AT_END: no more of the document follows. */
static void decide_all(struct decide *decide, bool at_end)
{
    for (resolve_examine(decide); decide->depth; resolve_examine(decide))
        resolve_fail(decide);
    decide->shorts = 0;
    if (at_end)
        verdict_drop_tails(decide);
    else
        verdict_release_tails(decide);
    decide->awaits_head = false;
    decide->final = decide->examined;
    if (decide->track)
        weigh_all(decide, at_end);
    settle_advance(&decide->settle, final_of(decide), true);
}

void decide_piece(struct decide *decide, const struct line *piece)
{
    struct held entry = entry_of(piece, VERDICT_KEEP);

    discard_give_up(&decide->discard);
    entry.is_continued = !piece->first;
    entry.continues = !piece->last;
    if (piece->first) {
        decide_all(decide, false);
        decide->open.rule = NO_RULE;
        decide->running.count = 0;
        settle_begin(&decide->settle);
        if (decide->last_was_blank)
            decide->above = 0;
        decide->last_was_blank = false;
        decide->behind = BEHIND_NOTHING;
        decide->lines++;
    }
    hold_push(decide->hold, &entry);
    decide->examined = decide->final = decide->settle.settled = hold_next(decide->hold);
    decide->entered = decide->weighed = decide->settle.settled;
}

void decide_end(struct decide *decide)
{
    decide_all(decide, true);
    discard_end(&decide->discard, decide->hold);
}

bool decide_gave_up(const struct decide *decide)
{
    return decide->discard.is_given_up;
}

bool decide_no_memory(const struct decide *decide)
{
    return discard_no_memory(&decide->discard);
}
