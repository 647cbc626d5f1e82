#include "match/match.h"

#include "base/bits.h"
#include "base/report.h"
#include "match/conditions.h"
#include "match/passes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So few rules are met sooner than a line is found again. */
#define MATCH_FEW 64

/* What sifts the rules that weigh or mark. */
static bool init_weighing(struct match *match)
{
    const struct weights *weights = match->weights;

    return chosen_init(&match->chosen, weights) && conditions_init(match) &&
           kept_init(&match->is, &weights->marks[MARKS_IS], weights->weigh_words) &&
           kept_init(&match->isnt, &weights->marks[MARKS_ISNT], weights->weigh_words);
}

struct match *match_create(const struct engine *engine, enum match_way way)
{
    struct match *match = calloc(1, sizeof *match);
    const struct rules *rules = engine->rules;
    const struct weights *weights = engine->weights;
    size_t count = rules->count + (size_t)1;
    size_t words = weights ? weights->words : 1;
    bool needs_memo = weights || rules->count >= MATCH_FEW;

    if (!match)
        return NULL;
    match->rules = rules;
    match->weights = weights;
    match->surveyor.lexicon = rules->lexicon;
    match->way = way;
    match->matcher = pattern_matcher_create(rules->parameters.match_limit);
    match->trials = engine->trials;
    match->untils = engine->patterns;
    match->limited = calloc(count, sizeof *match->limited);
    match->sifted = calloc(words, sizeof *match->sifted);
    match->weighs = calloc(words, sizeof *match->weighs);
    if (way == MATCH_PLAIN)
        match->all = calloc(count, sizeof *match->all);
    else if (needs_memo)
        match->memo =
            memo_create(weights ? weights->weigh_words : 0, weights ? MEMO_LINE : MEMO_SHORT_LINE);
    if (!match->matcher || !candidates_init(&match->candidates, engine) ||
        !patterns_init(&match->patterns, match->untils + count) || !match->limited ||
        !passing_init(&match->passing, engine) || !match->sifted || !match->weighs ||
        !holding_init(&match->holding, rules->sections) || (weights && !init_weighing(match)) ||
        (way == MATCH_PLAIN ? !match->all : needs_memo && !match->memo)) {
        match_destroy(match);
        return NULL;
    }
    pattern_matcher_reads(match->matcher, rules->once);
    for (uint32_t i = 0; match->all && i < engine->trials_count; i++)
        if (i == 0 || match->trials[i].rule != match->trials[i - 1].rule)
            match->all[match->trials[i].rule] = i;
    return match;
}

void match_destroy(struct match *match)
{
    if (!match)
        return;
    patterns_release(&match->patterns);
    pattern_matcher_destroy(match->matcher);
    candidates_release(&match->candidates);
    free(match->limited);
    passing_release(&match->passing);
    holding_release(&match->holding);
    memo_destroy(match->memo);
    free(match->all);
    chosen_release(&match->chosen);
    sieve_release(&match->sieve);
    kept_release(&match->is);
    kept_release(&match->isnt);
    free(match->sifted);
    free(match->weighs);
    view_release(&match->view);
    free(match->edited[0]);
    free(match->edited[1]);
    free(match);
}

void match_document(struct match *match, const char *host, const char *language)
{
    if (!holding_choose(&match->holding, match->rules->sections, host, language))
        return;
    candidates_hold(&match->candidates, &match->holding);
    if (match->weights)
        chosen_hold(&match->chosen, &match->holding);
    if (match->memo)
        memo_clear(match->memo, ranges_count(&match->chosen.weighing));
}

const struct chosen *match_chosen(const struct match *match)
{
    return match->weights ? &match->chosen : NULL;
}

static size_t candidates(struct match *match, const struct facts *facts, const uint32_t **trials)
{
    if (match->way == MATCH_PLAIN) {
        *trials = match->all;
        return match->rules->count;
    }
    return candidates_of_line(&match->candidates, facts->text, facts->length, trials);
}

/* Adds a hit; the last place is kept free for one that is final. */
static void add_hit(struct matched *matched, uint32_t index, bool final)
{
    if (matched->is_protected)
        return;
    if (matched->hit_count < MATCH_HITS - 1 || (final && matched->hit_count < MATCH_HITS))
        matched->hits[matched->hit_count++] = index;
}

