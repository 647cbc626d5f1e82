#include "rules/rules.h"

#include "base/bits.h"
#include "base/number.h"
#include "base/report.h"
#include "base/table.h"
#include "regex/required.h"
#include "rules/bind.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* RULES are zeroed. */
static bool begin(struct rules *rules)
{
    rules->parameters = syntax_defaults();
    rules->limits = limits_defaults();
    marks_init(&rules->marks);
    rules->analyser = required_create(&rules->arena);
    rules->lexicon = lexicon_create();
    rules->sections = sections_create();
    return rules->analyser && rules->lexicon && rules->sections;
}

struct rules *rules_create(void)
{
    struct rules *rules = calloc(1, sizeof *rules);

    if (rules && begin(rules))
        return rules;
    rules_destroy(rules);
    return NULL;
}

/* What does not lie in the arena. */
static void release(struct rules *rules)
{
    required_destroy(rules->analyser);
    free(rules->moved);
    if (rules->is_settled)
        return;
    if (!rules->base) /* else it lies there */
        lexicon_destroy(rules->lexicon);
    sections_destroy(rules->sections);
    free(rules->items);
}

static void release_all(struct rules *rules)
{
    release(rules);
    arena_free(&rules->arena);
    if (rules->image)
        munmap(rules->image, rules->image_size);
}

void rules_destroy(struct rules *rules)
{
    if (!rules)
        return;
    release_all(rules);
    free(rules);
}

bool rules_clear(struct rules *rules)
{
    struct limits limits = rules->limits;
    bool good;

    release_all(rules);
    *rules = (struct rules){0};
    good = begin(rules);
    rules->limits = limits;
    return good;
}

size_t rules_bytes(const struct rules *rules)
{
    return rules->arena.size + rules->capacity * sizeof *rules->items +
           (rules->base ? rules->image_size : 0);
}

struct rule *rules_room(struct rules *rules)
{
    uint32_t capacity = rules->capacity ? 2 * rules->capacity : 512;
    struct rule *items;

    if (rules->count < rules->capacity)
        return &rules->items[rules->count];
    if (rules->capacity > UINT32_MAX / 2)
        return NULL;
    items = realloc(rules->items, capacity * sizeof *items);
    if (!items)
        return NULL;
    rules->items = items;
    rules->capacity = capacity;
    return &items[rules->count];
}

bool rules_are_too_many(const struct rules *rules, struct diagnostics *diagnostics,
                        const struct place *place)
{
    const uint64_t *most = rules->limits.most;
    struct place here = {.file = place->file, .line = place->line};
    enum limit limit = rules->count > most[LIMIT_RULES] ? LIMIT_RULES : LIMIT_RULE_BYTES;

    if (limit != LIMIT_RULES && rules_bytes(rules) <= most[LIMIT_RULE_BYTES])
        return false;
    diag_add(diagnostics, SEVERITY_ERROR, &here,
             "more than %" PRIu64 " %s, the caller's ceiling; --limit=%s=N raises it", most[limit],
             limits_name(limit), limits_name(limit));
    return true;
}

/* The rule in the table that has the name, or NULL. */
static const struct rule *find_named(const struct rules *rules, const struct table *names,
                                     const char *name, uint64_t hash)
{
    size_t probe = 0;
    uint32_t number;

    while ((number = table_next(names, hash, &probe)) != TABLE_END)
        if (strcmp(rules->items[number].name, name) == 0)
            return &rules->items[number];
    return NULL;
}

static void report_name(const struct rule *rule, const struct rule *known,
                        struct diagnostics *diagnostics)
{
    struct place place = rule_place(rule);

    if (known->line == rule->line && source_is_same(known->source, rule->source))
        return; /* one rule, included for several sections */
    diag_add(diagnostics, SEVERITY_ERROR, &place,
             "the name '%s' is taken by %s:%zu; give each rule a name of its own", rule->name,
             known->source->path, known->line);
}

/* Of rules that are added to others only they, the last ones, are looked at. */
static bool check_names(const struct rules *rules, struct diagnostics *diagnostics)
{
    uint32_t first = rules->base ? rules->base->count : 0, named = first;
    struct table names = {0};
    bool good = true;

    while (named < rules->count && !rules->items[named].name)
        named++;
    for (uint32_t i = 0; good && named < rules->count && i < rules->count; i++) {
        const struct rule *rule = &rules->items[i], *known;
        uint64_t hash;

        if (!rule->name)
            continue;
        hash = table_hash_text(TABLE_HASH, rule->name);
        known = find_named(rules, &names, rule->name, hash);
        if (known && i >= first)
            report_name(rule, known, diagnostics);
        else if (!known)
            good = table_add(&names, hash, i);
    }
    table_release(&names);
    return good;
}

