#include "regex/digits.h"

#include "base/eight.h"
#include "base/number.h"
#include "regex/cursor.h"

#include <string.h>

/* Before U+0640 there are no others than those of ASCII, nor from U+2000 to U+9FFF. */
static bool may_begin_digit(unsigned char byte)
{
    return cursor_is_digit(byte) || (byte >= 0xD9 && (byte < 0xE2 || byte > 0xE9));
}

static uint32_t count(const unsigned char *bytes, size_t length)
{
    uint32_t found = 0;

    for (size_t i = 0; i < length; i++)
        found += may_begin_digit(bytes[i]);
    return found;
}

uint32_t digits_of_line(const char *line, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)line;
    uint32_t found = 0;

    for (; length >= 8 && found < DIGITS_MOST; bytes += 8, length -= 8) {
        uint64_t word = eight_load(bytes);

        found += word & BITS_EACH_HIGH
                     ? count(bytes, 8)
                     : (uint32_t)((eight_within(word, '0', '9') >> 7) * BITS_EACH_BYTE >> 56);
    }
    return (uint32_t)number_smaller(found + count(bytes, length < 8 ? length : 0), DIGITS_MOST);
}

uint8_t digits_of_string(const unsigned char *bytes, size_t length)
{
    uint8_t found = 0;

    for (size_t i = 0; i < length && found < DIGITS_MOST; i++)
        found += cursor_is_digit(bytes[i]);
    return found;
}

bool digits_are_escape(const unsigned char *text, size_t length)
{
    return (length == 2 && text[1] == 'd') || (length == 6 && memcmp(text, "\\p{Nd}", 6) == 0);
}

uint8_t digits_added(uint8_t one, uint8_t other, uint32_t times)
{
    return (uint8_t)number_smaller(one + (uint64_t)other * times, DIGITS_MOST);
}
