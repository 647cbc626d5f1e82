/*
 * documents -- without libFuzzer: `documents NUMBER SEED` makes streams of documents of all formats
 * from pieces of them at random, and checks what the fuzz targets check.
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

int main(int argc, char **argv)
{
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
    uint8_t input[4096];

    state = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
    for (unsigned long i = 0; i < count; i++) {
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
        harness_check(formats[number_below(sizeof formats / sizeof *formats)], input, size);
    }
    printf("%lu streams of documents restored\n", count);
    return 0;
}