/* A new line changes how likely all the lines that wait are: so many may. */
#define WEIGHED_LINES 1024u

/* What a rule asks to be held back must fit what may be held. */
static void check_bounds(const struct rules *rules, struct diagnostics *diagnostics)
{
    for (uint32_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        bool counts = rule->verb == VERB_RUN || rule->verb == VERB_TAIL ||
                      rule->verb == VERB_PASS || rule_awaits_end(rule);
        uint32_t held = counts                    ? rule->count
                        : rule->verb == VERB_CUT  ? rule->back
                        : rule->verb == VERB_HEAD ? rule->first
                                                  : 0;

        if (verb_weighs(rule->verb) && rules->parameters.hold_lines > WEIGHED_LINES) {
            struct place place = rule_place(rule);

            diag_add(diagnostics, SEVERITY_ERROR, &place,
                     "rules that weigh can't hold back %u lines; say set hold-lines %u or less",
                     rules->parameters.hold_lines, WEIGHED_LINES);
            return;
        }
        if (held > rules->parameters.hold_lines) {
            struct place place = rule_place(rule);

            diag_add(diagnostics, SEVERITY_ERROR, &place,
                     "%u lines are more than may be held back (%u); lower the number, or say set "
                     "hold-lines %u%s",
                     held, rules->parameters.hold_lines, held,
                     held > rules->limits.most[LIMIT_HOLD_LINES] ? ", with a --limit that allows it"
                                                                 : "");
        }
    }
}

/* Where the rule comes in the order of rules.h, before its place in the files. */
static unsigned rank(const struct rules *rules, const struct rule *rule)
{
    unsigned phase = rule->verb == VERB_STRIP ? 0 : rule->verb == VERB_KEEP ? 1 : 2;

    return 2 * phase + !sections_at(rules->sections, rule->section)->is_host;
}

#define RANKS 6

static bool are_ordered(const struct rules *rules)
{
    unsigned highest = 0;

    for (uint32_t i = 0; i < rules->count; i++) {
        unsigned here = rank(rules, &rules->items[i]);

        if (here < highest)
            return false;
        highest = here;
    }
    return true;
}

/* A counting sort by rank, stable in file order. */
static bool order_rules(struct rules *rules)
{
    uint32_t next[RANKS + 1] = {0}, of_base = rules->base ? rules->base->count : 0;
    struct rule *items;

    if (are_ordered(rules))
        return true;
    items = malloc((rules->count + (size_t)1) * sizeof *items);
    if (rules->base)
        rules->moved = malloc((of_base + (size_t)1) * sizeof *rules->moved);
    if (!items || (rules->base && !rules->moved)) {
        free(items);
        return false;
    }
    for (uint32_t i = 0; i < rules->count; i++)
        next[rank(rules, &rules->items[i]) + 1]++;
    for (size_t i = 1; i <= RANKS; i++)
        next[i] += next[i - 1];
    for (uint32_t i = 0; i < rules->count; i++) {
        uint32_t number = next[rank(rules, &rules->items[i])]++;

        items[number] = rules->items[i];
        if (i < of_base)
            rules->moved[i] = number;
    }
    free(rules->items);
    rules->items = items;
    return true;
}

/* Whether a rule of the verb has a say in lines behind or before the one it hits, or waits for
 * them. */
static bool verb_reaches(enum verb verb)
{
    return verb_decides(verb) && verb != VERB_DROP;
}

/* Notes what others need to know of the rules that decide. */
static void sum_up_deciding(struct rules *rules)
{
    for (uint32_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];

        if (!rules_decides(rules, rule))
            continue;
        rules->reaches |= verb_reaches(rule->verb);
        rules->asked_about |= rule->about;
        rules->asks_behind |= rule->asked.which >> (FACTS + AROUND_BEHIND) & 1;
        if (rule->verb == VERB_HEAD)
            rules->max_head = (uint32_t)number_larger(rules->max_head, rule->first);
        if (rule->verb == VERB_CUT)
            rules->max_back = (uint32_t)number_larger(rules->max_back, rule->back);
    }
}

