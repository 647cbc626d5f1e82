#include "flow/flow.h"

#include "flow/learning.h"
#include "flow/restoring.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void filter_batch(void *context, struct batch *batch)
{
    struct stream *stream = context;

    for (size_t i = 0; i < batch->count && !batch->is_fatal && stream->failure == FAILURE_NONE; i++)
        if (stream_begin_document(stream, batch, i)) {
            stream->filter(stream);
            stream_end(stream, batch);
        }
    batch->no_spool = stream->failure == FAILURE_LEARNER;
    batch->no_memory = stream->failure != FAILURE_NONE && !batch->no_spool;
}

static uint64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

/* Ends the text with END. */
static void show_progress(struct flow *flow, const char *end)
{
    char text[FLOW_COLUMNS + 8];
    size_t length = progress_text(&flow->progress, flow->bytes_done, flow->documents_done, now(),
                                  text, FLOW_COLUMNS + 1);

    snprintf(text + length, sizeof text - length, "%s", end);
    flow->show(flow->context, text);
}

void flow_end_progress(struct flow *flow)
{
    if (flow->show)
        show_progress(flow, "\033[K\n");
}

/* So many bytes of all inputs are done, and so many documents. */
static void move(struct flow *flow, uint64_t bytes, uint64_t documents)
{
    flow->bytes_done = bytes;
    flow->documents_done = documents;
    if (flow->show && progress_is_due(&flow->progress, now()))
        show_progress(flow, "\033[K\r"); /* a message would begin where this does, over it */
}

static void move_text(void *context, uint64_t bytes)
{
    struct flow *flow = context;

    move(flow, flow->read + bytes, flow->documents);
}

static bool create_streams(struct flow *flow, const struct rules *rules, const struct rules *old,
                           stream_filter *filter, bool is_interactive)
{
    const struct flow_wishes *wishes = flow->wishes;
    unsigned count = wishes->has_documents ? wishes->jobs : 1;
    size_t chunk = wishes->stream.buffer_size;

    flow->engine = engine_create(rules);
    flow->streams = calloc(count, sizeof *flow->streams);
    if (!flow->engine || !flow->streams)
        return false;
    for (; flow->count < count; flow->count++) {
        struct stream *stream = stream_create(flow->engine, &wishes->stream);

        if (!stream)
            return false;
        stream->filter = filter;
        stream->is_interactive = is_interactive;
        stream->is_coloured = is_interactive && !wishes->no_color;
        stream->is_prompt = wishes->line_buffered;
        stream->moved = move_text;
        stream->moved_context = flow;
        flow->streams[flow->count] = stream;
    }
    if (wishes->stream.learn &&
        !(flow->learn = learning_begin(wishes->stream.learn, flow->streams, flow->count)))
        return false;
    if (wishes->stream.diff && !(flow->diffing = diffing_begin(flow->streams, flow->count, old)))
        return false;
    if (!wishes->has_documents)
        return true;
    if (count > 1 && chunk == READER_CHUNK)
        chunk = INTAKE_CHUNK;
    flow->intake = intake_create(chunk, wishes->max_document);
    flow->pool = pool_create(count, filter_batch, (void *const *)flow->streams);
    return flow->intake && flow->pool;
}

struct flow *flow_create(const struct flow_wishes *wishes, const struct rules *rules,
                         const struct rules *old, stream_filter *filter, bool is_interactive,
                         struct unpack *unpack)
{
    struct flow *flow = calloc(1, sizeof *flow);

    if (!flow)
        return NULL;
    flow->wishes = wishes;
    flow->unpack = unpack;
    flow->is_prompt = wishes->line_buffered || is_interactive;
    if (wishes->progress)
        flow->progress = progress_start(operands_size(&wishes->inputs), now());
    if (outlet_init(&flow->outlet, wishes->rejects != NULL) &&
        (!rules || create_streams(flow, rules, old, filter, is_interactive)))
        return flow;
    flow_destroy(flow);
    return NULL;
}

void flow_destroy(struct flow *flow)
{
    if (!flow)
        return;
    if (flow->unpack->helper)
        helper_stop(flow->unpack->helper);
    pool_destroy(flow->pool);
    for (unsigned i = 0; i < flow->count; i++)
        stream_destroy(flow->streams[i]);
    free((void *)flow->streams);
    learn_destroy(flow->learn);
    diffing_end(flow->diffing);
    engine_destroy(flow->engine);
    intake_destroy(flow->intake);
    outlet_release(&flow->outlet);
    free(flow);
}

