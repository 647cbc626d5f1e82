#include "base/utf8.h"

#include "base/ascii.h"

#include <string.h>

bool utf8_among(const struct utf8_range *ranges, size_t count, uint32_t character)
{
    while (count > 0) {
        size_t half = count / 2;

        if (character < ranges[half].first) {
            count = half;
        } else if (character > ranges[half].last) {
            ranges += half + 1;
            count -= half + 1;
        } else {
            return true;
        }
    }
    return false;
}

size_t utf8_decode_long(const unsigned char *text, size_t length, uint32_t *character)
{
    if (length < 2 || text[0] < 0xC2 || !utf8_continues(text[1]))
        return 0;
    if (text[0] < 0xE0) {
        *character = (uint32_t)(text[0] & 0x1F) << 6 | (text[1] & 0x3F);
        return 2;
    }
    if (length < 3 || !utf8_continues(text[2]))
        return 0;
    if (text[0] < 0xF0) {
        *character =
            (uint32_t)(text[0] & 0x0F) << 12 | (uint32_t)(text[1] & 0x3F) << 6 | (text[2] & 0x3F);
        return *character < 0x800 || (*character >= 0xD800 && *character < 0xE000) ? 0 : 3;
    }
    if (text[0] > 0xF4 || length < 4 || !utf8_continues(text[3]))
        return 0;
    *character = (uint32_t)(text[0] & 0x07) << 18 | (uint32_t)(text[1] & 0x3F) << 12 |
                 (uint32_t)(text[2] & 0x3F) << 6 | (text[3] & 0x3F);
    return *character < 0x10000 || *character > 0x10FFFF ? 0 : 4;
}

size_t utf8_decode_last(const unsigned char *text, size_t length, uint32_t *character)
{
    size_t width = 1;

    while (width < UTF8_LONGEST && width < length && utf8_continues(text[length - width]))
        width++;
    return width <= length && utf8_decode(text + length - width, width, character) == width ? width
                                                                                            : 0;
}

size_t utf8_encode(uint32_t character, unsigned char text[UTF8_LONGEST])
{
    if (character < 0x80) {
        text[0] = (unsigned char)character;
        return 1;
    }
    if (character < 0x800) {
        text[0] = (unsigned char)(0xC0 | character >> 6);
        text[1] = (unsigned char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000) {
        text[0] = (unsigned char)(0xE0 | character >> 12);
        text[1] = (unsigned char)(0x80 | (character >> 6 & 0x3F));
        text[2] = (unsigned char)(0x80 | (character & 0x3F));
        return 3;
    }
    text[0] = (unsigned char)(0xF0 | character >> 18);
    text[1] = (unsigned char)(0x80 | (character >> 12 & 0x3F));
    text[2] = (unsigned char)(0x80 | (character >> 6 & 0x3F));
    text[3] = (unsigned char)(0x80 | (character & 0x3F));
    return 4;
}

size_t utf8_valid_length(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    uint32_t character;
    size_t at = 0, width;

    do {
        at = ascii_skip(bytes, length, at);
        /* And the others of a word one after another. */
        do {
            width = utf8_decode_long(bytes + at, length - at, &character);
            at += width;
        } while (width > 0 && at < length && bytes[at] >= 0x80);
    } while (width > 0);
    return at;
}