/* Notes what others need to know of all rules together. */
static void sum_up(struct rules *rules)
{
    rules->weigh_count = rules->max_after = rules->max_head = rules->max_back = 0;
    rules->judges = rules->discards = rules->has_keep = rules->has_own = false;
    rules->reaches = rules->asks_behind = false;
    rules->asked_about = 0;
    for (uint32_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];

        rules->weigh_count += verb_weighs(rule->verb);
        rules->judges |= verb_judges(rule->verb);
        rules->discards |= rule->verb == VERB_DOCUMENT;
        rules->has_keep |= rule->verb == VERB_KEEP;
        rules->has_own |= rule_is_own(rule) && rule->verb != VERB_PASS;
        rules->max_after = (uint32_t)number_larger(rules->max_after, rule->after);
    }
    sum_up_deciding(rules);
}

bool rules_finish(struct rules *rules, struct diagnostics *diagnostics)
{
    if ((rules->base && !check_names(rules, diagnostics)) || !order_rules(rules) ||
        (!rules->base && !check_names(rules, diagnostics)) ||
        !bind_all(rules->binds, rules->items, rules->count, diagnostics))
        return false;
    rules->binds = NULL; /* an image has no use for them */
    check_bounds(rules, diagnostics);
    sum_up(rules);
    return true;
}

/* The names of marks that the program knows are its own. */
static bool copy_marks(struct marks *marks, struct arena *arena)
{
    for (uint32_t i = 0; i < marks->count; i++) {
        struct span *name = &marks->names[i];

        name->text = arena_copy(arena, name->text, name->length);
        if (!name->text)
            return false;
    }
    return true;
}

static void *moved_to(struct arena *arena, const void *object, size_t size)
{
    void *copy = arena_take(arena, size);

    if (copy)
        memcpy(copy, object, size);
    return copy;
}

/* What a line is compared with stands side by side: few pages of an image are read then. */
static bool gather(struct rule *items, uint32_t count, struct arena *arena)
{
    for (uint32_t i = 0; i < count; i++) {
        struct asked *asked = &items[i].asked;
        size_t ranges = bits_count(asked->which);

        if (asked->ranges &&
            !(asked->ranges = moved_to(arena, asked->ranges, ranges * sizeof *asked->ranges)))
            return false;
        if (items[i].weighing &&
            !(items[i].weighing = moved_to(arena, items[i].weighing, sizeof *items[i].weighing)))
            return false;
    }
    return true;
}

bool rules_settle(struct rules *rules)
{
    struct rule *items = arena_array(&rules->arena, rules->count, sizeof *items);
    struct lexicon *lexicon = lexicon_copy(rules->lexicon, &rules->arena);
    struct sections *sections = sections_copy(rules->sections, &rules->arena);
    struct marks marks = rules->marks;

    if (items && rules->count)
        memcpy(items, rules->items, rules->count * sizeof *items);
    if (!items || !lexicon || !sections || !copy_marks(&marks, &rules->arena) ||
        !gather(items, rules->count, &rules->arena))
        return false;
    release(rules);
    rules->analyser = NULL;
    rules->items = items;
    rules->lexicon = lexicon;
    rules->sections = sections;
    rules->marks = marks;
    rules->is_settled = true;
    return true;
}

void rules_adopt(struct rules *rules, const struct rules *settled, void *image, size_t size)
{
    struct arena arena = rules->arena;

    release(rules);
    *rules = *settled;
    rules->arena = arena;
    rules->image = image;
    rules->image_size = size;
    rules->base = settled;
}

bool rules_open(struct rules *rules)
{
    uint32_t capacity = rules->count + 64;
    struct rule *items = malloc(capacity * sizeof *items);

    rules->analyser = required_create(&rules->arena);
    rules->sections = sections_clone(rules->base->sections);
    rules->is_settled = false;
    rules->items = items;
    rules->capacity = capacity;
    if (items)
        memcpy(items, rules->base->items, rules->count * sizeof *items);
    return items && rules->analyser && rules->sections;
}

char *rules_text(const struct rules *rules)
{
    struct report report;

    if (!report_open(&report))
        return NULL;
    for (uint32_t i = 0; i < rules->count; i++) {
        struct place place = rule_place(&rules->items[i]);
        char id[RULE_ID_SIZE];

        rule_id(&rules->items[i], id, sizeof id);
        fprintf(report.stream, "%s\t", id);
        diag_print(report.stream, place.file, strlen(place.file));
        fprintf(report.stream, ":%zu\t%.*s\n", place.line, (int)place.source_length, place.source);
    }
    return report_close(&report);
}
