/*
 * looks -- what an input looks like that may be something else than it is read as.
 *
 * Model:     told by the first bytes, or the first line that is not blank, and by nothing behind
 *            it: enough for what is given by mistake, and cheap for everything else.
 * Ownership: rows are constant; nothing is kept.
 * Errors:    none.
 */
#ifndef DECHAFF_FORMAT_LOOKS_H
#define DECHAFF_FORMAT_LOOKS_H

#include "base/span.h"
#include "format/formats.h"

struct looks {
    const char *what;
    const char *instead;         /* what was probably meant */
    const struct format *format; /* to read it in, or NULL */
};

/* NULL for what looks like nothing but text. BEGIN is a whole line at least, unless is_cut: then
 * its first line goes on behind it. */
const struct looks *looks_find(struct span begin, bool is_cut);

/* Whether the text that begins with the line is HTML. */
bool looks_are_html(struct span line);

#endif
