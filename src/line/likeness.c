#include "line/likeness.h"

#include "base/table.h"
#include "line/layout.h"
#include "line/letters.h"
#include "line/measure.h"

#include <stdbool.h>

#define LETTERS_MOST 200
#define BEGINNING_MOST 30
#define BEGINNING_LEAST 12

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
    struct likeness likeness = {.indent = layout_indent(text, length),
                                .words = measure_words(text, length)};

    hash_letters(text, length, &likeness);
    return likeness;
}
