#include "match/prefilter.h"

#include "base/bits.h"
#include "base/table.h"
#include "match/postings.h"
#include "match/words.h"
#include "regex/digits.h"
#include "regex/opening.h"
#include "search/scan.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What a line must be like to match a rule. */
struct shape {
    uint32_t min_length;
    uint32_t max_length;
    uint32_t barred; /* no opening that it has (opening.h) */
    uint32_t digits; /* at least (digits.h) */
};

#define DIGITS_UNKNOWN UINT32_MAX

/* Rules whose literals are looked for together: those that are apart, and the others. */
enum { HALVES = 2 };

struct half {
    const struct scan *scan; /* NULL: no literals */
    uint32_t first;          /* its literals are numbered from here on */
    uint32_t count;          /* the scan's others are those of the base */
};

struct prefilter {
    const struct prefilter *base; /* NULL, or what the rules below `from` are the rules of */
    uint32_t from;
    struct half halves[HALVES];
    uint8_t *asked; /* by section: a bit for each half of which its rules require a literal */
    size_t sections;
    struct postings postings;     /* of the rules from `from` on, less that number */
    struct shape *shapes;         /* by rule */
    const struct words **besides; /* by rule: what else a line has one of; NULL: none are known */
    size_t count;
};

/* Two levels of bits: a bit of `groups` for each word of `bits` that is not 0. */
struct prefilter_scratch {
    struct scan_text text;
    uint64_t *bits;
    uint64_t *groups;
    uint32_t *rules;
    size_t groups_count;
    uint32_t *always; /* rules that hold, require no literal and may fit a line, ascending */
    size_t always_count;
    uint8_t asked;                 /* halves with literals of rules whose section holds */
    const struct holding *holding; /* NULL: no section holds */
};

/* The literals of all rules, each once, while the prefilter is being built. */
struct collection {
    const struct literal **literals;
    uint32_t *numbers; /* of the literal that each literal of each rule is, in their order */
    struct table table;
    size_t unique;
    size_t firsts[HALVES + 1]; /* where those of each half begin */
};

struct lookup {
    const struct prefilter *prefilter;
    struct prefilter_scratch *scratch;
    unsigned half;   /* that is scanned for */
    uint32_t length; /* cut to 32 bits, as bounds are */
    uint32_t opening;
    uint32_t digits; /* DIGITS_UNKNOWN: not counted yet */
    bool knows_words;
    struct words words;
    const char *line;
    size_t size;
    bool hit;
};

/* Gives the literal its number, which is a new one if it was not seen before; false: no memory. */
static bool number(struct collection *collection, const struct literal *literal, uint32_t *number)
{
    uint64_t hash =
        literal->hash | (uint64_t)literal->before << 32 | (uint64_t)literal->after << 40;
    size_t probe = 0;

    while ((*number = table_next(&collection->table, hash, &probe)) != TABLE_END) {
        const struct literal *known = collection->literals[*number];

        if (literal_is_same(known, literal) && known->before == literal->before &&
            known->after == literal->after)
            return true;
    }
    *number = (uint32_t)collection->unique;
    collection->literals[collection->unique++] = literal;
    return table_add(&collection->table, hash, *number);
}

/* What both halves require has a number in each. */
static bool collect_half(struct collection *collection, const struct prefilter_rule *rules,
                         size_t count, unsigned half)
{
    uint32_t *next = collection->numbers;
    bool good = true;

    collection->firsts[half] = collection->unique;
    for (size_t i = 0; i < count; i++) {
        const struct required *required = rules[i].required;

        for (size_t j = 0; good && j < required->count && rules[i].is_apart == half; j++)
            good = number(collection, &required->literals[j], &next[j]);
        next += required->count;
    }
    collection->firsts[half + 1] = collection->unique;
    table_release(&collection->table);
    return good;
}

static bool collect(struct collection *collection, const struct prefilter_rule *rules, size_t count)
{
    size_t total = 0;

    for (size_t i = 0; i < count; i++)
        total += rules[i].required->count;
    if (count >= UINT32_MAX || total >= UINT32_MAX)
        return false;
    collection->literals = malloc((total + 1) * sizeof *collection->literals);
    collection->numbers = malloc((total + 1) * sizeof *collection->numbers);
    return collection->literals && collection->numbers &&
           collect_half(collection, rules, count, 0) && collect_half(collection, rules, count, 1);
}

