#include "learn/template.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "line/category.h"
#include "line/letters.h"
#include "line/measure.h"

#include <string.h>

#define LEAST_LETTERS 3
#define NUMBER "\\d+(?:[.,]\\d+)*"
#define MONTH "\\p{L}+"
#define ESCAPED "\\^$.|?*+()[]{}/"

/* What is read of the line. */
struct reading {
    struct span rest;
    struct template *template;
    size_t left;     /* characters that the template has room for */
    size_t letters;  /* that stand in the key */
    bool is_in_word; /* a letter or a digit stands before what is left */
    bool behind_day; /* the number of a day stands before it, and blanks */
};

enum kind { KIND_SIGN, KIND_LETTER, KIND_DIGIT, KIND_CONTROL };

static size_t decode(struct span text, uint32_t *character)
{
    return utf8_decode((const unsigned char *)text.text, text.length, character);
}

static enum kind kind_of(uint32_t c)
{
    if (ascii_is_letter(c))
        return KIND_LETTER;
    if (c >= '0' && c <= '9')
        return KIND_DIGIT;
    if (c < 0xA0)
        return (c < ' ' && c != '\t') || c >= 0x7F ? KIND_CONTROL : KIND_SIGN;
    if (category_of(c) >= CATEGORY_LETTER)
        return KIND_LETTER;
    return letters_is_digit(c) ? KIND_DIGIT : KIND_SIGN;
}

/* A sign or a blank, which "\W" finds whatever PCRE2's version takes for a word's character. */
static bool is_decoration(uint32_t c)
{
    if (c < 0xC0)
        return !letters_is_ascii(c) && c != '_' && (c < 0x80 || category_of(c) == CATEGORY_OTHER);
    if ((c >= 0x2000 && c < 0x2070 && c != 0x203F && c != 0x2040 && c != 0x2054) ||
        (c >= 0x20A0 && c < 0x20D0) || (c >= 0x2100 && c < 0x2C00) || (c >= 0x3000 && c < 0x3021) ||
        (c >= 0x1F300 && c < 0x1FB00))
        return category_of(c) == CATEGORY_OTHER;
    return c == 0xD7 || c == 0xF7;
}

static struct span without_decoration(struct span text)
{
    uint32_t c;
    size_t size;

    while ((size = decode(text, &c)) && is_decoration(c))
        text = span_after(text, size);
    while ((size = utf8_decode_last((const unsigned char *)text.text, text.length, &c)) &&
           is_decoration(c))
        text.length -= size;
    return text;
}

/* How many digits the text begins with; its bytes are *SIZE. */
static size_t digits(struct span text, size_t *size)
{
    uint32_t c;
    size_t count = 0, bytes;

    for (*size = 0; (bytes = decode(span_after(text, *size), &c)) && kind_of(c) == KIND_DIGIT;
         count++)
        *size += bytes;
    return count;
}

/* Takes a byte that is ONE or OTHER off the text, if there is one. */
static bool skip(struct span *text, char one, char other)
{
    if (text->length == 0 || (*text->text != one && *text->text != other))
        return false;
    *text = span_after(*text, 1);
    return true;
}

/* Whether the text is a year, and no more of a number. */
static bool is_year(struct span text)
{
    size_t size;

    return digits(text, &size) == 4;
}

/* Whether a month may stand before the text: " 9, 2012" and, behind a day, " 2012". */
static bool ends_date(struct span text, bool behind_day)
{
    size_t size, count;

    skip(&text, '.', ',');
    if (!skip(&text, ' ', ' '))
        return false;
    if (behind_day && is_year(text))
        return true;
    count = digits(text, &size);
    if (count < 1 || count > 2)
        return false;
    text = span_after(text, size);
    skip(&text, ',', ',');
    return skip(&text, ' ', ' ') && is_year(text);
}

static void put(struct template *template, const char *text, size_t length)
{
    memcpy(template->key + template->length, text, length);
    template->length += length;
}

/* A number with the points and commas in it. */
static void take_number(struct reading *reading)
{
    size_t size, more, count = digits(reading->rest, &size);
    struct span behind;

    reading->behind_day = count <= 2;
    reading->rest = span_after(reading->rest, size);
    for (behind = reading->rest; skip(&behind, '.', ',') && digits(behind, &more);) {
        behind = span_after(behind, more);
        reading->rest = behind;
        reading->behind_day = false;
    }
    put(reading->template, NUMBER, sizeof NUMBER - 1);
    reading->template->is_general = true;
    reading->is_in_word = true;
    reading->left--;
}

