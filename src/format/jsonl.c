#include "base/ascii.h"
#include "base/utf8.h"
#include "format/formats.h"
#include "format/json_string.h"

#include <stdlib.h>
#include <string.h>

#define MAX_URL 4096
#define LONGEST_ESCAPE 6 /* bytes that stand for one of the text */

static bool find_end(struct extent *extent, struct span bytes, bool is_all)
{
    return document_find_byte(extent, bytes, is_all, '\n');
}

/* A name may be a number. */
static bool is_string(enum field kind, enum json_type type)
{
    return type == JSON_STRING || (kind == FIELD_HOST && type == JSON_NUMBER);
}

/* The first field of a kind that is a string; false if none is. */
static bool find_string(const struct document *document, const struct json_value *values,
                        enum field kind, struct span *raw)
{
    const struct fields *fields = document->fields;

    for (uint32_t i = 0; i < fields->count; i++)
        if (fields->kinds[i] == kind && is_string(kind, values[i].type)) {
            *raw =
                (struct span){document->bytes + values[i].begin, values[i].end - values[i].begin};
            return true;
        }
    return false;
}

static void take_origin(struct document *document, const struct json_value *values)
{
    char decoded[MAX_URL];
    struct span raw;

    if (find_string(document, values, FIELD_URL, &raw) && raw.length <= sizeof decoded)
        document_set_url(document, (struct span){decoded, json_string_read(raw, decoded)});
    if (find_string(document, values, FIELD_HOST, &raw) && raw.length <= sizeof decoded)
        document_set_host(document, (struct span){decoded, json_string_read(raw, decoded)});
    if (find_string(document, values, FIELD_LANGUAGE, &raw) && raw.length <= sizeof decoded)
        document_set_language(document, (struct span){decoded, json_string_read(raw, decoded)});
}

/* Where the text most likely is, if that name is a path as it stands. */
static void set_likely(struct document *document, struct span name)
{
    if (name.length >= sizeof document->likely)
        return;
    for (size_t i = 0; i < name.length; i++)
        if ((unsigned char)name.text[i] <= ' ' || strchr(".\"\\", name.text[i]))
            return;
    memcpy(document->likely, name.text, name.length);
    document->likely[name.length] = '\0';
}

/* Takes from the object what the fields ask for; VALUES begin to count behind the byte order mark.
 */
static void take_values(struct document *document, struct json_value *values, size_t mark)
{
    const struct fields *fields = document->fields;
    struct span raw;

    for (uint32_t i = 0; i < fields->count; i++) {
        values[i].begin += mark;
        values[i].end += mark;
        if (fields->kinds[i] == FIELD_ANNOTATION && values[i].type != JSON_NONE) {
            document_fail(document, "it has a field of the name that --annotate is to add",
                          values[i].begin);
            return;
        }
        if (is_string(fields->kinds[i], values[i].type))
            document->found |= 1u << fields->kinds[i];
    }
    document->has_fields = true;
    if (!find_string(document, values, FIELD_TEXT, &raw)) {
        set_likely(document, json_longest(document->json));
        return;
    }
    document->has_text = true;
    document->begin = (size_t)(raw.text - document->bytes);
    document->end = document->begin + raw.length;
    take_origin(document, values);
}

