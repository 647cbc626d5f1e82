#include "text/body.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "line/category.h"
#include "text/signs.h"

#include <stdlib.h>

#define REPLACEMENT UINT32_C(0xFFFD)
#define LEAST_TEXT ((size_t)4096)
#define LEAST_WORDS ((size_t)512)

void body_release(struct body *body)
{
    free(body->text);
    free(body->words);
    *body = (struct body){0};
}

void body_begin(struct body *body)
{
    body->length = body->count = 0;
    body->has_words = false;
}

void body_add(struct body *body, const char *text, size_t length)
{
    size_t capacity = body->capacity ? body->capacity : LEAST_TEXT;
    char *grown;

    while (capacity - body->length < length)
        capacity *= 2;
    if (capacity > body->capacity) {
        grown = realloc(body->text, capacity);
        if (!grown) {
            body->no_memory = true;
            return;
        }
        body->text = grown;
        body->capacity = capacity;
    }
    if (length)
        memcpy(body->text + body->length, text, length);
    body->length += length;
}

uint32_t body_character(struct span text, size_t at, size_t *length)
{
    uint32_t character;

    *length = utf8_decode((const unsigned char *)text.text + at, text.length - at, &character);
    if (*length)
        return character;
    *length = 1;
    return REPLACEMENT;
}

size_t body_chars(struct span text)
{
    const unsigned char *bytes = (const unsigned char *)text.text;
    size_t chars = 0, at = 0, length;

    while (at < text.length) {
        size_t begin = at;

        at = ascii_skip(bytes, text.length, at);
        chars += at - begin;
        for (; at < text.length && bytes[at] >= 0x80; at += length, chars++)
            body_character(text, at, &length);
    }
    return chars;
}

uint32_t body_last(struct span text)
{
    uint32_t character;

    return utf8_decode_last((const unsigned char *)text.text, text.length, &character)
               ? character
               : REPLACEMENT;
}

struct span body_trim_begin(struct span text)
{
    size_t length;

    while (text.length && signs_is_white(body_character(text, 0, &length)))
        text = span_after(text, length);
    return text;
}

struct span body_trim_end(struct span text)
{
    uint32_t character;
    size_t length;

    while ((length = utf8_decode_last((const unsigned char *)text.text, text.length, &character)) &&
           signs_is_white(character))
        text.length -= length;
    return text;
}

size_t body_count_words(struct span text)
{
    size_t count = 0, length;
    bool is_inside = false;

    for (size_t at = 0; at < text.length; at += length) {
        bool is_white = signs_is_white(body_character(text, at, &length));

        count += !is_white && !is_inside;
        is_inside = !is_white;
    }
    return count;
}

/* One more word, or NULL. */
static struct body_word *add_word(struct body *body)
{
    size_t capacity = body->words_capacity ? 2 * body->words_capacity : LEAST_WORDS;
    struct body_word *words;

    if (body->count < body->words_capacity)
        return &body->words[body->count++];
    words = realloc(body->words, capacity * sizeof *words);
    if (!words) {
        body->no_memory = true;
        return NULL;
    }
    body->words = words;
    body->words_capacity = capacity;
    return &body->words[body->count++];
}

static bool is_letter(uint32_t character)
{
    return character < 0x80 ? ascii_is_letter(character) : category_of(character) > CATEGORY_NUMBER;
}

static void note(struct body_word *word, uint32_t character, size_t length)
{
    word->length += (uint32_t)length;
    word->chars++;
    word->has_letter |= is_letter(character);
    word->is_symbols &= signs_is_symbol(character);
}

void body_find_words(struct body *body)
{
    struct span text = body_text(body);
    struct body_word *word = NULL;
    size_t length;

    if (body->has_words || body->no_memory)
        return;
    body->has_words = true;
    for (size_t at = 0; at < text.length; at += length) {
        uint32_t character = body_character(text, at, &length);

        if (signs_is_white(character)) {
            word = NULL;
            continue;
        }
        if (!word) {
            word = add_word(body);
            if (!word)
                return;
            *word = (struct body_word){.begin = (uint32_t)at, .is_symbols = true};
        }
        note(word, character, length);
    }
}
