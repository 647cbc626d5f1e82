/*
 * body -- the text that is left of a whole document, and its words.
 *
 * Model:     body_begin, then body_add for each of its stretches, in order; from then on it can be
 *            asked. A word is a run of characters other than white space (signs.h); it is found
 *            when it is first asked for. A byte that belongs to no character counts as one.
 * Ownership: the text is copied; body_release frees it. One for each stream.
 * Limits:    a text below 4 GB.
 * Errors:    where memory is short the body says so from then on: no_memory; what it then tells of
 *            the document means nothing.
 */
#ifndef DECHAFF_TEXT_BODY_H
#define DECHAFF_TEXT_BODY_H

#include "base/span.h"

#include <stdint.h>

struct body_word {
    uint32_t begin;  /* in the text */
    uint32_t length; /* bytes */
    uint32_t chars;
    bool has_letter;
    bool is_symbols; /* and nothing else */
};

/* Zeroed at first. */
struct body {
    char *text;
    size_t length;
    size_t capacity;
    struct body_word *words;
    size_t count;
    size_t words_capacity;
    bool has_words; /* they were found */
    bool no_memory;
};

void body_release(struct body *body);

/* Starts a document. */
void body_begin(struct body *body);

void body_add(struct body *body, const char *text, size_t length);

/* Finds the words. */
void body_find_words(struct body *body);

static inline struct span body_text(const struct body *body)
{
    return (struct span){body->text ? body->text : "", body->length};
}

static inline struct span body_word_text(const struct body *body, size_t number)
{
    return (struct span){body->text + body->words[number].begin, body->words[number].length};
}

/* How many words a text has. */
size_t body_count_words(struct span text);

/* How many characters a text has. */
size_t body_chars(struct span text);

/* The character at AT, which is below the text's length, and in *LENGTH its bytes; of a byte that
 * belongs to none, a replacement character. */
uint32_t body_character(struct span text, size_t at, size_t *length);

/* The last character of a text that is not empty. */
uint32_t body_last(struct span text);

/* A text without the white space at its begin, or its end. */
struct span body_trim_begin(struct span text);
struct span body_trim_end(struct span text);

#endif