/* The mark that is the name of the rule's pack, if a rule asks for such a one. */
static uint64_t marks_of_pack(const struct rules *rules, const struct rule *rule)
{
    const char *label = rule->source->label;

    return rules->weigh_count ? marks_find(&rules->marks, (struct span){label, strlen(label)}) : 0;
}

/* Where rules weigh, the search goes on behind a final hit. */
static bool is_settled(const struct match *match, const struct matched *matched)
{
    return match->rules->weigh_count && matched->hit_count &&
           rule_is_final(&match->rules->items[matched->hits[matched->hit_count - 1]]);
}

/* A head rule hit it: the first that decides comes before those that only speak. */
static void note_head(const struct match *match, struct matched *matched, uint32_t index)
{
    const struct rule *items = match->rules->items;
    bool decides = rules_decides(match->rules, &items[index]);
    bool is_first = matched->head == NO_RULE ||
                    (decides && !rules_decides(match->rules, &items[matched->head]));

    if (is_first && !matched->is_protected && !(decides && is_settled(match, matched)))
        matched->head = index;
}

/* A rule that has a say in the line itself hit it. */
static void note_hit(struct match *match, struct matched *matched, uint32_t index)
{
    const struct rule *rule = &match->rules->items[index];

    if (!rules_decides(match->rules, rule))
        matched->speaker =
            matched->speaker == NO_RULE && !matched->is_protected ? index : matched->speaker;
    else if (!is_settled(match, matched))
        add_hit(matched, index, rule_is_final(rule));
    matched->marks |= MARK_RULE | MARK_CHROME | marks_of_pack(match->rules, rule);
}

/* A mark or weigh rule hit. */
static void note_weighing(struct match *match, uint32_t index, struct matched *matched)
{
    const struct rule *rule = &match->rules->items[index];

    if (rule->weighing->marks & MARK_HEADLINE && matched->headline == NO_RULE)
        matched->headline = index;
    matched->marks |= rule->weighing->marks;
    if (verb_weighs(rule->verb))
        bits_add(match->weighs, chosen_place(&match->chosen, &match->chosen.weighing,
                                             match->weights->numbers[index]));
}

enum progress { GO_ON, EDITED, DONE };

/* Tries one candidate. */
static enum progress try_rule(struct match *match, const struct candidate *candidate,
                              struct facts *facts, const struct position *position,
                              struct matched *matched)
{
    uint32_t index = candidate->rule;
    const struct rule *rule = &match->rules->items[index];
    enum pattern_status status;

    /* a line that a strip rule gave up is safe from the strip rules after it, too */
    if (!rule_is_looked_for(rule) || (matched->is_protected && rule->verb == VERB_STRIP) ||
        (!match->rules->weigh_count && rule->verb != VERB_DOCUMENT &&
         passes_await_own(match, matched) && !rule_is_own(rule)) ||
        !conditions_meet(match, index, facts, position))
        return GO_ON;
    status = rule->verb == VERB_STRIP ? conditions_strip(match, index, facts)
                                      : conditions_match(match, candidate, facts);
    if (status == PATTERN_NO_MATCH)
        return GO_ON;
    if (status != PATTERN_MATCH || rule->verb == VERB_KEEP) {
        matched_protect(matched, index);
        return match->rules->weigh_count ? GO_ON : DONE;
    }
    if (rule->verb == VERB_STRIP) {
        if (matched->edited_by == NO_RULE)
            matched->edited_by = index;
        return EDITED;
    }
    if (rule->weighing) {
        note_weighing(match, index, matched);
        return GO_ON;
    }
    if (rule->verb == VERB_HEAD) { /* says nothing of the line itself */
        note_head(match, matched, index);
        return GO_ON;
    }
    if (rule->verb == VERB_DOCUMENT) { /* nor does it, but of all lines */
        matched->document = matched->document == NO_RULE ? index : matched->document;
        return GO_ON;
    }
    note_hit(match, matched, index);
    return rule_is_final(rule) && !match->rules->weigh_count && !passes_may_save(match, rule)
               ? DONE
               : GO_ON;
}

