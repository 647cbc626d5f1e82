#include "decide/groups.h"

#include "base/bits.h"

#include <math.h>

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

/* The first word of a set from I on that may have group rules: those in no section stand behind the
 * rules that weigh and before those that judge. */
static inline size_t next_word(const struct chosen *chosen, size_t i)
{
    size_t group_word = chosen->weights->group_word;

    return chosen_past_judges(chosen, i < group_word ? group_word : i);
}

/* Whether a group rule hit the line. */
static bool is_hit(const struct track_line *line, const struct chosen *chosen)
{
    const struct ranges_words *words = &chosen->weighing;

    for (size_t i = 0; (i = next_word(chosen, i)) < ranges_count(words); i++)
        if (line->weighs[i] & chosen->weights->grouping[ranges_word(words, i)])
            return true;
    return false;
}

/* One that no probability decides is in no group. */
static bool is_member(const struct track_line *line, const struct chosen *chosen)
{
    return !line->is_protected && line->taken_by == NO_RULE && line->probability > 0 &&
           is_hit(line, chosen);
}

static bool share_rule(const struct track_line *one, const struct track_line *other,
                       const struct chosen *chosen)
{
    const struct ranges_words *words = &chosen->weighing;

    for (size_t i = 0; (i = next_word(chosen, i)) < ranges_count(words); i++)
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

/* The group that begins with line FROM, a member; it and those behind it have no joint verdict yet.
 */
static struct group group_at(const struct groups_page *page, const struct chosen *chosen,
                             uint64_t from)
{
    struct group group = {.from = from, .to = from + 1};

    while (group.to < page->to && is_member(line_at(page, group.to), chosen) &&
           goes_on(page, chosen, &group))
        group.to++;
    if (from > page->from && group.to < page->to) {
        const struct track_line *above = line_at(page, from - 1), *below = line_at(page, group.to);

        group.is_enclosed =
            track_line_stays(above, above->joint, TRACK_LINE_EVEN) && track_line_is_likely(below);
    }
    return group;
}

static void count(struct group *group, double weight)
{
    group->is_made = true;
    group->most = fmax(group->most, weight);
    group->least = fmin(group->least, weight);
}

/* Of the rules that HIT lines of the group, bits of a word, those that come to nothing: all of them
 * if it is a line alone. The others are counted. */
static uint64_t vain_of(struct group *group, const struct chosen *chosen, const struct rule *rules,
                        size_t word, uint64_t hit)
{
    uint64_t vain = 0;

    for (; hit; hit &= hit - 1) {
        unsigned bit = bits_lowest(hit);
        const struct rule *rule = &rules[chosen_rule(chosen, &chosen->weighing, word, bit)];

        if (group->to - group->from == 1 || (rule->soft && !group->is_enclosed))
            vain |= UINT64_C(1) << bit;
        else
            count(group, rule->weighing->weights[STATE_ARTICLE]);
    }
    return vain;
}

/* Counts the group's rules, and takes those that come to nothing out of its lines' rules. */
static void sift(const struct groups_page *page, const struct chosen *chosen,
                 const struct rule *rules, struct group *group)
{
    const struct ranges_words *words = &chosen->weighing;

    for (size_t i = 0; (i = next_word(chosen, i)) < ranges_count(words); i++) {
        uint64_t grouping = chosen->weights->grouping[ranges_word(words, i)], hit = 0, vain;

        for (uint64_t number = group->from; grouping && number < group->to; number++)
            hit |= line_at(page, number)->weighs[i] & grouping;
        vain = vain_of(group, chosen, rules, i, hit);
        for (uint64_t number = group->from; vain && number < group->to; number++)
            line_at(page, number)->weighs[i] &= ~vain;
    }
}

static void judge_together(const struct groups_page *page, const struct chosen *chosen,
                           const struct rule *rules, struct group *group)
{
    double odds = 0;

    sift(page, chosen, rules, group);
    for (uint64_t number = group->from; number < group->to; number++)
        line_at(page, number)->joint = line_at(page, number)->probability;
    if (!group->is_made)
        return;
    for (uint64_t number = group->from; number < group->to; number++)
        odds += track_line_odds(line_at(page, number)->probability);
    odds = odds / (double)(group->to - group->from) + group->most + group->least;
    for (uint64_t number = group->from; number < group->to; number++)
        line_at(page, number)->joint = 1 / (1 + exp(-odds));
}

/* Takes all group rules out of the line's. */
static void forget(struct track_line *line, const struct chosen *chosen)
{
    const struct ranges_words *words = &chosen->weighing;

    for (size_t i = 0; (i = next_word(chosen, i)) < ranges_count(words); i++)
        line->weighs[i] &= ~chosen->weights->grouping[ranges_word(words, i)];
}

void groups_judge(const struct groups_page *page, const struct chosen *chosen,
                  const struct rule *rules)
{
    uint64_t number = page->from;

    while (number < page->to) {
        struct track_line *line = line_at(page, number++);
        struct group group;

        line->joint = line->probability;
        if (!is_hit(line, chosen))
            continue;
        if (!is_member(line, chosen)) {
            forget(line, chosen);
            continue;
        }
        group = group_at(page, chosen, number - 1);
        judge_together(page, chosen, rules, &group);
        number = group.to;
    }
}