static enum flow_status worse(enum flow_status one, enum flow_status other)
{
    return one > other ? one : other;
}

static enum flow_status no_output(struct flow *flow)
{
    outlet_fail(&flow->outlet, flow->outlet.sink);
    return FLOW_NO_OUTPUT;
}

/* A report has something around its documents. */
static bool has_frame(const struct flow *flow)
{
    return stream_reports(&flow->wishes->stream) && flow->count;
}

/* What is written to a file of such a name is packed. */
static bool pack_by_name(struct flow *flow, const char *path)
{
    const struct packing *packing = path && !flow->wishes->in_place ? packing_of_name(path) : NULL;

    return !packing || !flow->unpack->helper ||
           outlet_pack(&flow->outlet, flow->unpack->helper, packing);
}

enum flow_status flow_open(struct flow *flow, const char *path)
{
    const struct flow_wishes *wishes = flow->wishes;

    if (!outlet_open(&flow->outlet, path, wishes->rejects, wishes->in_place) ||
        !pack_by_name(flow, path))
        return FLOW_NO_OUTPUT;
    if (has_frame(flow) && !report_head(flow->outlet.sink->writer))
        return no_output(flow);
    return FLOW_OK;
}

void flow_abort(struct flow *flow)
{
    outlet_abort(&flow->outlet);
}

/* What came of a step of learning. */
static enum flow_status learnt(struct flow *flow, enum learn_status status)
{
    char text[256];

    if (status == LEARN_OK || status == LEARN_NO_MEMORY)
        return status == LEARN_OK ? FLOW_OK : FLOW_NO_MEMORY;
    learning_fault(flow->learn, status, text, sizeof text);
    flow->tell(flow->context, text);
    flow->has_ended |= status == LEARN_NO_SPOOL;
    return FLOW_FAILED;
}

/* Writes what is written only once all was read. */
static enum flow_status conclude(struct flow *flow)
{
    struct writer *writer = flow->outlet.sink->writer;
    enum learn_status status = flow->learn ? learn_write(flow->learn, writer) : LEARN_OK;
    bool good = !flow->diffing || diffing_write(flow->diffing, writer);

    if (status == LEARN_NO_WRITE || (!good && writer->error))
        return no_output(flow);
    return good ? learnt(flow, status) : FLOW_NO_MEMORY;
}

enum flow_status flow_close(struct flow *flow, bool has_failed)
{
    struct outlet *outlet = &flow->outlet;
    bool is_left = has_failed && sink_replaces(outlet->sink);
    enum flow_status status = FLOW_OK;

    if (!is_left && !flow->has_ended) {
        status = conclude(flow);
        if (status >= FLOW_NO_OUTPUT)
            return status;
        has_failed |= status != FLOW_OK;
    }
    if (!is_left && has_frame(flow) && !report_foot(outlet->sink->writer))
        return no_output(flow);
    if (has_failed ? outlet_give_up(outlet) : outlet_close(outlet, flow->wishes->suffix))
        return status;
    return FLOW_NO_OUTPUT;
}

static enum flow_status fail_read(struct flow *flow, int error)
{
    flow->tell(flow->context, strerror(error));
    return FLOW_FAILED;
}

static enum flow_status filter_text(struct flow *flow)
{
    struct stream *stream = flow->streams[0];
    enum line_status status = LINE_END;
    enum failure failure;
    int error = 0;
    uint64_t first, count;
    char text[128];

    if (stream_begin_text(stream, flow->unpack->fd, flow->unpack->begun, flow->documents + 1,
                          flow->outlet.sink->writer)) {
        status = stream->filter(stream);
        error = errno;
    }
    stream_end(stream, NULL);
    failure = stream->failure;
    stream->failure = FAILURE_NONE;
    if (failure == FAILURE_MEMORY || status == LINE_NO_MEMORY)
        return FLOW_NO_MEMORY;
    if (failure == FAILURE_OUTPUT)
        return no_output(flow);
    if (failure == FAILURE_LEARNER)
        return learnt(flow, LEARN_NO_SPOOL);
    flow->remarks = stream->on_text;
    move(flow, flow->read + reader_bytes(stream->reader), flow->documents + 1);
    flow->read = flow->bytes_done;
    flow->documents = flow->documents_done;
    count = reader_long_lines(stream->reader, &first);
    if (count) {
        snprintf(text, sizeof text,
                 "line %" PRIu64 " is over --max-line and went through untouched%s", first,
                 count > 1 ? ", others after it too" : "");
        flow->tell(flow->context, text);
    }
    if (stream_gave_up(stream))
        flow->tell(flow->context,
                   "too long to be looked at as a whole, so no document rule had a say");
    if (status == LINE_ERROR)
        return fail_read(flow, error);
    return count || stream_gave_up(stream) ? FLOW_NEEDS_A_LOOK : FLOW_OK;
}

