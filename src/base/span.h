/*
 * span -- a stretch of somebody else's text.
 *
 * Model:     where the text begins and how long it is; small functions that compare, trim, part
 *            and search texts.
 * Ownership: borrowed; a span never outlives the text it points into.
 */
#ifndef DECHAFF_BASE_SPAN_H
#define DECHAFF_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
    const char *text; /* not terminated */
    size_t length;
};

static inline bool span_equal(struct span one, struct span other)
{
    return one.length == other.length &&
           (one.length == 0 || memcmp(one.text, other.text, one.length) == 0);
}

/* Below 0, 0 or above it, as ONE stands before OTHER in the order of bytes, is it, or behind. */
static inline int span_order(struct span one, struct span other)
{
    size_t shared = one.length < other.length ? one.length : other.length;
    int order = shared ? memcmp(one.text, other.text, shared) : 0;

    return order ? order : (one.length > other.length) - (one.length < other.length);
}

static inline bool span_is(struct span text, const char *word)
{
    return span_equal(text, (struct span){word, strlen(word)});
}

static inline bool span_starts(struct span text, const char *with)
{
    size_t length = strlen(with);

    return text.length >= length && memcmp(text.text, with, length) == 0;
}

/* A text without its first LENGTH bytes. */
static inline struct span span_after(struct span text, size_t length)
{
    return (struct span){text.text + length, text.length - length};
}

/* A blank or a tab. */
static inline bool span_is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* White space of ASCII. */
static inline bool span_is_white(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* A text without the bytes at both its ends for which is_so holds. */
static inline struct span span_trim(struct span text, bool (*is_so)(char))
{
    while (text.length > 0 && is_so(*text.text))
        text = span_after(text, 1);
    while (text.length > 0 && is_so(text.text[text.length - 1]))
        text.length--;
    return text;
}

/* Takes the next word off REST, where blanks part words; false if there is none. */
static inline bool span_next_word(struct span *rest, struct span *word)
{
    while (rest->length > 0 && span_is_blank(*rest->text))
        *rest = span_after(*rest, 1);
    *word = (struct span){rest->text, 0};
    while (word->length < rest->length && !span_is_blank(rest->text[word->length]))
        word->length++;
    *rest = span_after(*rest, word->length);
    return word->length > 0;
}

/* Where in the text the SIZE bytes, at least one, stand first; NULL if they stand nowhere. */
static inline const char *span_find(struct span text, const char *bytes, size_t size)
{
    const char *at = text.text;
    size_t left = text.length;

    while (left >= size) {
        const char *found = memchr(at, bytes[0], left - size + 1);

        if (!found || memcmp(found, bytes, size) == 0)
            return found;
        left -= (size_t)(found + 1 - at);
        at = found + 1;
    }
    return NULL;
}

/* Where the first BYTE is that no backslash escapes: the backslashes before it are even in number.
 * LENGTH if there is no such byte. */
static inline size_t span_find_bare(const char *text, size_t length, char byte)
{
    size_t at = 0;

    while (at < length) {
        const char *found = memchr(text + at, byte, length - at);
        size_t first;

        if (!found)
            return length;
        at = first = (size_t)(found - text);
        while (first > 0 && text[first - 1] == '\\')
            first--;
        if ((at - first) % 2 == 0)
            return at;
        at++;
    }
    return length;
}

#endif
