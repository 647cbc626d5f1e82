/*
 * sentences -- how many sentences end in a line, as far as marks tell.
 *
 * Model:     an abbreviation's full stop is an end. It takes a letter since the last end, and a
 *            mark that measure_end takes for a sentence's, with white space or the line's end
 *            behind it and its closing quotes, brackets and footnote marks. Marks beyond ASCII need
 *            nothing behind them: some scripts write no blanks. Marks with no letter between them
 *            are one end, or none if they are an ellipsis.
 * Limits:    time is linear in length, no memory is allocated.
 */
#ifndef DECHAFF_LINE_SENTENCES_H
#define DECHAFF_LINE_SENTENCES_H

#include "line/alphabet.h"

#include <stddef.h>

size_t sentences_count(struct alphabet *alphabet, const char *text, size_t length);

#endif
