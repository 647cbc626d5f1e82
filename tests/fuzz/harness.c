#include "harness.h"

#include "flow/rejects.h"
#include "rules/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char harness_statements[] = "strip /\\d+/ with \"\\\"\"\n"
                                  "drop max-words=3 /share/i\n"
                                  "block /^more/i until /end/ lines=3\n"
                                  "run 2 /^\\W*$/\n"
                                  "cut soft /^related/i\n"
                                  "[host example.com]\n"
                                  "cut /^comments/i\n";

stream_filter filter_document; /* of filter.c */

uint8_t harness_choose(struct input *input)
{
    return input->size ? (uint8_t)input->bytes[--input->size] : 0;
}

struct input harness_split(struct input *input)
{
    static const char mark[] = "\n%%\n";
    struct input before = *input;

    for (size_t i = 0; i + strlen(mark) <= input->size; i++) {
        if (memcmp(input->bytes + i, mark, strlen(mark)) == 0) {
            before.size = i + 1;
            input->bytes += i + strlen(mark);
            input->size -= i + strlen(mark);
            return before;
        }
    }
    input->size = 0;
    return before;
}

void harness_fail(const char *what)
{
    fprintf(stderr, "fuzzing: %s\n", what);
    abort();
}

int harness_file(enum harness_file which, const char *bytes, size_t size)
{
    static FILE *files[FILES];
    int fd;

    if (!files[which])
        files[which] = tmpfile();
    harness_must(files[which] != NULL, "no file");
    fd = fileno(files[which]);
    harness_must(ftruncate(fd, 0) == 0 && pwrite(fd, bytes, size, 0) == (ssize_t)size &&
                     lseek(fd, 0, SEEK_SET) == 0,
                 "no file");
    return fd;
}

static struct engine *build(const char *profile, const char *statements)
{
    struct diagnostics diagnostics = {0};
    struct paths *paths = paths_create("fuzz", true);
    struct rules *rules = rules_create();
    struct load *load = load_create(rules, paths, &diagnostics, false);
    struct engine *engine;

    harness_must(paths && rules && load && (!profile || load_name(load, profile)) &&
                     (!statements || load_text(load, statements)) &&
                     rules_finish(rules, &diagnostics),
                 "no memory for rules");
    if (diagnostics.errors) {
        fputs(diag_text(&diagnostics), stderr);
        abort();
    }
    load_destroy(load);
    diag_free(&diagnostics);
    paths_destroy(paths);
    engine = engine_create(rules);
    harness_must(engine, "no memory for an engine");
    return engine;
}

/* Nobody watches how far it is. */
static void move(void *context, uint64_t bytes)
{
    (void)context;
    (void)bytes;
}

static void create_streams(struct filter *filter)
{
    static const size_t chunks[CHUNKS] = {3, 16, 100, READER_CHUNK};
    const struct field_wishes names = {0};
    const char *wrong;
    const struct fields *fields = fields_create(&names, &wrong);

    harness_must(fields, "no memory for fields");
    for (int i = 0; i < CHUNKS; i++) {
        filter->wishes[i] = (struct stream_wishes){
            .buffer_size = chunks[i], .max_line = filter->max_line, .fields = fields};
        filter->streams[i] = stream_create(filter->engine, &filter->wishes[i]);
        harness_must(filter->streams[i], "no memory for a stream");
    }
}

static struct writer *create_writer(void)
{
    struct writer *writer = writer_create(WRITER_MEMORY, 0);

    harness_must(writer, "no memory for a writer");
    return writer;
}

void harness_open(struct filter *filter, const struct splice_wishes *splice)
{
    if (!filter->engine) {
        filter->engine = build(filter->profile, filter->statements);
        create_streams(filter);
        filter->out = create_writer();
        filter->rejects = create_writer();
        filter->last_out = create_writer();
        filter->last_rejects = create_writer();
    }
    for (int i = 0; i < CHUNKS; i++)
        filter->wishes[i].splice = *splice;
}

static void filter_batch(struct filter *filter, struct stream *stream, struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++)
        if (stream_begin_document(stream, batch, i)) {
            filter_document(stream);
            stream_end(stream, batch);
        }
    harness_must(stream->failure == FAILURE_NONE, "a stream fails");
    writer_put(filter->out, batch->out->buffer, batch->out->used);
    writer_put(filter->rejects, batch->rejects->buffer, batch->rejects->used);
}

