/*
 * sentences -- how many sentences end in a line, as far as marks tell.
 *
 * Model:     an abbreviation's full stop is an end. It takes a letter since the last end, and a
 *            mark that measure_end takes for a sentence's, with white space or the line's end
 *            behind it and its closing quotes, brackets and footnote marks. Marks beyond ASCII need
 *            nothing behind them: some scripts write no blanks. Marks with no letter between them
 *            are one end, or none if they are an ellipsis.
 *            The line is read in blocks (sets.h), each told by sentences_add, in order.
 * Ownership: a value, at first zeroed.
 */
#ifndef DECHAFF_LINE_SENTENCES_H
#define DECHAFF_LINE_SENTENCES_H

#include "line/sets.h"

#include <stdbool.h>

struct sentences {
    size_t end; /* behind the last mark since the last letter, 0: there is none */
    size_t count;
    bool has_letter;
};

/* The block that begins at AT of TEXT, which has LENGTH bytes. */
void sentences_add(struct sentences *sentences, const struct sets *sets, const char *text,
                   size_t length, size_t at);

/* How many there are; TEXT has ended. */
size_t sentences_end(struct sentences *sentences, const char *text);

#endif