static void collection_release(struct collection *collection)
{
    free(collection->literals);
    free(collection->numbers);
}

static bool fill_postings(struct prefilter *prefilter, struct arena *arena,
                          const struct collection *collection, const struct prefilter_rule *rules)
{
    size_t count = prefilter->count - prefilter->from;
    struct postings_rule *listed = calloc(count + 1, sizeof *listed);
    const uint32_t *next = collection->numbers;
    bool filled = false;

    if (listed) {
        for (size_t i = 0; i < count; i++) {
            listed[i] = (struct postings_rule){next, rules[i].required->count, rules[i].section};
            next += rules[i].required->count;
        }
        filled = postings_build(&prefilter->postings, arena, listed, count,
                                (uint32_t)collection->unique);
    }
    free(listed);
    return filled;
}

/* *words is NULL if nothing is known; false: no memory. */
static bool words_besides(const struct required *required, struct arena *arena,
                          const struct words **words)
{
    struct words found, *own;

    *words = NULL;
    if (!required->besides_count ||
        !words_of_literals(required->besides, required->besides_count, &found))
        return true;
    own = arena_alloc(arena, sizeof *own);
    if (!own)
        return false;
    *own = found;
    *words = own;
    return true;
}

static bool fill_shapes(struct prefilter *prefilter, struct arena *arena,
                        const struct prefilter_rule *rules)
{
    prefilter->shapes = arena_array(arena, prefilter->count, sizeof *prefilter->shapes);
    prefilter->besides = arena_array(arena, prefilter->count, sizeof *prefilter->besides);
    if (!prefilter->shapes || !prefilter->besides)
        return false;
    if (prefilter->from) {
        memcpy(prefilter->shapes, prefilter->base->shapes,
               prefilter->from * sizeof *prefilter->shapes);
        memcpy(prefilter->besides, prefilter->base->besides,
               prefilter->from * sizeof *prefilter->besides);
    }
    for (size_t i = prefilter->from; i < prefilter->count; i++) {
        const struct prefilter_rule *rule = &rules[i - prefilter->from];
        struct shape shape = {rule->required->min_length, rule->required->max_length,
                              rule->required->barred, rule->required->digits};

        if (rule->min_length > shape.min_length)
            shape.min_length = rule->min_length;
        if (rule->max_length < shape.max_length)
            shape.max_length = rule->max_length;
        if (!words_besides(rule->required, arena, &prefilter->besides[i]))
            return false;
        prefilter->shapes[i] = shape;
    }
    return true;
}

static bool fill_asked(struct prefilter *prefilter, struct arena *arena,
                       const struct prefilter_rule *rules)
{
    const struct prefilter *base = prefilter->base;
    size_t count = prefilter->count - prefilter->from;

    prefilter->sections = base ? base->sections : 0;
    for (size_t i = 0; i < count; i++)
        if (rules[i].section >= prefilter->sections)
            prefilter->sections = rules[i].section + (size_t)1;
    prefilter->asked = arena_array(arena, prefilter->sections, sizeof *prefilter->asked);
    if (!prefilter->asked)
        return false;
    if (base)
        memcpy(prefilter->asked, base->asked, base->sections * sizeof *base->asked);
    for (size_t i = 0; i < count; i++)
        if (rules[i].required->count)
            prefilter->asked[rules[i].section] |= (uint8_t)(1u << rules[i].is_apart);
    return true;
}

static bool fill_halves(struct prefilter *prefilter, struct arena *arena,
                        const struct collection *collection)
{
    for (unsigned i = 0; i < HALVES; i++) {
        struct half *half = &prefilter->halves[i];
        size_t first = collection->firsts[i], count = collection->firsts[i + 1] - first;

        half->first = (uint32_t)first;
        half->count = (uint32_t)count;
        half->scan = prefilter->base ? prefilter->base->halves[i].scan : NULL;
        if (count == 0)
            continue;
        half->scan = scan_create(arena, half->scan, collection->literals + first, count);
        if (!half->scan)
            return false;
    }
    return true;
}

