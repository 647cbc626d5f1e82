#include "match/lint.h"

#include "match/match.h"
#include "regex/doubling.h"
#include "regex/required.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where an example stands, for a diagnostic. */
static struct place example_place(const struct rule *rule, const struct example *example)
{
    struct rule there = *rule;
    struct place place;

    there.line = example->line;
    there.statement = example->text;
    while (there.statement > rule->source->text && there.statement[-1] != '\n')
        there.statement--;
    place = rule_place(&there);
    place.column = (size_t)(example->text - place.source);
    return place;
}

static void try_examples(struct match *match, const struct rules *rules, uint32_t index,
                         struct diagnostics *diagnostics, struct lint_result *result)
{
    const struct rule *rule = &rules->items[index];
    bool has_caught = false, has_spared = false;

    for (const struct example *example = rule->examples; example; example = example->next) {
        uint64_t limited = match_limited(match, index);
        struct place place;
        bool is_caught;

        has_caught |= example->caught;
        has_spared |= !example->caught;
        result->examples++;
        is_caught = match_alone(match, index, example->text, example->length);
        place = example_place(rule, example);
        if (match_limited(match, index) > limited) {
            result->failed++;
            diag_add(diagnostics, SEVERITY_ERROR, &place,
                     "the search for the rule on line %zu reaches the match limit on this; write "
                     "it so that it backtracks less",
                     rule->line);
            continue;
        }
        if (is_caught == example->caught)
            continue;
        result->failed++;
        diag_add(diagnostics, SEVERITY_ERROR, &place,
                 example->caught ? "the rule on line %zu does not catch this; mend the rule, or "
                                   "make it a - example"
                                 : "the rule on line %zu catches this; mend the rule, or make it "
                                   "a + example",
                 rule->line);
    }
    if (rule->source->shipped && rule->regex.text && !verb_weighs(rule->verb) &&
        !(has_caught && has_spared)) {
        struct place place = rule_place(rule);

        result->lacking++;
        diag_add(diagnostics, SEVERITY_ERROR, &place,
                 "a shipped rule needs a + and a - example; put the missing one beneath it");
    }
}

static void warn(const struct rule *rule, struct diagnostics *diagnostics, const char *message)
{
    struct place place = rule_place(rule);

    diag_add(diagnostics, SEVERITY_WARNING, &place, "%s", message);
}

/* The longest line in bytes that the conditions admit. */
static uint64_t longest(const struct rule *rule)
{
    uint32_t most = rule_asks(rule, FACT_CHARS).most;

    if (most == 0 || rule_asks(rule, FACT_WORDS).most == 0)
        return 0;
    return most == UINT32_MAX ? UINT64_MAX : 4 * (uint64_t)most;
}

static void check_sense(struct match *match, const struct rules *rules, uint32_t index,
                        struct diagnostics *diagnostics)
{
    const struct rule *rule = &rules->items[index];
    const struct required *required = rule->required;

    if (!rule->regex.text)
        return;
    if (match_alone(match, index, "", 0))
        warn(rule, diagnostics,
             "the regex matches a line with nothing in it; ask for one character at least");
    if (required->min_length > longest(rule) ||
        rule_asks(rule, FACT_CHARS).least > required->max_length)
        warn(rule, diagnostics,
             "no line can match: the conditions and the regex exclude each "
             "other");
    if (rule_is_looked_for(rule) && required->count == 0 && !required_has_shape(required))
        warn(rule, diagnostics,
             "the regex requires no text that the prefilter could look for; it runs on every "
             "line");
}

/* Warns of a regex that would come to the match limit on a line of no great length. */
static void check_time(const struct rule *rule, struct diagnostics *diagnostics)
{
    if ((rule->regex.text && doubling_is_likely(&rule->regex)) ||
        (rule->until.text && doubling_is_likely(&rule->until)))
        warn(rule, diagnostics,
             "a group repeats what is repeated in it, and each character more can take twice the "
             "time; make the inner one possessive, as in (?:a++,?)+");
}

