/*
 * WARC 1.0 and 1.1 (ISO 28500:2009 and :2017): a version line, named fields, a blank line, a block
 * of Content-Length bytes, two line ends; all line ends are CRLF. The text of a WET file is the
 * blocks of its conversion records.
 */
#include "format/digest.h"
#include "format/formats.h"

#include <stdio.h>
#include <strings.h>

#define MAX_HEADER ((size_t)64 * 1024)
#define RECORD_END "\r\n\r\n"
#define RECORD_END_SIZE ((size_t)4)
#define NEXT_RECORD "\nWARC/1."
#define NEXT_RECORD_SIZE ((size_t)8)

struct record {
    size_t header; /* bytes, the blank line included */
    uint64_t length;
    const char *fault;
    size_t fault_at;
    struct span type, content_type, url, language, segment, length_value, digest;
};

static bool is_word(struct span text, const char *word)
{
    return text.length == strlen(word) && strncasecmp(text.text, word, text.length) == 0;
}

static bool read_length(struct span digits, uint64_t *length)
{
    *length = 0;
    for (size_t i = 0; i < digits.length; i++) {
        char byte = digits.text[i];

        if (byte < '0' || byte > '9' || *length > UINT64_MAX / 100)
            return false;
        *length = *length * 10 + (uint64_t)(byte - '0');
    }
    return digits.length > 0;
}

static bool fail(struct record *record, const char *fault, size_t at)
{
    record->fault = fault;
    record->fault_at = at;
    return false;
}

