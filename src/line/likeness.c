#include "line/likeness.h"

#include "base/bits.h"
#include "base/span.h"

#define LETTERS_MOST 200
#define BEGINNING_MOST 30
#define BEGINNING_LEAST 12

#define DOUBLED_REACH 3000 /* bytes */
#define DOUBLED_LEAST 7
#define DOUBLED_LONG 40
#define DOUBLED_BEGINNING 20
#define DOUBLED_AFTER 10

void likeness_add(struct likeness_letters *letters, const char *text, uint64_t set)
{
    uint64_t sum = letters->sum;
    unsigned count = letters->count;

    for (; set && count < LETTERS_MOST; set &= set - 1) {
        unsigned char byte = (unsigned char)text[bits_lowest(set)];

        sum = table_hash_number(sum, byte < 0x80 ? byte | 0x20U : byte);
        if (++count == BEGINNING_MOST)
            letters->beginning = sum | 1;
    }
    letters->sum = sum;
    letters->count = count;
}

struct likeness likeness_of(const struct likeness_letters *letters, size_t indent, size_t words)
{
    struct likeness likeness = {.letters = letters->count ? letters->sum | 1 : 0,
                                .beginning = letters->beginning,
                                .indent = indent,
                                .words = words};

    if (letters->count >= BEGINNING_LEAST && letters->count < BEGINNING_MOST)
        likeness.beginning = likeness.letters;
    return likeness;
}

bool likeness_is_doubled(const char *text, size_t length)
{
    struct span line = span_trim((struct span){text, length}, span_is_blank), first, second;

    text = line.text;
    length = line.length < DOUBLED_REACH ? line.length : DOUBLED_REACH;
    if (length < DOUBLED_LEAST)
        return false;
    first = span_trim((struct span){text, length / 2}, span_is_blank);
    second = span_trim((struct span){text + length / 2, length - length / 2}, span_is_blank);
    if (span_equal(first, second))
        return true;
    if (length < DOUBLED_LONG)
        return false;
    return span_find(span_after((struct span){text, length}, DOUBLED_AFTER), text,
                     DOUBLED_BEGINNING) != NULL;
}
