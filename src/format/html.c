#include "format/html.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <strings.h>

/* What stands before a page and ends with END, whatever is in between. */
struct prelude {
    const char *begin;
    const char *end;
};

static const struct prelude preludes[] = {{"<!--", "-->"}, {"<?xml", "?>"}};

/* What a page begins with, behind the angle; a document type is to be of html. */
static const char *const tags[] = {"!doctype", "html", "head", "body"};

/* A charset, and other names of it, in lower case. */
struct charset {
    const char *name;
    const char *others[12];
};

/* What browsers take names for that not all programs know, or that say less than is meant (WHATWG,
 * Encoding). A page in which a tag can be read is none of UTF-16. */
static const struct charset charsets[] = {
    {"utf-8", {"utf8", "utf-16", "utf-16le", "utf-16be", "unicode", "ucs-2", "iso-10646-ucs-2"}},
    {"windows-1250", {"cp1250", "x-cp1250"}},
    {"windows-1251", {"cp1251", "x-cp1251"}},
    {"windows-1252",
     {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "us-ascii", "ascii", "cp1252", "x-cp1252",
      "x-user-defined"}},
    {"gbk", {"gb2312", "gb_2312-80", "x-gbk", "csgb2312", "chinese"}},
    {"big5", {"big5-hkscs", "cn-big5", "x-x-big5"}},
    {"shift_jis", {"shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"}},
    {"euc-kr",
     {"ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "ksc_5601", "korean", "windows-949"}},
};

static struct span skip_white(struct span text)
{
    while (text.length && span_is_white(*text.text))
        text = span_after(text, 1);
    return text;
}

/* Whether the text begins with the word, in any case, as far as both go. */
static bool agrees(struct span text, const char *word)
{
    size_t length = strlen(word);

    return strncasecmp(text.text, word, text.length < length ? text.length : length) == 0;
}

/* Behind the first END; *found is false if there is none. */
static struct span behind(struct span text, const char *end, bool *found)
{
    size_t length = strlen(end);
    const char *at = span_find(text, end, length);

    *found = at;
    return at ? span_after(text, (size_t)(at - text.text) + length) : text;
}

/* Behind the tag that the text begins with, in whose values an angle ends nothing. */
static struct span behind_tag(struct span text, bool *found)
{
    char quote = '\0';

    for (size_t i = 0; i < text.length; i++) {
        char byte = text.text[i];

        if (quote)
            quote = byte == quote ? '\0' : quote;
        else if (byte == '"' || byte == '\'')
            quote = byte;
        else if (byte == '>') {
            *found = true;
            return span_after(text, i + 1);
        }
    }
    *found = false;
    return text;
}

/* What a text is that begins with one of the tags. */
static enum html_sign follow(struct span text, bool is_all)
{
    bool found;

    text = skip_white(behind_tag(text, &found));
    if (!found)
        return HTML_UNCLEAR;
    if (!text.length)
        return is_all ? HTML_YES : HTML_UNCLEAR;
    return *text.text == '<' ? HTML_YES : HTML_NOT;
}

/* Whether the text begins with the whole word; unclear where it ends within it. */
static enum html_sign has_word(struct span text, const char *word)
{
    size_t length = strlen(word);

    if (!agrees(text, word))
        return HTML_NOT;
    if (text.length <= length)
        return HTML_UNCLEAR;
    return span_is_white(text.text[length]) || text.text[length] == '>' ? HTML_YES : HTML_NOT;
}

/* What a text is that begins with an angle. */
static enum html_sign judge(struct span text, bool is_all)
{
    struct span name = span_after(text, 1);
    enum html_sign sign = HTML_NOT;
    size_t i = 0;

    for (; i < sizeof tags / sizeof *tags && sign == HTML_NOT; i++)
        sign = has_word(name, tags[i]);
    if (sign == HTML_YES && i == 1)
        sign = has_word(skip_white(span_after(name, strlen(tags[0]))), "html");
    return sign == HTML_YES ? follow(text, is_all) : sign;
}

/* Takes off what may stand before a page; UNCLEAR if it goes on past the text, NOT if there is
 * none of it. */
static enum html_sign skip_prelude(struct span *text)
{
    for (size_t i = 0; i < sizeof preludes / sizeof *preludes; i++) {
        bool found;

        if (!agrees(*text, preludes[i].begin))
            continue;
        *text = behind(*text, preludes[i].end, &found);
        return found ? HTML_YES : HTML_UNCLEAR;
    }
    return HTML_NOT;
}

static enum html_sign look(struct span text, bool is_all)
{
    enum html_sign sign = HTML_YES;

    if (span_starts(text, UTF8_MARK))
        text = span_after(text, strlen(UTF8_MARK));
    while (sign == HTML_YES) {
        text = skip_white(text);
        if (!text.length)
            return HTML_UNCLEAR;
        if (*text.text != '<')
            return HTML_NOT;
        sign = skip_prelude(&text);
    }
    return sign == HTML_UNCLEAR ? HTML_UNCLEAR : judge(text, is_all);
}

enum html_sign html_begins(struct span begin, bool is_all)
{
    enum html_sign sign = look(begin, is_all);

    if (begin.length && begin.length < strlen(UTF8_MARK) && agrees(begin, UTF8_MARK))
        sign = HTML_UNCLEAR;
    return is_all && sign == HTML_UNCLEAR ? HTML_NOT : sign;
}

static bool is_of_name(char byte)
{
    return ascii_is_letter((unsigned char)byte) || (byte >= '0' && byte <= '9') ||
           (byte && strchr(".:_-", byte));
}

/* The name behind charset, an equals sign and perhaps a quote; empty if that does not stand there.
 */
static struct span name_in(struct span text)
{
    text = skip_white(text);
    if (!span_starts(text, "="))
        return (struct span){0};
    text = skip_white(span_after(text, 1));
    if (span_starts(text, "\"") || span_starts(text, "'"))
        text = span_after(text, 1);
    for (size_t i = 0; i < text.length; i++)
        if (!is_of_name(text.text[i]))
            return (struct span){text.text, i};
    return (struct span){0};
}

/* The charset that a tag of metadata declares, or an empty name. */
static struct span declared(struct span tag)
{
    static const char word[] = "charset";
    struct span name = {0};

    for (; tag.length > sizeof word && !name.length; tag = span_after(tag, 1))
        if (agrees(tag, word))
            name = name_in(span_after(tag, sizeof word - 1));
    return name;
}

/* The name that the next tag declares; takes off REST all that was looked at. */
static struct span next_name(struct span *rest)
{
    struct span tag = *rest, name = {0};
    bool found = true;

    if (span_starts(tag, preludes[0].begin)) {
        *rest = behind(tag, preludes[0].end, &found);
    } else if (has_word(span_after(tag, 1), "meta") == HTML_YES) {
        *rest = behind_tag(tag, &found);
        name = declared((struct span){tag.text, tag.length - rest->length});
    } else {
        *rest = span_after(tag, 1);
    }
    if (!found)
        rest->length = 0;
    return name;
}

static bool is_name(struct span name, const char *other)
{
    return name.length == strlen(other) && strncasecmp(name.text, other, name.length) == 0;
}

/* The name by which most know the charset. */
static struct span usual_name(struct span name)
{
    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++)
        for (const char *const *other = charsets[i].others; *other; other++)
            if (is_name(name, *other))
                return (struct span){charsets[i].name, strlen(charsets[i].name)};
    return name;
}

void html_charset(struct span begin, char charset[HTML_CHARSET])
{
    struct span name = {0};
    const char *angle;

    while (!name.length && begin.length && (angle = span_find(begin, "<", 1))) {
        begin = span_after(begin, (size_t)(angle - begin.text));
        name = next_name(&begin);
    }
    if (!name.length || name.length >= HTML_CHARSET || *name.text == '-')
        name = (struct span){"utf-8", strlen("utf-8")};
    name = usual_name(name);
    memcpy(charset, name.text, name.length);
    charset[name.length] = '\0';
}
