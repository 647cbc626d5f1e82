/*
 * line -- a line as it was read, whatever it came from, and where lines end.
 *
 * Model:     a text and the line ending behind it. A line that is longer than its reader allows
 *            comes in pieces, each a LINE_PART; any other one is LINE_READ. A text's lines end at
 *            LF or CRLF, and, unless it is taken byte by byte (`set view plain`), where any of the
 *            mandatory breaks of Unicode's annex 14 is that editors know: a CR alone, U+0085,
 *            U+2028 and U+2029. These are rare, so they are looked for apart.
 * Ownership: the text is borrowed until the next line is asked for.
 */
#ifndef DECHAFF_LINE_LINE_H
#define DECHAFF_LINE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum line_ending {
    ENDING_NONE,
    ENDING_LF,
    ENDING_CRLF,
    ENDING_CR,
    ENDING_NEXT_LINE,           /* U+0085 */
    ENDING_LINE_SEPARATOR,      /* U+2028 */
    ENDING_PARAGRAPH_SEPARATOR, /* U+2029 */
    LINE_ENDINGS
};

#define LINE_LONGEST_ENDING ((size_t)3) /* bytes */

struct line {
    const char *text; /* never NULL, not terminated */
    size_t length;    /* bytes of text, without the ending */
    enum line_ending ending;
    uint64_t number; /* from 1 in each input */
    bool first;      /* the line begins with this piece; true for LINE_READ */
    bool last;       /* the line is over with this piece; true for LINE_READ */
    uint64_t offset; /* of the line's bytes in its document; TEXT may be these bytes decoded */
    size_t size;     /* of the line's bytes in its document */
};

/* The bytes of an ending. */
static inline const char *line_ending_text(enum line_ending ending)
{
    static const char texts[LINE_ENDINGS][LINE_LONGEST_ENDING + 1] = {
        "", "\n", "\r\n", "\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};

    return texts[ending];
}

static inline size_t line_ending_size(enum line_ending ending)
{
    static const unsigned char sizes[LINE_ENDINGS] = {0, 1, 2, 1, 2, 3, 3};

    return sizes[ending];
}

/*
 * Where in [FROM, LENGTH) of the text the first ending stands that is neither LF nor CRLF; LENGTH
 * if there is none. Only where nothing follows (IS_ALL) is a CR that is the last byte one.
 */
size_t line_find_rare_ending(const char *text, size_t from, size_t length, bool is_all);

/* Which of them it is that stands at AT. */
enum line_ending line_rare_ending(const char *text, size_t at);

/* What came of asking for the next line. */
enum line_status { LINE_READ, LINE_PART, LINE_END, LINE_ERROR, LINE_NO_MEMORY };

#endif
