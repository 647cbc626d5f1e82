#include "learn/study.h"

#include "base/grow.h"
#include "base/report.h"
#include "learn/template.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* What a rule does. */
enum strength { STRENGTH_NONE, STRENGTH_SPEAKS, STRENGTH_DROPS, STRENGTH_SURE };

static const char *const verbs[] = {
    [STRENGTH_SPEAKS] = "mark chrome ", [STRENGTH_DROPS] = "drop hint ", [STRENGTH_SURE] = "drop "};

/* Rules mostly drop what stays on one of five pages or fewer, and keep what stays on every other.
 */
#define DROPPED_OF ((uint32_t)5)
#define KEPT_OF ((uint32_t)2)

/* A line that begins a block waits for so many lines, for the one that ends it. */
#define HOLD_LINES "64"

/* A template that may become a rule. */
struct candidate {
    struct span key;
    struct span text;  /* the line */
    struct span other; /* one that is none, or nothing */
    size_t shared;     /* bytes that the keys of the two begin with */
    uint32_t *pages;
    struct seen_at *at; /* where on them it is, or NULL */
    uint32_t count;
    uint32_t tried;    /* of the pages, those where rules were tried on it, */
    uint32_t stays;    /* and those where it stays */
    uint32_t articles; /* pages, those with the same article counted once */
    uint32_t prose;    /* words, if it reads as such */
    bool is_names;     /* it stands for lines with names */
    enum strength strength;
};

static size_t shared_bytes(struct span one, struct span other)
{
    size_t shared = 0;

    while (shared < one.length && shared < other.length && one.text[shared] == other.text[shared])
        shared++;
    return shared;
}

/* Keeps what a template that is no candidate says, to show beside those that are. */
static bool keep_spared(struct study *study, const struct seen_line *line)
{
    size_t size = 2 * line->key.length + line->sample.length + 1;
    char *text;

    if (size > study->spared_room) {
        char *larger = realloc(study->spared, 2 * size);

        if (!larger)
            return false;
        study->spared = larger;
        study->spared_room = 2 * size;
    }
    memcpy(study->spared, line->key.text, line->key.length);
    text = study->spared + line->key.length;
    study->spared_key = (struct span){study->spared, line->key.length};
    study->spared_text = (struct span){text, template_text(line->key, line->sample, text)};
    study->spared_copy = NULL;
    return true;
}

/* Shows the template that was spared last beside the candidate, if none that is nearer is. */
static bool show_spared(struct study *study, struct candidate *candidate)
{
    size_t shared = shared_bytes(candidate->key, study->spared_key);

    if (candidate->is_names || shared <= candidate->shared || template_has_month(candidate->key) ||
        template_is_within(candidate->key, study->spared_key))
        return true;
    if (!study->spared_copy)
        study->spared_copy =
            arena_copy(&study->arena, study->spared_text.text, study->spared_text.length);
    candidate->shared = shared;
    candidate->other = (struct span){study->spared_copy, study->spared_text.length};
    return study->spared_copy != NULL;
}

static bool spare(struct study *study, const struct seen_line *line)
{
    if (!keep_spared(study, line))
        return false;
    for (; study->pending; study->pending--)
        if (!show_spared(study, &study->candidates[study->count - study->pending]))
            return false;
    return true;
}

static bool push_candidate(struct study *study, const struct candidate *candidate)
{
    if (!grow_to((void **)&study->candidates, study->count + 1, &study->room,
                 sizeof *study->candidates))
        return false;
    study->candidates[study->count++] = *candidate;
    study->pending++;
    return true;
}

static bool take_pages(struct study *study, struct candidate *candidate, const uint32_t *pages,
                       uint32_t count)
{
    candidate->pages = arena_take(&study->arena, count * sizeof *pages);
    candidate->count = count;
    if (candidate->pages)
        memcpy(candidate->pages, pages, count * sizeof *pages);
    return candidate->pages != NULL;
}

/* The same of a line, and where on them it is, if that is known. */
static bool take_places(struct study *study, struct candidate *candidate,
                        const struct seen_line *line)
{
    candidate->pages = arena_take(&study->arena, line->count * sizeof *candidate->pages);
    candidate->count = line->count;
    for (uint32_t i = 0; candidate->pages && i < line->count; i++) {
        candidate->pages[i] = line->at[i].page;
        candidate->tried += line->at[i].before != RECORD_NONE;
        candidate->stays += line->at[i].before != RECORD_NONE && line->at[i].stays;
    }
    if (candidate->pages && candidate->tried) {
        candidate->at = arena_take(&study->arena, line->count * sizeof *line->at);
        if (candidate->at)
            memcpy(candidate->at, line->at, line->count * sizeof *line->at);
    }
    return candidate->pages && (candidate->at || !candidate->tried);
}

static bool add_candidate(struct study *study, const struct seen_line *line)
{
    struct candidate candidate = {.prose = template_prose(line->key)};
    char *key = arena_copy(&study->arena, line->key.text, line->key.length);

    candidate.key = (struct span){key, line->key.length};
    return key && take_places(study, &candidate, line) &&
           template_sample(&study->arena, line->key, line->sample, &candidate.text) &&
           push_candidate(study, &candidate) &&
           show_spared(study, &study->candidates[study->count - 1]);
}