static enum flow_status tell_faults(struct flow *flow, const struct batch *batch, uint64_t *told)
{
    for (size_t i = 0; i < batch->fault_count; i++) {
        bool is_fatal = batch->is_fatal && i + 1 == batch->fault_count;
        char text[256];

        if ((*told)++ >= FLOW_FAULTS && !is_fatal)
            continue;
        batch_fault_text(batch, &batch->faults[i], text, sizeof text);
        flow->tell(flow->context, text);
    }
    if (batch->is_fatal) {
        flow->has_ended = true;
        return FLOW_FAILED;
    }
    return batch->fault_count ? FLOW_NEEDS_A_LOOK : FLOW_OK;
}

static enum flow_status write_batch(struct flow *flow, const struct batch *batch, uint64_t *told)
{
    if (!outlet_put(&flow->outlet, batch, flow->is_prompt))
        return FLOW_NO_OUTPUT;
    remarks_add(&flow->remarks, &batch->remarks);
    move(flow, flow->read + batch->offset + batch->size,
         flow->documents + batch->number + batch->count - 1);
    if (batch->no_spool && !flow->has_ended)
        return learnt(flow, LEARN_NO_SPOOL);
    return worse(tell_faults(flow, batch, told), batch->no_memory ? FLOW_NO_MEMORY : FLOW_OK);
}

/* Gives batches to the workers as long as there is room and something to be read at once. */
static enum intake_status feed(struct flow *flow)
{
    enum intake_status status = INTAKE_BATCH;
    struct batch *batch;

    while (status == INTAKE_BATCH && (batch = pool_slot(flow->pool)) &&
           (pool_is_idle(flow->pool) || intake_is_ready(flow->intake))) {
        status = intake_next(flow->intake, batch);
        batch->first_document = flow->documents;
        batch->first_offset = flow->read;
        if (status == INTAKE_BATCH)
            pool_submit(flow->pool);
    }
    return status;
}

/* Writes what is done until the input is, and what then is under way; nothing after a failure. */
static enum flow_status filter_documents(struct flow *flow, uint64_t *told)
{
    enum flow_status worst = FLOW_OK;
    enum intake_status status = INTAKE_BATCH;
    bool ended = false;
    struct batch *batch;
    int error = 0;

    do {
        if (status == INTAKE_BATCH && !ended) {
            status = feed(flow);
            error = errno;
        }
        batch = pool_collect(flow->pool);
        if (batch && !ended) {
            worst = worse(worst, write_batch(flow, batch, told));
            ended = flow->has_ended || worst >= FLOW_NO_OUTPUT;
        }
        if (batch)
            pool_release(flow->pool);
    } while (batch);
    if (status == INTAKE_NO_MEMORY)
        return FLOW_NO_MEMORY;
    if (status == INTAKE_ERROR && !ended)
        return worse(worst, fail_read(flow, error));
    return worst;
}

/* What the user most likely did not mean. To one who looks at what is dropped nothing is missing,
 * and without rules nothing can be. */
static enum flow_status make_remarks(struct flow *flow, const struct format *format)
{
    enum flow_status status = FLOW_OK;
    struct remarks *remarks = &flow->remarks;
    const struct remark_wishes wishes = {format, flow->wishes->stream.fields,
                                         flow->wishes->stream.splice.drop_empty};
    char text[256];
    bool is_grave;

    if (flow->wishes->quiet || (flow->engine->rules->count == 0 && !flow->learn && !flow->diffing))
        return FLOW_OK;
    if (flow->wishes->stream.show != SHOW_KEPT)
        remarks->emptied = 0;
    for (int which = 0; which < REMARKS; which++)
        if (remarks_say(remarks, (enum remark)which, &wishes, text, sizeof text, &is_grave)) {
            flow->tell(flow->context, text);
            status = worse(status, is_grave ? FLOW_NEEDS_A_LOOK : FLOW_OK);
        }
    return status;
}