/* The rules without a regex that mark or weigh. */
static void try_plain(struct match *match, struct facts *facts, const struct position *position,
                      struct matched *matched)
{
    const struct weights *weights = match->weights;
    const struct ranges_words *words = &match->chosen.all;
    bool is_sifted = state_sifts(match);
    uint64_t block[RANGES_BLOCK];

    for (size_t i = 0; is_sifted && i < weights->weigh_words; i += RANGES_BLOCK) {
        ranges_copy(block, match->sifted + i);
        ranges_leave(block, weights->plain + i);
        ranges_join(match->weighs + i, block);
    }
    for (size_t i = weights->weigh_words; is_sifted && i < ranges_count(words); i++) {
        size_t word = ranges_word(words, i);
        uint64_t found = match->sifted[i] & weights->plain[word];
        uint64_t weighing = found & weights->weighing[word];

        if (weighing)
            match->weighs[chosen_weighing_word(&match->chosen, i)] |= weighing;
        for (found &= weights->marking[word]; found; found &= found - 1)
            note_weighing(match, weights->rules[word * 64 + bits_lowest(found)], matched);
    }
    for (uint32_t i = 0; !is_sifted && i < weights->count; i++) {
        uint32_t rule = weights->rules[i];

        if (bits_has(weights->plain, i) && conditions_meet(match, rule, facts, position))
            note_weighing(match, rule, matched);
    }
}

/* The mark rules that ask for marks, in file order: each knows what those before it gave. */
static void try_asking(struct match *match, struct facts *facts, const struct position *position,
                       struct matched *matched)
{
    for (size_t i = 0; i < match->chosen.asking_count; i++) {
        uint32_t index = match->chosen.asking[i];
        const struct rule *rule = &match->rules->items[index];
        const uint64_t *asked = rule->weighing->asked;
        uint64_t marks = weights_marks(matched->marks);
        enum pattern_status status = PATTERN_MATCH;

        if ((marks & asked[MARKS_IS]) != asked[MARKS_IS] || marks & asked[MARKS_ISNT] ||
            !conditions_meet(match, index, facts, position))
            continue;
        if (rule->regex.text)
            status = conditions_find(match, index, facts, 0, NULL);
        if (status == PATTERN_MATCH)
            note_weighing(match, index, matched);
        else if (status != PATTERN_NO_MATCH)
            matched_protect(matched, index);
    }
}

/* The line has all the marks that it gets: rules that ask for others do not weigh it. */
static void weigh(struct match *match, struct facts *facts, struct matched *matched)
{
    uint64_t marks = weights_marks(matched->marks);

    kept_drop(&match->is, ~marks, &match->chosen.weighing, match->weighs);
    kept_drop(&match->isnt, marks, &match->chosen.weighing, match->weighs);
    matched->weighs = match->weighs;
    matched->likeness = facts_likeness(facts, &match->surveyor);
    matched->speaks = facts_value(facts, FACT_SPEAKS, &match->surveyor);
}

/* The first of what the prefilter names: all that it names of one rule. */
static struct candidate next_candidate(const struct match *match, const uint32_t *trials,
                                       size_t count)
{
    struct candidate candidate = {match->trials[trials[0]].rule, trials, 1};

    while (candidate.count < count && match->trials[trials[candidate.count]].rule == candidate.rule)
        candidate.count++;
    return candidate;
}

static void examine(struct match *match, const char *text, size_t length,
                    const struct position *position, struct matched *matched)
{
    const struct weights *weights = match->weights;
    struct facts facts;
    const uint32_t *trials;
    uint32_t done = 0; /* rules below this one were tried */
    enum progress progress;
    bool is_over = false; /* but for document rules: the line may be left all the same */

    if (!conditions_look_at(match, (struct span){text, length}, &facts))
        return;
    match->edited_max = length + (size_t)match->rules->limits.most[LIMIT_GROWTH];
    if (weights)
        memset(match->weighs, 0, ranges_count(&match->chosen.weighing) * sizeof *match->weighs);
    do {
        size_t count = candidates(match, &facts, &trials);

        progress = DONE;
        if (state_sifts(match))
            conditions_sift(match, &facts, position);
        for (size_t i = 0; i < count;) {
            struct candidate candidate = next_candidate(match, trials + i, count - i);

            i += candidate.count;
            if (candidate.rule < done ||
                (is_over && match->rules->items[candidate.rule].verb != VERB_DOCUMENT))
                continue;
            progress = try_rule(match, &candidate, &facts, position, matched);
            done = candidate.rule + 1;
            is_over = is_over || progress == DONE;
            if (progress == EDITED || (is_over && !match->rules->discards))
                break;
        }
    } while (progress == EDITED);
    if (weights) {
        try_plain(match, &facts, position, matched);
        try_asking(match, &facts, position, matched);
    }
    if (matched->hit_count)
        passes_try(match, &facts, position, matched);
    if (matched->edited_by != NO_RULE && !matched->is_protected &&
        !facts_has_letter_or_digit(&facts, &match->surveyor)) {
        if (!conditions_look_at(match, (struct span){text, length}, &facts))
            return;
        matched->hits[0] = matched->edited_by;
        matched->hit_count = 1;
        matched->edited_by = NO_RULE;
    }
    matched->text = match->real.text;
    matched->length = match->real.length;
    if (weights)
        weigh(match, &facts, matched);
}

