#include "flow/escape.h"

#include <inttypes.h>
#include <stdio.h>

/* What is named, beyond ASCII: C1 controls, marks of direction and what embeds it, separators of
 * lines, invisible operators, noncharacters, tags. */
static const struct utf8_range named[] = {
    {0x80, 0x9F},     {0x61C, 0x61C},   {0x200B, 0x200B},   {0x200E, 0x200F},
    {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFDD0, 0xFDEF},   {0xFEFF, 0xFEFF},
    {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE007F},
};

static const char *entity_of(uint32_t character)
{
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

static bool is_named(uint32_t character)
{
    if (character < 0x80)
        return (character < 0x20 && character != '\t') || character == 0x7F;
    return (character & 0xFFFE) == 0xFFFE ||
           utf8_among(named, sizeof named / sizeof *named, character);
}

static bool put_name(struct writer *writer, const char *format, uint32_t number)
{
    char name[32];

    snprintf(name, sizeof name, format, number);
    return writer_put_text(writer, name);
}

/* Whether a text's end may be the begin of a character: one more byte or two could complete it. */
static bool is_begun(const unsigned char *text, size_t length)
{
    static const unsigned char rest[] = {0x80, 0x90, 0xA0};
    uint32_t character;

    for (size_t i = 0; i < sizeof rest; i++) {
        unsigned char whole[UTF8_LONGEST];

        for (size_t size = length + 1; size <= UTF8_LONGEST; size++) {
            memset(whole, 0x80, sizeof whole);
            memcpy(whole, text, length);
            if (length == 1)
                whole[1] = rest[i];
            if (utf8_decode(whole, size, &character) == size)
                return true;
        }
    }
    return false;
}

/* Writes what the text begins with; its bytes, or 0 if that must wait for more or failed. */
static size_t put_first(struct writer *writer, const unsigned char *text, size_t length,
                        bool is_last, bool *good)
{
    uint32_t character;
    size_t size = utf8_decode(text, length, &character);
    const char *entity = size ? entity_of(character) : NULL;

    if (size == 0) {
        if (!is_last && length < UTF8_LONGEST && is_begun(text, length))
            return 0;
        *good = put_name(writer, "<b>\\x%02" PRIX32 "</b>", text[0]);
        return *good;
    }
    if (entity)
        *good = writer_put_text(writer, entity);
    else if (is_named(character))
        *good = put_name(writer, "<b>U+%04" PRIX32 "</b>", character);
    else
        *good = writer_put(writer, (const char *)text, size);
    return *good ? size : 0;
}

/* How many bytes stand for themselves. */
static size_t plain_length(const unsigned char *text, size_t length)
{
    size_t i = 0;

    while (i < length && text[i] >= 0x20 && text[i] < 0x7F && !entity_of(text[i]))
        i++;
    return i;
}

/* Completes the character that has begun with what comes; how many bytes of that were taken. */
static size_t put_begun(struct escape *escape, struct writer *writer, const char *text,
                        size_t length, bool is_last, bool *good)
{
    size_t taken = 0;

    while (*good && escape->length) {
        size_t size;

        while (taken < length && escape->length < UTF8_LONGEST)
            escape->begun[escape->length++] = (unsigned char)text[taken++];
        size = put_first(writer, escape->begun, escape->length, is_last && taken == length, good);
        if (size == 0)
            break;
        escape->length -= size;
        memmove(escape->begun, escape->begun + size, escape->length);
        if (escape->length <= taken) { /* the rest is the new piece's own */
            taken -= escape->length;
            escape->length = 0;
        }
    }
    return taken;
}

bool escape_put(struct escape *escape, struct writer *writer, const char *text, size_t length,
                bool is_last)
{
    bool good = true;
    size_t at = put_begun(escape, writer, text, length, is_last, &good);
    const unsigned char *bytes = (const unsigned char *)text;

    while (good && at < length) {
        size_t plain = plain_length(bytes + at, length - at), size = 0;

        good = writer_put(writer, text + at, plain);
        at += plain;
        if (good && at < length)
            size = put_first(writer, bytes + at, length - at, is_last, &good);
        if (good && at < length && size == 0) { /* the last bytes wait */
            escape->length = length - at;
            memcpy(escape->begun, text + at, escape->length);
            break;
        }
        at += size;
    }
    return good;
}

bool escape_put_apart(struct writer *writer, const char *text, size_t length)
{
    return writer_put_text(writer, "<bdi>") &&
           escape_put(&(struct escape){0}, writer, text, length, true) &&
           writer_put_text(writer, "</bdi>");
}
