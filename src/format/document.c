#include "format/document.h"

#include "base/utf8.h"
#include "line/letters.h"

#include <stdlib.h>

struct document *document_create(const struct fields *fields, size_t max_line)
{
    struct document *document = calloc(1, sizeof *document);

    if (!document)
        return NULL;
    document->fields = fields;
    document->max_line = max_line;
    document->json = json_create();
    if (!document->json) {
        document_destroy(document);
        return NULL;
    }
    return document;
}

void document_destroy(struct document *document)
{
    if (!document)
        return;
    json_destroy(document->json);
    free(document->decoded);
    free(document);
}

void document_open(struct document *document, const struct format *format, struct span bytes,
                   uint64_t number, uint64_t offset)
{
    document->format = format;
    document->bytes = bytes.text;
    document->size = bytes.length;
    document->number = number;
    document->offset = offset;
    document->fault = NULL;
    document->has_text = document->has_fields = false;
    document->found = 0;
    document->likely[0] = '\0';
    document->begin = document->end = 0;
    document->host[0] = document->language[0] = '\0';
    document->length_field = document->digest_field = (struct stretch){0};
    document->lines = document->long_lines = 0;
    format->examine(document);
    document->at = document->begin;
}

void document_fail(struct document *document, const char *fault, size_t at)
{
    document->fault = fault;
    document->fault_at = at;
    document->has_text = false;
}

/* How much of the text stands before a NUL or any of the BYTES. */
static size_t reach(struct span text, const char *bytes)
{
    size_t at = 0;

    while (at < text.length && text.text[at] && !strchr(bytes, text.text[at]))
        at++;
    return at;
}

/* RFC 3986, section 3.2: the authority stands between // and the next of / ? and #, user and port
 * are no part of the host, and an address has brackets. */
struct span document_host_in(struct span url)
{
    const char *slashes = span_find(url, "//", 2);
    size_t user;

    if (slashes && (slashes == url.text || slashes[-1] == ':'))
        url = span_after(url, (size_t)(slashes + 2 - url.text));
    url.length = reach(url, "/?#\\ \t");
    user = reach(url, "@");
    if (user < url.length)
        url = span_after(url, user + 1);
    if (url.length > 0 && url.text[0] == '[')
        url.length = reach(url, "]") + (reach(url, "]") < url.length);
    else
        url.length = reach(url, ":");
    if (url.length > 0 && url.text[url.length - 1] == '.')
        url.length--;
    return url;
}

void document_set_url(struct document *document, struct span url)
{
    struct span host = document_host_in(url);

    if (host.length == 0 || host.length >= sizeof document->host)
        return;
    memcpy(document->host, host.text, host.length);
    document->host[host.length] = '\0';
}

bool document_is_of_host(uint32_t character)
{
    if (character < 0x80)
        return letters_is_ascii(character) || (character && strchr("-._", (int)character));
    return letters_is_letter(character);
}

void document_set_host(struct document *document, struct span name)
{
    char *host = document->host;
    size_t length = 0, size;
    bool is_apart = false, has_word = false;

    for (; name.length; name = span_after(name, size)) {
        uint32_t c;

        size = utf8_decode((const unsigned char *)name.text, name.length, &c);
        if (size == 0 || !document_is_of_host(c)) {
            size += size == 0;
            is_apart = length > 0;
            continue;
        }
        has_word |= c >= 0x80 || letters_is_ascii(c);
        if (length + is_apart + size >= sizeof document->host) {
            has_word = false; /* cut off it could be that of others */
            break;
        }
        if (is_apart)
            host[length++] = '-';
        memcpy(host + length, name.text, size);
        length += size;
        is_apart = false;
    }
    host[has_word ? length : 0] = '\0';
}

void document_set_language(struct document *document, struct span languages)
{
    if (languages.length)
        language_canonical(languages, document->language);
}

enum line_status document_line(struct document *document, struct span raw, struct span text,
                               enum line_ending ending, struct line *line)
{
    bool is_long = text.length > document->max_line;

    *line = (struct line){.text = is_long ? raw.text : text.text,
                          .length = is_long ? raw.length : text.length,
                          .ending = is_long ? ENDING_NONE : ending,
                          .number = ++document->lines,
                          .first = true,
                          .last = true,
                          .offset = (uint64_t)(raw.text - document->bytes),
                          .size = raw.length};
    document->at += raw.length;
    if (!is_long)
        return LINE_READ;
    if (document->long_lines++ == 0)
        document->first_long = document->lines;
    return LINE_PART;
}

bool document_find_byte(struct extent *extent, struct span bytes, bool is_all, char end)
{
    const char *found = NULL;

    if (extent->searched < bytes.length)
        found = memchr(bytes.text + extent->searched, end, bytes.length - extent->searched);
    extent->searched = bytes.length;
    extent->total = found ? (uint64_t)(found - bytes.text) + 1 : is_all ? bytes.length : 0;
    return extent->total > 0;
}

enum line_status document_plain_line(struct document *document, struct line *line)
{
    struct span raw = {document->bytes + document->at, document->end - document->at};
    const char *newline = raw.length ? memchr(raw.text, '\n', raw.length) : NULL;
    enum line_ending ending = ENDING_NONE;
    size_t length;

    if (raw.length == 0)
        return LINE_END;
    if (newline) {
        raw.length = (size_t)(newline - raw.text) + 1;
        ending = raw.length > 1 && newline[-1] == '\r' ? ENDING_CRLF : ENDING_LF;
    }
    length = document->is_plain ? raw.length : line_find_rare_ending(raw.text, 0, raw.length, true);
    if (length < raw.length) {
        ending = line_rare_ending(raw.text, length);
        raw.length = length + line_ending_size(ending);
    }
    length = raw.length - line_ending_size(ending);
    return document_line(document, raw, (struct span){raw.text, length}, ending, line);
}

bool document_put_plain(struct writer *writer, struct span text, struct span raw,
                        enum line_ending ending)
{
    size_t size = line_ending_size(ending);

    return writer_put(writer, text.text, text.length) &&
           writer_put(writer, raw.text + raw.length - size, size);
}
