#include "flow/rejects.h"

#include "base/utf8.h"
#include "flow/base64.h"
#include "format/json.h"
#include "format/json_string.h"
#include "io/patient.h"
#include "io/reader.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static bool put_number(struct writer *writer, const char *before, uint64_t number)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%" PRIu64, number);
    return writer_put_text(writer, before) && writer_put_text(writer, digits);
}

static bool put_string(struct writer *writer, const char *before, const char *text, size_t length)
{
    return writer_put_text(writer, before) && writer_put_text(writer, "\"") &&
           json_string_put(writer, text, length, false) && writer_put_text(writer, "\"");
}

static bool put_bytes(struct writer *writer, struct span bytes)
{
    if (utf8_is_valid(bytes.text, bytes.length))
        return put_string(writer, ",\"text\":", bytes.text, bytes.length);
    return writer_put_text(writer, ",\"bytes\":\"") &&
           base64_put(writer, bytes.text, bytes.length) && writer_put_text(writer, "\"");
}

bool rejects_add(struct writer *writer, const struct reject *reject)
{
    const char *name = reject->rule ? ",\"rule\":" : ",\"reason\":";
    const char *value = reject->rule ? reject->rule : reject->reason;

    return put_number(writer, "{\"document\":", reject->document) &&
           (!reject->line || put_number(writer, ",\"line\":", reject->line)) &&
           put_number(writer, ",\"offset\":", reject->offset) &&
           put_string(writer, name, value, strlen(value)) &&
           (!reject->put || put_number(writer, ",\"put\":", reject->put)) &&
           put_bytes(writer, reject->bytes) && writer_put_text(writer, "}\n");
}

bool rejects_end(struct writer *writer, struct tally *input, struct tally *output)
{
    char of_input[TALLY_DIGEST + 1], of_output[TALLY_DIGEST + 1];

    tally_digest(input, of_input);
    tally_digest(output, of_output);
    return put_number(writer, "{\"end\":true,\"input\":", input->size) &&
           put_number(writer, ",\"output\":", output->size) &&
           put_string(writer, ",\"input-sha512\":", of_input, TALLY_DIGEST) &&
           put_string(writer, ",\"output-sha512\":", of_output, TALLY_DIGEST) &&
           writer_put_text(writer, "}\n");
}

/* Restoring. */

enum { OFFSET, PUT, TEXT, BYTES, END, INPUT, OUTPUT, INPUT_DIGEST, OUTPUT_DIGEST, FIELDS };

/* Bytes of a last line as it was before it had digests, or fewer: what is longer has lost them. */
#define OLD_END 80

static const char no_line[] = "this is no line that --rejects writes";
static const char incomplete[] = "the rejects are not complete, their end is missing";

struct restore {
    int output;
    struct span begun; /* of the output, was read already */
    struct writer *writer;
    struct json *json;
    struct reader *rejects;
    char *buffer; /* of the output */
    size_t have;  /* [at, have) was read */
    size_t at;
    bool has_all;         /* nothing more of it is to be read */
    struct tally taken;   /* of the output */
    struct tally written; /* of the input */
    char *bytes;          /* of a reject */
    size_t capacity;
    enum restore_status status;
    struct restore_fault *fault;
};

static bool fail(struct restore *restore, enum restore_status status)
{
    restore->status = status;
    return false;
}

static bool unfit(struct restore *restore, const char *what, uint64_t line)
{
    *restore->fault = (struct restore_fault){what, line};
    return fail(restore, RESTORE_UNFIT);
}

static bool put(struct restore *restore, struct span bytes)
{
    tally_add(&restore->written, bytes);
    return writer_put(restore->writer, bytes.text, bytes.length) || fail(restore, RESTORE_NO_WRITE);
}

