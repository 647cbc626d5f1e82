#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* The length of the well-formed sequence at TEXT (Unicode's table 3-7), 0 if there is none. */
static size_t sequence_length(const unsigned char *text, size_t length)
{
    unsigned char low = 0x80, high = 0xbf;
    size_t wanted;

    if (text[0] < 0x80)
        return 1;
    if (text[0] < 0xc2 || text[0] > 0xf4)
        return 0;
    wanted = text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : 4;
    if (text[0] == 0xe0)
        low = 0xa0;
    else if (text[0] == 0xed)
        high = 0x9f;
    else if (text[0] == 0xf0)
        low = 0x90;
    else if (text[0] == 0xf4)
        high = 0x8f;
    if (wanted > length || text[1] < low || text[1] > high)
        return 0;
    for (size_t i = 2; i < wanted; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    return wanted;
}

size_t utf8_valid_length(const char *text, size_t length)
{
    uint64_t eight;
    size_t at = 0;

    while (at < length) {
        /* Eight ASCII bytes at a time: most text is nothing else. */
        while (length - at >= sizeof eight && (memcpy(&eight, text + at, sizeof eight),
                                               (eight & UINT64_C(0x8080808080808080)) == 0))
            at += sizeof eight;
        if (at == length)
            break;
        size_t step = sequence_length((const unsigned char *)text + at, length - at);

        if (step == 0)
            break;
        at += step;
    }
    return at;
}
