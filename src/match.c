#include "match.h"

#include "facts.h"
#include "memo.h"
#include "pattern.h"
#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Regexes the program itself needs, for what takes Unicode's letters. */
enum built_in { HAS_LETTER_OR_DIGIT, IS_UPPER, IS_TITLE, BUILT_INS };

/* The built-in regexes take a few steps a byte. */
#define OWN_LIMIT UINT32_C(1000000000)

#define REGEX(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1, 0                                                            \
    }

static const struct regex built_in_regexes[BUILT_INS] = {
    [HAS_LETTER_OR_DIGIT] = REGEX("[\\p{L}\\p{N}]"),
    /* A capital, and no small letter. */
    [IS_UPPER] = REGEX("^[^\\p{Ll}\\p{Lu}]*+\\p{Lu}[^\\p{Ll}]*+$"),
    /* Every word of four letters or more begins with a capital, and there is one. */
    [IS_TITLE] = REGEX("^(?=.*?(?<![\\p{L}\\p{N}'’])[\\p{Lu}\\p{Lt}]\\p{L}{3})"
                       "(?!.*?(?<![\\p{L}\\p{N}'’])(?![\\p{Lu}\\p{Lt}])\\p{L}{4})"),
};

struct match {
    const struct rules *rules;
    enum match_engine engine;
    struct pattern_matcher *matcher;
    struct pattern_matcher *own_matcher; /* for the built-in regexes, whatever the match-limit */
    struct prefilter_scratch *scratch;
    struct pattern *patterns; /* one a rule */
    struct pattern *untils;   /* one a rule */
    struct pattern built_ins[BUILT_INS];
    uint64_t *limited;
    bool *section_holds;
    uint32_t *all; /* what MATCH_PLAIN tries: 0, 1, ... */
    /* Sets of the rules that weigh or mark: whose section holds, whose conditions the line at hand
     * meets, and which hit it. */
    uint64_t *sections;
    uint64_t *sifted;
    uint64_t *weighs;
    char *edited[2];
    size_t edited_capacity[2];
    size_t edited_max; /* bytes the line at hand may grow to */
    struct memo *memo; /* NULL for MATCH_PLAIN, and unless rules weigh */
    unsigned reached;  /* of enum memo_reach: where the line at hand is */
    unsigned asked;    /* which of these made a difference for it */
    bool no_memory;
};

/* The rules that weigh or mark whose section holds. */
static void choose_sections(struct match *match)
{
    const struct weigher *weigher = match->rules->weigher;

    for (uint32_t i = 0; weigher && i < weigher->count; i++) {
        if (i % 64 == 0)
            match->sections[i / 64] = 0;
        if (match->section_holds[match->rules->items[weigher->rules[i]].section])
            weigher_add(match->sections, i);
    }
}

struct match *match_create(const struct rules *rules, enum match_engine engine)
{
    struct match *match = calloc(1, sizeof *match);
    size_t count = rules->count + (size_t)1;
    size_t words = rules->weigher ? rules->weigher->words : 1;

    if (!match)
        return NULL;
    match->rules = rules;
    match->engine = engine;
    match->matcher = pattern_matcher_create(rules->parameters.match_limit);
    match->own_matcher = pattern_matcher_create(OWN_LIMIT);
    match->scratch = prefilter_scratch_create(rules->prefilter);
    match->patterns = calloc(count, sizeof *match->patterns);
    match->untils = calloc(count, sizeof *match->untils);
    match->limited = calloc(count, sizeof *match->limited);
    match->section_holds = calloc(rules->section_count, sizeof *match->section_holds);
    match->sections = calloc(words, sizeof *match->sections);
    match->sifted = calloc(words, sizeof *match->sifted);
    match->weighs = calloc(words, sizeof *match->weighs);
    if (engine == MATCH_PLAIN)
        match->all = calloc(count, sizeof *match->all);
    else if (rules->weigher)
        match->memo = memo_create(rules->weigher->weigh_words);
    if (!match->matcher || !match->own_matcher || !match->scratch || !match->patterns ||
        !match->untils || !match->limited || !match->section_holds || !match->sections ||
        !match->sifted || !match->weighs ||
        (engine == MATCH_PLAIN ? !match->all : rules->weigher && !match->memo)) {
        match_destroy(match);
        return NULL;
    }
    for (uint32_t i = 0; match->all && i < rules->count; i++)
        match->all[i] = i;
    match->section_holds[0] = true;
    choose_sections(match);
    return match;
}

