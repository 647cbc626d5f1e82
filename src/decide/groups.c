#include "decide/groups.h"

#include "base/bits.h"

#include <math.h>

/* One line that is sure of itself does not outvote the others. */
#define UNSURE 0.02

/* Lines [from, to) of the page. */
struct group {
    uint64_t from;
    uint64_t to;
    bool is_enclosed;
    bool is_made; /* a rule counts */
    double most;  /* of what its rules weigh, 0 or more */
    double least; /* likewise, 0 or less */
};

static struct track_line *line_at(const struct groups_page *page, uint64_t number)
{
    return &page->lines[number & (page->capacity - 1)];
}

/* Whether a group rule hit the line; one that no probability decides is in no group. */
static bool is_member(const struct track_line *line, const struct chosen *chosen)
{
    const struct weights *weights = chosen->weights;
    const struct ranges_words *words = &chosen->weighing;

    if (line->is_protected || line->taken_by != NO_RULE || line->probability <= 0)
        return false;
    for (size_t i = 0; i < ranges_count(words); i++)
        if (line->weighs[i] & weights->grouping[ranges_word(words, i)])
            return true;
    return false;
}

static bool stays(const struct track_line *line)
{
    return line->is_protected || (line->taken_by == NO_RULE && line->joint > 0.5);
}

static bool share_rule(const struct track_line *one, const struct track_line *other,
                       const struct chosen *chosen)
{
    const struct ranges_words *words = &chosen->weighing;

    for (size_t i = 0; i < ranges_count(words); i++)
        if (one->weighs[i] & other->weighs[i] & chosen->weights->grouping[ranges_word(words, i)])
            return true;
    return false;
}

/* Whether the member behind the group is of it: indented as the line before it, or, as the items of
 * a list in a list, another way. */
static bool goes_on(const struct groups_page *page, const struct chosen *chosen,
                    const struct group *group)
{
    const struct track_line *first = line_at(page, group->from);
    const struct track_line *last = line_at(page, group->to - 1);
    const struct track_line *line = line_at(page, group->to);

    if (line->is_apart)
        return false;
    if (line->here.likeness.indent == last->here.likeness.indent)
        return true;
    return line->here.likeness.indent >= first->here.likeness.indent &&
           (last == first || share_rule(last, line, chosen));
}

/* The group that begins with line FROM, of lines not yet judged together. */
static struct group group_at(const struct groups_page *page, const struct chosen *chosen,
                             uint64_t from)
{
    struct group group = {.from = from, .to = from};

    while (group.to < page->to && is_member(line_at(page, group.to), chosen) &&
           (group.to == from || goes_on(page, chosen, &group)))
        group.to++;
    group.is_enclosed = from > page->from && stays(line_at(page, from - 1)) &&
                        group.to < page->to && stays(line_at(page, group.to));
    return group;
}

static void count(struct group *group, double weight)
{
    group->is_made = true;
    group->most = fmax(group->most, weight);
    group->least = fmin(group->least, weight);
}

/* Takes out of the line's rules those that do not count, all of them if there is no GROUP. */
static void sift(struct track_line *line, const struct chosen *chosen, const struct rule *rules,
                 struct group *group)
{
    const struct ranges_words *words = &chosen->weighing;

    for (size_t i = 0; i < ranges_count(words); i++) {
        uint64_t left = line->weighs[i] & chosen->weights->grouping[ranges_word(words, i)];

        for (; left; left &= left - 1) {
            unsigned bit = bits_lowest(left);
            const struct rule *rule = &rules[chosen_rule(chosen, words, i, bit)];

            if (!group || (rule->soft && !group->is_enclosed))
                line->weighs[i] &= ~(UINT64_C(1) << bit);
            else
                count(group, rule->weighing->weights[STATE_ARTICLE]);
        }
    }
}

static double odds_of(double probability)
{
    double sure = fmin(fmax(probability, UNSURE), 1 - UNSURE);

    return log(sure / (1 - sure));
}

static void judge_together(const struct groups_page *page, const struct chosen *chosen,
                           const struct rule *rules, struct group *group)
{
    double odds = 0;

    for (uint64_t number = group->from; number < group->to; number++) {
        struct track_line *line = line_at(page, number);

        sift(line, chosen, rules, group);
        odds += odds_of(line->probability);
    }
    if (!group->is_made)
        return;
    odds = odds / (double)(group->to - group->from) + group->most + group->least;
    for (uint64_t number = group->from; number < group->to; number++)
        line_at(page, number)->joint = 1 / (1 + exp(-odds));
}

void groups_judge(const struct groups_page *page, const struct chosen *chosen,
                  const struct rule *rules)
{
    uint64_t number = page->from;

    for (uint64_t i = page->from; i < page->to; i++)
        line_at(page, i)->joint = line_at(page, i)->probability;
    while (number < page->to) {
        struct group group = group_at(page, chosen, number);

        if (group.to - group.from > 1)
            judge_together(page, chosen, rules, &group);
        else if (group.to > group.from)
            sift(line_at(page, number), chosen, rules, NULL);
        number = group.to > number ? group.to : number + 1;
    }
}
