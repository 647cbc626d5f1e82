/*
 * flow -- inputs, one after the other, through streams to the output.
 *
 * Model:     flow_open, flow_input for each of the inputs that make an output, flow_close; any
 *            number of times. A text that is read as it comes goes line by line through the first
 *            stream; the documents of any other input go in batches through all of them, a thread
 *            each, and come out in order. What a stream does to a document is the caller's:
 *            `filter` takes its lines until there are none.
 * Ownership: flow_destroy frees all but the wishes and the rules.
 * Errors:    enum flow_status, the worst; what the user should know of an input is told by `tell`,
 *            but for memory and output, which end the run: `outlet.failed` is the sink then.
 */
#ifndef DECHAFF_FLOW_FLOW_H
#define DECHAFF_FLOW_FLOW_H

#include "flow/diffing.h"
#include "flow/intake.h"
#include "flow/outlet.h"
#include "flow/pool.h"
#include "flow/stream.h"
#include "flow/unpack.h"
#include "io/progress.h"

/* Faults of an input that are told one by one. */
#define FLOW_FAULTS 20

/* Of a line for a terminal, none so narrow that it would wrap. */
#define FLOW_COLUMNS 79

struct flow_wishes {
    struct stream_wishes stream;
    struct operands inputs;
    struct html_wishes html; /* for texts */
    bool has_documents;      /* not every one is a text that is read as it comes */
    size_t max_document;
    unsigned jobs;
    const char *rejects; /* the file for them, or NULL */
    const char *suffix;  /* of backups, or NULL */
    bool in_place;
    bool line_buffered;
    bool no_color; /* $NO_COLOR is set, see no-color.org */
    bool stats_as_json;
    bool progress;
    bool quiet; /* make no remarks */
};

enum flow_status { FLOW_OK, FLOW_NEEDS_A_LOOK, FLOW_FAILED, FLOW_NO_OUTPUT, FLOW_NO_MEMORY };

/* Something about the input that is read. */
typedef void flow_tell(void *context, const char *text);

/* How far the run is, for a terminal. */
typedef void flow_show(void *context, const char *text);

struct flow {
    const struct flow_wishes *wishes;
    struct engine *engine;
    struct stream **streams;
    unsigned count;
    struct intake *intake;
    struct pool *pool; /* NULL without documents */
    struct outlet outlet;
    struct unpack *unpack;   /* the input that is read */
    struct learn *learn;     /* NULL: filter */
    struct diffing *diffing; /* the same */
    flow_tell *tell;         /* set by the caller, as the next ones */
    void *context;
    flow_show *show; /* or NULL */
    struct progress progress;
    bool is_prompt;         /* write each batch at once */
    struct remarks remarks; /* on the input */
    bool has_ended;         /* a bad document was to end the run */
    uint64_t documents;     /* of the inputs before */
    uint64_t read;          /* their bytes */
    uint64_t bytes_done;
    uint64_t documents_done;
};

/* RULES is NULL if nothing is to be filtered, OLD if nothing is compared; IS_INTERACTIVE: somebody
 * watches the output; UNPACK is as confine_run left it, and stopped by flow_destroy. NULL when
 * memory is short. */
struct flow *flow_create(const struct flow_wishes *wishes, const struct rules *rules,
                         const struct rules *old, stream_filter *filter, bool is_interactive,
                         struct unpack *unpack);
void flow_destroy(struct flow *flow);

/* Opens the replacement of PATH, or standard output for NULL, and the rejects. */
enum flow_status flow_open(struct flow *flow, const char *path);

/* Puts all that was written in place, or with HAS_FAILED nothing that can still be taken back. */
enum flow_status flow_close(struct flow *flow, bool has_failed);

/* Leaves a file as it was, and the rejects. */
void flow_abort(struct flow *flow);

/* Filters an input, unpacked if it is packed and shown as text if it is HTML; FORMAT is NULL for a
 * text that is read as it comes. FLOW_FAILED if it is a file that is written meanwhile, or not the
 * one of that path that is to be replaced. */
enum flow_status flow_input(struct flow *flow, const struct opened *input,
                            const struct format *format);

/* Puts the rejects of the file REJECTS back into an input; the same for the rest. */
enum flow_status flow_restore(struct flow *flow, const struct opened *input, const char *rejects);

/* Shows how far the run has come, for the last time. */
void flow_end_progress(struct flow *flow);

#endif
