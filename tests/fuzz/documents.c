/*
 * documents -- without libFuzzer: `documents NUMBER SEED` makes streams of documents of all formats
 * from pieces of them at random, and checks what the fuzz targets check. What came of each stream
 * is then altered, in the text or in the rejects, and those of two streams are mixed up: nothing
 * may be restored but what went in.
 */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct format *const formats[] = {&text_format, &jsonl_format, &wet_format,
                                               &nul_format};

static uint64_t state;

static uint32_t number_below(uint32_t limit)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % limit;
}

static const char record[] =
    "WARC/1.1\r\nWARC-Type: conversion\r\nWARC-Block-Digest: "
    "md5:00000000000000000000000000000000\r\nWARC-Target-URI: https://example.com/\r\n"
    "Content-Length: 22\r\n\r\nbread 12\nComments\nx 1\n\r\n\r\n";

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
    record,
    "WARC/1.0\r\n",
    "Content-Length: 5\r\n",
    "\r\n\r\n",
};

/* The line that the byte AT belongs to, its line feed included. */
static struct span line_at(const struct writer *text, size_t at)
{
    size_t begin = at, end = at;

    while (begin > 0 && text->buffer[begin - 1] != '\n')
        begin--;
    while (end < text->used && text->buffer[end] != '\n')
        end++;
    end += end < text->used;
    return (struct span){text->buffer + begin, end - begin};
}

static size_t end_of_line(const struct writer *text, size_t at)
{
    struct span line = line_at(text, at);

    return (size_t)(line.text - text->buffer) + line.length;
}

/* Alters a text that is not empty in one place. */
static void alter(struct writer *text)
{
    enum { FLIP, DELETE, INSERT, CUT, REMOVE_LINE, REPEAT_LINE, SWAP_LINES, WAYS };
    size_t at = number_below((uint32_t)text->used);
    struct span line = line_at(text, at);
    size_t begin = (size_t)(line.text - text->buffer), end = begin + line.length;
    char byte = (char)number_below(256);
    char *copy = malloc(line.length + 1);

    harness_must(copy, "no memory for a line");
    memcpy(copy, line.text, line.length);
    switch (number_below(WAYS)) {
    case FLIP:
        text->buffer[at] = (char)(text->buffer[at] ^ 1 << number_below(8));
        break;
    case DELETE:
        writer_splice(text, at, 1, "", 0);
        break;
    case INSERT:
        writer_splice(text, at, 0, &byte, 1);
        break;
    case CUT:
        text->used = at;
        break;
    case REMOVE_LINE:
        writer_splice(text, begin, line.length, "", 0);
        break;
    case REPEAT_LINE:
        writer_splice(text, begin, 0, copy, line.length);
        break;
    default: /* SWAP_LINES: with the next one */
        writer_splice(text, end < text->used ? end_of_line(text, end) : end, 0, copy, line.length);
        writer_splice(text, begin, line.length, "", 0);
    }
    free(copy);
}

static unsigned long refused, harmless; /* of what was altered */

static void count(bool is_restored)
{
    if (is_restored)
        harmless++;
    else
        refused++;
}

static void copy(struct writer *to, const struct writer *from)
{
    writer_clear(to, SIZE_MAX);
    writer_put(to, from->buffer, from->used);
}

static bool is_same(const struct writer *a, const struct writer *b)
{
    return a->used == b->used && memcmp(a->buffer, b->buffer, a->used) == 0;
}

/* One to three changes in the text, and in the rejects, each against the other as it was. */
static void restore_altered(const struct filter *filter, struct input input, struct writer *altered)
{
    copy(altered, filter->out);
    for (uint32_t left = 1 + number_below(3); left > 0 && altered->used > 0; left--)
        alter(altered);
    if (!is_same(altered, filter->out)) {
        harness_must(!harness_try(altered, filter->rejects, input), "an altered text is taken");
        refused++;
    }
    copy(altered, filter->rejects);
    for (uint32_t left = 1 + number_below(3); left > 0 && altered->used > 0; left--)
        alter(altered);
    if (!is_same(altered, filter->rejects))
        count(harness_try(filter->out, altered, input));
}

/* Restores what came of a stream, altered, and with one of the two from the stream before. */
static void check_altered(const struct format *format, struct input input)
{
    static struct filter filter = {.statements = harness_statements, .max_line = 50};
    static struct writer *altered;

    if (!altered)
        altered = writer_create(WRITER_MEMORY, 0);
    harness_open(&filter, &(struct splice_wishes){.reject = true,
                                                  .drop_empty = number_below(2),
                                                  .drop_bad = number_below(2),
                                                  .max_drop = SPLICE_ALL});
    harness_keep(&filter);
    harness_documents(&filter, format, input, CHUNKS - 1, INTAKE_LIMIT);
    harness_must(altered && filter.out && filter.rejects, "no memory for a writer");
    for (int i = 0; i < 2; i++)
        restore_altered(&filter, input, altered);
    if (is_same(filter.out, filter.last_out))
        return;
    harness_must(!harness_try(filter.last_out, filter.rejects, input) &&
                     !harness_try(filter.out, filter.last_rejects, input),
                 "another stream's is taken");
    refused += 2;
}

int main(int argc, char **argv)
{
    unsigned long wanted = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
    uint8_t input[4096];

    state = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
    for (unsigned long i = 0; i < wanted; i++) {
        const struct format *format;
        size_t size = 0;

        for (uint32_t left = number_below(40); left > 0; left--) {
            const char *piece = pieces[number_below(sizeof pieces / sizeof *pieces)];
            size_t length = strlen(piece);

            if (size + length + 3 > sizeof input)
                break;
            memcpy(input + size, piece, length);
            size += length;
            if (number_below(30) == 0)
                input[size - 1] = (uint8_t)number_below(256);
            if (number_below(10) == 0)
                input[size++] = 0;
        }
        input[size++] = (uint8_t)number_below(256);
        input[size++] = (uint8_t)number_below(256);
        format = formats[number_below(sizeof formats / sizeof *formats)];
        harness_check(format, input, size);
        check_altered(format, (struct input){(const char *)input, size});
    }
    printf(
        "%lu streams of documents restored; altered, %lu refused and %lu restored all the same\n",
        wanted, refused, harmless);
    return 0;
}