/* The rule that drops or cuts the line of an example, wherever it stands; or NO_RULE. */
static uint32_t first_to_decide(struct match *match, const struct rules *rules,
                                const struct example *example)
{
    const struct position anywhere = {.line = 1, .words = UINT64_MAX};
    struct matched matched;
    const struct rule *rule;

    if (!match_line(match, example->text, example->length, &anywhere, &matched) ||
        matched.is_protected || matched.edited_by != NO_RULE || matched.hit_count == 0)
        return NO_RULE;
    rule = &rules->items[matched.hits[0]];
    if ((rule->verb != VERB_DROP && rule->verb != VERB_CUT) || rule->first || rule->after)
        return NO_RULE;
    return matched.hits[0];
}

/* Warns of marks that the rule asks for and no rule gives, or, if it gives marks itself, none above
 * it. Where no rule weighs, a pass rule has those of mark rules alone that are looked for. */
static void check_marks(const struct rules *rules, uint32_t index, struct diagnostics *diagnostics)
{
    const struct rule *rule = &rules->items[index];
    struct place place = rule_place(rule);
    bool weighs = rule->verb != VERB_PASS || rules->weigh_count;
    uint64_t given = MARK_CHROME | MARK_RULE | (weighs ? MARK_PROSE | MARK_CLOSING : 0), missing;
    uint32_t count = rule->verb == VERB_MARK ? index : rules->count;

    if (!rule->weighing && !rule->is && !rule->under && !rule->about)
        return;
    for (uint32_t i = 0; i < count; i++) {
        const char *label = rules->items[i].source->label;

        if (rules->items[i].verb == VERB_STRIP || rules->items[i].verb == VERB_KEEP ||
            (!weighs && !(rules->items[i].weighing && rule_is_looked_for(&rules->items[i]))))
            continue;
        given |= rules->items[i].weighing
                     ? rules->items[i].weighing->marks
                     : marks_find(&rules->marks, (struct span){label, strlen(label)});
    }
    missing = (rule->is | rule->under | rule->about) & ~given;
    for (int which = 0; rule->weighing && which < MARKS_ASKED; which++)
        missing |= rule->weighing->asked[which] & ~given;
    for (uint32_t i = 0; i < rules->marks.count; i++) {
        struct span mark = rules->marks.names[i];

        if (!(missing >> i & 1))
            continue;
        if (!weighs)
            diag_add(diagnostics, SEVERITY_WARNING, &place,
                     "no mark rule with a regex, and without is= and isnt=, gives the mark '%.*s'; "
                     "where no rule weighs the others give none",
                     (int)mark.length, mark.text);
        else
            diag_add(diagnostics, SEVERITY_WARNING, &place,
                     "no rule%s gives the mark '%.*s', and no pack with rules has that name",
                     rule->verb == VERB_MARK ? " above" : "", (int)mark.length, mark.text);
    }
}

/* Warns of a rule whose + examples are all caught by one rule before it. */
static void check_shadow(struct match *match, const struct rules *rules, uint32_t index,
                         struct diagnostics *diagnostics)
{
    const struct rule *rule = &rules->items[index];
    uint32_t shadow = NO_RULE;

    if (rule->verb == VERB_STRIP || rule->verb == VERB_KEEP || rule->verb == VERB_PASS ||
        rule->weighing || rule->section)
        return;
    for (const struct example *example = rule->examples; example; example = example->next) {
        uint32_t first;

        if (!example->caught)
            continue;
        first = first_to_decide(match, rules, example);
        if (first == NO_RULE || first >= index || (shadow != NO_RULE && shadow != first))
            return;
        shadow = first;
    }
    if (shadow != NO_RULE) {
        struct place place = rule_place(rule);
        char id[RULE_ID_SIZE];

        rule_id(&rules->items[shadow], id, sizeof id);
        diag_add(diagnostics, SEVERITY_WARNING, &place,
                 "rule %s stands before it and catches all its + examples; drop one of the two, or "
                 "show a line that only this one catches",
                 id);
    }
}

static int compare_regexes(const void *a, const void *b)
{
    const struct rule *const *left = a, *const *right = b;
    const struct regex *x = &(*left)->regex, *y = &(*right)->regex;
    size_t shorter = x->length < y->length ? x->length : y->length;
    int order = shorter ? memcmp(x->text, y->text, shorter) : 0;

    if (order == 0 && x->length != y->length)
        order = x->length < y->length ? -1 : 1;
    if (order == 0)
        order = *left < *right ? -1 : 1;
    return order;
}