/* The documents of an input in a format. */
static enum flow_status filter_all(struct flow *flow, const struct format *format)
{
    enum flow_status status;
    uint64_t told = 0;
    char text[64];

    intake_open(flow->intake, flow->unpack->fd, flow->unpack->begun, format);
    status = filter_documents(flow, &told);
    flow->documents += intake_documents(flow->intake);
    flow->read += intake_bytes(flow->intake);
    if (told > FLOW_FAULTS) {
        snprintf(text, sizeof text, "%" PRIu64 " more like these", told - FLOW_FAULTS);
        flow->tell(flow->context, text);
    }
    return status;
}

/* What is edited in place is packed again as it was. */
static bool pack_alike(struct flow *flow)
{
    return !flow->unpack->packing || !flow->wishes->in_place ||
           outlet_pack(&flow->outlet, flow->unpack->helper, flow->unpack->packing);
}

/* Says what made text of the input, where all is explained. */
static void tell_dumper(struct flow *flow)
{
    const char *text = unpack_explain(flow->unpack);

    flow->tell(flow->context, text);
    if (flow->streams[0]->dossier)
        dossier_note(flow->streams[0]->dossier, text);
}

/* Opens what is to be read of the input, made text of if need be. */
static enum flow_status open_input(struct flow *flow, const struct opened *input,
                                   enum html_wish wish)
{
    const char *fault = outlet_refuses(&flow->outlet, input->fd, input->path);
    struct html_wishes html = flow->wishes->html;

    html.wish = wish;
    if (fault || !unpack_open(flow->unpack, input->fd, &html)) {
        flow->tell(flow->context, fault ? fault : flow->unpack->fault);
        return FLOW_FAILED;
    }
    if (flow->unpack->packing || flow->unpack->dumper)
        flow->progress.total = 0; /* is of what was made text of */
    if (flow->unpack->dumper && flow->wishes->stream.show == SHOW_EXPLAINED)
        tell_dumper(flow);
    if (pack_alike(flow))
        return FLOW_OK;
    unpack_close(flow->unpack, false);
    return FLOW_NO_OUTPUT;
}

/* After all was read, unless STATUS is that of a failure. */
static enum flow_status close_input(struct flow *flow, enum flow_status status)
{
    if (unpack_close(flow->unpack, status < FLOW_FAILED))
        return status;
    flow->tell(flow->context, flow->unpack->fault);
    return worse(status, FLOW_FAILED);
}

enum flow_status flow_input(struct flow *flow, const struct opened *input,
                            const struct format *format)
{
    bool merges = flow->learn && flow->wishes->stream.learn->merges;
    bool is_text = !merges && (!format || format == &text_format);
    enum flow_status status =
        open_input(flow, input, is_text ? flow->wishes->html.wish : HTML_IS_TEXT);

    if (status != FLOW_OK)
        return status;
    for (unsigned i = 0; i < flow->count; i++)
        flow->streams[i]->name = input->name;
    flow->remarks = (struct remarks){0};
    if (merges)
        status = learnt(flow, learn_add(flow->learn, flow->unpack->fd, flow->unpack->begun));
    else
        status = format ? filter_all(flow, format) : filter_text(flow);
    status = close_input(flow, status);
    if (status >= FLOW_FAILED)
        return status;
    return worse(status, make_remarks(flow, format ? format : &text_format));
}

/* What became of restoring; TEXT is to be told unless it is empty. */
static enum flow_status end_restore(struct flow *flow, enum restore_status status, const char *text)
{
    if (status == RESTORE_NO_MEMORY)
        return FLOW_NO_MEMORY;
    if (status == RESTORE_NO_WRITE)
        return no_output(flow);
    if (*text)
        flow->tell(flow->context, text);
    return status == RESTORE_OK       ? FLOW_OK
           : status == RESTORE_UNSURE ? FLOW_NEEDS_A_LOOK
                                      : FLOW_FAILED;
}

enum flow_status flow_restore(struct flow *flow, const struct opened *input, const char *rejects)
{
    enum flow_status opened = open_input(flow, input, HTML_IS_TEXT);
    enum restore_status status;
    char text[RESTORING_FAULT];

    if (opened != FLOW_OK)
        return opened;
    status = restoring_run(rejects, flow->unpack->fd, flow->unpack->begun,
                           flow->outlet.sink->writer, text);
    return close_input(flow, end_restore(flow, status, text));
}
