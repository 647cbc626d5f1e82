#include "flow/outlet.h"

#include "flow/rejects.h"
#include "io/interrupt.h"

#include <string.h>
#include <unistd.h>

bool outlet_init(struct outlet *outlet, bool has_rejects)
{
    outlet->sink = sink_create();
    if (has_rejects)
        outlet->rejects = sink_create();
    return outlet->sink && (outlet->rejects || !has_rejects);
}

void outlet_release(struct outlet *outlet)
{
    sink_destroy(outlet->rejects);
    sink_destroy(outlet->sink);
}

bool outlet_fail(struct outlet *outlet, struct sink *sink)
{
    sink_flush(sink);
    outlet->failed = sink;
    return false;
}

bool outlet_open(struct outlet *outlet, const char *path, const char *rejects, bool must_replace)
{
    if (!sink_open(outlet->sink, path, must_replace))
        return outlet_fail(outlet, outlet->sink);
    if (outlet->rejects && !sink_open(outlet->rejects, rejects, false))
        return outlet_fail(outlet, outlet->rejects);
    outlet->path = path;
    sink_identify(outlet->sink, &outlet->output_file);
    if (outlet->rejects)
        sink_identify(outlet->rejects, &outlet->rejects_file);
    identity_of_descriptor(&outlet->error_file, STDERR_FILENO);
    tally_begin(&outlet->input);
    tally_begin(&outlet->output);
    return true;
}

bool outlet_pack(struct outlet *outlet, struct helper *helper, const struct packing *packing)
{
    return sink_pack(outlet->sink, helper, packing) || outlet_fail(outlet, outlet->sink);
}

static bool put(struct sink *sink, const struct writer *from)
{
    return writer_put(sink->writer, from->buffer, from->used);
}

static bool put_rejects(struct outlet *outlet, const struct batch *batch)
{
    tally_add(&outlet->input, (struct span){batch->bytes, batch->size});
    tally_add(&outlet->output, (struct span){batch->out->buffer, batch->out->used});
    return put(outlet->rejects, batch->rejects);
}

bool outlet_put(struct outlet *outlet, const struct batch *batch, bool is_prompt)
{
    if (outlet->rejects && !put_rejects(outlet, batch))
        return outlet_fail(outlet, outlet->rejects);
    if (!put(outlet->sink, batch->out) || (is_prompt && !sink_flush(outlet->sink)))
        return outlet_fail(outlet, outlet->sink);
    return true;
}

void outlet_abort(struct outlet *outlet)
{
    if (outlet->rejects)
        sink_abort(outlet->rejects);
    sink_abort(outlet->sink);
}

/* The rejects, then the output: what was dropped is safe before the text without it takes its
 * place, and an older file of rejects is there again where that fails. */
static bool put_both_in_place(struct outlet *outlet)
{
    sigset_t before;
    bool good;

    interrupt_hold(&before);
    good = sink_commit_for_now(outlet->rejects);
    if (good) {
        good = sink_commit(outlet->sink, NULL);
        sink_settle(outlet->rejects, good || sink_is_in_place(outlet->sink));
    }
    interrupt_release(&before);
    return good;
}

/* The backup is made, and all the rest on disk, before the first of them takes its place. */
static bool commit_both(struct outlet *outlet, const char *suffix)
{
    if (rejects_end(outlet->rejects->writer, &outlet->input, &outlet->output) &&
        sink_prepare(outlet->sink, suffix) && sink_prepare(outlet->rejects, NULL) &&
        put_both_in_place(outlet))
        return true;
    outlet_abort(outlet);
    return false;
}

bool outlet_close(struct outlet *outlet, const char *suffix)
{
    if (!outlet->rejects)
        return sink_commit(outlet->sink, suffix) || outlet_fail(outlet, outlet->sink);
    return commit_both(outlet, suffix) ||
           outlet_fail(outlet, outlet->sink->error ? outlet->sink : outlet->rejects);
}

bool outlet_give_up(struct outlet *outlet)
{
    if (outlet->rejects)
        sink_abort(outlet->rejects);
    if (!sink_replaces(outlet->sink))
        return sink_commit(outlet->sink, NULL) || outlet_fail(outlet, outlet->sink);
    sink_abort(outlet->sink);
    return true;
}

/* HAS_ITS_NAME: the input that of the output. */
static const char *fault_of(const struct outlet *outlet, const struct identity *input,
                            bool has_its_name)
{
    bool is_output = identity_is_same(input, &outlet->output_file);
    bool is_replaced = is_output && sink_replaces(outlet->sink);

    if (sink_replaces(outlet->sink) && has_its_name && !is_replaced)
        return "another file has taken its place, so it is left as it is";
    if (!input->is_regular)
        return NULL;
    if (identity_is_same(input, &outlet->error_file))
        return "standard error goes to it, so it is not read";
    if ((is_output && !is_replaced) || identity_is_same(input, &outlet->rejects_file))
        return "is written too, so it is not read";
    return NULL;
}

const char *outlet_refuses(struct outlet *outlet, int fd, const char *path)
{
    bool has_its_name = fd != STDIN_FILENO && outlet->path && strcmp(path, outlet->path) == 0;
    struct identity input;
    const char *fault;

    identity_of_descriptor(&input, fd);
    fault = fault_of(outlet, &input, has_its_name);
    if (!fault && identity_is_same(&input, &outlet->output_file))
        sink_watch(outlet->sink);
    return fault;
}
