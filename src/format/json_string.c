#include "format/json_string.h"

#include "base/bits.h"
#include "base/sixteen.h"
#include "base/utf8.h"

#include <stdint.h>
#include <stdio.h>

static bool is_plain(char byte)
{
    return (unsigned char)byte >= ' ' && byte != '"' && byte != '\\';
}

/* Whether any of eight bytes is not plain. A carry can only hit a byte behind one that is not
 * plain. */
static bool has_special(const char *text)
{
    uint64_t word, quote, backslash;

    memcpy(&word, text, sizeof word);
    quote = word ^ (BITS_EACH_BYTE * '"');
    backslash = word ^ (BITS_EACH_BYTE * '\\');
    return ((((word - BITS_EACH_BYTE * ' ') & ~word) | ((quote - BITS_EACH_BYTE) & ~quote) |
             ((backslash - BITS_EACH_BYTE) & ~backslash)) &
            BITS_EACH_HIGH) != 0;
}

#ifdef HAS_SSE2
/* Which of sixteen bytes are not plain. */
static unsigned specials(const char *text)
{
    __m128i bytes = _mm_loadu_si128((const void *)text);
    __m128i found = sixteen_between(bytes, 0, ' ' - 1);

    found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    return (unsigned)_mm_movemask_epi8(found);
}
#endif

size_t json_plain_length(const char *text, size_t length)
{
    size_t at = 0;

#ifdef HAS_SSE2
    for (; length - at >= SIXTEEN; at += SIXTEEN) {
        unsigned found = specials(text + at);

        if (found)
            return at + bits_lowest(found);
    }
#endif
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
        size += utf8_encode(code, (unsigned char *)out + size);
    }
    return size;
}

bool json_string_is(struct span raw, struct span text)
{
    size_t at = 0, read = 0;

    if (raw.length < text.length)
        return false;
    while (at < raw.length && read < text.length) {
        unsigned char bytes[UTF8_LONGEST] = {(unsigned char)raw.text[at]};
        size_t length = 1;
        uint32_t code;

        if (raw.text[at] == '\\') {
            at += read_escape((struct span){raw.text + at, raw.length - at}, &code);
            length = utf8_encode(code, bytes);
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

/* The character that TEXT begins with and its bytes, as utf8_decode; a surrogate, though UTF-8
 * forbids it, is one too: json_string_read writes it. */
static size_t take_code(const unsigned char *text, size_t length, uint32_t *code)
{
    if (length < 3 || text[0] != 0xED || (text[1] & 0xE0) != 0xA0 || (text[2] & 0xC0) != 0x80)
        return utf8_decode(text, length, code);
    *code = 0xD000 | (uint32_t)(text[1] & 0x3F) << 6 | (text[2] & 0x3F);
    return 3;
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
        size = take_code((const unsigned char *)text + at, length - at, &code);
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
