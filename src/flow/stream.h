/*
 * stream -- everything that changes while one stream of documents is filtered.
 *
 * Model:     the modules a line passes through, each with its own state, over an engine that other
 *            streams share. It is at one document at a time: a text that is read as it comes,
 *            or one of a batch, which lies in memory.
 * Ownership: stream_destroy frees all but the engine and what the wishes point to.
 * Errors:    false when memory is short, or, of a text that is read as it comes, when the output
 *            failed; `failure` tells the two apart.
 */
#ifndef DECHAFF_FLOW_STREAM_H
#define DECHAFF_FLOW_STREAM_H

#include "decide/decide.h"
#include "diff/changes.h"
#include "flow/batch.h"
#include "flow/diff_form.h"
#include "flow/dossier.h"
#include "flow/explain.h"
#include "flow/report.h"
#include "flow/splice.h"
#include "flow/stats.h"
#include "io/reader.h"
#include "learn/learn.h"
#include "match/match.h"

enum show { SHOW_KEPT, SHOW_DROPPED, SHOW_EXPLAINED, SHOW_NOTHING };

enum failure { FAILURE_NONE, FAILURE_MEMORY, FAILURE_OUTPUT, FAILURE_LEARNER };

struct stream_wishes {
    enum match_way way;
    enum show show;
    enum explain_form form; /* of SHOW_EXPLAINED */
    size_t buffer_size;
    size_t max_line;
    bool stats;
    bool bad_is_fatal;
    bool looks_for_page;  /* in texts that are read as they come: for a remark */
    const char *host;     /* of documents that don't say theirs, or NULL */
    const char *language; /* the same */
    const struct fields *fields;
    struct splice_wishes splice;
    const struct learn_wishes *learn;     /* NULL: filter */
    const struct diff_wishes *diff;       /* the same */
    const struct dossier_wishes *dossier; /* or NULL */
};

#define DIFF_SAMPLES 3 /* what the option defaults to */

struct diff_wishes {
    const struct diff_form *form;
    double max_change; /* per cent of the words */
    uint32_t samples;  /* for each rule */
};

/* What compares two sets of rules: how the old ones decide, and what they decide otherwise. */
struct differ {
    struct match *match;
    struct decide *decide;
    struct join join;
    struct changes *changes;
};

struct stream;

/* For decide_create, by the struct match. */
decide_until stream_until;

/* The way of a document's lines, from stream_next on; how their reading ended. */
typedef enum line_status stream_filter(struct stream *stream);

struct stream {
    const struct stream_wishes *wishes;
    const struct engine *engine;
    struct reader *reader;
    struct match *match;
    struct decide *decide;
    struct stats *stats; /* NULL unless counts are wanted */
    struct document *document;
    struct report_page *page; /* NULL unless a report is written */
    const char *name;         /* of the input, for the report */
    struct dossier *dossier;  /* NULL unless one is written */
    uint64_t number;          /* of the document, in the run */
    struct splice splice;
    struct remarks *remarks; /* on the text, or the batch */
    struct remarks on_text;
    bool is_begun; /* a line that is not blank was read */
    bool is_html;  /* by its first line that is not blank, in a field */
    bool had_line; /* that is not blank, of the document */
    bool has_line; /* the same, of what is kept of it */
    stream_filter *filter;
    struct learner *learner;                      /* borrowed, or NULL */
    struct differ *differ;                        /* the same */
    void (*moved)(void *context, uint64_t bytes); /* of a streamed text, now and then */
    void *moved_context;
    bool is_streamed;    /* the lines come from the reader, not from the document */
    bool is_prompt;      /* each line is written at once */
    bool is_interactive; /* what is decided is written before more is waited for */
    bool is_coloured;
    enum failure failure;
};

/* Whether what comes out is a report of report.h. */
bool stream_reports(const struct stream_wishes *wishes);

/* NULL when memory is short. */
struct stream *stream_create(const struct engine *engine, const struct stream_wishes *wishes);
void stream_destroy(struct stream *stream);

/* Turns to a text that is read as it comes, the document NUMBER of the run, of which BEGUN was read
 * from FD already; these and the writer are the caller's. */
bool stream_begin_text(struct stream *stream, int fd, struct span begun, uint64_t number,
                       struct writer *out);

/*
 * Turns to the document numbered INDEX of BATCH. False also where there is nothing to be filtered:
 * it was dealt with then.
 */
bool stream_begin_document(struct stream *stream, struct batch *batch, size_t index);

/* Notes that a put failed. */
void stream_fail_put(struct stream *stream);

/* The next line of the text or document, as reader_next. */
enum line_status stream_next(struct stream *stream, struct line *line);

/* Takes note of a settled line. */
void stream_count(struct stream *stream, const struct held *line);

/* Writes a settled line with its verdict; false if the writer failed. */
bool stream_explain(struct stream *stream, const struct held *line);

/* Whether the document, which is over, was too long for document rules. */
bool stream_gave_up(const struct stream *stream);

/* After the last line; BATCH is NULL for a text that is read as it comes. */
void stream_end(struct stream *stream, struct batch *batch);

#endif
