#include "line/view.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "line/marks.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What a character becomes that is not there. */
#define GONE UINT32_MAX

#define ZERO_WIDTH_NON_JOINER 0x200C
#define ZERO_WIDTH_JOINER 0x200D

/* A byte of Windows-1252 becomes at most so many of UTF-8. */
#define WIDEST 3

/* From 0x80 on; above 0x9F a byte is the character of the same number. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

static const struct utf8_range invisible[] = {
    {0x00AD, 0x00AD}, /* soft hyphen */
    {0x061C, 0x061C}, /* Arabic letter mark */
    {0x180E, 0x180E}, /* Mongolian vowel separator */
    {0x200B, 0x200F}, /* zero-width space and joiners, marks of direction */
    {0x202A, 0x202E}, /* embeddings and overrides */
    {0x2060, 0x206F}, /* word joiner, invisible operators, isolates */
    {0xFEFF, 0xFEFF}, /* byte order mark */
};

/* Whose letters a joiner may part or join: Arabic and what is written like it, the scripts of
 * India, Tibet, Burma, Cambodia and Mongolia, and emoji. */
static const struct utf8_range joined[] = {
    {0x0600, 0x08FF},   {0x0900, 0x0DFF},   {0x0F00, 0x0FFF},   {0x1000, 0x109F}, {0x1780, 0x18AF},
    {0x2600, 0x27BF},   {0xA840, 0xA8FF},   {0xFB50, 0xFDFF},   {0xFE0F, 0xFE0F}, {0xFE70, 0xFEFC},
    {0x10A00, 0x10AFF}, {0x11000, 0x11FFF}, {0x1F000, 0x1FAFF},
};

/* Small forms of ASCII, from U+FE50 on; a blank stands where there is none. */
static const char small_forms[] = ", . ;:?! (){}  #&*+-<>= \\$%@";

static uint32_t fold(uint32_t character)
{
    if (character < 0x80)
        return character;
    if (marks_is_white(character))
        return ' ';
    if (utf8_among(invisible, COUNT(invisible), character))
        return GONE;
    if (character == 0x2010 || character == 0x2011)
        return '-';
    if (character >= 0xFF01 && character <= 0xFF5E)
        return character - 0xFF01 + '!';
    if (character >= 0xFE50 && character < 0xFE50 + sizeof small_forms - 1 &&
        small_forms[character - 0xFE50] != ' ')
        return (unsigned char)small_forms[character - 0xFE50];
    return character;
}

/* The bytes of the usual character that a text of LEFT bytes begins with, which folds to itself: a
 * letter, a quotation mark or a dash; 0 if it may be another one. */
static inline size_t usual_width(const unsigned char *text, size_t left)
{
    unsigned char first = text[0];

    if (left < 3)
        return 0;
    if (first > 0xC2 && first < 0xE0)
        return first != 0xD8 && utf8_continues(text[1]) ? 2 : 0;
    if (first == 0xE2)
        return text[1] == 0x80 && text[2] > 0x91 && text[2] < 0xA8 ? 3 : 0;
    return first > 0xE3 && first < 0xED && utf8_continues(text[1]) && utf8_continues(text[2]) ? 3
                                                                                              : 0;
}

static bool is_joined(uint32_t character)
{
    return utf8_among(joined, COUNT(joined), character);
}

/* The character at AT, which is before the end, and in *FOLDED what it becomes behind BEFORE;
 * returns its bytes. */
static size_t read_character(struct span text, size_t at, uint32_t before, uint32_t *folded)
{
    const unsigned char *bytes = (const unsigned char *)text.text;
    uint32_t character, next;
    size_t width = utf8_decode(bytes + at, text.length - at, &character);

    if (width == 0) {
        unsigned char byte = bytes[at];

        *folded = fold(byte < 0xA0 ? windows_1252[byte - 0x80] : byte);
        return 1;
    }
    *folded = fold(character);
    if ((character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER) &&
        is_joined(before) && utf8_decode(bytes + at + width, text.length - at - width, &next) > 0 &&
        is_joined(next))
        *folded = character;
    return width;
}

/* How much of the text's front is as it is seen. */
static size_t same_length(struct span text)
{
    const unsigned char *bytes = (const unsigned char *)text.text;
    size_t at = ascii_skip(bytes, text.length, 0);

    while (at < text.length) {
        uint32_t character;
        size_t width = usual_width(bytes + at, text.length - at);

        if (width == 0) {
            width = utf8_decode_long(bytes + at, text.length - at, &character);
            if (width == 0 || fold(character) != character)
                break;
        }
        at += width;
        if (at < text.length && bytes[at] < 0x80) {
            at++; /* mostly a blank between words beyond ASCII */
            if (at < text.length && bytes[at] < 0x80)
                at = ascii_skip(bytes, text.length, at);
        }
    }
    return at;
}

static bool make_room(struct view_buffer *buffer, size_t size)
{
    char *larger;

    if (size <= buffer->capacity)
        return true;
    larger = realloc(buffer->bytes, size);
    if (!larger)
        return false;
    buffer->bytes = larger;
    buffer->capacity = size;
    return true;
}

/* The last character of a text that is well-formed, or 0. */
static uint32_t last_character(struct span text)
{
    uint32_t character;

    return utf8_decode_last((const unsigned char *)text.text, text.length, &character) ? character
                                                                                       : 0;
}

bool view_make(struct view_buffer *buffer, struct span real, struct span *seen)
{
    size_t at = same_length(real), out = at;
    uint32_t before;

    *seen = real;
    if (at == real.length)
        return true;
    if (!make_room(buffer, at + (real.length - at) * WIDEST))
        return false;
    memcpy(buffer->bytes, real.text, at);
    before = last_character((struct span){real.text, at});
    while (at < real.length) {
        uint32_t folded;

        at += read_character(real, at, before, &folded);
        if (folded == GONE)
            continue;
        out += utf8_encode(folded, (unsigned char *)buffer->bytes + out);
        before = folded;
    }
    *seen = (struct span){buffer->bytes, out};
    return true;
}

void view_release(struct view_buffer *buffer)
{
    free(buffer->bytes);
}

void view_reach(struct view_place *place, struct span real, size_t seen)
{
    unsigned char encoded[UTF8_LONGEST];

    while (place->seen < seen) {
        uint32_t folded;

        place->real += read_character(real, place->real, place->before, &folded);
        if (folded == GONE)
            continue;
        place->seen += utf8_encode(folded, encoded);
        place->before = folded;
    }
}
