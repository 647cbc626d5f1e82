#include "text/grams.h"

#include <stdlib.h>

void grams_release(struct grams *grams)
{
    free(grams->joined);
    free(grams->packed);
    free(grams->at);
    free(grams->chars);
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
            !renew(&grams->chars, 2 * words * sizeof *grams->chars))
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

/* Takes all SIZE words in a row, with blanks between them. */
static void take_joined(struct grams *grams, size_t size)
{
    repeats_begin(&grams->repeats);
    for (size_t i = 0; i + size <= grams->words && !grams->repeats.no_memory; i++)
        repeats_take(&grams->repeats, gram_of(grams, grams->joined, i, size, 1));
}

uint64_t grams_commonest(struct grams *grams, size_t size)
{
    uint64_t chars = 0;
    uint32_t most = 0;

    take_joined(grams, size);
    for (uint32_t i = 0; i < grams->repeats.count; i++) {
        const struct repeat *gram = &grams->repeats.known[i];

        if (gram->count <= most)
            continue;
        most = gram->count;
        chars = most * (uint64_t)body_chars(gram->text);
    }
    return chars;
}

struct share grams_copied(struct grams *grams, size_t size)
{
    struct share share = {0};

    take_joined(grams, size);
    for (uint32_t i = 0; i < grams->repeats.count; i++) {
        const struct repeat *gram = &grams->repeats.known[i];
        uint64_t chars = gram->count * (uint64_t)(body_chars(gram->text) - (size - 1));

        share.all += chars;
        share.part += gram->count > 1 ? chars : 0;
    }
    return share;
}

uint64_t grams_repeated(struct grams *grams, size_t size)
{
    uint64_t chars = 0;

    repeats_begin(&grams->repeats);
    for (size_t i = 0; i + size <= grams->words && !grams->repeats.no_memory;) {
        bool is_known = repeats_take(&grams->repeats, gram_of(grams, grams->packed, i, size, 0));

        if (is_known)
            chars += grams->chars[i + size] - grams->chars[i];
        i += is_known ? size : 1;
    }
    return chars;
}
