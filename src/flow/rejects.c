#include "flow/rejects.h"

#include "base/utf8.h"
#include "flow/base64.h"
#include "format/json_string.h"

#include <inttypes.h>
#include <stdio.h>

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
