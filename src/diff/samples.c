#include "diff/samples.h"

#include "base/table.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define ELLIPSIS "\xE2\x80\xA6"

void samples_release(struct samples *samples)
{
    free(samples->items);
    *samples = (struct samples){0};
}

static bool is_earlier(const struct sample *one, const struct sample *other)
{
    if (one->document != other->document)
        return one->document < other->document;
    return one->line < other->line;
}

/* Where a hash has its place. */
static uint32_t place_of(const struct samples *samples, uint64_t hash)
{
    uint32_t place = 0;

    while (place < samples->count && samples->items[place].hash < hash)
        place++;
    return place;
}

static bool put(struct samples *samples, uint32_t most, const struct sample *sample)
{
    uint32_t place = place_of(samples, sample->hash);
    struct sample *at;

    if (place == most)
        return true;
    if (!samples->items)
        samples->items = calloc(most, sizeof *samples->items);
    if (!samples->items)
        return false;
    at = &samples->items[place];
    if (place < samples->count && at->hash == sample->hash) {
        if (is_earlier(sample, at))
            *at = *sample;
        return true;
    }
    samples->count += samples->count < most;
    memmove(at + 1, at, (samples->count - place - 1) * sizeof *at);
    *at = *sample;
    return true;
}

/* Cuts a long text between characters. */
static void fill_text(struct sample *sample, struct span text)
{
    size_t length = text.length;

    if (length > SAMPLE_BYTES)
        for (length = SAMPLE_BYTES; length && utf8_continues((unsigned char)text.text[length]);)
            length--;
    memcpy(sample->text, text.text, length);
    if (length < text.length) {
        memcpy(sample->text + length, ELLIPSIS, strlen(ELLIPSIS));
        length += strlen(ELLIPSIS);
    }
    sample->length = length;
}

bool samples_add(struct samples *samples, uint32_t most, struct span text, enum sample_kind kind,
                 uint64_t document, uint64_t line)
{
    uint64_t hash = table_hash_bytes(TABLE_HASH, text.text, text.length);
    struct sample sample = {.hash = table_hash_number(hash, text.length),
                            .document = document,
                            .line = line,
                            .kind = kind};

    if (samples->count == most && samples->items[most - 1].hash < sample.hash)
        return true;
    fill_text(&sample, text);
    return put(samples, most, &sample);
}

bool samples_merge(struct samples *samples, uint32_t most, const struct samples *other)
{
    for (uint32_t i = 0; i < other->count; i++)
        if (!put(samples, most, &other->items[i]))
            return false;
    return true;
}

static int compare_places(const void *one, const void *other)
{
    return is_earlier(one, other) ? -1 : is_earlier(other, one);
}

void samples_finish(struct samples *samples)
{
    if (samples->count)
        qsort(samples->items, samples->count, sizeof *samples->items, compare_places);
}
