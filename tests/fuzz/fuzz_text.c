/*
 * fuzz_text -- a text goes the full way with the shipped profiles: what came out and what was
 * rejected make what went in, and read as it comes, in chunks of any size, it gives the same.
 */
#include "harness.h"

#define MAX_LINE 300

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct filter profiles[] = {{.profile = "article", .max_line = MAX_LINE},
                                       {.profile = "page", .max_line = MAX_LINE}};
    const struct splice_wishes splice = {.reject = true, .max_drop = SPLICE_ALL};
    struct input input = {(const char *)data, size};
    uint8_t choices = harness_choose(&input);
    struct filter *filter = &profiles[choices & 1];

    harness_open(filter, &splice);
    harness_text(filter, input, choices >> 1);
    harness_keep(filter);
    harness_documents(filter, &text_format, input, CHUNKS - 1, INTAKE_LIMIT);
    harness_compare(filter, false);
    harness_restore(filter, input);
    return 0;
}
