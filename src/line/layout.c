#include "line/layout.h"

#include <string.h>

#define TAB_WIDTH 8
#define DOUBLED_REACH 3000 /* bytes */
#define DOUBLED_LEAST 7
#define DOUBLED_LONG 40
#define DOUBLED_BEGINNING 20
#define DOUBLED_AFTER 10

size_t layout_indent(const char *text, size_t length)
{
    size_t column = 0;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == ' ')
            column++;
        else if (text[i] == '\t')
            column += TAB_WIDTH - column % TAB_WIDTH;
        else
            break;
    }
    return column;
}

size_t layout_commas(const char *text, size_t length)
{
    static const char wide[][4] = {"\xD8\x8C", "\xEF\xBC\x8C", "\xE3\x80\x81"};
    size_t count = 0;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == ',')
            count++;
        else if ((unsigned char)text[i] < 0xD8)
            continue;
        for (size_t j = 0; j < sizeof wide / sizeof *wide; j++)
            count +=
                strlen(wide[j]) <= length - i && memcmp(text + i, wide[j], strlen(wide[j])) == 0;
    }
    return count;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* Whether the two texts are equal but for the blanks around them. */
static bool equal_trimmed(const char *one, size_t one_length, const char *other,
                          size_t other_length)
{
    while (one_length && is_blank(one[one_length - 1]))
        one_length--;
    while (other_length && is_blank(*other)) {
        other++;
        other_length--;
    }
    return one_length == other_length && memcmp(one, other, one_length) == 0;
}

bool layout_is_doubled(const char *text, size_t length)
{
    while (length && is_blank(*text)) {
        text++;
        length--;
    }
    while (length && is_blank(text[length - 1]))
        length--;
    if (length > DOUBLED_REACH)
        length = DOUBLED_REACH;
    if (length < DOUBLED_LEAST)
        return false;
    if (equal_trimmed(text, length / 2, text + length / 2, length - length / 2))
        return true;
    if (length < DOUBLED_LONG)
        return false;
    for (size_t i = DOUBLED_AFTER; i + DOUBLED_BEGINNING <= length; i++) {
        if (text[i] == *text && memcmp(text, text + i, DOUBLED_BEGINNING) == 0)
            return true;
    }
    return false;
}
