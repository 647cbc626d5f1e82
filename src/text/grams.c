#include "text/grams.h"

#include <stdlib.h>

void grams_release(struct grams *grams)
{
    free(grams->joined);
    free(grams->packed);
    free(grams->at);
    free(grams->chars);
    free(grams->counts);
    repeats_release(&grams->repeats);
    *grams = (struct grams){0};
}

/* *MEMORY, whose content is lost, gets room; false if there is none. */
static bool renew(void *memory, size_t size)
{
    void *old, *fresh = malloc(size);

    memcpy(&old, memory, sizeof old);
    free(old);
    memcpy(memory, &fresh, sizeof fresh);
    return fresh != NULL;
}

static bool make_room(struct grams *grams, const struct body *body)
{
    size_t bytes = body->length + body->count + 1, words = body->count + 1;

    if (bytes > grams->capacity) {
        grams->capacity = 0;
        if (!renew(&grams->joined, 2 * bytes) || !renew(&grams->packed, 2 * bytes))
            return false;
        grams->capacity = 2 * bytes;
    }
    if (words > grams->words_capacity) {
        grams->words_capacity = 0;
        if (!renew(&grams->at, 2 * words * sizeof *grams->at) ||
            !renew(&grams->chars, 2 * words * sizeof *grams->chars) ||
            !renew(&grams->counts, 2 * words * sizeof *grams->counts))
            return false;
        grams->words_capacity = 2 * words;
    }
    return true;
}

void grams_begin(struct grams *grams, const struct body *body)
{
    uint32_t at = 0, chars = 0;

    grams->words = 0;
    if (grams->no_memory || !make_room(grams, body)) {
        grams->no_memory = true;
        return;
    }
    for (size_t i = 0; i < body->count; i++) {
        struct span word = body_word_text(body, i);

        grams->at[i] = at;
        grams->chars[i] = chars;
        memcpy(grams->packed + at, word.text, word.length);
        memcpy(grams->joined + at + i, word.text, word.length);
        at += (uint32_t)word.length;
        chars += body->words[i].chars;
        grams->joined[at + i] = ' ';
    }
    grams->at[body->count] = at;
    grams->chars[body->count] = chars;
    grams->words = body->count;
}

/* Where SIZE words from the FIRST on stand in what has GAP bytes between them. */
static struct span gram_of(const struct grams *grams, const char *text, size_t first, size_t size,
                           size_t gap)
{
    size_t begin = grams->at[first] + first * gap;
    size_t end = grams->at[first + size] + (first + size) * gap - gap;

    return (struct span){text + begin, end - begin};
}

uint64_t grams_commonest(struct grams *grams, size_t size)
{
    uint64_t chars = 0;
    uint32_t most = 0;

    repeats_begin(&grams->repeats);
    for (size_t i = 0; i + size <= grams->words; i++) {
        struct span gram = gram_of(grams, grams->joined, i, size, 1);
        bool is_new;
        uint32_t number = repeats_number(&grams->repeats, gram, &is_new);

        if (grams->repeats.no_memory)
            break;
        grams->counts[number] = is_new ? 1 : grams->counts[number] + 1;
    }
    for (uint32_t i = 0; i < grams->repeats.count; i++) {
        if (grams->counts[i] <= most)
            continue;
        most = grams->counts[i];
        chars = most * (uint64_t)body_chars(grams->repeats.known[i]);
    }
    return chars;
}

uint64_t grams_repeated(struct grams *grams, size_t size)
{
    uint64_t chars = 0;
    bool is_new;

    repeats_begin(&grams->repeats);
    for (size_t i = 0; i + size <= grams->words && !grams->repeats.no_memory;) {
        repeats_number(&grams->repeats, gram_of(grams, grams->packed, i, size, 0), &is_new);
        if (!is_new)
            chars += grams->chars[i + size] - grams->chars[i];
        i += is_new ? 1 : size;
    }
    return chars;
}
