#include "search/capitals.h"

/* Letters from which on a word counts. */
#define LONG_WORD 4

static bool is_small(unsigned char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_capital(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

/* What no word begins behind. */
static bool goes_on(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || byte == '\'';
}

struct capitals capitals_of(const char *text, size_t length)
{
    bool has_small = false, has_capital = false, has_long = false, has_small_word = false;
    bool is_word = false, is_inside = false; /* of letters, or of what goes on */
    bool begins_small = false;
    size_t letters = 0;

    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        bool small = is_small(byte), capital = is_capital(byte);

        if (byte >= 0x80)
            return (struct capitals){.is_ascii = false};
        has_small |= small;
        has_capital |= capital;
        if (!small && !capital) {
            is_inside = goes_on(byte);
            is_word = false;
            continue;
        }
        if (!is_inside) {
            is_word = true;
            begins_small = small;
            letters = 0;
        }
        is_inside = true;
        if (is_word && ++letters == LONG_WORD) {
            has_long |= !begins_small;
            has_small_word |= begins_small;
        }
    }
    return (struct capitals){.is_ascii = true,
                             .is_upper = has_capital && !has_small,
                             .is_title = has_long && !has_small_word};
}
