#include "match/chosen.h"

#include <stdlib.h>
#include <string.h>

size_t chosen_most_words(const struct weights *weights)
{
    return weights->weigh_words + (weights->words - weights->common_words);
}

static void choose(struct chosen *chosen, uint32_t number)
{
    const struct weights *weights = chosen->weights;
    uint32_t *place = &chosen->places[number / 64 - weights->common_words];

    if (*place == UINT32_MAX) {
        *place = (uint32_t)chosen->all.more_count++;
        chosen->more[*place] = number / 64;
        chosen->holding[weights->common_words + *place] = 0;
    }
    bits_add(chosen->holding, chosen_place(chosen, &chosen->all, number));
    if (bits_has(weights->asking, number))
        chosen->asking[chosen->asking_count++] = weights->rules[number];
}

static int compare(const void *one, const void *other)
{
    const uint32_t *left = one, *right = other;

    return (*left > *right) - (*left < *right);
}

void chosen_hold(struct chosen *chosen, const struct holding *holding)
{
    const struct weights *weights = chosen->weights;

    for (size_t i = 0; i < chosen->all.more_count; i++)
        chosen->places[chosen->more[i] - weights->common_words] = UINT32_MAX;
    chosen->all.more_count = 0;
    chosen->asking_count = weights->asking_count;
    if (weights->asking_count)
        memcpy(chosen->asking, weights->common_asking,
               weights->asking_count * sizeof *chosen->asking);
    for (size_t i = 0; i < holding->count; i++) {
        uint32_t section = holding->numbers[i];

        if (section + 1 < weights->start_count)
            for (uint32_t j = weights->starts[section]; j < weights->starts[section + 1]; j++)
                choose(chosen, j);
    }
    if (chosen->asking_count > weights->asking_count)
        qsort(chosen->asking, chosen->asking_count, sizeof *chosen->asking, compare);
    chosen->weighing.more_count = chosen->all.more_count;
}

bool chosen_init(struct chosen *chosen, const struct weights *weights)
{
    size_t others = weights->words - weights->common_words + 1;
    const struct holding nothing = {0};

    *chosen = (struct chosen){.weights = weights};
    chosen->holding = calloc(weights->words + 1, sizeof *chosen->holding);
    chosen->asking = calloc(weights->count + (size_t)1, sizeof *chosen->asking);
    chosen->more = calloc(others, sizeof *chosen->more);
    chosen->places = malloc(others * sizeof *chosen->places);
    if (!chosen->holding || !chosen->asking || !chosen->more || !chosen->places) {
        chosen_release(chosen);
        return false;
    }
    memset(chosen->places, 0xFF, others * sizeof *chosen->places);
    for (uint32_t i = 0; i < weights->common_words * 64; i++)
        if (weights->rules[i] != NO_RULE)
            bits_add(chosen->holding, i);
    chosen->all = (struct ranges_words){.first = weights->common_words, .more = chosen->more};
    chosen->weighing = (struct ranges_words){.first = weights->weigh_words, .more = chosen->more};
    chosen_hold(chosen, &nothing);
    return true;
}

void chosen_release(struct chosen *chosen)
{
    free(chosen->holding);
    free(chosen->asking);
    free(chosen->more);
    free(chosen->places);
    *chosen = (struct chosen){0};
}
