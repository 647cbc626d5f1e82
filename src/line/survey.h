/*
 * survey -- one pass over a line, which tells all that can be counted of it.
 *
 * Model:     64 bytes at a time (sets.h), characters beyond ASCII decoded once. What a character
 *            and a word is, measure.h says; a word of the lexicon is a run of letters, and of
 *            scripts that write no blanks (Han, kana, Hangul) each character is one.
 * Ownership: the text, the lexicon and the alphabet are borrowed; the alphabet learns.
 * Limits:    time is linear in length, no memory is allocated.
 */
#ifndef DECHAFF_LINE_SURVEY_H
#define DECHAFF_LINE_SURVEY_H

#include "line/alphabet.h"
#include "line/lexicon.h"
#include "line/likeness.h"

/* Bytes of a line whose words are looked up in a lexicon. */
#define SURVEY_REACH ((size_t)1024)

/* What the survey of any line needs. */
struct surveyor {
    const struct lexicon *lexicon;
    struct alphabet alphabet;
};

struct survey {
    size_t words;
    size_t chars;
    size_t visible;   /* characters other than white space */
    size_t digits;    /* decimal ones (Nd) */
    size_t commas;    /* Arabic, ideographic and full-width ones too */
    size_t sentences; /* that end (sentences.h) */

    /* Words of letters in the first SURVEY_REACH bytes. */
    uint32_t spelt;
    uint32_t function; /* of them, the function words */
    uint32_t lower;    /* and those that begin with a small letter */
    int32_t weight;    /* of all of them together, in hundredths */

    bool is_upper; /* there is a capital, and no small letter */
    bool is_title; /* every word of four letters or more begins with a capital, and there is one */
    bool has_letter_or_digit; /* \p{L} or \p{N} */

    struct likeness likeness; /* but for indent and words */
};

struct survey survey_line(struct surveyor *surveyor, const char *text, size_t length);

#endif
