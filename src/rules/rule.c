#include "rules/rule.h"

#include <stdio.h>
#include <string.h>

void marks_init(struct marks *marks)
{
    static const char *const known[] = {"prose", "chrome", "closing", "rule", "headline"};

    marks->count = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        marks_add(marks, (struct span){known[i], strlen(known[i])});
}

uint64_t marks_find(const struct marks *marks, struct span name)
{
    for (uint32_t i = 0; i < marks->count; i++) {
        if (span_equal(marks->names[i], name))
            return UINT64_C(1) << i;
    }
    return 0;
}

uint64_t marks_add(struct marks *marks, struct span name)
{
    uint64_t bit = marks_find(marks, name);

    if (bit || marks->count == MARKS_MAX)
        return bit;
    marks->names[marks->count] = name;
    return UINT64_C(1) << marks->count++;
}

struct range rule_asks(const struct rule *rule, unsigned which)
{
    const struct range *range = rule->asked.ranges;
    uint64_t bit = UINT64_C(1) << which;

    if (!(rule->asked.which & bit))
        return RANGE_ANY;
    for (uint64_t before = rule->asked.which & (bit - 1); before; before &= before - 1)
        range++;
    return *range;
}

void rule_id(const struct rule *rule, char *buffer, size_t size)
{
    if (rule->name)
        snprintf(buffer, size, "%s", rule->name);
    else
        snprintf(buffer, size, "%s:%zu", rule->source->label, rule->line);
    diag_make_safe(buffer);
}

struct place rule_place(const struct rule *rule)
{
    const char *end = rule->source->text + rule->source->length;
    size_t length = 0, left = (size_t)(end - rule->statement);

    while (length < left && rule->statement[length] != '\n' && rule->statement[length] != '\r')
        length++;
    return (struct place){.file = rule->source->path,
                          .line = rule->line,
                          .source = rule->statement,
                          .source_length = length,
                          .is_secret = rule->source->is_secret};
}
