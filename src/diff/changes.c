#include "diff/changes.h"

#include "base/number.h"

#include <stdlib.h>

struct changes *changes_create(const struct rules *old, const struct rules *new, uint32_t samples)
{
    struct changes *changes = calloc(1, sizeof *changes);

    if (!changes)
        return NULL;
    changes->sets[SIDE_OLD] = old;
    changes->sets[SIDE_NEW] = new;
    changes->samples = samples;
    for (int side = 0; side < SIDES; side++) {
        changes->by_rule[side] =
            calloc(changes->sets[side]->count + (size_t)1, sizeof *changes->by_rule[side]);
        if (!changes->by_rule[side]) {
            changes_destroy(changes);
            return NULL;
        }
    }
    return changes;
}

void changes_destroy(struct changes *changes)
{
    if (!changes)
        return;
    for (int side = 0; side < SIDES && changes->by_rule[side]; side++) {
        for (size_t i = 0; i <= changes->sets[side]->count; i++)
            samples_release(&changes->by_rule[side][i].samples);
        free(changes->by_rule[side]);
    }
    hosts_release(&changes->hosts);
    free(changes);
}

void changes_begin(struct changes *changes, uint64_t number)
{
    changes->document = (struct change_counts){0};
    changes->number = number;
    changes->documents++;
}

static struct rule_changes *changes_of(const struct changes *changes, enum side side, uint32_t rule)
{
    uint32_t count = changes->sets[side]->count;

    return &changes->by_rule[side][rule < count ? rule : count];
}

static bool is_edit(const struct joined *line)
{
    const struct decided *old = &line->sides[SIDE_OLD], *new = &line->sides[SIDE_NEW];

    if (!old->is_kept || !new->is_kept || (!old->is_edited && !new->is_edited))
        return false;
    return old->is_edited != new->is_edited || old->hash != new->hash;
}

/* Whether the change is a new rule's doing, or that of an old one that is gone. */
static enum side side_of(const struct joined *line)
{
    const struct decided *old = &line->sides[SIDE_OLD], *new = &line->sides[SIDE_NEW];

    if (new->words == old->words)
        return new->is_kept && !new->is_edited ? SIDE_OLD : SIDE_NEW;
    return new->words < old->words ? SIDE_NEW : SIDE_OLD;
}

static void count(struct change_counts *counts, enum sample_kind kind, enum side side,
                  uint64_t words)
{
    counts->lines_lost += kind == SAMPLE_LOST;
    counts->lines_gained += kind == SAMPLE_GAINED;
    counts->lines_edited += kind == SAMPLE_EDITED;
    *(side == SIDE_NEW ? &counts->words_lost : &counts->words_gained) += words;
}

static bool note(struct changes *changes, const struct joined *line, enum sample_kind kind)
{
    enum side side = kind == SAMPLE_EDITED ? side_of(line)
                     : kind == SAMPLE_LOST ? SIDE_NEW
                                           : SIDE_OLD;
    uint64_t old = line->sides[SIDE_OLD].words, new = line->sides[SIDE_NEW].words;
    uint64_t words = number_larger(old, new) - number_smaller(old, new);
    struct rule_changes *by_rule = changes_of(changes, side, line->sides[side].rule);

    count(&changes->document, kind, side, words);
    by_rule->words += words;
    by_rule->lines += kind != SAMPLE_EDITED;
    by_rule->edited += kind == SAMPLE_EDITED;
    return samples_add(&by_rule->samples, changes->samples, line->text, kind, changes->number,
                       line->number);
}

bool changes_line(struct changes *changes, const struct joined *line)
{
    const struct decided *old = &line->sides[SIDE_OLD], *new = &line->sides[SIDE_NEW];

    changes->lines++;
    changes->words += line->words;
    changes->words_kept[SIDE_OLD] += old->words;
    changes->words_kept[SIDE_NEW] += new->words;
    changes->words_either += number_larger(old->words, new->words);
    if (old->is_kept != new->is_kept)
        return note(changes, line, old->is_kept ? SAMPLE_LOST : SAMPLE_GAINED);
    return !is_edit(line) || note(changes, line, SAMPLE_EDITED);
}

bool changes_end(struct changes *changes, struct span host)
{
    if (!counts_any(&changes->document))
        return true;
    changes->changed++;
    counts_add(&changes->all, &changes->document);
    return hosts_add(&changes->hosts, host, 1, &changes->document);
}

static bool merge_rule(struct rule_changes *changes, uint32_t most,
                       const struct rule_changes *other)
{
    changes->lines += other->lines;
    changes->edited += other->edited;
    changes->words += other->words;
    return samples_merge(&changes->samples, most, &other->samples);
}

bool changes_merge(struct changes *changes, const struct changes *other)
{
    changes->documents += other->documents;
    changes->changed += other->changed;
    changes->lines += other->lines;
    changes->words += other->words;
    changes->words_either += other->words_either;
    counts_add(&changes->all, &other->all);
    for (int side = 0; side < SIDES; side++) {
        changes->words_kept[side] += other->words_kept[side];
        for (size_t i = 0; i <= changes->sets[side]->count; i++)
            if (!merge_rule(&changes->by_rule[side][i], changes->samples, &other->by_rule[side][i]))
                return false;
    }
    return hosts_merge(&changes->hosts, &other->hosts);
}

void changes_finish(struct changes *changes)
{
    hosts_finish(&changes->hosts);
    for (int side = 0; side < SIDES; side++)
        for (size_t i = 0; i <= changes->sets[side]->count; i++)
            samples_finish(&changes->by_rule[side][i].samples);
}

double changes_percent(const struct changes *changes)
{
    uint64_t words = changes->all.words_lost + changes->all.words_gained;

    return words ? 100.0 * (double)words / (double)changes->words_either : 0;
}

static int compare(const void *one, const void *other)
{
    const struct change_row *left = one, *right = other;

    if (left->changes->words != right->changes->words)
        return left->changes->words > right->changes->words ? -1 : 1;
    if (left->side != right->side)
        return left->side == SIDE_NEW ? -1 : 1;
    return (left->rule > right->rule) - (left->rule < right->rule);
}

struct change_row *changes_rank(const struct changes *changes, size_t *count)
{
    size_t most = (size_t)changes->sets[SIDE_OLD]->count + changes->sets[SIDE_NEW]->count + SIDES;
    struct change_row *rows = malloc(most * sizeof *rows);

    *count = 0;
    for (int side = 0; rows && side < SIDES; side++) {
        uint32_t rules = changes->sets[side]->count;

        for (uint32_t i = 0; i <= rules; i++) {
            const struct rule_changes *by_rule = &changes->by_rule[side][i];

            if (by_rule->lines || by_rule->edited)
                rows[(*count)++] =
                    (struct change_row){(enum side)side, i < rules ? i : NO_RULE, by_rule};
        }
    }
    if (rows)
        qsort(rows, *count, sizeof *rows, compare);
    return rows;
}
