#include "line/likeness.h"

#include "base/span.h"
#include "base/table.h"
#include "line/letters.h"
#include "line/measure.h"

#include <string.h>

#define LETTERS_MOST 200
#define BEGINNING_MOST 30
#define BEGINNING_LEAST 12

#define DOUBLED_REACH 3000 /* bytes */
#define DOUBLED_LEAST 7
#define DOUBLED_LONG 40
#define DOUBLED_BEGINNING 20
#define DOUBLED_AFTER 10

/* Hashes the letters and digits, ASCII's without case. */
static void hash_letters(const char *text, size_t length, struct likeness *likeness)
{
    uint64_t sum = TABLE_GOLDEN;
    size_t count = 0;

    for (size_t i = 0; i < length && count < LETTERS_MOST; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (!letters_is_ascii(byte) && byte < 0x80)
            continue;
        sum = table_hash_number(sum, byte < 0x80 ? byte | 0x20U : byte);
        if (++count == BEGINNING_MOST)
            likeness->beginning = sum | 1;
    }
    likeness->letters = count ? sum | 1 : 0;
    if (count >= BEGINNING_LEAST && count < BEGINNING_MOST)
        likeness->beginning = likeness->letters;
}

struct likeness likeness_of(const char *text, size_t length)
{
    struct likeness likeness = {.indent = measure_indent(text, length),
                                .words = measure_words(text, length)};

    hash_letters(text, length, &likeness);
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
    for (size_t i = DOUBLED_AFTER; i + DOUBLED_BEGINNING <= length; i++) {
        if (text[i] == *text && memcmp(text, text + i, DOUBLED_BEGINNING) == 0)
            return true;
    }
    return false;
}
