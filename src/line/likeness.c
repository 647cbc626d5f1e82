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
static void hash_letters(const char *text, size_t length, struct look *look)
{
    uint64_t sum = TABLE_GOLDEN;
    size_t count = 0;

    for (size_t i = 0; i < length && count < LETTERS_MOST; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (!letters_is_ascii(byte) && byte < 0x80)
            continue;
        sum = table_hash_number(sum, byte < 0x80 ? byte | 0x20U : byte);
        if (++count == BEGINNING_MOST)
            look->beginning = sum | 1;
    }
    look->letters = count ? sum | 1 : 0;
    if (count >= BEGINNING_LEAST && count < BEGINNING_MOST)
        look->beginning = look->letters;
}

struct look look_at(const char *text, size_t length)
{
    struct look look = {.indent = layout_indent(text, length),
                        .words = measure_words(text, length)};

    hash_letters(text, length, &look);
    return look;
}