void match_destroy(struct match *match)
{
    if (!match)
        return;
    for (uint32_t i = 0; match->patterns && i < match->rules->count; i++)
        pattern_release(&match->patterns[i]);
    for (uint32_t i = 0; match->untils && i < match->rules->count; i++)
        pattern_release(&match->untils[i]);
    for (int i = 0; i < BUILT_INS; i++)
        pattern_release(&match->built_ins[i]);
    pattern_matcher_destroy(match->matcher);
    pattern_matcher_destroy(match->own_matcher);
    prefilter_scratch_destroy(match->scratch);
    free(match->patterns);
    free(match->untils);
    free(match->limited);
    free(match->section_holds);
    memo_destroy(match->memo);
    free(match->all);
    free(match->sections);
    free(match->sifted);
    free(match->weighs);
    free(match->edited[0]);
    free(match->edited[1]);
    free(match);
}

void match_document(struct match *match, const char *host, const char *language)
{
    for (size_t i = 1; i < match->rules->section_count; i++)
        match->section_holds[i] = section_holds(&match->rules->sections[i], host, language);
    choose_sections(match);
    if (match->memo && match->rules->section_count > 1)
        memo_clear(match->memo);
}

static bool built_in_matches(struct match *match, enum built_in which, const char *text,
                             size_t length)
{
    enum pattern_status status = pattern_match(match->own_matcher, &match->built_ins[which],
                                               &built_in_regexes[which], text, length, 0, NULL);

    if (status == PATTERN_NO_MEMORY)
        match->no_memory = true;
    return status == PATTERN_MATCH;
}

static bool case_is(struct match *match, enum letter_case letter_case, struct facts *facts)
{
    unsigned bit = 1u << letter_case;

    if (!(facts->cases_known & bit)) {
        facts->cases_known |= bit;
        if (built_in_matches(match, letter_case == CASE_UPPER ? IS_UPPER : IS_TITLE, facts->text,
                             facts->length))
            facts->cases |= bit;
    }
    return facts->cases & bit;
}

/* The conditions about the line alone. */
static bool line_conditions_hold(struct match *match, const struct conditions *conditions,
                                 struct facts *facts)
{
    return facts_meet(facts, conditions, match->rules->lexicon) &&
           (conditions->letter_case == CASE_ANY ||
            case_is(match, (enum letter_case)conditions->letter_case, facts));
}

static bool position_holds(struct match *match, const struct rule *rule,
                           const struct position *position)
{
    match->asked |=
        (rule->conditions.first ? MEMO_FIRST : 0) | (rule->conditions.after ? MEMO_AFTER : 0);
    return match->section_holds[rule->section] &&
           (!rule->conditions.first || position->line <= rule->conditions.first) &&
           position->words >= rule->conditions.after;
}

/* Finds out which of the rules that weigh or mark have their conditions met, all at once. */
static void sift(struct match *match, struct facts *facts, const struct position *position)
{
    const struct weigher *weigher = match->rules->weigher;
    const struct bounds *lines = &weigher->places[PLACE_LINE];
    const struct bounds *words = &weigher->places[PLACE_WORDS];
    uint64_t *set = match->sifted;

    memcpy(set, match->sections, weigher->words * sizeof *set);
    for (int fact = 0; fact < FACTS; fact++) {
        const struct bounds *bounds = &weigher->facts[fact];
        uint64_t value;

        if (!bounds_matter(bounds, set))
            continue;
        value = fact < FACTS_MEASURED
                    ? facts_value(facts, (enum fact)fact, match->rules->lexicon)
                    : case_is(match, fact == FACT_UPPER ? CASE_UPPER : CASE_TITLE, facts);
        bounds_sift(bounds, value, set);
    }
    match->asked |=
        (bounds_matter(lines, set) ? MEMO_FIRST : 0) | (bounds_matter(words, set) ? MEMO_AFTER : 0);
    bounds_sift(lines, position->line, set);
    bounds_sift(words, position->words, set);
    facts->is_sifted = true;
}

