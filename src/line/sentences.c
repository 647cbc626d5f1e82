#include "line/sentences.h"

#include "base/bits.h"
#include "line/measure.h"
#include "line/sets.h"

struct pass {
    const char *text;
    size_t length;
    size_t at;  /* where the block begins */
    size_t end; /* behind the last mark since the last letter, 0: there is none */
    size_t count;
    bool has_letter;
};

static void meet_letter(struct pass *pass)
{
    if (pass->end > 0)
        pass->count += !measure_ends_in_dots(pass->text, pass->end);
    pass->end = 0;
    pass->has_letter = true;
}

static void count(struct pass *pass, const struct sets *sets)
{
    /* What is broken may well have been a letter. */
    uint64_t letters = (sets->of[KIND_LETTER] & ~sets->of[KIND_END]) | sets->invalid;
    uint64_t past = ~UINT64_C(0);

    for (uint64_t left = sets->firsts & sets->of[KIND_END]; left; left &= left - 1) {
        uint64_t mark = left & (~left + 1), next;
        size_t end;

        if (letters & past & (mark - 1))
            meet_letter(pass);
        past = ~(mark | (mark - 1));
        next = sets->firsts & past;
        end = pass->at + (next ? bits_lowest(next) : sets->length);
        if (pass->has_letter &&
            (sets->beyond & mark || measure_is_apart(pass->text, pass->length, end)))
            pass->end = end;
    }
    if (letters & past)
        meet_letter(pass);
}

size_t sentences_count(struct alphabet *alphabet, const char *text, size_t length)
{
    struct pass pass = {.text = text, .length = length};
    struct sets sets;

    for (; pass.at < length; pass.at += sets.length) {
        sets_read(&sets, alphabet, text, length, pass.at);
        count(&pass, &sets);
    }
    meet_letter(&pass); /* the line's end is as good as one */
    return pass.count;
}
