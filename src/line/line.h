/*
 * line -- a line as it was read, whatever it came from.
 *
 * Model:     a text and the line ending behind it. A line that is longer than its reader allows
 *            comes in pieces, each a LINE_PART; any other one is LINE_READ.
 * Ownership: the text is borrowed until the next line is asked for.
 */
#ifndef DECHAFF_LINE_LINE_H
#define DECHAFF_LINE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct line {
    const char *text; /* never NULL, not terminated */
    size_t length;    /* bytes of text, without the ending */
    size_t ending;    /* bytes of the ending right behind the text: 0, 1 (LF) or 2 (CRLF) */
    uint64_t number;  /* from 1 in each input */
    bool first;       /* the line begins with this piece; true for LINE_READ */
    bool last;        /* the line is over with this piece; true for LINE_READ */
    uint64_t offset;  /* of the line's bytes in its document; TEXT may be these bytes decoded */
    size_t size;      /* of the line's bytes in its document */
};

/* What came of asking for the next line. */
enum line_status { LINE_READ, LINE_PART, LINE_END, LINE_ERROR, LINE_NO_MEMORY };

#endif