static bool copy_text(struct study *study, struct span *text)
{
    if (text->length && !(text->text = arena_copy(&study->arena, text->text, text->length)))
        return false;
    return true;
}

/* Adds what stands for the lines of a group. */
static bool add_names(struct study *study, const struct names_group *group)
{
    struct candidate candidate = {.key = names_key(group, &study->arena),
                                  .text = group->text,
                                  .other = group->other,
                                  .is_names = true};

    if (!candidate.key.text)
        return false;
    candidate.prose = template_prose(candidate.key);
    return take_pages(study, &candidate, group->pages, group->count) &&
           copy_text(study, &candidate.text) && copy_text(study, &candidate.other) &&
           push_candidate(study, &candidate);
}

/* Adds the groups of names that are over where KEY comes next. */
static bool end_names(struct study *study, struct span key)
{
    const struct names_group *group;

    while ((group = names_over(&study->names, key)))
        if (names_are(group, study->wishes->pages) && !add_names(study, group))
            return false;
    return true;
}

static bool take_line(struct study *study, const struct seen_line *line)
{
    uint32_t least = study->wishes->pages < STUDY_PAGES ? study->wishes->pages : STUDY_PAGES;

    if (line->count > 1 && !twins_note(&study->twins, line, template_prose(line->key)))
        return false;
    if (!end_names(study, line->key) || !names_take(&study->names, line))
        return false;
    return line->count < least ? spare(study, line) : add_candidate(study, line);
}

/* Takes in the templates of the site. RECORD_END if all went well. */
static enum record_status take_lines(struct study *study, struct merge *merge)
{
    enum record_status status;

    while ((status = merge_line(merge)) == RECORD_LINE)
        if (!take_line(study, &merge->line))
            return RECORD_NO_MEMORY;
    if (status == RECORD_END && !end_names(study, (struct span){"", 0}))
        return RECORD_NO_MEMORY;
    return status;
}

/* The share of its site's pages, in per cent, that a template has to be on. */
static double least_share(const struct study_wishes *wishes, const struct candidate *candidate)
{
    double share = candidate->prose ? wishes->prose_share : wishes->share;

    return candidate->is_names && share < wishes->sure_share ? wishes->sure_share : share;
}

/* By the pages that it is on alone. */
static enum strength strength_by_pages(const struct study *study, const struct candidate *candidate)
{
    const struct study_wishes *wishes = study->wishes;
    uint32_t articles = candidate->articles;
    double share = 100.0 * articles / study->twins.articles;

    if (share < least_share(wishes, candidate))
        return STRENGTH_NONE;
    if (articles < wishes->pages)
        return articles < STUDY_PAGES || candidate->prose || candidate->is_names ? STRENGTH_NONE
                                                                                 : STRENGTH_SPEAKS;
    if (candidate->is_names || articles < wishes->sure_pages || share < wishes->sure_share)
        return STRENGTH_DROPS;
    return STRENGTH_SURE;
}

/* What rules mostly keep on the pages that it is on is not dropped for certain. */
static enum strength strength_of(const struct study *study, const struct candidate *candidate)
{
    enum strength strength = strength_by_pages(study, candidate);

    if (strength == STRENGTH_SURE && candidate->tried &&
        candidate->stays * KEPT_OF >= candidate->tried)
        return STRENGTH_DROPS;
    return strength;
}

/* Those on most pages first. */
static int by_articles(const void *one, const void *other)
{
    const struct candidate *first = one, *second = other;

    if (first->articles != second->articles)
        return first->articles > second->articles ? -1 : 1;
    return span_order(first->key, second->key);
}

/* Leaves the candidates that are rules, as they are to be written. */
static void choose(struct study *study, const struct seen_site *site)
{
    uint32_t left = 0;

    twins_find(&study->twins, site);
    for (uint32_t i = 0; i < study->count; i++) {
        struct candidate *candidate = &study->candidates[i];

        candidate->articles = twins_articles(&study->twins, candidate->pages, candidate->count);
        candidate->strength = strength_of(study, candidate);
        if (candidate->strength != STRENGTH_NONE)
            study->candidates[left++] = *candidate;
    }
    study->count = left;
    if (left)
        qsort(study->candidates, left, sizeof *study->candidates, by_articles);
}

/* Finds what stands between lines that drop. */
static bool find_slots(struct study *study)
{
    slots_begin(&study->slots);
    for (uint32_t i = 0; i < study->count; i++) {
        const struct candidate *candidate = &study->candidates[i];

        if (candidate->at && candidate->strength >= STRENGTH_DROPS &&
            !slots_note(&study->slots, i, candidate->at, candidate->count))
            return false;
    }
    return slots_find(&study->slots, &study->twins, STUDY_PAGES, study->wishes->most_kept);
}

static bool put_example(struct writer *out, const char *sign, struct span text)
{
    return text.length == 0 ||
           (writer_put_text(out, sign) && writer_put(out, text.text, text.length) &&
            writer_put(out, "\n", 1));
}

