/*
 * splice -- a document put together again around what is left of its text.
 *
 * Model:     splice_begin writes what stands before the text, splice_line those of the settled
 *            lines that come out, splice_end what stands behind the text; it mends, too, what the
 *            new text made wrong, such as a length in a header. At its end a document may still
 *            turn out to go through as it came, or not at all. A streamed text has no bytes but
 *            those of its lines: it begins, its lines are written, and that is all. Where line
 *            feeds part lines, as in the field of a JSON line, a text that ends with none comes to
 *            end with none when its last lines are dropped: that of the last line that is left
 *            goes, and the blank lines behind it. A document from which nothing was dropped comes
 *            out byte for byte.
 * Ownership: the writers are the caller's and collect in memory, but for a streamed text's.
 * Errors:    false, the writer's.
 */
#ifndef DECHAFF_FLOW_SPLICE_H
#define DECHAFF_FLOW_SPLICE_H

#include "decide/hold.h"
#include "format/document.h"
#include "rules/rules.h"

#define SPLICE_ALL 100.0 /* the per cent that no document exceeds */

struct splice_wishes {
    bool inverts;    /* write the dropped lines instead */
    bool drop_empty; /* write no document that has no line left */
    bool drop_bad;
    bool reject;            /* tell of what is dropped */
    const char *annotation; /* the field to add, or NULL */
    double max_drop;        /* per cent of a document's words; SPLICE_ALL: no limit */
};

/* What ends the text that is left so far: the last line's ending, and a run of blank lines. */
#define SPLICE_LOOSE 2

struct splice_loose {
    uint64_t at; /* in the document */
    uint64_t size;
    uint64_t line;
    bool is_blank;
    size_t rejects_at; /* where in the rejects it would stand */
};

enum splice_end { SPLICE_DONE, SPLICE_SPARED, SPLICE_EMPTY, SPLICE_NO_MEMORY };

struct splice {
    const struct splice_wishes *wishes;
    const struct rules *rules;
    const struct document *document; /* NULL: streamed */
    struct writer *out;
    struct writer *rejects;
    struct writer *notes;    /* elements of the annotation, or rejects of the header */
    uint64_t first_document; /* of the input, among all of the run's, from 0 */
    uint64_t first_offset;
    uint64_t copy_from; /* [copy_from, copy_end) of the document is to be copied to the output */
    uint64_t copy_end;
    size_t out_begin;
    size_t rejects_begin;
    uint64_t words;
    uint64_t words_left;
    bool is_changed;
    bool is_open; /* the last line was dropped, and had no ending */
    struct splice_loose loose[SPLICE_LOOSE];
    size_t loose_count;
    bool has_line; /* that is not blank */
};

bool splice_begin(struct splice *splice, const struct document *document);

/* A line of the document has so many words; asked for only if there is a limit. */
void splice_count(struct splice *splice, const char *text, size_t length);

bool splice_line(struct splice *splice, const struct held *line);
enum splice_end splice_end(struct splice *splice);

/* A document goes through as it is, or is dropped for the REASON if there is one. */
bool splice_whole(struct splice *splice, const struct document *document, const char *reason);

#endif
