#include "rules/add.h"

#include "base/bits.h"
#include "rules/frame.h"

#include <string.h>

static bool finish_regex(const struct frame *frame, struct regex *regex, struct required *required,
                         bool *good)
{
    return expression_finish(&frame->load->expressions, &frame->place, regex, required, good);
}

/* The ranges that the rule asks for, without those that it does not. */
static bool finish_asked(struct frame *frame, struct rule *rule, const struct statement *statement)
{
    struct range packed[ASKED], *next = packed, *ranges;

    for (uint64_t left = rule->asked.which; left; left &= left - 1)
        *next++ = statement->draft.ranges[bits_lowest(left)];
    if (next == packed)
        return true;
    ranges = arena_take(frame_arena(frame), (size_t)(next - packed) * sizeof *ranges);
    if (ranges)
        memcpy(ranges, packed, (size_t)(next - packed) * sizeof *ranges);
    rule->asked.ranges = ranges;
    return ranges != NULL;
}

static bool finish_strings(struct frame *frame, struct rule *rule,
                           const struct statement *statement)
{
    if (statement->draft.name.length) {
        rule->name = arena_copy(frame_arena(frame), statement->draft.name.text,
                                statement->draft.name.length);
        if (!rule->name)
            return false;
    }
    if (rule->verb == VERB_MARK || verb_weighs(rule->verb)) {
        struct weighing *weighing = arena_alloc(frame_arena(frame), sizeof *weighing);

        if (!weighing)
            return false;
        *weighing = statement->draft.weighing;
        rule->weighing = weighing;
    }
    if (rule->with) {
        char *with = arena_copy(frame_arena(frame), rule->with, rule->with_length);

        if (!with)
            return false;
        rule->with_length = statement_unescape(with, rule->with_length);
        rule->with = with;
    }
    return true;
}

/* Whether a document is measured, of whatever site it is: sections are for lines. */
static bool is_misplaced(struct frame *frame, const struct rule *rule)
{
    if (!rule->measure || !frame->section)
        return false;
    diag_add(frame->load->diagnostics, SEVERITY_ERROR, &frame->place,
             "a rule that measures a document holds for all of them; put it before the sections, "
             "or behind []");
    return true;
}

bool add_rule(struct frame *frame, const struct statement *statement)
{
    struct required until_required, *required = NULL;
    struct rule *rule = rules_room(frame->load->rules);
    bool good = true, until_good = true;

    if (statement->draft.rule.regex.text)
        required = arena_alloc(frame_arena(frame), sizeof *required);
    if (!rule || (statement->draft.rule.regex.text && !required))
        return false;
    *rule = statement->draft.rule;
    rule->required = required;
    rule->source = frame->source;
    rule->line = frame->place.line;
    rule->statement = frame->place.source;
    rule->section = frame->section;
    rule->is = statement->draft.weighing.asked[MARKS_IS];
    rule->under = statement->draft.weighing.asked[MARKS_UNDER];
    rule->about = statement->draft.weighing.asked[MARKS_ABOUT];
    rule->binds = frame->source->binds && verb_decides(rule->verb) && !rule->hint;
    if ((required && !finish_regex(frame, &rule->regex, required, &good)) ||
        (rule->until.text && !finish_regex(frame, &rule->until, &until_required, &until_good)) ||
        !finish_asked(frame, rule, statement) || !finish_strings(frame, rule, statement))
        return false;
    frame->last_was_bad = !good || !until_good || is_misplaced(frame, rule);
    if (frame->last_was_bad)
        return true;
    frame->last_rule = rule;
    frame->last_example = NULL;
    frame->load->rules->count++;
    return true;
}

bool add_example(struct frame *frame, const struct statement *statement)
{
    struct example *example;

    if (!frame->last_rule) {
        frame->statements++;
        if (!frame->last_was_bad)
            diag_add(frame->load->diagnostics, SEVERITY_ERROR, &frame->place,
                     "an example without a rule; put it right under the rule it is about");
        return true;
    }
    if (!frame->load->keep_examples)
        return true;
    example = arena_alloc(frame_arena(frame), sizeof *example);
    if (!example)
        return false;
    *example = (struct example){NULL, statement->name.text, statement->name.length,
                                frame->place.line, statement->caught};
    if (frame->last_example)
        frame->last_example->next = example;
    else
        frame->last_rule->examples = example;
    frame->last_example = example;
    return true;
}
