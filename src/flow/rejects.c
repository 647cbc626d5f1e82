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

bool rejects_end(struct writer *writer, uint64_t input, uint64_t output)
{
    return put_number(writer, "{\"end\":true,\"input\":", input) &&
           put_number(writer, ",\"output\":", output) && writer_put_text(writer, "}\n");
}

/* Restoring. */

enum { OFFSET, PUT, TEXT, BYTES, END, INPUT, OUTPUT, FIELDS };

struct restore {
    int output;
    struct writer *writer;
    struct json *json;
    struct reader *rejects;
    char *buffer; /* of the output */
    size_t have;  /* [at, have) was read */
    size_t at;
    bool has_all;     /* nothing more of it is to be read */
    uint64_t taken;   /* bytes of the output */
    uint64_t written; /* bytes of the input */
    char *bytes;      /* of a reject */
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

static bool put(struct restore *restore, const char *bytes, size_t size)
{
    restore->written += size;
    return writer_put(restore->writer, bytes, size) || fail(restore, RESTORE_NO_WRITE);
}

/* Reads on if nothing is left. */
static bool fill(struct restore *restore)
{
    ssize_t count;

    if (restore->at < restore->have || restore->has_all)
        return true;
    count = patient_read(restore->output, restore->buffer, READER_CHUNK);
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
        size_t left, count;

        if (!fill(restore))
            return false;
        left = restore->have - restore->at;
        if (left == 0)
            return true;
        count = size < left ? (size_t)size : left;
        if (is_kept && !put(restore, restore->buffer + restore->at, count))
            return false;
        restore->at += count;
        restore->taken += count;
        size -= count;
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
        return unfit(restore, "this is no line that --rejects writes", number);
    if (offset < restore->written)
        return unfit(restore, "its offset is not behind the line before", number);
    if (!make_room(restore, raw.length))
        return false;
    if (value == &values[TEXT])
        size = json_string_read(raw, restore->bytes);
    else if (!base64_read(raw, restore->bytes, &size))
        return unfit(restore, "its bytes are not base64", number);
    if (!take(restore, offset - restore->written, true))
        return false;
    if (restore->written < offset)
        return unfit(restore, "the cleaned text is shorter than it was", number);
    return take(restore, instead, false) && put(restore, restore->bytes, size);
}

static bool finish(struct restore *restore, struct span line, const struct json_value *values,
                   uint64_t number)
{
    uint64_t input, output;

    if (!number_of(line, &values[INPUT], &input) || !number_of(line, &values[OUTPUT], &output))
        return unfit(restore, "this is no line that --rejects writes", number);
    if (!take(restore, UINT64_MAX, true))
        return false;
    if (restore->written != input || restore->taken != output)
        return unfit(restore, "the cleaned text is not of the size it was", number);
    return true;
}

/* Restores until the line of rejects that is the last. */
static bool restore_all(struct restore *restore)
{
    static const struct span names[FIELDS] = {
        [OFFSET] = {"offset", 6}, [PUT] = {"put", 3}, [TEXT] = {"text", 4},
        [BYTES] = {"bytes", 5},   [END] = {"end", 3}, [INPUT] = {"input", 5},
        [OUTPUT] = {"output", 6},
    };
    struct json_path paths[FIELDS];
    struct json_value values[FIELDS];
    struct json_fault fault;
    struct line line;
    enum line_status status;

    for (int i = 0; i < FIELDS; i++)
        paths[i] = (struct json_path){&names[i], 1};
    while ((status = reader_next(restore->rejects, &line)) == LINE_READ) {
        struct span text = {line.text, line.length};
        enum json_status good = json_read(restore->json, text, paths, values, FIELDS, &fault);

        if (good == JSON_NO_MEMORY)
            return fail(restore, RESTORE_NO_MEMORY);
        if (good == JSON_BAD)
            return unfit(restore, fault.reason, line.number);
        if (values[END].type != JSON_NONE)
            return finish(restore, text, values, line.number);
        if (!put_back(restore, text, values, line.number))
            return false;
    }
    if (status == LINE_ERROR)
        return fail(restore, RESTORE_NO_REJECTS);
    if (status == LINE_NO_MEMORY)
        return fail(restore, RESTORE_NO_MEMORY);
    return unfit(restore, "the rejects are not complete, their last line is missing", 0);
}

enum restore_status rejects_restore(int rejects, int output, struct writer *writer,
                                    struct restore_fault *fault)
{
    struct restore restore = {.output = output, .writer = writer, .fault = fault};

    restore.json = json_create();
    restore.rejects = reader_create(READER_CHUNK, SIZE_MAX);
    restore.buffer = malloc(READER_CHUNK);
    if (restore.json && restore.rejects && restore.buffer) {
        reader_open(restore.rejects, rejects);
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
