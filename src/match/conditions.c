#include "match/conditions.h"

#include "base/number.h"
#include "base/utf8.h"
#include "line/measure.h"
#include "regex/phrase.h"

#include <stdlib.h>
#include <string.h>

/* What is known of a line, first what changes least from line to line. */
static const uint8_t slow_first[FACTS] = {
    FACT_UPPER,    FACT_DOUBLED,        FACT_CELLS,  FACT_BULLET, FACT_END,      FACT_SENTENCES,
    FACT_COMMAS,   FACT_CHARS,          FACT_DIGITS, FACT_TITLE,  FACT_NO_LOWER, FACT_LOWER,
    FACT_FUNCTION, FACT_FUNCTION_SHARE, FACT_INDENT, FACT_WORDS,  FACT_SPEAKS,
};

bool conditions_init(struct match *match)
{
    const struct weights *weights = match->weights;

    return sieve_init(&match->sieve, weights->asked, slow_first, FACTS, weights->common_words);
}

bool conditions_look_at(struct match *match, struct span real, struct facts *facts)
{
    bool is_folded = match->rules->parameters.view == VIEW_FOLDED;
    struct span seen = real;

    if (is_folded && !view_make(&match->view, real, &seen)) {
        match->no_memory = true;
        return false;
    }
    match->real = real;
    match->seen = seen;
    *facts = facts_of(seen.text, seen.length);
    /* a dump's layout is made of blanks, a paragraph's of what is wide */
    if (seen.text != real.text)
        facts_note(facts, FACT_INDENT, measure_indent(real.text, real.length));
    pattern_subject(match->matcher, seen.text, seen.length, is_folded);
    return true;
}

bool conditions_meet_line(struct match *match, const struct rule *rule, struct facts *facts)
{
    const struct range *range = rule->asked.ranges;

    for (uint64_t left = rule->asked.which & ASKED_OF_LINE; left; left &= left - 1, range++) {
        uint32_t value = facts_value(facts, (enum fact)bits_lowest(left), &match->surveyor);

        if (value < range->least || value > range->most)
            return false;
    }
    return true;
}

/* Whether the rule is for that place in the document; notes for which others the answer is the
 * same. */
static bool position_holds(struct match *match, const struct rule *rule,
                           const struct position *position)
{
    uint64_t first = rule->first, after = rule->after;
    bool is_before = !first || position->line <= first, is_behind = position->words >= after;
    struct memo_span *span = &match->span;

    if (!match->holding.holds[rule->section])
        return false;
    if (first && is_before)
        span->most.line = number_smaller(span->most.line, first);
    else if (first)
        span->least.line = number_larger(span->least.line, first + 1);
    if (after && is_behind)
        span->least.words = number_larger(span->least.words, after);
    else if (after)
        span->most.words = number_smaller(span->most.words, after - 1);
    return is_before && is_behind;
}

void conditions_sift(struct match *match, struct facts *facts, const struct position *position)
{
    const struct weights *weights = match->weights;
    const struct ranges_words *words = &match->chosen.all;
    size_t count = ranges_count(words);
    uint64_t *set = match->sifted;

    memcpy(set, match->chosen.holding, count * sizeof *set);
    facts_survey(facts, &match->surveyor);
    for (size_t i = 0; i < match->sieve.count; i++)
        facts_value(facts, (enum fact)match->sieve.steps[i].which, &match->surveyor);
    sieve_sift(&match->sieve, facts->values, words, set);
    for (size_t i = 0; weights->placed && i < count; i++) {
        for (uint64_t left = set[i] & weights->placed[ranges_word(words, i)]; left;
             left &= left - 1) {
            uint32_t rule = chosen_rule(&match->chosen, words, i, bits_lowest(left));

            if (!position_holds(match, &match->rules->items[rule], position))
                set[i] &= ~(left & (~left + 1));
        }
    }
}

bool conditions_meet(struct match *match, uint32_t index, struct facts *facts,
                     const struct position *position)
{
    const struct rule *rule = &match->rules->items[index];

    if (rule->weighing && state_sifts(match)) {
        const struct chosen *chosen = &match->chosen;
        size_t place = chosen_place(chosen, &chosen->all, match->weights->numbers[index]);

        return place != SIZE_MAX && bits_has(match->sifted, place);
    }
    return position_holds(match, rule, position) && conditions_meet_line(match, rule, facts);
}

/* Notes what came of looking for the rule's regex. */
static enum pattern_status note(struct match *match, uint32_t index, enum pattern_status status)
{
    if (status == PATTERN_LIMIT) {
        match->limited[index]++;
        match->is_lasting = false; /* the limit is counted each time */
    } else if (status == PATTERN_NO_MEMORY) {
        match->no_memory = true;
    }
    return status;
}

/* Whether the line's bytes say what *STATUS is. */
static bool match_phrase(const struct match *match, const struct regex *regex,
                         enum pattern_status *status)
{
    bool matches;

    if (!phrase_match(regex, match->seen, &matches))
        return false;
    *status = matches ? PATTERN_MATCH : PATTERN_NO_MATCH;
    return true;
}

enum pattern_status conditions_search(struct match *match, uint32_t number,
                                      const struct regex *regex, size_t from,
                                      struct pattern_span *span)
{
    bool is_phrase = phrase_is(regex) && from == 0 && !span;
    enum pattern_status status;
    struct pattern *pattern;

    if (is_phrase && match->way != MATCH_PLAIN && match_phrase(match, regex, &status))
        return status;
    pattern = patterns_at(&match->patterns, number, regex);
    if (!pattern)
        return PATTERN_NO_MEMORY;
    status = pattern_match(match->matcher, pattern, regex, from, span);
    if (status == PATTERN_LIMIT && is_phrase) /* which is for both engines the same then */
        match_phrase(match, regex, &status);
    return status;
}