static bool is_white(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static void examine(struct document *document)
{
    struct span bytes = {document->bytes, document->size};
    bool has_mark = document->number <= 1 && span_starts(bytes, UTF8_MARK);
    size_t mark = has_mark ? strlen(UTF8_MARK) : 0, end = document->size;
    struct json_value values[JSON_PATHS];
    struct json_fault fault = {0};
    struct span text;

    if (end > mark && document->bytes[end - 1] == '\n')
        end--;
    if (end > mark && document->bytes[end - 1] == '\r')
        end--;
    if (end == 0)
        return;
    text = (struct span){document->bytes + mark, end - mark};
    switch (json_read(document->json, text, document->fields->paths, values,
                      document->fields->count, &fault)) {
    case JSON_GOOD:
        while (is_white(document->bytes[end - 1]))
            end--;
        document->annotation_at = end - 1;
        take_values(document, values, mark);
        break;
    case JSON_BAD:
        document_fail(document, fault.reason, fault.at + mark);
        break;
    case JSON_NO_MEMORY:
        document->no_memory = true;
        break;
    }
}

/* How many bytes the escape has if it is backslash LETTER, or \u000 and the digit LAST; else 0. */
static size_t escape_of(const char *escape, char letter, char last)
{
    if (escape[1] == letter)
        return 2;
    if (escape[1] == 'u' && memcmp(escape + 2, "000", 3) == 0 && (escape[5] | 0x20) == last)
        return 6;
    return 0;
}

/* A line as it is written. */
struct raw_line {
    struct span raw;
    size_t text; /* bytes before its ending */
    enum line_ending ending;
    bool is_plain; /* its text has no escapes */
};

static struct raw_line find_line(const char *from, size_t length)
{
    struct raw_line line = {.raw = {from, length}, .text = length, .is_plain = true};
    const char *at = from, *end = from + length, *escape;
    size_t escapes = 0, return_end = 0, return_size = 0;

    while (at < end && (escape = memchr(at, '\\', (size_t)(end - at)))) {
        size_t newline = escape_of(escape, 'n', 'a'), size;

        if (newline) {
            line.text = (size_t)(escape - from);
            line.raw.length = line.text + newline;
            line.ending = ENDING_LF;
            break;
        }
        escapes++;
        size = escape_of(escape, 'r', 'd');
        at = escape + (size ? size : escape[1] == 'u' ? 6 : 2);
        if (size) {
            return_end = (size_t)(at - from);
            return_size = size;
        }
    }
    if (line.ending && return_size && return_end == line.text) {
        line.text -= return_size;
        line.ending = ENDING_CRLF;
        escapes--;
    }
    line.is_plain = escapes == 0;
    return line;
}

static bool make_room(struct document *document, size_t size)
{
    char *decoded;

    if (size <= document->capacity)
        return true;
    decoded = realloc(document->decoded, size + size / 2);
    if (!decoded) {
        document->no_memory = true;
        return false;
    }
    document->decoded = decoded;
    document->capacity = size + size / 2;
    return true;
}

static enum line_status next_line(struct document *document, struct line *line)
{
    struct raw_line found;
    struct span text;

    if (document->at == document->end)
        return LINE_END;
    found = find_line(document->bytes + document->at, document->end - document->at);
    text = (struct span){found.raw.text, found.text};
    if (!found.is_plain && text.length / LONGEST_ESCAPE <= document->max_line) {
        if (!make_room(document, text.length))
            return LINE_NO_MEMORY;
        text = (struct span){document->decoded, json_string_read(text, document->decoded)};
    }
    return document_line(document, found.raw, text, found.ending, line);
}

/* How many bytes of RAW its ending is written with. */
static size_t ending_size(struct span raw, enum line_ending ending)
{
    size_t size = 0;

    for (size_t left = line_ending_size(ending); left; left--) {
        char last = raw.text[raw.length - size - 1];

        size += last == 'n' || last == 'r' ? 2 : 6;
    }
    return size;
}

/* A line that had no byte beyond ASCII gets none: its document escapes such characters. What ends
 * the line is not in RAW: see ending_size. */
static bool put_edited(struct writer *writer, struct span text, struct span raw,
                       enum line_ending ending)
{
    (void)ending;
    return json_string_put(writer, text.text, text.length, ascii_is_all(raw));
}

const struct format jsonl_format = {
    .name = "jsonl",
    .suffixes = {".jsonl", ".ndjson", NULL},
    .unit = "line",
    .find_end = find_end,
    .examine = examine,
    .next_line = next_line,
    .put_edited = put_edited,
    .ending_size = ending_size,
};
