#include "format/json_string.h"

#include "base/utf8.h"

#include <stdint.h>
#include <stdio.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

static bool is_plain(char byte)
{
    return (unsigned char)byte >= ' ' && byte != '"' && byte != '\\';
}

/* Whether any of eight bytes is not plain. A carry can only name a byte behind one that is not. */
static bool has_special(const char *text)
{
    uint64_t word, quote, backslash;

    memcpy(&word, text, sizeof word);
    quote = word ^ (ONES * '"');
    backslash = word ^ (ONES * '\\');
    return ((((word - ONES * ' ') & ~word) | ((quote - ONES) & ~quote) |
             ((backslash - ONES) & ~backslash)) &
            HIGHS) != 0;
}

size_t json_plain_length(const char *text, size_t length)
{
    size_t at = 0;

    while (length - at >= 8 && !has_special(text + at))
        at += 8;
    while (at < length && is_plain(text[at]))
        at++;
    return at;
}

static uint32_t hex_digit(char byte)
{
    if (byte <= '9')
        return (uint32_t)(byte - '0');
    return (uint32_t)((byte | 0x20) - 'a') + 10;
}

static uint32_t hex_four(const char *digits)
{
    return hex_digit(digits[0]) << 12 | hex_digit(digits[1]) << 8 | hex_digit(digits[2]) << 4 |
           hex_digit(digits[3]);
}

static bool is_high_surrogate(uint32_t code)
{
    return code >= 0xD800 && code < 0xDC00;
}

static bool is_low_surrogate(uint32_t code)
{
    return code >= 0xDC00 && code < 0xE000;
}

static size_t put_code(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

/* Reads the escape that RAW begins with; its length, and in *code what it stands for. */
static size_t read_escape(struct span raw, uint32_t *code)
{
    static const char letters[] = "bfnrt", means[] = "\b\f\n\r\t";
    const char *found = strchr(letters, raw.text[1]);
    uint32_t low;

    if (raw.text[1] != 'u') {
        *code = found ? (unsigned char)means[found - letters] : (unsigned char)raw.text[1];
        return 2;
    }
    *code = hex_four(raw.text + 2);
    if (!is_high_surrogate(*code) || raw.length < 12 || raw.text[6] != '\\' || raw.text[7] != 'u')
        return 6;
    low = hex_four(raw.text + 8);
    if (!is_low_surrogate(low))
        return 6;
    *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
    return 12;
}

size_t json_string_read(struct span raw, char *out)
{
    size_t at = 0, size = 0;

    while (at < raw.length) {
        const char *escape = memchr(raw.text + at, '\\', raw.length - at);
        size_t plain = escape ? (size_t)(escape - raw.text) - at : raw.length - at;
        uint32_t code;

        memcpy(out + size, raw.text + at, plain);
        at += plain;
        size += plain;
        if (!escape)
            break;
        at += read_escape((struct span){escape, raw.length - at}, &code);
        size += put_code(out + size, code);
    }
    return size;
}

bool json_string_is(struct span raw, struct span text)
{
    size_t at = 0, read = 0;

    if (raw.length < text.length)
        return false;
    while (at < raw.length && read < text.length) {
        char bytes[4] = {raw.text[at]};
        size_t length = 1;
        uint32_t code;

        if (raw.text[at] == '\\') {
            at += read_escape((struct span){raw.text + at, raw.length - at}, &code);
            length = put_code(bytes, code);
        } else {
            at++;
        }
        if (text.length - read < length || memcmp(bytes, text.text + read, length) != 0)
            return false;
        read += length;
    }
    return at == raw.length && read == text.length;
}

static bool put_unit(struct writer *writer, uint32_t unit)
{
    char escape[8];

    snprintf(escape, sizeof escape, "\\u%04x", unit & 0xFFFF);
    return writer_put(writer, escape, 6);
}

static bool put_escape(struct writer *writer, uint32_t code)
{
    static const char codes[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *found = code && code < 0x80 ? strchr(codes, (int)code) : NULL;
    char escape[2] = {'\\'};

    if (code >= 0x10000)
        return put_unit(writer, 0xD800 + ((code - 0x10000) >> 10)) &&
               put_unit(writer, 0xDC00 + ((code - 0x10000) & 0x3FF));
    if (!found)
        return put_unit(writer, code);
    escape[1] = letters[found - codes];
    return writer_put(writer, escape, sizeof escape);
}

/* How long the sequence that TEXT begins with is, and its code; 0 for what is none. Surrogates,
 * though UTF-8 forbids them, have one: see above. */
static size_t take_code(const char *text, size_t length, uint32_t *code)
{
    unsigned char first = (unsigned char)text[0];
    size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    bool is_surrogate = first == 0xED && length >= 3 && (unsigned char)text[1] >= 0xA0 &&
                        (unsigned char)text[1] < 0xC0 && ((unsigned char)text[2] & 0xC0) == 0x80;

    if (size > length || (!is_surrogate && !utf8_is_valid(text, size)))
        return 0;
    *code = size == 1 ? first : first & (0xFFu >> (size + 1));
    for (size_t i = 1; i < size; i++)
        *code = *code << 6 | ((unsigned char)text[i] & 0x3F);
    return size;
}

bool json_string_put(struct writer *writer, const char *text, size_t length, bool is_ascii)
{
    size_t at = 0, from = 0;

    while (at < length) {
        uint32_t code = 0;
        size_t size;

        if (is_plain(text[at]) && (unsigned char)text[at] < 0x80) {
            at++;
            continue;
        }
        size = take_code(text + at, length - at, &code);
        if (size == 0 || (code >= 0x80 && !is_ascii && (code < 0xD800 || code >= 0xE000))) {
            at += size ? size : 1;
            continue;
        }
        if (!writer_put(writer, text + from, at - from) || !put_escape(writer, code))
            return false;
        at += size;
        from = at;
    }
    return writer_put(writer, text + from, length - from);
}