static enum pattern_status find(struct match *match, uint32_t index, size_t from,
                                struct pattern_span *span)
{
    return conditions_search(match, index, &match->rules->items[index].regex, from, span);
}

/* Tries what the prefilter names of the rule, one after the other; where a way comes to its limit,
 * the whole regex decides. */
static enum pattern_status try_each(struct match *match, const struct candidate *candidate)
{
    for (size_t i = 0; i < candidate->count; i++) {
        const struct trial *next = &match->trials[candidate->trials[i]];
        enum pattern_status status = conditions_search(match, next->pattern, next->regex, 0, NULL);

        if (status == PATTERN_LIMIT && next->pattern != candidate->rule)
            return find(match, candidate->rule, 0, NULL);
        if (status != PATTERN_NO_MATCH)
            return status;
    }
    return PATTERN_NO_MATCH;
}

/* What the prefilter names of the rule: nothing if it can't match. */
static struct candidate named(const struct match *match, uint32_t index, const struct facts *facts)
{
    struct candidate candidate = {.rule = index};
    const uint32_t *trials;
    size_t count = candidates_of_line(&match->candidates, facts->text, facts->length, &trials);

    for (size_t i = 0; i < count; i++) {
        if (match->trials[trials[i]].rule != index)
            continue;
        if (candidate.count++ == 0)
            candidate.trials = &trials[i];
    }
    return candidate;
}

enum pattern_status conditions_match(struct match *match, const struct candidate *candidate,
                                     const struct facts *facts)
{
    uint32_t index = candidate->rule;
    enum pattern_status status;

    if (match->way != MATCH_PLAIN)
        return note(match, index, try_each(match, candidate));
    status = find(match, index, 0, NULL);
    /* the ways may well find what the whole could not, and what can't match is not tried at all */
    if (status == PATTERN_LIMIT) {
        struct candidate again = named(match, index, facts);

        status = try_each(match, &again);
    }
    return note(match, index, status);
}

/* Whether a prefilter tells that the rule can't match; what none is asked of is tried by both
 * engines alike. */
static bool is_refused(const struct match *match, uint32_t index, const struct facts *facts)
{
    const struct rule *rule = &match->rules->items[index];

    if (rule->verb != VERB_PASS)
        return rule_is_looked_for(rule) && named(match, index, facts).count == 0;
    passing_look(&match->passing, match->candidates.engine, facts->text, facts->length);
    return !passing_can_match(&match->passing, index);
}

enum pattern_status conditions_find(struct match *match, uint32_t index, const struct facts *facts,
                                    size_t from, struct pattern_span *span)
{
    enum pattern_status status = find(match, index, from, span);

    if (status == PATTERN_LIMIT && match->way == MATCH_PLAIN && is_refused(match, index, facts))
        return PATTERN_NO_MATCH;
    return note(match, index, status);
}

static bool grow(struct match *match, int which, size_t needed)
{
    size_t capacity = match->edited_capacity[which];
    char *larger;

    /* At first there is no buffer, however little is needed. */
    if (capacity && needed <= capacity)
        return true;
    capacity = needed + needed / 2 + 64;
    larger = realloc(match->edited[which], capacity);
    if (!larger) {
        match->no_memory = true;
        return false;
    }
    match->edited[which] = larger;
    match->edited_capacity[which] = capacity;
    return true;
}

/* Where in the line at hand the byte of its view begins; PLACE goes on to it, from a byte before.
 */
static size_t real_place(const struct match *match, const struct facts *facts,
                         struct view_place *place, size_t at)
{
    if (facts->text == match->real.text)
        return at;
    if (at == facts->length)
        return match->real.length;
    view_reach(place, match->real, at);
    return place->real;
}

/* The result goes into the buffer that the line is not in. */
enum pattern_status conditions_strip(struct match *match, uint32_t index, struct facts *facts)
{
    const struct rule *rule = &match->rules->items[index];
    struct span real = match->real;
    int which = real.text == match->edited[0] ? 1 : 0;
    size_t from = 0, taken = 0, copied = 0, out = 0, size;
    struct view_place place = {0};
    struct pattern_span span = {0};
    enum pattern_status status;
    bool is_edited = false;

    while ((status = conditions_find(match, index, facts, from, &span)) == PATTERN_MATCH) {
        size_t start, end;

        if (span.end == span.start || span.start < taken) {
            if (span.end >= facts->length)
                break;
            from = span.end > from ? span.end : from + 1;
            while (from < facts->length && utf8_continues((unsigned char)facts->text[from]))
                from++;
            continue;
        }
        start = real_place(match, facts, &place, span.start);
        end = real_place(match, facts, &place, span.end);
        size = out + (start - copied) + rule->with_length + (real.length - end);
        if (size > match->edited_max) {
            match->limited[index]++;
            match->is_lasting = false;
            return PATTERN_LIMIT;
        }
        if (!grow(match, which, size))
            return PATTERN_NO_MEMORY;
        if (start > copied)
            memcpy(match->edited[which] + out, real.text + copied, start - copied);
        out += start - copied;
        if (rule->with_length)
            memcpy(match->edited[which] + out, rule->with, rule->with_length);
        out += rule->with_length;
        copied = end;
        taken = from = span.end;
        is_edited = true;
    }
    if (status != PATTERN_NO_MATCH && status != PATTERN_MATCH)
        return status;
    if (!is_edited)
        return PATTERN_NO_MATCH;
    if (real.length > copied)
        memcpy(match->edited[which] + out, real.text + copied, real.length - copied);
    real = (struct span){match->edited[which], out + (real.length - copied)};
    return conditions_look_at(match, real, facts) ? PATTERN_MATCH : PATTERN_NO_MEMORY;
}