struct prefilter *prefilter_create(struct arena *arena, const struct prefilter *base,
                                   const struct prefilter_rule *rules, size_t count)
{
    struct collection collection = {0};
    struct prefilter *prefilter = arena_alloc(arena, sizeof *prefilter);
    size_t from = base ? base->count : 0;
    bool good = prefilter != NULL && count < UINT32_MAX - from;

    if (good) {
        prefilter->base = base;
        prefilter->from = (uint32_t)from;
        prefilter->count = from + count;
        good = collect(&collection, rules, count) &&
               fill_postings(prefilter, arena, &collection, rules) &&
               fill_shapes(prefilter, arena, rules) && fill_asked(prefilter, arena, rules) &&
               fill_halves(prefilter, arena, &collection);
    }
    collection_release(&collection);
    return good ? prefilter : NULL;
}

static bool has_digits(struct lookup *lookup, uint32_t least)
{
    if (least == 0)
        return true;
    if (lookup->digits == DIGITS_UNKNOWN)
        lookup->digits = digits_of_line(lookup->line, lookup->size);
    return lookup->digits >= least;
}

static bool fits(struct lookup *lookup, uint32_t rule)
{
    const struct shape *shape = &lookup->prefilter->shapes[rule];

    return lookup->length >= shape->min_length && lookup->length <= shape->max_length &&
           !(lookup->opening & shape->barred) && has_digits(lookup, shape->digits);
}

static void mark(struct prefilter_scratch *scratch, uint32_t rule)
{
    bits_add(scratch->bits, rule);
    bits_add(scratch->groups, rule / 64);
}

/* The list's numbers are those of rules counted from FROM on. */
static void mark_fitting(struct lookup *lookup, struct postings_list list, uint32_t from)
{
    for (; list.from < list.to; list.from++) {
        if (fits(lookup, from + *list.from)) {
            mark(lookup->scratch, from + *list.from);
            lookup->hit = true;
        }
    }
}

/* Up to so many rules for a section that holds are looked through rather than searched. */
#define FEW 16

static void mark_held(struct lookup *lookup, const struct prefilter *prefilter, uint32_t literal)
{
    const struct postings *postings = &prefilter->postings;
    const struct holding *holding = lookup->scratch->holding;
    struct postings_list list = postings_in_sections(postings, literal);

    if ((size_t)(list.to - list.from) > FEW * holding->count) {
        for (size_t i = 0; i < holding->count; i++)
            mark_fitting(lookup, postings_part(postings, list, holding->numbers[i]),
                         prefilter->from);
        return;
    }
    for (; list.from < list.to; list.from++) {
        if (holding->holds[postings->sections[*list.from]])
            mark_fitting(lookup, (struct postings_list){list.from, list.from + 1}, prefilter->from);
    }
}

static void mark_rules(void *context, uint32_t number)
{
    struct lookup *lookup = context;
    const struct prefilter *prefilter = lookup->prefilter;
    uint32_t literal = number;

    if (number >= prefilter->halves[lookup->half].count) {
        literal -= prefilter->halves[lookup->half].count;
        prefilter = prefilter->base;
    }
    literal += prefilter->halves[lookup->half].first;
    mark_fitting(lookup, postings_everywhere(&prefilter->postings, literal), prefilter->from);
    if (lookup->scratch->holding)
        mark_held(lookup, prefilter, literal);
}

/* The lowest of BITS, which are not 0: it is taken out. */
static uint32_t take_lowest(uint64_t *bits)
{
    uint32_t lowest = bits_lowest(*bits);

    *bits &= *bits - 1;
    return lowest;
}

/* Lists what is marked, in order, and clears it. */
static size_t collect_marked(struct prefilter_scratch *scratch)
{
    size_t count = 0;

    for (size_t i = 0; i < scratch->groups_count; i++) {
        while (scratch->groups[i]) {
            uint32_t word = (uint32_t)i * 64 + take_lowest(&scratch->groups[i]);

            while (scratch->bits[word])
                scratch->rules[count++] = word * 64 + take_lowest(&scratch->bits[word]);
        }
    }
    return count;
}

static void mark_all(struct prefilter_scratch *scratch, struct postings_list list, uint32_t from)
{
    for (; list.from < list.to; list.from++)
        mark(scratch, from + *list.from);
}

/* Marks the rules that hold and require no literal. */
static void mark_always(const struct prefilter *prefilter, struct prefilter_scratch *scratch)
{
    const struct postings *postings = &prefilter->postings;
    const struct holding *holding = scratch->holding;
    struct postings_list always = postings_in_sections(postings, postings->literals);

    mark_all(scratch, postings_everywhere(postings, postings->literals), prefilter->from);
    for (size_t i = 0; holding && i < holding->count; i++)
        mark_all(scratch, postings_part(postings, always, holding->numbers[i]), prefilter->from);
}

