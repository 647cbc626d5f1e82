/*
 * remarks -- what of an input is most likely not what its user meant.
 *
 * Model:     whoever filters documents notes what became of them; what was noted of the parts of an
 *            input is added up, in their order, and then put into words. It does not depend on how
 *            the input was parted.
 * Ownership: constant texts; nothing is allocated.
 * Errors:    none.
 */
#ifndef DECHAFF_FLOW_REMARKS_H
#define DECHAFF_FLOW_REMARKS_H

#include "format/looks.h"

#include <stdint.h>

/* A page has this many lines at least, of 100 this many that are short, and this many short ones
 * in a row: four of five pages as lynx shows them do, and one of thirty texts of articles. */
#define REMARKS_PAGE_LINES 30
#define REMARKS_PAGE_SHORT 40
#define REMARKS_PAGE_RUN 10

/* Words of a line that is short. */
#define REMARKS_SHORT 3

struct remarks {
    uint64_t objects;            /* documents that should have fields */
    unsigned found;              /* as in a document, of all of them */
    char likely[DOCUMENT_FIELD]; /* the same, of the first that lacks the text */
    uint64_t texts;              /* that have a line that is not blank */
    uint64_t emptied;            /* of these, of which no such line is left */
    uint64_t homeless;           /* that name no host, where one learns */
    uint64_t html;               /* of these in fields, that begin as HTML does */
    uint64_t lines;              /* that are not blank, where the look of a page is asked for */
    uint64_t short_lines;        /* of these */
    uint64_t run;                /* of short lines, the last ones */
    uint64_t longest_run;
    const struct looks *looks; /* other than it is read as, or NULL */
};

enum remark {
    REMARK_LOOKS,
    REMARK_HTML,
    REMARK_NO_TEXT, /* in this order, those of the fields */
    REMARK_NO_URL,
    REMARK_NO_LANGUAGE,
    REMARK_NO_HOST,
    REMARK_EMPTIED,
    REMARK_HOMELESS,
    REMARK_PAGE,
    REMARKS
};

/* What was asked for. */
struct remark_wishes {
    const struct format *format;
    const struct fields *fields;
    bool drop_empty;
};

/* Notes a line, which is not blank, to learn whether the text is a whole page. */
void remarks_note_line(struct remarks *remarks, const char *line, size_t length);

/* Notes whether a document has its fields. */
void remarks_note_fields(struct remarks *remarks, const struct document *document);

/* Adds what was noted of documents behind those of ALL. */
void remarks_add(struct remarks *all, const struct remarks *next);

/* Writes the remark on an input, terminated, without the input's name; false if there is nothing to
 * say. *is_grave: the run needs a look. */
bool remarks_say(const struct remarks *remarks, enum remark which,
                 const struct remark_wishes *wishes, char *text, size_t size, bool *is_grave);

#endif
