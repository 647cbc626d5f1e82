/*
 * outlet -- where a run writes to: the output, and what is rejected on the way there.
 *
 * Model:     outlet_open, what comes out, outlet_close or outlet_abort; any number of times. The
 *            rejects take their place before the output does, and both or neither do. Between the
 *            two no file may be read that is written.
 * Ownership: outlet_release frees the sinks; paths are the caller's, and kept until the next open.
 * Errors:    false, and `failed` is the sink that did.
 */
#ifndef DECHAFF_FLOW_OUTLET_H
#define DECHAFF_FLOW_OUTLET_H

#include "flow/batch.h"
#include "flow/tally.h"
#include "io/sink.h"

struct outlet {
    struct sink *sink;
    struct sink *rejects; /* NULL unless they are wanted */
    struct sink *failed;
    const char *path;            /* of the output; NULL is standard output */
    struct identity output_file; /* as sink_identify says */
    struct identity rejects_file;
    struct identity error_file; /* standard error */
    struct tally input;         /* with rejects: of all that was filtered into one output */
    struct tally output;
};

/* False when memory is short; to be released in any case. */
bool outlet_init(struct outlet *outlet, bool has_rejects);
void outlet_release(struct outlet *outlet);

/* Opens the replacement of PATH, or standard output for NULL, and that of the rejects.
 * MUST_REPLACE: see sink_open. */
bool outlet_open(struct outlet *outlet, const char *path, const char *rejects, bool must_replace);

/* Has what comes out packed; before any of it does. */
bool outlet_pack(struct outlet *outlet, struct helper *helper, const struct packing *packing);

/* Notes that SINK failed, and why; returns false. */
bool outlet_fail(struct outlet *outlet, struct sink *sink);

/* Writes what came of a batch; at once if is_prompt. */
bool outlet_put(struct outlet *outlet, const struct batch *batch, bool is_prompt);

/* Puts all in place, the old file kept under SUFFIX unless it is NULL. */
bool outlet_close(struct outlet *outlet, const char *suffix);

/* Puts nothing in place that can still be taken back. Only where the output is no file is there
 * something that cannot: it is written to its end. */
bool outlet_give_up(struct outlet *outlet);

/* Leaves a file as it was, and the rejects. */
void outlet_abort(struct outlet *outlet);

/* Why what was opened by PATH as FD is not to be read, or NULL if it may be, whatever the name of
 * an open file led to before. */
const char *outlet_refuses(struct outlet *outlet, int fd, const char *path);

#endif