/* What is said of a line before any rule was tried. */
static void pass_by(const char *text, size_t length, struct matched *matched)
{
    matched->text = text;
    matched->length = length;
    matched->edited_by = matched->protector = NO_RULE;
    matched->is_protected = false;
    matched->hit_count = 0;
    matched->marks = 0;
    matched->head = matched->document = matched->headline = matched->speaker = NO_RULE;
    matched->likeness = (struct likeness){0};
    matched->speaks = 0;
    matched->weighs = NULL;
}

bool match_line(struct match *match, const char *text, size_t length,
                const struct position *position, struct matched *matched)
{
    struct memo_place place = {position->line, position->words};

    if (match->rules->count == 0 || (position->is_cut && !match->rules->has_keep)) {
        pass_by(text, length, matched);
        return true;
    }
    if (match->memo && memo_find(match->memo, text, length, place, matched))
        return true;
    match->span = MEMO_EVERYWHERE;
    match->is_lasting = true;
    pass_by(text, length, matched);
    examine(match, text, length, position, matched);
    if (match->memo && match->is_lasting && matched->edited_by == NO_RULE &&
        matched->document == NO_RULE && !match->no_memory)
        memo_add(match->memo, &match->span, matched);
    return !match->no_memory;
}

bool match_until(struct match *match, uint32_t rule, const char *text, size_t length)
{
    enum pattern_status status;
    struct facts facts;

    if (!conditions_look_at(match, (struct span){text, length}, &facts))
        return false;
    status =
        conditions_search(match, match->untils + rule, &match->rules->items[rule].until, 0, NULL);
    if (status == PATTERN_LIMIT)
        match->limited[rule]++;
    else if (status == PATTERN_NO_MEMORY)
        match->no_memory = true;
    return status == PATTERN_MATCH;
}

bool match_alone(struct match *match, uint32_t rule, const char *text, size_t length)
{
    struct facts facts;

    return conditions_look_at(match, (struct span){text, length}, &facts) &&
           conditions_meet_line(match, &match->rules->items[rule], &facts) &&
           (!match->rules->items[rule].regex.text ||
            conditions_find(match, rule, &facts, 0, NULL) == PATTERN_MATCH);
}

bool match_no_memory(const struct match *match)
{
    return match->no_memory;
}

uint64_t match_limited(const struct match *match, uint32_t rule)
{
    return match->limited[rule];
}

void match_add_limits(struct match *match, const struct match *other)
{
    for (uint32_t i = 0; i < match->rules->count; i++)
        match->limited[i] += other->limited[i];
}

bool match_any_limited(const struct match *match)
{
    for (uint32_t i = 0; i < match->rules->count; i++)
        if (match->limited[i])
            return true;
    return false;
}

char *match_limits_text(const struct match *match)
{
    struct report report;

    if (!report_open(&report))
        return NULL;
    for (uint32_t i = 0; i < match->rules->count; i++) {
        char id[RULE_ID_SIZE];

        if (!match->limited[i])
            continue;
        rule_id(&match->rules->items[i], id, sizeof id);
        fprintf(report.stream,
                "dechaff: rule %s: its search reached the match limit in %" PRIu64
                " line%s, which stayed\n",
                id, match->limited[i], match->limited[i] == 1 ? "" : "s");
    }
    return report_close(&report);
}