/* Letters in a row, as many as there is room for; or the month of a date, which is one. */
static void take_letters(struct reading *reading)
{
    struct span word = {reading->rest.text, 0};
    size_t count = 0, size, letters = 0;
    uint32_t c;

    while (count < reading->left && (size = decode(span_after(reading->rest, word.length), &c)) &&
           kind_of(c) == KIND_LETTER) {
        word.length += size;
        letters += c >= 0x80 && letters_dense(c)->tenths ? 2 : 1;
        count++;
    }
    reading->rest = span_after(reading->rest, word.length);
    if (count >= LEAST_LETTERS && !reading->is_in_word &&
        ends_date(reading->rest, reading->behind_day)) {
        put(reading->template, MONTH, sizeof MONTH - 1);
        reading->template->is_general = true;
        reading->left--;
    } else {
        put(reading->template, word.text, word.length);
        reading->letters += letters;
        reading->left -= count;
    }
    reading->is_in_word = true;
    reading->behind_day = false;
}

static void take_sign(struct reading *reading, uint32_t c, size_t size)
{
    if (c == '\t')
        put(reading->template, "\\t", 2);
    else {
        if (c != ' ' && c < 0x80 && memchr(ESCAPED, (int)c, sizeof ESCAPED - 1))
            put(reading->template, "\\", 1);
        put(reading->template, reading->rest.text, size);
    }
    reading->behind_day &= c == ' ' || c == '.';
    reading->is_in_word = false;
    reading->rest = span_after(reading->rest, size);
    reading->left--;
}

/* Takes what comes next; false at a character of control. */
static bool take_next(struct reading *reading)
{
    uint32_t c;
    size_t size = decode(reading->rest, &c);

    if (size == 0)
        return false;
    switch (kind_of(c)) {
    case KIND_LETTER:
        take_letters(reading);
        return true;
    case KIND_DIGIT:
        take_number(reading);
        return true;
    case KIND_SIGN:
        take_sign(reading, c, size);
        return true;
    case KIND_CONTROL:
        break;
    }
    return false;
}

bool template_make(struct template *template, struct span seen)
{
    struct span text = without_decoration(seen);
    struct reading reading = {.rest = text, .template = template, .left = TEMPLATE_CHARS};

    template->length = 0;
    template->is_general = false;
    while (reading.left && reading.rest.length)
        if (!take_next(&reading))
            return false;
    template->sample = (struct span){text.text, text.length - reading.rest.length};
    if (reading.letters < LEAST_LETTERS || template->sample.length > TEMPLATE_SAMPLE)
        return false;
    if (reading.rest.length == 0)
        put(template, "$", 1);
    return true;
}

bool template_is_whole(struct span key)
{
    size_t length = key.length;

    /* A '$' of the text is escaped, and no whole line ends with a backslash: it would decorate. */
    return length > 0 && key.text[length - 1] == '$' &&
           (length == 1 || key.text[length - 2] != '\\');
}

uint32_t template_prose(struct span key)
{
    size_t words = measure_words(key.text, key.length);

    return words >= TEMPLATE_PROSE ? (uint32_t)words : 0;
}

bool template_has_month(struct span key)
{
    return span_find(key, MONTH, sizeof MONTH - 1) != NULL;
}

/* Whether no letter, number or month is in that part of a key. */
static bool is_signs(struct span part)
{
    uint32_t c;
    size_t size;

    while ((size = decode(part, &c)) > 0) {
        bool is_escaped = c == '\\' && part.length > 1;

        if (kind_of(c) != KIND_SIGN || (is_escaped && strchr("dp", part.text[1])))
            return false;
        part = span_after(part, size + is_escaped);
    }
    return part.length == 0;
}

bool template_is_within(struct span key, struct span other)
{
    struct span core = {key.text, key.length - template_is_whole(key)};
    struct span rest = {other.text, other.length - template_is_whole(other)};
    const char *at = core.length ? span_find(rest, core.text, core.length) : NULL;

    return at && is_signs((struct span){rest.text, (size_t)(at - rest.text)}) &&
           is_signs(span_after(rest, (size_t)(at - rest.text) + core.length));
}

size_t template_text(struct span key, struct span sample, char *text)
{
    size_t length = 0;

    if (sample.length) {
        memcpy(text, sample.text, sample.length);
        return sample.length;
    }
    for (size_t i = 0; i < key.length; i++) {
        char c = key.text[i];

        if (c == '$')
            break;
        if (c == '\\' && ++i < key.length)
            c = key.text[i] == 't' ? '\t' : key.text[i];
        text[length++] = c;
    }
    return length;
}

bool template_sample(struct arena *arena, struct span key, struct span sample, struct span *text)
{
    char *copy = arena_take(arena, sample.length ? sample.length : key.length);

    if (!copy)
        return false;
    *text = (struct span){copy, template_text(key, sample, copy)};
    return true;
}