/* What a key is the middle of. */
static bool put_regex(const struct candidate *candidate, struct writer *out)
{
    struct span key = candidate->key;
    bool is_whole = template_is_whole(key);

    return writer_put_text(out, "/" TEMPLATE_BEGIN) &&
           writer_put(out, key.text, key.length - is_whole) &&
           writer_put_text(out, is_whole ? TEMPLATE_END "/" : "/");
}

static bool put_slot(const struct study *study, const struct slot *slot, struct writer *out)
{
    const struct candidate *first = &study->candidates[slot->first];
    char evidence[96];

    snprintf(evidence, sizeof evidence,
             " # %" PRIu32 " of %" PRIu32 " pages, %" PRIu64 " words, %.0f %% kept\n",
             slot->articles, study->twins.articles, slot->words,
             100.0 * (double)slot->kept / (double)slot->words);
    return writer_put_text(out, "block between ") && put_regex(first, out) &&
           writer_put_text(out, " until ") && put_regex(&study->candidates[slot->last], out) &&
           writer_put_text(out, evidence) && put_example(out, "    + ", first->text) &&
           put_example(out, "    - ", first->other);
}

/* They stand before the others, one of which may drop the line that begins a block. */
static bool put_slots(struct study *study, struct writer *out)
{
    const struct slots *slots = &study->slots;
    bool good = true;

    if (slots->count && !study->has_blocks)
        good = writer_put_text(out, "set hold-lines " HOLD_LINES "\n");
    study->has_blocks |= slots->count > 0;
    for (uint32_t i = 0; good && i < slots->count; i++)
        good = put_slot(study, &slots->found[i], out);
    return good;
}

static bool put_rule(const struct study *study, const struct candidate *candidate,
                     struct writer *out)
{
    uint32_t all = study->twins.articles;
    char evidence[64];

    snprintf(evidence, sizeof evidence, " # %" PRIu32 " of %" PRIu32 " pages, %.0f %%\n",
             candidate->articles, all, 100.0 * candidate->articles / all);
    return writer_put_text(out, verbs[candidate->strength]) && put_regex(candidate, out) &&
           writer_put_text(out, evidence) && put_example(out, "    + ", candidate->text) &&
           put_example(out, "    - ", candidate->other);
}

static bool put_site(struct study *study, const struct seen_site *site, struct writer *out)
{
    char pages[96];
    bool good;

    if (study->count == 0)
        return true;
    if (study->twins.articles < site->count)
        snprintf(pages, sizeof pages, "] # %" PRIu32 " pages, %" PRIu32 " articles\n", site->count,
                 study->twins.articles);
    else
        snprintf(pages, sizeof pages, "] # %" PRIu32 " pages\n", site->count);
    good = writer_put_text(out, study->wishes->is_by_site ? "\n[host *." : "\n[host ") &&
           writer_put(out, site->name.text, site->name.length) && writer_put_text(out, pages) &&
           put_slots(study, out);
    for (uint32_t i = 0; good && i < study->count; i++)
        good = put_rule(study, &study->candidates[i], out);
    return good;
}

/* How documents are told of which field their host stands in. */
static void put_field(FILE *stream, const char *field)
{
    for (const char *at = field; *at; at++)
        if ((unsigned char)*at < ' ')
            return;
    fprintf(stream, "# Sites are named by a field of JSON lines: --host-field=%s\n", field);
}

bool study_put_head(const struct study_wishes *wishes, struct writer *out)
{
    struct report report;
    char *text;
    bool good;

    if (!report_open(&report))
        return false;
    fprintf(report.stream,
            "# Lines that the pages of a site share, learnt by dechaff --learn. What drops one is "
            "on %" PRIu32
            " pages\n# or more, and on %g per cent of its site's, or %g where it is as long as "
            "prose; with no hint, on %" PRIu32 "\n# and on %g per cent. Where rules weigh, all "
            "others only speak.\n",
            wishes->pages, wishes->share, wishes->prose_share, wishes->sure_pages,
            wishes->sure_share);
    if (wishes->field)
        put_field(report.stream, wishes->field);
    text = report_close(&report);
    good = text && writer_put_text(out, text);
    free(text);
    return good;
}

enum record_status study_site(struct study *study, struct merge *merge, struct writer *out)
{
    enum record_status status;

    arena_free(&study->arena);
    study->count = study->pending = 0;
    study->spared_key = study->spared_text = (struct span){0};
    study->spared_copy = NULL;
    if (!twins_begin(&study->twins, merge->site.count))
        return RECORD_NO_MEMORY;
    status = take_lines(study, merge);
    if (status != RECORD_END)
        return status;
    choose(study, &merge->site);
    if (!find_slots(study))
        return RECORD_NO_MEMORY;
    return put_site(study, &merge->site, out) ? RECORD_END : RECORD_ERROR;
}

void study_release(struct study *study)
{
    twins_release(&study->twins);
    names_release(&study->names);
    slots_release(&study->slots);
    arena_free(&study->arena);
    free(study->candidates);
    free(study->spared);
}
