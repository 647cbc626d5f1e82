#include "line/sentences.h"

#include "base/bits.h"
#include "line/measure.h"

static void meet_letter(struct sentences *sentences, const char *text)
{
    if (sentences->end > 0)
        sentences->count += !measure_ends_in_dots(text, sentences->end);
    sentences->end = 0;
    sentences->has_letter = true;
}

void sentences_add(struct sentences *sentences, const struct sets *sets, const char *text,
                   size_t length, size_t at)
{
    /* What is broken may well have been a letter. */
    uint64_t letters = (sets->of[KIND_LETTER] & ~sets->of[KIND_END]) | sets->invalid;
    uint64_t past = ~UINT64_C(0);

    for (uint64_t left = sets->firsts & sets->of[KIND_END]; left; left &= left - 1) {
        uint64_t mark = left & (~left + 1), next;
        size_t end;

        if (letters & past & (mark - 1))
            meet_letter(sentences, text);
        past = ~(mark | (mark - 1));
        next = sets->firsts & past;
        end = at + (next ? bits_lowest(next) : sets->length);
        if (sentences->has_letter && (sets->beyond & mark || measure_is_apart(text, length, end)))
            sentences->end = end;
    }
    if (letters & past)
        meet_letter(sentences, text);
}

size_t sentences_end(struct sentences *sentences, const char *text)
{
    meet_letter(sentences, text); /* the line's end is as good as one */
    return sentences->count;
}
