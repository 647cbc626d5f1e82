#include "rules/rules.h"

#include "base/report.h"
#include "regex/required.h"
#include "rules/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rules *rules_create(bool keep_examples)
{
    struct rules *rules = calloc(1, sizeof *rules);

    if (!rules)
        return NULL;
    rules->parameters = syntax_defaults();
    marks_init(&rules->marks);
    rules->load = load_create(keep_examples);
    rules->lexicon = lexicon_create();
    rules->sections = sections_create();
    if (!rules->load || !rules->lexicon || !rules->sections) {
        rules_destroy(rules);
        return NULL;
    }
    return rules;
}

void rules_destroy(struct rules *rules)
{
    if (!rules)
        return;
    load_destroy(rules->load);
    prefilter_destroy(rules->prefilter);
    lexicon_destroy(rules->lexicon);
    sections_destroy(rules->sections);
    free(rules->plain);
    free(rules->items);
    arena_free(&rules->arena);
    free(rules);
}

bool rules_load(struct rules *rules, const struct search *search, const char *name,
                struct diagnostics *diagnostics)
{
    return strcmp(name, "none") == 0 || load_file(rules, search, name, diagnostics);
}

bool rules_add(struct rules *rules, const struct search *search, const char *text,
               struct diagnostics *diagnostics)
{
    return load_text(rules, search, text, diagnostics);
}

struct place rules_place(const struct rule *rule)
{
    const char *end = rule->source->text + rule->source->length;
    size_t length = 0, left = (size_t)(end - rule->statement);

    while (length < left && rule->statement[length] != '\n' && rule->statement[length] != '\r')
        length++;
    return (struct place){.file = rule->source->path,
                          .line = rule->line,
                          .source = rule->statement,
                          .source_length = length};
}

static size_t hash_name(const char *name)
{
    size_t sum = 0;

    for (; *name; name++)
        sum = (sum ^ (unsigned char)*name) * (size_t)0x9E3779B97F4A7C15;
    return sum ^ sum >> (sizeof sum * 4);
}

/* Whether two rules have one name. */
static bool has_twins(const struct rules *rules, const char **table, size_t slots)
{
    for (uint32_t i = 0; i < rules->count; i++) {
        const char *name = rules->items[i].name;
        size_t slot = name ? hash_name(name) % slots : 0;

        for (; name && table[slot]; slot = (slot + 1) % slots)
            if (strcmp(table[slot], name) == 0)
                return true;
        if (name)
            table[slot] = name;
    }
    return false;
}

static int compare_names(const void *a, const void *b)
{
    const struct rule *const *left = a, *const *right = b;
    int order = strcmp((*left)->name, (*right)->name);

    if (order == 0)
        return *left < *right ? -1 : 1;
    return order;
}

static bool report_names(struct rules *rules, struct diagnostics *diagnostics)
{
    const struct rule **named = malloc((rules->count + (size_t)1) * sizeof *named);
    size_t count = 0;

    if (!named)
        return false;
    for (uint32_t i = 0; i < rules->count; i++)
        if (rules->items[i].name)
            named[count++] = &rules->items[i];
    qsort(named, count, sizeof *named, compare_names);
    for (size_t i = 1; i < count; i++) {
        struct place place;

        if (strcmp(named[i - 1]->name, named[i]->name) != 0)
            continue;
        if (named[i - 1]->line == named[i]->line &&
            source_is_same(named[i - 1]->source, named[i]->source))
            continue; /* one rule, included for several sections */
        place = rules_place(named[i]);
        diag_add(diagnostics, SEVERITY_ERROR, &place,
                 "the name '%s' is taken by %s:%zu; give each rule a name of its own",
                 named[i]->name, named[i - 1]->source->path, named[i - 1]->line);
    }
    free(named);
    return true;
}

/* Names are sorted only to tell of those that are there twice. */
static bool check_names(struct rules *rules, struct diagnostics *diagnostics)
{
    size_t slots = 16;
    const char **table;
    bool good;

    while (slots / 2 < rules->count)
        slots *= 2;
    table = calloc(slots, sizeof *table);
    good = table && (!has_twins(rules, table, slots) || report_names(rules, diagnostics));
    free(table);
    return good;
}

/* Each line that is weighed is weighed against all that are held. */
#define WEIGHED_LINES 1024u

/* What a rule asks to be held back must fit what may be held. */
static void check_bounds(const struct rules *rules, struct diagnostics *diagnostics)
{
    for (uint32_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        uint32_t held = rule->verb == VERB_RUN                         ? rule->count
                        : rule->verb == VERB_CUT                       ? rule->back
                        : rule->verb == VERB_HEAD                      ? rule->conditions.first
                        : rule->verb == VERB_BLOCK && rule->until.text ? rule->count
                                                                       : 0;

        if (rule->verb == VERB_WEIGH && rules->parameters.hold_lines > WEIGHED_LINES) {
            struct place place = rules_place(rule);

            diag_add(diagnostics, SEVERITY_ERROR, &place,
                     "rules that weigh can't hold back %u lines; say set hold-lines %u or less",
                     rules->parameters.hold_lines, WEIGHED_LINES);
            return;
        }
        if (held > rules->parameters.hold_lines) {
            struct place place = rules_place(rule);

            diag_add(diagnostics, SEVERITY_ERROR, &place,
                     "%u lines are more than may be held back (%u); lower the number, or say set "
                     "hold-lines %u",
                     held, rules->parameters.hold_lines, held);
        }
    }
}