/* Whether the rule's conditions hold. */
static bool conditions_hold(struct match *match, uint32_t index, struct facts *facts,
                            const struct position *position)
{
    const struct rule *rule = &match->rules->items[index];

    if (facts->is_sifted && rule->weighing)
        return weigher_has(match->sifted, match->rules->weigher->numbers[index]);
    return position_holds(match, rule, position) &&
           line_conditions_hold(match, &rule->conditions, facts);
}

static enum pattern_status match_rule(struct match *match, uint32_t index, const char *text,
                                      size_t length, size_t from, struct pattern_span *span)
{
    enum pattern_status status =
        pattern_match(match->matcher, &match->patterns[index], &match->rules->items[index].regex,
                      text, length, from, span);

    if (status == PATTERN_LIMIT) {
        match->limited[index]++;
        match->asked |= MEMO_NEVER; /* it is counted each time */
    } else if (status == PATTERN_NO_MEMORY) {
        match->no_memory = true;
    }
    return status;
}

static bool grow(struct match *match, int which, size_t needed)
{
    size_t capacity = match->edited_capacity[which];
    char *larger;

    /* There is a buffer from the first edit on, even if that leaves nothing. */
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

/*
 * Applies one strip rule to the text in FACTS, over all its matches. The result goes into the
 * buffer that the text isn't in. An empty match removes nothing.
 */
static enum pattern_status strip(struct match *match, uint32_t index, struct facts *facts)
{
    const struct rule *rule = &match->rules->items[index];
    int which = facts->text == match->edited[0] ? 1 : 0;
    size_t from = 0, copied = 0, out = 0;
    struct pattern_span span;
    enum pattern_status status;

    while ((status = match_rule(match, index, facts->text, facts->length, from, &span)) ==
           PATTERN_MATCH) {
        if (span.end == span.start || span.start < copied) {
            if (span.end >= facts->length)
                break;
            from = span.end > from ? span.end : from + 1;
            while (from < facts->length && ((unsigned char)facts->text[from] & 0xc0) == 0x80)
                from++;
            continue;
        }
        if (out + (span.start - copied) + rule->with_length > match->edited_max) {
            match->limited[index]++;
            return PATTERN_LIMIT;
        }
        if (!grow(match, which,
                  out + (span.start - copied) + rule->with_length + (facts->length - span.end)))
            return PATTERN_NO_MEMORY;
        if (span.start > copied)
            memcpy(match->edited[which] + out, facts->text + copied, span.start - copied);
        out += span.start - copied;
        if (rule->with_length)
            memcpy(match->edited[which] + out, rule->with, rule->with_length);
        out += rule->with_length;
        copied = from = span.end;
    }
    if (status != PATTERN_NO_MATCH && status != PATTERN_MATCH)
        return status;
    if (copied == 0 && out == 0)
        return PATTERN_NO_MATCH;
    if (facts->length > copied)
        memcpy(match->edited[which] + out, facts->text + copied, facts->length - copied);
    *facts = facts_of(match->edited[which], out + (facts->length - copied));
    return PATTERN_MATCH;
}

static size_t candidates(struct match *match, const struct facts *facts, const uint32_t **rules)
{
    if (match->engine == MATCH_PLAIN) {
        *rules = match->all;
        return match->rules->count;
    }
    return prefilter_candidates(match->rules->prefilter, match->scratch, facts->text, facts->length,
                                rules);
}

static void protect(struct matched *matched, uint32_t rule)
{
    if (matched->is_protected)
        return;
    matched->is_protected = true;
    matched->protector = rule;
    matched->hit_count = 0;
}

static bool is_final(const struct rule *rule)
{
    return rule->verb == VERB_DROP || rule->verb == VERB_CUT || rule->verb == VERB_TAIL ||
           (rule->verb == VERB_BLOCK && !rule->until.text);
}

/* Adds a hit; the last place is kept free for one that is final. */
static void add_hit(struct matched *matched, uint32_t index, bool final)
{
    if (matched->is_protected)
        return;
    if (matched->hit_count < MATCH_HITS - 1 || (final && matched->hit_count < MATCH_HITS))
        matched->hits[matched->hit_count++] = index;
}

/* A mark or weigh rule hit. */
static void note_weighing(struct match *match, uint32_t index, struct matched *matched)
{
    const struct rule *rule = &match->rules->items[index];

    if (rule->weighing->marks & MARK_HEADLINE && matched->headline == NO_RULE)
        matched->headline = index;
    matched->marks |= rule->weighing->marks;
    if (match->rules->weigher && rule->verb == VERB_WEIGH)
        weigher_add(match->weighs, match->rules->weigher->numbers[index]);
}

/* Asked for only if rules weigh: the pack's name, if a rule asks for it. */
static uint64_t marks_of_pack(const struct rules *rules, const struct rule *rule)
{
    const char *label = rule->source->label;

    return rules->weigh_count ? marks_find(&rules->marks, (struct span){label, strlen(label)}) : 0;
}

enum progress { GO_ON, EDITED, DONE };

/* Tries one candidate. */
static enum progress try_rule(struct match *match, uint32_t index, struct facts *facts,
                              const struct position *position, struct matched *matched)
{
    const struct rule *rule = &match->rules->items[index];
    enum pattern_status status;

    /* what a strip rule could not do protects the line from those after it too */
    if (!rule->regex.text || (matched->is_protected && rule->verb == VERB_STRIP) ||
        !conditions_hold(match, index, facts, position))
        return GO_ON;
    status = rule->verb == VERB_STRIP
                 ? strip(match, index, facts)
                 : match_rule(match, index, facts->text, facts->length, 0, NULL);
    if (status == PATTERN_NO_MATCH)
        return GO_ON;
    if (status != PATTERN_MATCH || rule->verb == VERB_KEEP) {
        protect(matched, index);
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
    add_hit(matched, index, is_final(rule));
    if (rule->verb == VERB_HEAD) /* of the article */
        return GO_ON;
    matched->marks |= MARK_RULE | MARK_CHROME | marks_of_pack(match->rules, rule);
    return is_final(rule) && !match->rules->weigh_count ? DONE : GO_ON;
}

/* The rules without a regex that mark or weigh. */
static void try_plain(struct match *match, struct facts *facts, const struct position *position,
                      struct matched *matched)
{
    const struct weigher *weigher = match->rules->weigher;

    for (size_t i = 0; facts->is_sifted && i < weigher->words; i++) {
        uint64_t found = match->sifted[i] & weigher->plain[i];

        match->weighs[i] |= found & weigher->weighing[i];
        for (found &= weigher->marking[i]; found; found &= found - 1)
            note_weighing(match, weigher->rules[i * 64 + bits_lowest(found)], matched);
    }
    for (uint32_t i = 0; !facts->is_sifted && i < match->rules->plain_count; i++) {
        if (conditions_hold(match, match->rules->plain[i], facts, position))
            note_weighing(match, match->rules->plain[i], matched);
    }
}

/* All that is to be known of the line's marks is: those of the rules that hit it and ask for others
 * do not weigh it. */
static void weigh(struct match *match, struct matched *matched)
{
    const struct weigher *weigher = match->rules->weigher;
    uint64_t marks = weigher_marks(matched->marks);

    bounds_drop(&weigher->marks[MARKS_IS], ~marks, match->weighs);
    bounds_drop(&weigher->marks[MARKS_ISNT], marks, match->weighs);
    matched->weighs = match->weighs;
    matched->look = look_at(matched->text, matched->length);
}

static void examine(struct match *match, const char *text, size_t length,
                    const struct position *position, struct matched *matched)
{
    const struct weigher *weigher = match->rules->weigher;
    struct facts facts = facts_of(text, length);
    const uint32_t *rules;
    uint32_t done = 0; /* rules below this one were tried */
    enum progress progress;

    match->edited_max = length + MATCH_GROWTH;
    if (weigher)
        memset(match->weighs, 0, weigher->words * sizeof *match->weighs);
    do {
        size_t count = candidates(match, &facts, &rules);

        progress = DONE;
        if (weigher && match->engine == MATCH_PREFILTER)
            sift(match, &facts, position);
        for (size_t i = 0; i < count; i++) {
            if (rules[i] < done)
                continue;
            progress = try_rule(match, rules[i], &facts, position, matched);
            done = rules[i] + 1;
            if (progress != GO_ON)
                break;
        }
    } while (progress == EDITED);
    if (weigher)
        try_plain(match, &facts, position, matched);
    matched->text = facts.text;
    matched->length = facts.length;
    if (matched->edited_by != NO_RULE && !matched->is_protected &&
        !built_in_matches(match, HAS_LETTER_OR_DIGIT, facts.text, facts.length)) {
        matched->text = text;
        matched->length = length;
        matched->hits[0] = matched->edited_by;
        matched->hit_count = 1;
        matched->edited_by = NO_RULE;
    }
    if (weigher)
        weigh(match, matched);
}

/* Nothing is looked for in the line. */
static void pass_by(const char *text, size_t length, struct matched *matched)
{
    matched->text = text;
    matched->length = length;
    matched->edited_by = matched->protector = NO_RULE;
    matched->is_protected = false;
    matched->hit_count = 0;
    matched->marks = 0;
    matched->headline = NO_RULE;
    matched->weighs = NULL;
}

bool match_line(struct match *match, const char *text, size_t length,
                const struct position *position, struct matched *matched)
{
    if (position->is_cut && !match->rules->has_keep) {
        pass_by(text, length, matched);
        return true;
    }
    match->reached = (position->line > match->rules->max_first ? MEMO_FIRST : 0) |
                     (position->words >= match->rules->max_after ? MEMO_AFTER : 0);
    if (match->memo && memo_find(match->memo, text, length, match->reached, matched))
        return true;
    match->asked = 0;
    pass_by(text, length, matched);
    examine(match, text, length, position, matched);
    if (match->memo && (match->asked & ~match->reached) == 0 && matched->edited_by == NO_RULE &&
        length <= MEMO_LINE && !match->no_memory)
        memo_add(match->memo, match->asked, matched);
    return !match->no_memory;
}

bool match_until(struct match *match, uint32_t rule, const char *text, size_t length)
{
    enum pattern_status status =
        pattern_match(match->matcher, &match->untils[rule], &match->rules->items[rule].until, text,
                      length, 0, NULL);

    if (status == PATTERN_LIMIT)
        match->limited[rule]++;
    else if (status == PATTERN_NO_MEMORY)
        match->no_memory = true;
    return status == PATTERN_MATCH;
}

bool match_alone(struct match *match, uint32_t rule, const char *text, size_t length)
{
    struct facts facts = facts_of(text, length);

    return line_conditions_hold(match, &match->rules->items[rule].conditions, &facts) &&
           (!match->rules->items[rule].regex.text ||
            match_rule(match, rule, text, length, 0, NULL) == PATTERN_MATCH);
}

bool match_no_memory(const struct match *match)
{
    return match->no_memory;
}

uint64_t match_limited(const struct match *match, uint32_t rule)
{
    return match->limited[rule];
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
        char id[RULES_ID_SIZE];

        if (!match->limited[i])
            continue;
        rules_id(match->rules, i, id, sizeof id);
        fprintf(report.stream,
                "dechaff: rule %s: its search reached the match limit in %" PRIu64
                " line%s, which stayed\n",
                id, match->limited[i], match->limited[i] == 1 ? "" : "s");
    }
    return report_close(&report);
}