/* Reads on if nothing is left. */
static bool fill(struct restore *restore)
{
    ssize_t count;

    if (restore->at < restore->have || restore->has_all)
        return true;
    count = patient_read_on(&restore->begun, restore->output, restore->buffer, READER_CHUNK);
    if (count < 0)
        return fail(restore, RESTORE_NO_READ);
    restore->at = 0;
    restore->have = (size_t)count;
    restore->has_all = count == 0;
    return true;
}

/* Takes so many bytes of the output, and writes them if they are the input's too. Takes fewer only
 * at its end. */
static bool take(struct restore *restore, uint64_t size, bool is_kept)
{
    while (size > 0) {
        struct span left;

        if (!fill(restore))
            return false;
        left = (struct span){restore->buffer + restore->at, restore->have - restore->at};
        if (left.length == 0)
            return true;
        if (size < left.length)
            left.length = (size_t)size;
        if (is_kept && !put(restore, left))
            return false;
        tally_add(&restore->taken, left);
        restore->at += left.length;
        size -= left.length;
    }
    return true;
}

static bool number_of(struct span line, const struct json_value *value, uint64_t *number)
{
    *number = 0;
    if (value->type != JSON_NUMBER || value->end - value->begin > 19)
        return false;
    for (size_t i = value->begin; i < value->end; i++) {
        if (line.text[i] < '0' || line.text[i] > '9')
            return false;
        *number = *number * 10 + (uint64_t)(line.text[i] - '0');
    }
    return true;
}

static bool make_room(struct restore *restore, size_t size)
{
    char *bytes;

    if (size < restore->capacity)
        return true;
    bytes = realloc(restore->bytes, size + 1);
    if (!bytes)
        return fail(restore, RESTORE_NO_MEMORY);
    restore->bytes = bytes;
    restore->capacity = size + 1;
    return true;
}

/* Puts back what a line of the rejects has. */
static bool put_back(struct restore *restore, struct span line, const struct json_value *values,
                     uint64_t number)
{
    const struct json_value *value = &values[values[TEXT].type == JSON_STRING ? TEXT : BYTES];
    struct span raw = {line.text + value->begin, value->end - value->begin};
    uint64_t offset, instead = 0;
    size_t size;

    if (!number_of(line, &values[OFFSET], &offset) || value->type != JSON_STRING ||
        (values[PUT].type != JSON_NONE && !number_of(line, &values[PUT], &instead)))
        return unfit(restore, no_line, number);
    if (offset < restore->written.size)
        return unfit(restore, "its offset is not behind the line before", number);
    if (!make_room(restore, raw.length))
        return false;
    if (value == &values[TEXT])
        size = json_string_read(raw, restore->bytes);
    else if (!base64_read(raw, restore->bytes, &size))
        return unfit(restore, "its bytes are not base64", number);
    if (!take(restore, offset - restore->written.size, true))
        return false;
    if (restore->written.size < offset)
        return unfit(restore, "the cleaned text is shorter than it was", number);
    return take(restore, instead, false) && put(restore, (struct span){restore->bytes, size});
}

/* Whether a tally is what the last line says, its digest only if there is one. */
static bool is_same(struct tally *tally, uint64_t size, struct span line,
                    const struct json_value *value)
{
    char digest[TALLY_DIGEST + 1];

    tally_digest(tally, digest);
    return tally->size == size && (value->type == JSON_NONE ||
                                   memcmp(digest, line.text + value->begin, TALLY_DIGEST) == 0);
}

static bool is_digest(const struct json_value *value)
{
    return value->type == JSON_STRING && value->end - value->begin == TALLY_DIGEST;
}