static bool same_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    return a_length == b_length && (a_length == 0 || memcmp(a, b, a_length) == 0);
}

static bool same_regex(const struct regex *a, const struct regex *b)
{
    return a->flags == b->flags && same_bytes(a->text, a->length, b->text, b->length);
}

static bool asks_the_same(const struct rule *a, const struct rule *b)
{
    for (unsigned which = 0; which < ASKED; which++) {
        struct range x = rule_asks(a, which), y = rule_asks(b, which);

        if (x.least != y.least || x.most != y.most)
            return false;
    }
    return a->first == b->first && a->after == b->after;
}

static bool says_the_same(const struct rule *a, const struct rule *b)
{
    return a->verb == b->verb && a->section == b->section && a->count == b->count &&
           a->paras == b->paras && a->back == b->back && a->soft == b->soft && a->hint == b->hint &&
           a->between == b->between && a->is == b->is && a->under == b->under &&
           a->about == b->about && a->measure == b->measure && a->above == b->above &&
           a->below == b->below && same_regex(&a->regex, &b->regex) &&
           same_regex(&a->until, &b->until) &&
           same_bytes(a->with, a->with_length, b->with, b->with_length) && asks_the_same(a, b);
}

static void warn_of_twin(const struct rule *rule, const struct rule *twin,
                         struct diagnostics *diagnostics)
{
    struct place place = rule_place(rule);

    diag_add(diagnostics, SEVERITY_WARNING, &place,
             "the same rule stands at %s:%zu already; take one out", twin->source->path,
             twin->line);
}

/* Of two the one is warned of that comes behind, but of the user's before a shipped one. */
static bool check_twins(const struct rules *rules, bool has_own, struct diagnostics *diagnostics)
{
    const struct rule **sorted = malloc((rules->count + (size_t)1) * sizeof *sorted);

    if (!sorted)
        return false;
    for (uint32_t i = 0; i < rules->count; i++)
        sorted[i] = &rules->items[i];
    qsort(sorted, rules->count, sizeof *sorted, compare_regexes);
    for (uint32_t i = 1; i < rules->count; i++) {
        const struct rule *rule = sorted[i], *twin = sorted[i - 1];

        if (rule->weighing || !says_the_same(twin, rule))
            continue;
        if (!has_own || !rule->source->shipped)
            warn_of_twin(rule, twin, diagnostics);
        else if (!twin->source->shipped)
            warn_of_twin(twin, rule, diagnostics);
    }
    free(sorted);
    return true;
}

/* Whether there are rules that were not shipped: only these are then warned of. */
static bool has_own_rules(const struct rules *rules)
{
    for (uint32_t i = 0; i < rules->count; i++)
        if (!rules->items[i].source->shipped)
            return true;
    return false;
}

bool lint_rules(const struct rules *rules, struct diagnostics *diagnostics,
                struct lint_result *result)
{
    struct engine *engine = engine_create(rules);
    struct match *match = engine ? match_create(engine, MATCH_PREFILTER) : NULL;
    bool good = match != NULL, has_own = has_own_rules(rules);

    *result = (struct lint_result){.rules = rules->count};
    for (uint32_t i = 0; good && i < rules->count; i++) {
        try_examples(match, rules, i, diagnostics, result);
        if (has_own && rules->items[i].source->shipped)
            continue;
        check_time(&rules->items[i], diagnostics);
        check_sense(match, rules, i, diagnostics);
        check_shadow(match, rules, i, diagnostics);
        check_marks(rules, i, diagnostics);
    }
    good = good && check_twins(rules, has_own, diagnostics);
    result->warnings = diagnostics->warnings;
    good = good && !match_no_memory(match) && !diagnostics->no_memory;
    match_destroy(match);
    engine_destroy(engine);
    return good;
}

char *lint_text(const struct lint_result *result)
{
    static const char format[] = "rules: %zu, examples: %zu, failed: %zu, rules without: %zu, "
                                 "warnings: %zu\n";
    size_t size = sizeof format + 5 * sizeof "18446744073709551615";
    char *text = malloc(size);

    if (text)
        snprintf(text, size, format, result->rules, result->examples, result->failed,
                 result->lacking, result->warnings);
    return text;
}
