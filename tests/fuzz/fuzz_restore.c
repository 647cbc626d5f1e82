/*
 * fuzz_restore -- a text or rejects that were altered are restored to what they were, or refused.
 *
 * Input:     a text, a line "%%" and what is to be altered: four bytes each say in which of the
 *            two, where, how and with what. In odd inputs what stands behind the line is rejects,
 *            of a text that never was: these must only be refused in an orderly way.
 */
#include "flow/rejects.h"
#include "harness.h"

#include <string.h>

/* Alters one of the two as the last four bytes of INPUT say. */
static void alter(struct filter *filter, struct input *input)
{
    uint8_t how = harness_choose(input), high = harness_choose(input), low = harness_choose(input),
            what = harness_choose(input);
    struct writer *writer = how & 1 ? filter->out : filter->rejects;
    size_t at = writer->used ? (size_t)(high << 8 | low) % writer->used : 0;
    size_t length = writer->used - at < how >> 4 ? writer->used - at : how >> 4;
    const char byte = (char)what;

    switch (how >> 1 & 3) {
    case 0:
        writer_splice(writer, at, writer->used > at, &byte, 1);
        break;
    case 1:
        writer_splice(writer, at, 0, &byte, 1);
        break;
    case 2:
        writer_splice(writer, at, length, "", 0);
        break;
    case 3:
        writer_splice(writer, at, writer->used - at, "", 0);
        break;
    }
}

/* What comes of it does not matter. */
static void restore(struct input out, struct input rejects)
{
    static struct writer *again;
    struct restore_fault fault = {0};

    if (!again)
        again = writer_create(WRITER_MEMORY, 0);
    harness_must(again, "no memory for a writer");
    writer_clear(again, SIZE_MAX);
    rejects_restore(harness_file(FILE_REJECTS, rejects.bytes, rejects.size),
                    harness_file(FILE_OUTPUT, out.bytes, out.size), (struct span){0}, again,
                    &fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct filter filter = {.statements = harness_statements, .max_line = 50};
    struct input input = {(const char *)data, size};
    uint8_t choices = harness_choose(&input);
    struct input text = harness_split(&input);

    harness_open(&filter, &(struct splice_wishes){.reject = true, .max_drop = SPLICE_ALL});
    if (choices & 1) {
        restore(text, input);
        return 0;
    }
    harness_documents(&filter, choices & 2 ? &jsonl_format : &text_format, text, CHUNKS - 1,
                      INTAKE_LIMIT);
    do
        alter(&filter, &input);
    while (input.size >= 4);
    harness_try(filter.out, filter.rejects, text);
    return 0;
}
