/*
 * escape -- any bytes as the content of an HTML element.
 *
 * Model:     a text may come in pieces, cut anywhere: what it becomes is the same. Characters that
 *            are invisible or act on what is around them are named in a <b>: \xNN for a byte that
 *            is no UTF-8, U+NNNN else.
 * Ownership: struct escape starts zeroed and holds at most the begin of one character.
 * Errors:    the writer's.
 */
#ifndef DECHAFF_FLOW_ESCAPE_H
#define DECHAFF_FLOW_ESCAPE_H

#include "base/utf8.h"
#include "io/writer.h"

struct escape {
    unsigned char begun[UTF8_LONGEST]; /* a character whose other bytes may be to come */
    size_t length;
};

/* A piece of a text; IS_LAST if nothing comes after it. */
bool escape_put(struct escape *escape, struct writer *writer, const char *text, size_t length,
                bool is_last);

/* A whole text, which leaves the direction of what is around it alone: in a <bdi>. */
bool escape_put_apart(struct writer *writer, const char *text, size_t length);

#endif
