/*
 * grams -- words in a row that a text has more than once.
 *
 * Model:     grams_begin takes the words of a body; then it can be asked, of each number of words.
 *            The two ways are those of Rae et al. 2021, as datatrove has them: the commonest words
 *            in a row are compared word by word, and count with the blanks between them; of
 *            repeated ones the letters alone are compared, and one that counts is gone past.
 * Ownership: what it takes is copied; grams_release frees it.
 * Limits:    a body's.
 * Errors:    no_memory, from then on.
 */
#ifndef DECHAFF_TEXT_GRAMS_H
#define DECHAFF_TEXT_GRAMS_H

#include "text/body.h"
#include "text/lines.h"
#include "text/repeats.h"

/* Zeroed at first. */
struct grams {
    char *joined; /* the words, a blank behind each */
    char *packed; /* the words and nothing else */
    size_t capacity;
    uint32_t *at;    /* where each word begins in it, and the last ends */
    uint32_t *chars; /* how many characters it has before that */
    size_t words_capacity;
    size_t words;
    struct repeats repeats;
    bool no_memory;
};

void grams_release(struct grams *grams);

/* The body's words were found. */
void grams_begin(struct grams *grams, const struct body *body);

/* The characters of the commonest SIZE words in a row, of several the first, in all its places. */
uint64_t grams_commonest(struct grams *grams, size_t size);

/* The characters of all SIZE words in a row that were there before. */
uint64_t grams_repeated(struct grams *grams, size_t size);

/* The characters of all SIZE words in a row, without blanks, and of those that are there more than
 * once. */
struct share grams_copied(struct grams *grams, size_t size);

#endif