static bool is_for_host(const struct rules *rules, const struct rule *rule)
{
    return rule->section && sections_at(rules->sections, rule->section)->is_host;
}

/* Where the rule comes in the order of rules.h, before its place in the files. */
static unsigned rank(const struct rules *rules, const struct rule *rule)
{
    unsigned phase = rule->verb == VERB_STRIP ? 0 : rule->verb == VERB_KEEP ? 1 : 2;

    return 2 * phase + !is_for_host(rules, rule);
}

#define RANKS 6

static bool are_ordered(const struct rules *rules)
{
    const struct rules_load *load = rules->load;

    for (size_t i = 1; i < load->count; i++)
        if (rank(rules, &load->items[i - 1]) > rank(rules, &load->items[i]))
            return false;
    return true;
}

/* A counting sort by rank, stable in file order. */
static bool sort_rules(struct rules *rules, struct prefilter_rule *sources)
{
    const struct rules_load *load = rules->load;
    size_t next[RANKS + 1] = {0};
    struct rule *items = malloc(load->count * sizeof *items);

    if (!items)
        return false;
    for (size_t i = 0; i < load->count; i++)
        next[rank(rules, &load->items[i]) + 1]++;
    for (size_t i = 1; i <= RANKS; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < load->count; i++) {
        size_t index = next[rank(rules, &load->items[i])]++;

        items[index] = load->items[i];
        sources[index].required = &load->required[i];
    }
    rules->items = items;
    rules->count = (uint32_t)load->count;
    return true;
}

static bool order_rules(struct rules *rules, struct prefilter_rule *sources)
{
    struct rules_load *load = rules->load;

    if (!are_ordered(rules))
        return sort_rules(rules, sources);
    for (size_t i = 0; i < load->count; i++)
        sources[i].required = &load->required[i];
    rules->items = load->items;
    rules->count = (uint32_t)load->count;
    load->items = NULL;
    return true;
}

static bool is_plain(const struct rule *rule)
{
    return !rule->regex.text;
}

/* Counts the rules that weigh, lists those without a regex, and makes tables of both. */
static bool list_weighing(struct rules *rules)
{
    size_t plain = 0;

    for (uint32_t i = 0; i < rules->count; i++) {
        rules->weigh_count += rules->items[i].verb == VERB_WEIGH;
        plain += is_plain(&rules->items[i]);
    }
    if (rules->weigh_count + plain == 0)
        return true;
    rules->plain = malloc((plain + 1) * sizeof *rules->plain);
    if (!rules->plain)
        return false;
    for (uint32_t i = 0; i < rules->count; i++) {
        if (is_plain(&rules->items[i]))
            rules->plain[rules->plain_count++] = i;
    }
    if (rules->weigh_count)
        rules->weigher = weigher_create(&rules->arena, rules->items, rules->count);
    return rules->weigh_count == 0 || rules->weigher;
}

/* A condition's bound in bytes: characters have one to four. */
static uint32_t times_four(uint32_t characters)
{
    return characters > LENGTH_UNBOUNDED / 4 ? LENGTH_UNBOUNDED : 4 * characters;
}

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static void note_bounds(struct rules *rules, struct prefilter_rule *sources)
{
    for (uint32_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        const struct conditions *conditions = &rule->conditions;

        sources[i].min_length = larger(conditions->min_chars,
                                       conditions->min_words ? 2 * conditions->min_words - 1 : 0);
        sources[i].max_length = times_four(conditions->max_chars);
        sources[i].section = rule->section;
        sources[i].is_apart = is_for_host(rules, rule);
        if (is_plain(rule))
            sources[i].min_length = UINT32_MAX; /* no line is a candidate */
        rules->max_after = larger(rules->max_after, conditions->after);
        rules->has_keep |= rule->verb == VERB_KEEP;
        if (rule->verb == VERB_HEAD)
            rules->max_head = larger(rules->max_head, conditions->first);
        if (rule->verb == VERB_CUT)
            rules->max_back = larger(rules->max_back, rule->back);
    }
}

bool rules_finish(struct rules *rules, struct diagnostics *diagnostics)
{
    struct prefilter_rule *sources = calloc(rules->load->count + 1, sizeof *sources);
    bool good = sources && order_rules(rules, sources) && check_names(rules, diagnostics) &&
                list_weighing(rules);

    if (good) {
        check_bounds(rules, diagnostics);
        note_bounds(rules, sources);
        good = prefilter_build(&rules->prefilter, sources, rules->count) == PREFILTER_OK;
    }
    free(sources);
    load_destroy(rules->load);
    rules->load = NULL;
    return good;
}

void rules_id(const struct rules *rules, uint32_t rule, char *buffer, size_t size)
{
    const struct rule *item = &rules->items[rule];

    if (item->name)
        snprintf(buffer, size, "%s", item->name);
    else
        snprintf(buffer, size, "%s:%zu", item->source->label, item->line);
}

char *rules_text(const struct rules *rules)
{
    struct report report;

    if (!report_open(&report))
        return NULL;
    for (uint32_t i = 0; i < rules->count; i++) {
        struct place place = rules_place(&rules->items[i]);
        char id[RULES_ID_SIZE];

        rules_id(rules, i, id, sizeof id);
        fprintf(report.stream, "%s\t%s:%zu\t%.*s\n", id, place.file, place.line,
                (int)place.source_length, place.source);
    }
    return report_close(&report);
}