void prefilter_hold(const struct prefilter *prefilter, struct prefilter_scratch *scratch,
                    const struct holding *holding)
{
    size_t marked;

    scratch->holding = holding && holding->count ? holding : NULL;
    scratch->asked = prefilter->sections ? prefilter->asked[0] : 0;
    for (size_t i = 0; scratch->holding && i < holding->count; i++)
        if (holding->numbers[i] < prefilter->sections)
            scratch->asked |= prefilter->asked[holding->numbers[i]];
    if (prefilter->base)
        mark_always(prefilter->base, scratch);
    mark_always(prefilter, scratch);
    marked = collect_marked(scratch);
    scratch->always_count = 0;
    for (size_t i = 0; i < marked; i++) {
        const struct shape *shape = &prefilter->shapes[scratch->rules[i]];

        if (shape->min_length <= shape->max_length)
            scratch->always[scratch->always_count++] = scratch->rules[i];
    }
}

struct prefilter_scratch *prefilter_scratch_create(const struct prefilter *prefilter)
{
    struct prefilter_scratch *scratch = calloc(1, sizeof *scratch);
    size_t words = prefilter->count / 64 + 1;

    if (!scratch)
        return NULL;
    scratch->text.finder = blocks_fastest();
    scratch->groups_count = words / 64 + 1;
    scratch->bits = calloc(words, sizeof *scratch->bits);
    scratch->groups = calloc(scratch->groups_count, sizeof *scratch->groups);
    scratch->rules = calloc(prefilter->count + 1, sizeof *scratch->rules);
    scratch->always = calloc(prefilter->count + 1, sizeof *scratch->always);
    if (!scratch->bits || !scratch->groups || !scratch->rules || !scratch->always) {
        prefilter_scratch_destroy(scratch);
        return NULL;
    }
    prefilter_hold(prefilter, scratch, NULL);
    return scratch;
}

void prefilter_scratch_destroy(struct prefilter_scratch *scratch)
{
    if (!scratch)
        return;
    free(scratch->bits);
    free(scratch->groups);
    free(scratch->rules);
    free(scratch->always);
    free(scratch);
}

/* Whether the line has the words that the rule asks for besides what was seen. */
static bool has_words(struct lookup *lookup, uint32_t rule)
{
    const struct words *besides = lookup->prefilter->besides[rule];

    if (!besides)
        return true;
    if (!lookup->knows_words)
        words_of_line(lookup->scratch->text.finder, lookup->line, lookup->size, &lookup->words);
    lookup->knows_words = true;
    return words_meet(&lookup->words, besides);
}

/* Leaves those of the first COUNT candidates in the list that have them. */
static size_t leave_likely(struct lookup *lookup, size_t count)
{
    uint32_t *rules = lookup->scratch->rules;
    size_t left = 0;

    for (size_t i = 0; i < count; i++)
        if (has_words(lookup, rules[i]))
            rules[left++] = rules[i];
    return left;
}

size_t prefilter_candidates(const struct prefilter *prefilter, struct prefilter_scratch *scratch,
                            const char *line, size_t length, const uint32_t **rules)
{
    struct lookup lookup;
    size_t count = 0;

    lookup.prefilter = prefilter;
    lookup.scratch = scratch;
    lookup.length = length < UINT32_MAX ? (uint32_t)length : UINT32_MAX;
    lookup.opening = opening_of_line(line, length);
    lookup.digits = DIGITS_UNKNOWN;
    lookup.knows_words = false;
    lookup.line = line;
    lookup.size = length;
    lookup.hit = false;
    *rules = scratch->rules;
    for (unsigned i = 0; i < HALVES; i++) {
        if (!(scratch->asked >> i & 1))
            continue;
        lookup.half = i;
        scan_line(prefilter->halves[i].scan, &scratch->text, line, length, mark_rules, &lookup);
    }
    for (size_t i = 0; i < scratch->always_count; i++) {
        if (!fits(&lookup, scratch->always[i]))
            continue;
        if (lookup.hit)
            mark(scratch, scratch->always[i]);
        else
            scratch->rules[count++] = scratch->always[i];
    }
    return lookup.hit ? leave_likely(&lookup, collect_marked(scratch)) : count;
}
