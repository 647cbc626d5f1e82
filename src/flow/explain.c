#include "flow/explain.h"

#include "decide/track.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define RED "\033[31m"
#define YELLOW "\033[33m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"
#define ID_WIDTH 24

bool explain_form_find(const char *name, enum explain_form *form)
{
    static const char *const names[] = {
        [EXPLAIN_ROWS] = "rows", [EXPLAIN_DROPPED] = "dropped", [EXPLAIN_HTML] = "html"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *form = (enum explain_form)i;
            return true;
        }
    return false;
}

struct explained explain_verdict(const struct held *line)
{
    if (line->verdict == VERDICT_DROP)
        return (struct explained){"drop", line->rule};
    if (line->edited_by != NO_RULE)
        return (struct explained){"edit", line->edited_by};
    return (struct explained){"keep", line->rule};
}

static const char *colour_of(const struct held *line)
{
    return line->verdict == VERDICT_DROP ? RED : line->edited_by != NO_RULE ? YELLOW : "";
}

/* The number of a row, where rows have one. */
static bool put_row_number(struct writer *writer, enum explain_form form, uint64_t number)
{
    char text[32];

    if (form != EXPLAIN_DROPPED)
        return true;
    snprintf(text, sizeof text, "%" PRIu64 "\t", number);
    return writer_put_text(writer, text);
}

static bool put_row(struct writer *writer, const char *before, const char *text, size_t length,
                    const char *behind)
{
    return writer_put_text(writer, before) && writer_put(writer, text, length) &&
           writer_put_text(writer, behind);
}

/* Whether the first of two rules is shown before the second: the larger share, whichever way it
 * counts, or else the earlier rule. */
static bool is_before(const struct rules *rules, uint32_t one, uint32_t other)
{
    double left = fabs(weights_share(&rules->items[one]));
    double right = fabs(weights_share(&rules->items[other]));

    return left != right ? left > right : one < other;
}

uint32_t explain_next(const struct rules *rules, const struct chosen *chosen,
                      const struct held *line, uint32_t last)
{
    const struct ranges_words *words = &chosen->weighing;
    uint32_t next = NO_RULE;

    for (size_t i = 0; i < ranges_count(words); i++) {
        for (uint64_t left = line->weighed->weighs[i]; left; left &= left - 1) {
            uint32_t rule = chosen_rule(chosen, words, i, bits_lowest(left));

            if (rule != last && (last == NO_RULE || is_before(rules, last, rule)) &&
                (next == NO_RULE || is_before(rules, rule, next)))
                next = rule;
        }
    }
    return next;
}

uint32_t explain_blamed(const struct rules *rules, const struct chosen *chosen,
                        const struct held *line)
{
    const struct ranges_words *words = &chosen->weighing;
    uint32_t blamed = NO_RULE;
    double least = 0;

    for (size_t i = 0; i < ranges_count(words); i++) {
        for (uint64_t left = line->weighed->weighs[i]; left; left &= left - 1) {
            uint32_t rule = chosen_rule(chosen, words, i, bits_lowest(left));
            double share = weights_share(&rules->items[rule]);

            if (share < least || (share == least && share < 0 && rule < blamed)) {
                least = share;
                blamed = rule;
            }
        }
    }
    return blamed;
}

/* What a rule says of a line that rules weigh, if it decides it all the same; else NULL. */
static const char *decision(const struct rules *rules, const struct held *line)
{
    enum verb verb = line->rule == NO_RULE ? VERB_WEIGH : rules->items[line->rule].verb;

    if (line->rule != NO_RULE && line->is_protected)
        return "keep";
    if (line->verdict == VERDICT_DROP)
        return verb_weighs(verb) ? NULL : "drop";
    return verb == VERB_MARK ? "title" : verb_weighs(verb) ? NULL : "keep";
}

/* VERDICT TAB P TAB ID:SHARE,... TAB; first ID:title if the line stays as a headline, ID:drop or
 * ID:keep if a rule decides it; DECIDER if no rule weighed it. */
static bool put_weighed(struct writer *writer, const struct rules *rules,
                        const struct chosen *chosen, const char *verdict, const char *decider,
                        const struct held *line)
{
    const struct track_line *weighed = line->weighed;
    const char *decided = decision(rules, line);
    char id[RULE_ID_SIZE], text[RULE_ID_SIZE + 64];
    bool good, is_first = true;

    snprintf(text, sizeof text, "%s\t%.2f\t", verdict, weighed->probability);
    good = writer_put_text(writer, text);
    if (good && decided) {
        rule_id(&rules->items[line->rule], id, sizeof id);
        snprintf(text, sizeof text, "%s:%s", id, decided);
        good = writer_put_text(writer, text);
        is_first = false;
    }
    for (uint32_t rule = explain_next(rules, chosen, line, NO_RULE); good && rule != NO_RULE;
         rule = explain_next(rules, chosen, line, rule)) {
        rule_id(&rules->items[rule], id, sizeof id);
        snprintf(text, sizeof text, "%s%s:%+.2f", is_first ? "" : ",", id,
                 weights_share(&rules->items[rule]));
        good = writer_put_text(writer, text);
        is_first = false;
    }
    if (good && is_first)
        good = writer_put_text(writer, decider);
    return good && writer_put_text(writer, "\t");
}

/* What stands before a line without weights. Where rules weigh, it has no probability. */
static void fill_columns(char *columns, size_t size, const struct held *line, const char *id,
                         bool is_coloured, bool has_weights)
{
    if (is_coloured)
        snprintf(columns, size, "%s " DIM "%-*s" PLAIN " %s", explain_verdict(line).verdict,
                 ID_WIDTH, id, colour_of(line));
    else
        snprintf(columns, size, "%s\t%s%s\t", explain_verdict(line).verdict,
                 has_weights ? "-\t" : "", id);
}

bool explain_line(struct writer *writer, const struct rules *rules, const struct chosen *chosen,
                  const struct held *line, enum explain_form form, bool is_coloured)
{
    struct explained shown = explain_verdict(line);
    char id[RULE_ID_SIZE] = "-", columns[RULE_ID_SIZE + 64] = "";
    uint64_t number = line->number;
    const char *at = line->text, *end = at + line->length + line_ending_size(line->ending), *behind;

    if (form == EXPLAIN_DROPPED && line->verdict != VERDICT_DROP)
        return true;
    is_coloured = is_coloured && !rules->weigh_count;
    /* A long line comes in pieces, and still gets one row. */
    behind = line->continues ? "" : is_coloured ? PLAIN "\n" : "\n";
    if (shown.rule != NO_RULE)
        rule_id(&rules->items[shown.rule], id, sizeof id);
    if (line->weighed)
        return put_row_number(writer, form, number) &&
               put_weighed(writer, rules, chosen, shown.verdict, id, line) &&
               put_row(writer, "", at, line->length, behind);
    if (!line->is_continued)
        fill_columns(columns, sizeof columns, line, id, is_coloured, rules->weigh_count);
    if (!line->is_blank)
        return (line->is_continued || put_row_number(writer, form, number)) &&
               put_row(writer, columns, at, line->length, behind);
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        size_t length = (size_t)(stop - at);

        if (newline && length && stop[-1] == '\r')
            length--;
        if (!put_row_number(writer, form, number++) ||
            !put_row(writer, columns, at, length, behind))
            return false;
        at = newline ? newline + 1 : end;
    }
    return true;
}