/* The line that is the last says whether all was right. */
static bool finish(struct restore *restore, struct span line, const struct json_value *values,
                   uint64_t number)
{
    const struct json_value *of_input = &values[INPUT_DIGEST], *of_output = &values[OUTPUT_DIGEST];
    bool has_digests = of_input->type != JSON_NONE || of_output->type != JSON_NONE;
    uint64_t input, output;

    if (!number_of(line, &values[INPUT], &input) || !number_of(line, &values[OUTPUT], &output) ||
        !(has_digests ? is_digest(of_input) && is_digest(of_output) : line.length <= OLD_END))
        return unfit(restore, no_line, number);
    if (!take(restore, UINT64_MAX, true))
        return false;
    if (!is_same(&restore->taken, output, line, of_output))
        return unfit(restore, "the cleaned text is not the one that was written", 0);
    if (!is_same(&restore->written, input, line, of_input))
        return unfit(restore, "the rejects are not the ones that were written", 0);
    if (!has_digests) {
        unfit(restore, "the rejects have no digests, so only the sizes are known to be right", 0);
        restore->status = RESTORE_UNSURE;
    }
    return true;
}

/* The next line of the rejects, whole: one that was cut off tells nothing. */
static bool next_line(struct restore *restore, struct line *line, bool *is_end)
{
    enum line_status status = reader_next(restore->rejects, line);
    bool is_cut = status == LINE_READ && line->ending == ENDING_NONE;

    if (is_cut)
        status = reader_next(restore->rejects, line); /* reading it may have failed */
    if (status == LINE_ERROR)
        return fail(restore, RESTORE_NO_REJECTS);
    if (status == LINE_NO_MEMORY)
        return fail(restore, RESTORE_NO_MEMORY);
    *is_end = status == LINE_END;
    return !is_cut || unfit(restore, incomplete, 0);
}

/* Restores until the line of rejects that is the last, and sees to it that it is. */
static bool restore_all(struct restore *restore)
{
    static const struct span names[FIELDS] = {
        [OFFSET] = {"offset", 6},
        [PUT] = {"put", 3},
        [TEXT] = {"text", 4},
        [BYTES] = {"bytes", 5},
        [END] = {"end", 3},
        [INPUT] = {"input", 5},
        [OUTPUT] = {"output", 6},
        [INPUT_DIGEST] = {"input-sha512", 12},
        [OUTPUT_DIGEST] = {"output-sha512", 13},
    };
    struct json_path paths[FIELDS];
    struct json_value values[FIELDS] = {{0}};
    struct json_fault fault;
    struct line line;
    bool is_end;

    for (int i = 0; i < FIELDS; i++)
        paths[i] = (struct json_path){&names[i], 1};
    while (values[END].type == JSON_NONE) {
        struct span text;
        enum json_status good;

        if (!next_line(restore, &line, &is_end))
            return false;
        if (is_end)
            return unfit(restore, incomplete, 0);
        text = (struct span){line.text, line.length};
        good = json_read(restore->json, text, paths, values, FIELDS, &fault);
        if (good == JSON_NO_MEMORY)
            return fail(restore, RESTORE_NO_MEMORY);
        if (good == JSON_BAD)
            return unfit(restore, fault.reason, line.number);
        if (!(values[END].type == JSON_NONE ? put_back(restore, text, values, line.number)
                                            : finish(restore, text, values, line.number)))
            return false;
    }
    if (!next_line(restore, &line, &is_end))
        return false;
    return is_end ||
           unfit(restore, "there is more after what should be the last line", line.number);
}

enum restore_status rejects_restore(int rejects, int output, struct span begun,
                                    struct writer *writer, struct restore_fault *fault)
{
    struct restore restore = {.output = output, .begun = begun, .writer = writer, .fault = fault};

    restore.json = json_create();
    restore.rejects = reader_create(READER_CHUNK, SIZE_MAX);
    restore.buffer = malloc(READER_CHUNK);
    if (restore.json && restore.rejects && restore.buffer) {
        reader_read_plainly(restore.rejects);
        reader_open(restore.rejects, rejects);
        tally_begin(&restore.taken);
        tally_begin(&restore.written);
        restore_all(&restore);
    } else {
        restore.status = RESTORE_NO_MEMORY;
    }
    json_destroy(restore.json);
    reader_destroy(restore.rejects);
    free(restore.buffer);
    free(restore.bytes);
    return restore.status;
}
