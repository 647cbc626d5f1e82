#include "format/looks.h"

#include "base/utf8.h"

#include <string.h>
#include <strings.h>

/* Bytes that a file of a kind begins with. */
struct magic {
    const char *bytes;
    struct looks looks;
};

static const struct magic magics[] = {
    {"\x1F\x8B\x08", {"gzip", "'gzip -dc' unpacks it", NULL}},
    {"\x28\xB5\x2F\xFD", {"zstd", "'zstd -dc' unpacks it", NULL}},
    {"\xFD\x37zXZ", {"xz", "'xz -dc' unpacks it", NULL}},
    {"%PDF-", {"PDF", "'pdftotext' makes text of it", NULL}},
    {"WARC/1.", {"WARC", "--format=wet reads the texts in it", &wet_format}},
};

static const struct looks json_lines = {"JSON lines", "--format=jsonl reads the texts in them",
                                        &jsonl_format};
static const struct looks bzip2 = {"bzip2", "'bzip2 -dc' unpacks it", NULL};
static const struct looks utf16 = {"UTF-16", "'iconv -f UTF-16 -t UTF-8' makes UTF-8 of it", NULL};
static const struct looks html = {"HTML", "'lynx -dump -nolist -width=1000' makes text of it",
                                  NULL};

/* Tags that a page, or a part of one that is passed on alone, begins with. */
static const char *const tags[] = {"!doctype", "html", "head",    "body",    "title", "meta",
                                   "p",        "div",  "article", "section", "main"};

/* Its level is a digit; then begins a block, or the end. */
static bool is_bzip2(struct span begin)
{
    if (!span_starts(begin, "BZh") || begin.length < 4 || begin.text[3] < '1' ||
        begin.text[3] > '9')
        return false;
    begin = span_after(begin, 4);
    return span_starts(begin, "1AY&SY") || span_starts(begin, "\x17rE8P\x90");
}

/* With its byte order mark; a blank or a letter of ASCII comes soon. */
static bool is_utf16(struct span begin)
{
    return (span_starts(begin, "\xFF\xFE") || span_starts(begin, "\xFE\xFF")) &&
           memchr(begin.text, '\0', begin.length < 64 ? begin.length : 64);
}

bool looks_are_html(struct span text)
{
    while (text.length && span_is_white(*text.text))
        text = span_after(text, 1);
    if (!span_starts(text, "<"))
        return false;
    text = span_after(text, 1);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t length = strlen(tags[i]);

        if (text.length > length && strncasecmp(text.text, tags[i], length) == 0 &&
            (span_is_white(text.text[length]) || text.text[length] == '>'))
            return true;
    }
    return false;
}

/* An object that ends where the line does, and has a name first. */
static bool is_json_line(struct span line, bool is_cut)
{
    struct span rest;
    const char *quote;

    if (!span_starts(line, "{") || (!is_cut && line.text[line.length - 1] != '}'))
        return false;
    rest = span_trim(span_after(line, 1), span_is_white);
    if (!span_starts(rest, "\""))
        return false;
    rest = span_after(rest, 1);
    quote = span_find(rest, "\"", 1);
    if (!quote)
        return false;
    rest = span_trim(span_after(rest, (size_t)(quote - rest.text) + 1), span_is_white);
    return span_starts(rest, ":");
}

const struct looks *looks_find(struct span begin, bool is_cut)
{
    struct span line;
    const char *newline;

    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (span_starts(begin, magics[i].bytes))
            return &magics[i].looks;
    if (is_bzip2(begin))
        return &bzip2;
    if (is_utf16(begin))
        return &utf16;
    if (span_starts(begin, UTF8_MARK))
        begin = span_after(begin, strlen(UTF8_MARK));
    while (begin.length && span_is_white(*begin.text))
        begin = span_after(begin, 1);
    newline = span_find(begin, "\n", 1);
    line = (struct span){begin.text, newline ? (size_t)(newline - begin.text) : begin.length};
    line = span_trim(line, span_is_white);
    if (looks_are_html(line))
        return &html;
    return is_json_line(line, is_cut && !newline) ? &json_lines : NULL;
}
