/*
 * fuzz_documents -- whatever the documents are, nothing is lost: what came out and what was
 * rejected make what went in.
 *
 * The first byte of an input chooses the format, the second the size of a read, the third options;
 * the rest is the stream. With STANDALONE, the program takes a number of inputs and a seed, and
 * makes them of pieces of documents at random.
 */
#include "flow/flow.h"
#include "flow/rejects.h"
#include "format/formats.h"
#include "rules/load.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char statements[] = "strip /\\d+/ with \"\\\"\"\n"
                                 "drop max-words=3 /share/i\n"
                                 "block /^more/i until /end/ lines=3\n"
                                 "run 2 /^\\W*$/\n"
                                 "cut soft /^related/i\n"
                                 "[host example.com]\n"
                                 "cut /^comments/i\n";

static const struct format *const formats[] = {&text_format, &jsonl_format, &wet_format,
                                               &nul_format};

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "fuzz_documents: %s\n", what);
    abort();
}

static struct engine *build(void)
{
    struct diagnostics diagnostics = {0};
    struct paths *paths = paths_create("fuzz", true);
    struct rules *rules = rules_create();
    struct load *load = load_create(rules, paths, &diagnostics, false);
    struct engine *engine;

    must(paths && rules && load && load_text(load, statements) &&
             rules_finish(rules, &diagnostics) && diagnostics.errors == 0,
         "the rules are wrong");
    load_destroy(load);
    diag_free(&diagnostics);
    paths_destroy(paths);
    engine = engine_create(rules);
    must(engine, "no memory");
    return engine;
}

/* The bytes in a file of their own. */
static int file_of(const char *bytes, size_t size)
{
    FILE *file = tmpfile();
    int fd;

    must(file && fwrite(bytes, 1, size, file) == size && fflush(file) == 0, "no file");
    fd = dup(fileno(file));
    fclose(file);
    must(fd >= 0 && lseek(fd, 0, SEEK_SET) == 0, "no descriptor");
    return fd;
}

stream_filter filter_document; /* of filter.c */

/* Filters FD; what comes out is in OUT and REJECTS. */
static void run(struct stream *stream, struct intake *intake, struct writer *out,
                struct writer *rejects)
{
    struct batch *batch = batch_create();

    must(batch != NULL, "no memory");
    while (intake_next(intake, batch) == INTAKE_BATCH) {
        for (size_t i = 0; i < batch->count; i++)
            if (stream_begin_document(stream, batch, i)) {
                filter_document(stream);
                stream_end(stream, batch);
            }
        must(stream->failure == FAILURE_NONE, "a failure");
        writer_put(out, batch->out->buffer, batch->out->used);
        writer_put(rejects, batch->rejects->buffer, batch->rejects->used);
        batch_clear(batch);
    }
    batch_destroy(batch);
    rejects_end(rejects, intake_bytes(intake), out->used);
}

static void compare(struct writer *out, struct writer *rejects, const char *bytes, size_t size)
{
    struct writer *again = writer_create(WRITER_MEMORY, 0);
    int out_fd = file_of(out->buffer, out->used);
    int rejects_fd = file_of(rejects->buffer, rejects->used);
    struct restore_fault fault = {0};

    must(rejects_restore(rejects_fd, out_fd, again, &fault) == RESTORE_OK, "it can't be restored");
    must(again->used == size && (size == 0 || memcmp(again->buffer, bytes, size) == 0),
         "it is restored to something else");
    close(out_fd);
    close(rejects_fd);
    writer_destroy(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct engine *engine;
    const char *wrong, *bytes = (const char *)data + 3;
    struct field_wishes field_wishes = {0};
    struct stream_wishes wishes = {.show = SHOW_KEPT, .max_line = 50};
    struct fields *fields = fields_create(&field_wishes, &wrong);
    struct writer *out = writer_create(WRITER_MEMORY, 0),
                  *rejects = writer_create(WRITER_MEMORY, 0);
    struct stream *stream;
    struct intake *intake;
    int fd;

    if (size < 3) {
        fields_destroy(fields);
        writer_destroy(out);
        writer_destroy(rejects);
        return 0;
    }
    if (!engine)
        engine = build();
    wishes.fields = fields;
    wishes.buffer_size = data[1] + (size_t)1;
    wishes.splice = (struct splice_wishes){.reject = true,
                                           .drop_empty = data[2] & 1,
                                           .drop_bad = data[2] & 2,
                                           .annotation = data[2] & 4 ? "gone" : NULL,
                                           .max_drop = data[2] & 8 ? 30 : SPLICE_ALL};
    if (formats[data[0] % 4] != &jsonl_format)
        wishes.splice.annotation = NULL;
    stream = stream_create(engine, &wishes);
    intake = intake_create(wishes.buffer_size, data[2] & 16 ? 60 : INTAKE_LIMIT);
    must(stream && intake && out && rejects, "no memory");
    fd = file_of(bytes, size - 3);
    intake_open(intake, fd, formats[data[0] % 4]);
    run(stream, intake, out, rejects);
    close(fd);
    compare(out, rejects, bytes, size - 3);
    intake_destroy(intake);
    stream_destroy(stream);
    fields_destroy(fields);
    writer_destroy(out);
    writer_destroy(rejects);
    return 0;
}

#ifdef STANDALONE
static uint64_t state;

static uint32_t number_below(uint32_t limit)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % limit;
}

/* Pieces that documents of all formats are made of. */
static const char *const pieces[] = {
    "{\"text\":\"",
    "\"}\n",
    "\", \"url\":\"https://example.com/\"}\n",
    "\\n",
    "\\r\\n",
    "\\u000a",
    "\\u00e9",
    "\\ud800",
    "\xff",
    "{\"a\":1}\n",
    "{",
    "Share this",
    "Share",
    "more",
    "end",
    "Related",
    "Comments",
    "12 loaves at 4",
    "A sentence that stays.",
    "\n",
    "\r\n",
    " ",
    "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 13\r\n\r\nShare\nbread 1\r\n\r\n",
    "WARC/1.1\r\nWARC-Type: conversion\r\nWARC-Block-Digest: "
    "md5:00000000000000000000000000000000\r\nWARC-Target-URI: https://example.com/\r\n"
    "Content-Length: 22\r\n\r\nbread 12\nComments\nx 1\n\r\n\r\n",
    "WARC/1.0\r\n",
    "Content-Length: 5\r\n",
    "\r\n\r\n",
};

int main(int argc, char **argv)
{
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
    uint8_t input[4096];

    state = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
    for (unsigned long i = 0; i < count; i++) {
        size_t size = 3;

        for (int at = 0; at < 3; at++)
            input[at] = (uint8_t)number_below(256);
        for (uint32_t left = number_below(40); left > 0; left--) {
            const char *piece = pieces[number_below(sizeof pieces / sizeof *pieces)];
            size_t length = strlen(piece);

            if (size + length + 1 > sizeof input)
                break;
            memcpy(input + size, piece, length);
            size += length;
            if (number_below(30) == 0)
                input[size - 1] = (uint8_t)number_below(256);
            if (number_below(10) == 0)
                input[size++] = 0;
        }
        LLVMFuzzerTestOneInput(input, size);
    }
    printf("%lu streams of documents restored\n", count);
    return 0;
}
#endif
