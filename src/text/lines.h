/*
 * lines -- a text's lines, and what is said of how many of them.
 *
 * Model:     two ways to part a text: at every end of a line (signs.h), where CR LF is one and
 *            nothing follows the last (Python's str.splitlines), or at the line feeds alone, where
 *            something does, if only an empty line. Shares are of lines, blank ones included
 *            unless it is said.
 * Ownership: pure functions; lines point into the text. A list of words has blanks between them.
 */
#ifndef DECHAFF_TEXT_LINES_H
#define DECHAFF_TEXT_LINES_H

#include "base/span.h"

#include <stdint.h>

/* Zeroed but for the text, and what is to part it. */
struct lines {
    struct span text;
    bool at_feeds; /* alone */
    size_t at;
    bool is_over;
};

bool lines_next(struct lines *lines, struct span *line);

/* PART of ALL; of nothing, nothing can be said. */
struct share {
    uint64_t part;
    uint64_t all;
};

/* The lines that begin, white space before it aside, with one of the words; AS_THEY_ARE: lines
 * between line feeds, white space and all. */
struct share lines_beginning(struct span text, struct span words, bool as_they_are);

/* The lines that end so. */
struct share lines_ending(struct span text, struct span words, bool as_they_are);

/* Of lines that are not blank, those that end a sentence, with nothing behind its mark. */
struct share lines_that_end_sentences(struct span text);

/* Of these, those of so many characters at most. */
struct share lines_that_are_short(struct span text, size_t chars);

/* The sentences of all lines that are not blank, one at least in each: a sentence goes on to the
 * next mark that ends one, but for that of a lone capital, and takes a run of such marks and one
 * closing quote with it. */
uint64_t lines_sentences(struct span text);

#endif
