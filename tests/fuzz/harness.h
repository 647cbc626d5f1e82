/*
 * harness -- what the fuzz targets share: rules loaded once, documents out of memory, and what must
 * hold of them.
 *
 * Model:     a struct filter is a set of rules with its streams, one a size of reads, which go on
 *            from input to input as they do from document to document. What a target has to choose
 *            comes from the last bytes of an input, so that a seed is a file as people write it.
 * Ownership: all lives as long as the program; what was written is the filter's until its next use.
 * Errors:    harness_must ends the program, which is what a fuzzer looks for.
 */
#ifndef DECHAFF_TESTS_FUZZ_HARNESS_H
#define DECHAFF_TESTS_FUZZ_HARNESS_H

#include "flow/flow.h"
#include "format/formats.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What libFuzzer calls; it has no header for it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An input, read from both ends. */
struct input {
    const char *bytes;
    size_t size;
};

/* Takes the last byte away; 0 if there is none. */
uint8_t harness_choose(struct input *input);

/* Takes away what stands before a line "%%", and that line; all of it if there is none. */
struct input harness_split(struct input *input);

/* Ends the program, as libFuzzer likes it. */
_Noreturn void harness_fail(const char *what);

static inline void harness_must(bool good, const char *what)
{
    if (!good)
        harness_fail(what);
}

enum harness_file { FILE_INPUT, FILE_OUTPUT, FILE_REJECTS, FILES };

/* A descriptor of a file that holds the bytes; the same one each time. */
int harness_file(enum harness_file which, const char *bytes, size_t size);

#define CHUNKS 4

struct filter {
    const char *profile;    /* the name of the rules, or NULL */
    const char *statements; /* more of them, or NULL */
    size_t max_line;
    struct engine *engine;
    struct stream_wishes wishes[CHUNKS]; /* all the same but for the sizes of reads */
    struct stream *streams[CHUNKS];
    struct writer *out, *rejects;
    struct writer *last_out, *last_rejects; /* what harness_keep set aside */
};

/* A few rules of every verb, for targets that are not about rules. */
extern const char harness_statements[];

/* Loads what is not loaded yet, and lets go of what the last input chose to be spliced. */
void harness_open(struct filter *filter, const struct splice_wishes *splice);

/* Filters documents; `out` and `rejects` have what comes of them. CHUNK chooses the size of reads,
 * LIMIT is that of a document. */
void harness_documents(struct filter *filter, const struct format *format, struct input input,
                       unsigned chunk, size_t limit);

/* Filters a text that is read as it comes, to its end. */
void harness_stream(struct stream *stream, struct input input, struct writer *out);

/* The same into the filter's `out`. */
void harness_text(struct filter *filter, struct input input, unsigned chunk);

/* Sets `out` and `rejects` aside. */
void harness_keep(struct filter *filter);

/* Checks that what was set aside is the same as `out`, and with REJECTS the same as `rejects`. */
void harness_compare(const struct filter *filter, bool rejects);

/* Whether OUT and REJECTS are restored; checks that this is to the input, then. */
bool harness_try(const struct writer *out, const struct writer *rejects, struct input input);

/* Checks that what is in `out` and `rejects` makes the input. */
void harness_restore(const struct filter *filter, struct input input);

/* All that must hold of documents of any format, with harness_statements. */
void harness_check(const struct format *format, const uint8_t *data, size_t size);

#endif