void harness_documents(struct filter *filter, const struct format *format, struct input input,
                       unsigned chunk, size_t limit)
{
    static struct batch *batch;
    struct stream *stream = filter->streams[chunk % CHUNKS];
    struct intake *intake = intake_create(stream->wishes->buffer_size, limit);
    struct tally read, written;

    if (!batch)
        batch = batch_create();
    harness_must(batch && intake, "no memory for a batch");
    writer_clear(filter->out, SIZE_MAX);
    writer_clear(filter->rejects, SIZE_MAX);
    intake_open(intake, harness_file(FILE_INPUT, input.bytes, input.size), (struct span){0},
                format);
    while (intake_next(intake, batch) == INTAKE_BATCH)
        filter_batch(filter, stream, batch);
    tally_begin(&read);
    tally_add(&read, (struct span){input.bytes, input.size});
    tally_begin(&written);
    tally_add(&written, (struct span){filter->out->buffer, filter->out->used});
    rejects_end(filter->rejects, &read, &written);
    intake_destroy(intake);
}

void harness_stream(struct stream *stream, struct input input, struct writer *out)
{
    stream->moved = move;
    harness_must(stream_begin_text(stream, harness_file(FILE_INPUT, input.bytes, input.size),
                                   (struct span){0}, 1, out) &&
                     filter_document(stream) == LINE_END,
                 "a text is not read to its end");
    stream_end(stream, NULL);
    harness_must(stream->failure == FAILURE_NONE, "a stream fails");
}

void harness_text(struct filter *filter, struct input input, unsigned chunk)
{
    writer_clear(filter->out, SIZE_MAX);
    harness_stream(filter->streams[chunk % CHUNKS], input, filter->out);
}

static void swap(struct writer **a, struct writer **b)
{
    struct writer *writer = *a;

    *a = *b;
    *b = writer;
}

void harness_keep(struct filter *filter)
{
    swap(&filter->out, &filter->last_out);
    swap(&filter->rejects, &filter->last_rejects);
}

static bool is_same(const struct writer *a, const struct writer *b)
{
    return a->used == b->used && memcmp(a->buffer, b->buffer, a->used) == 0;
}

void harness_compare(const struct filter *filter, bool rejects)
{
    harness_must(is_same(filter->out, filter->last_out) &&
                     (!rejects || is_same(filter->rejects, filter->last_rejects)),
                 "the size of reads changes what comes out");
}

bool harness_try(const struct writer *out, const struct writer *rejects, struct input input)
{
    static struct writer *again;
    struct restore_fault fault = {0};
    int out_fd = harness_file(FILE_OUTPUT, out->buffer, out->used);
    int rejects_fd = harness_file(FILE_REJECTS, rejects->buffer, rejects->used);
    enum restore_status status;

    if (!again)
        again = create_writer();
    writer_clear(again, SIZE_MAX);
    status = rejects_restore(rejects_fd, out_fd, (struct span){0}, again, &fault);
    harness_must(status == RESTORE_OK || (fault.what && *fault.what),
                 "nobody is told what is wrong");
    harness_must(status != RESTORE_OK ||
                     (again->used == input.size &&
                      (input.size == 0 || memcmp(again->buffer, input.bytes, input.size) == 0)),
                 "it is restored to something else");
    return status == RESTORE_OK;
}

void harness_restore(const struct filter *filter, struct input input)
{
    harness_must(harness_try(filter->out, filter->rejects, input), "it can't be restored");
}

void harness_check(const struct format *format, const uint8_t *data, size_t size)
{
    static struct filter filter = {.statements = harness_statements, .max_line = 50};
    struct input input = {(const char *)data, size};
    uint8_t chunk = harness_choose(&input), choices = harness_choose(&input);
    const struct splice_wishes splice = {.reject = true,
                                         .drop_empty = choices & 1,
                                         .drop_bad = choices & 2,
                                         .annotation =
                                             choices & 4 && format == &jsonl_format ? "gone" : NULL,
                                         .max_drop = choices & 8 ? 30 : SPLICE_ALL};
    size_t limit = choices & 16 ? 60 : INTAKE_LIMIT;

    harness_open(&filter, &splice);
    harness_documents(&filter, format, input, chunk, limit);
    harness_restore(&filter, input);
    harness_keep(&filter);
    harness_documents(&filter, format, input, CHUNKS - 1, limit);
    harness_compare(&filter, true);
}
