#include "match/passing.h"

#include "base/bits.h"

#include <stdlib.h>
#include <string.h>

bool passing_init(struct passing *passing, const struct engine *engine)
{
    const struct rules *rules = engine->rules;

    passing->list = calloc(rules->count + (size_t)1, sizeof *passing->list);
    passing->numbers = malloc((rules->count + (size_t)1) * sizeof *passing->numbers);
    passing->named = calloc(bits_words(engine->passing_count + (size_t)1), sizeof *passing->named);
    if (!passing->list || !passing->numbers || !passing->named)
        return false;
    for (uint32_t i = 0; i < rules->count; i++) {
        passing->numbers[i] = NO_RULE;
        if (rules->items[i].verb == VERB_PASS && rules_decides(rules, &rules->items[i]))
            passing->list[passing->count++] = i;
    }
    for (uint32_t i = 0; i < engine->passing_count; i++)
        passing->numbers[engine->passing[i]] = i;
    if (passing->count)
        passing->scratch = prefilter_scratch_create(engine->passes);
    return !passing->count || passing->scratch;
}

void passing_release(struct passing *passing)
{
    prefilter_scratch_destroy(passing->scratch);
    free(passing->list);
    free(passing->numbers);
    free(passing->named);
    *passing = (struct passing){0};
}

void passing_look(const struct passing *passing, const struct engine *engine, const char *text,
                  size_t length)
{
    const uint32_t *numbers;
    size_t count;

    if (!passing->scratch)
        return;
    count = prefilter_candidates(engine->passes, passing->scratch, text, length, &numbers);
    memset(passing->named, 0, bits_words(engine->passing_count) * sizeof *passing->named);
    for (size_t i = 0; i < count; i++)
        bits_add(passing->named, numbers[i]);
}

bool passing_can_match(const struct passing *passing, uint32_t rule)
{
    uint32_t number = passing->numbers[rule];

    return !passing->scratch || number == NO_RULE || bits_has(passing->named, number);
}