static void take_field(struct record *record, struct span name, struct span value)
{
    struct {
        const char *name;
        struct span *value;
    } fields[] = {
        {"Content-Length", &record->length_value},
        {"Content-Type", &record->content_type},
        {"WARC-Type", &record->type},
        {"WARC-Target-URI", &record->url},
        {"WARC-Identified-Content-Language", &record->language},
        {"WARC-Block-Digest", &record->digest},
        {"WARC-Segment-Number", &record->segment},
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (is_word(name, fields[i].name) && !fields[i].value->text)
            *fields[i].value = value;
}

/* Reads the fields of HEADER, which is all but the blank line. */
static bool read_fields(struct record *record, struct span header)
{
    size_t at = 0;

    while (at < header.length) {
        struct span rest = {header.text + at, header.length - at};
        const char *end = span_find(rest, "\r\n", 2);
        size_t length = end ? (size_t)(end - rest.text) : rest.length;
        const char *colon = memchr(rest.text, ':', length);

        /* A line that goes on with the one before has none of the fields we need. */
        if (*rest.text != ' ' && *rest.text != '\t') {
            if (!colon || colon == rest.text)
                return fail(record, "a line of the record's header is no field, NAME: VALUE",
                            (size_t)(rest.text - header.text));
            take_field(record, (struct span){rest.text, (size_t)(colon - rest.text)},
                       span_trim((struct span){colon + 1, length - (size_t)(colon + 1 - rest.text)},
                                 span_is_blank));
        }
        at += length + 2;
    }
    return true;
}

static bool read_header(struct record *record, struct span bytes)
{
    const char *end = span_find(bytes, RECORD_END, RECORD_END_SIZE), *line;
    struct span header;

    *record = (struct record){0};
    if (bytes.length < 10 || (memcmp(bytes.text, "WARC/1.0\r\n", 10) != 0 &&
                              memcmp(bytes.text, "WARC/1.1\r\n", 10) != 0))
        return fail(record, "a record should begin here, with WARC/1.0 or WARC/1.1 and CRLF", 0);
    if (!end || (size_t)(end - bytes.text) > MAX_HEADER)
        return fail(record, "the record's header has no end, a line with CRLF alone", 0);
    line = bytes.text + 10;
    record->header = (size_t)(end - bytes.text) + RECORD_END_SIZE;
    header = (struct span){line, end > line ? (size_t)(end - line) : 0};
    if (!read_fields(record, header)) {
        record->fault_at += 10;
        return false;
    }
    if (!record->length_value.text)
        return fail(record, "the record has no Content-Length", 0);
    if (!read_length(record->length_value, &record->length))
        return fail(record, "the record's Content-Length is no number of bytes",
                    (size_t)(record->length_value.text - bytes.text));
    return true;
}

/* The document lasts until the next record seems to begin, but not before FROM. */
static bool find_next(struct extent *extent, struct span bytes, bool is_all, size_t from)
{
    struct span rest;
    const char *found;

    if (!extent->is_lost)
        extent->searched = from < bytes.length ? from : bytes.length;
    extent->is_lost = true;
    rest = (struct span){bytes.text + extent->searched, bytes.length - extent->searched};
    found = span_find(rest, NEXT_RECORD, NEXT_RECORD_SIZE);
    if (found || is_all) {
        extent->total = found ? (uint64_t)(found - bytes.text) + 1 : bytes.length;
        return true;
    }
    if (rest.length >= NEXT_RECORD_SIZE)
        extent->searched = bytes.length - (NEXT_RECORD_SIZE - 1);
    return false;
}

static bool is_header_there(struct span bytes, bool is_all)
{
    return is_all || bytes.length > MAX_HEADER + RECORD_END_SIZE ||
           (bytes.length >= 10 && memcmp(bytes.text, "WARC/1.", 7) != 0) ||
           span_find(bytes, RECORD_END, RECORD_END_SIZE);
}

/* Whether the record's two line ends stand where they should. */
static bool ends_well(struct span bytes, uint64_t total)
{
    return total >= RECORD_END_SIZE &&
           memcmp(bytes.text + total - RECORD_END_SIZE, RECORD_END, RECORD_END_SIZE) == 0;
}

static bool find_end(struct extent *extent, struct span bytes, bool is_all)
{
    struct record record;

    if (extent->is_lost)
        return find_next(extent, bytes, is_all, 1);
    if (extent->total == 0) {
        if (!is_header_there(bytes, is_all))
            return false;
        if (!read_header(&record, bytes))
            return find_next(extent, bytes, is_all, 1);
        extent->total = record.header + record.length + RECORD_END_SIZE;
        extent->is_large = extent->total > extent->limit;
    }
    if (bytes.length < extent->total && !is_all) {
        extent->searched = bytes.length;
        return false;
    }
    if (bytes.length < extent->total && extent->is_large)
        extent->total = bytes.length;
    /* A wrong Content-Length: the next record may begin anywhere. */
    return extent->is_large || (bytes.length >= extent->total && ends_well(bytes, extent->total)) ||
           find_next(extent, bytes, is_all, 1);
}

static bool is_text(const struct record *record)
{
    return is_word(record->type, "conversion") && !record->segment.text &&
           (!record->content_type.text ||
            (record->content_type.length >= 10 &&
             is_word((struct span){record->content_type.text, 10}, "text/plain")));
}

static struct stretch stretch_of(const struct document *document, struct span text)
{
    return (struct stretch){text.text ? (size_t)(text.text - document->bytes) : 0, text.length};
}

static void take_record(struct document *document, const struct record *record)
{
    struct span url = record->url;

    /* The grammar of version 1.0 has addresses in angle brackets, its examples have none. */
    if (url.length > 1 && url.text[0] == '<' && url.text[url.length - 1] == '>')
        url = (struct span){url.text + 1, url.length - 2};
    document->has_text = true;
    document->begin = record->header;
    document->end = document->size - RECORD_END_SIZE;
    document_set_url(document, url);
    document_set_language(document, record->language);
    document->length_field = stretch_of(document, record->length_value);
    document->digest_field = stretch_of(document, record->digest);
    if (record->digest.length && !digest_is_known(record->digest))
        document_fail(document, "the record's WARC-Block-Digest is of no known kind",
                      document->digest_field.at);
}

static void examine(struct document *document)
{
    struct span bytes = {document->bytes, document->size};
    struct record record;
    uint64_t total;

    if (!read_header(&record, bytes)) {
        document_fail(document, record.fault, record.fault_at);
        return;
    }
    total = record.header + record.length + RECORD_END_SIZE;
    if (total > document->size)
        document_fail(document, "the record is shorter than its Content-Length", 0);
    else if (total < document->size || !ends_well(bytes, total))
        document_fail(document, "the record doesn't end where its Content-Length says", 0);
    else if (is_text(&record))
        take_record(document, &record);
}

static size_t revise(const struct document *document, struct span text, struct change *changes)
{
    struct stretch length = document->length_field, digest = document->digest_field;
    struct span old = {document->bytes + digest.at, digest.size};
    struct change *of_length = &changes[digest.size && digest.at < length.at ? 1 : 0];
    struct change *of_digest = &changes[digest.at < length.at ? 0 : 1];

    *of_length = (struct change){.where = length};
    of_length->length =
        (size_t)snprintf(of_length->text, sizeof of_length->text, "%zu", text.length);
    if (digest.size == 0)
        return 1;
    *of_digest = (struct change){.where = digest};
    digest_again(old, text.text, text.length, of_digest->text);
    of_digest->length = strlen(of_digest->text);
    return 2;
}

const struct format wet_format = {
    .name = "wet",
    .suffixes = {".wet", ".warc", NULL},
    .find_end = find_end,
    .examine = examine,
    .next_line = document_plain_line,
    .put_edited = document_put_plain,
    .revise = revise,
};
