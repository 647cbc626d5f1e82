#include "line/measure.h"

#include "base/eight.h"
#include "base/sixteen.h"
#include "base/utf8.h"
#include "line/letters.h"
#include "line/marks.h"

/* What decode gives for a byte that belongs to no character: no property has it. */
#define INVALID ((uint32_t)0x110000)

/* How many code points a footnote mark may have between its brackets. */
#define FOOTNOTE_DIGITS 4

/* How many digits the number of a list item may have; 1984. is more likely a year. */
#define ITEM_DIGITS 3

#define TAB_WIDTH 8

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The character at the front of a text that is not empty; returns its bytes. */
static size_t decode(const unsigned char *text, size_t length, uint32_t *code)
{
    size_t width = utf8_decode(text, length, code);

    if (width > 0)
        return width;
    *code = INVALID;
    return 1;
}

/* The character at the end of a text that is not empty; returns its bytes. */
static size_t decode_last(const unsigned char *text, size_t length, uint32_t *code)
{
    size_t width = utf8_decode_last(text, length, code);

    if (width > 0)
        return width;
    *code = INVALID;
    return 1;
}

/* A character of ASCII that is no white space; others may be it, too. */
static bool is_visible(unsigned char byte)
{
    return byte > ' ' && byte < 0x80;
}

static size_t skip_blanks(const unsigned char *text, size_t length, size_t at)
{
    for (; length - at >= 8; at += 8) {
        uint64_t others = eight_load(text + at) ^ BITS_EACH_BYTE * ' ';

        if (others)
            return at + bits_lowest(others) / 8;
    }
    while (at < length && text[at] == ' ')
        at++;
    return at;
}

static size_t skip_white(const unsigned char *text, size_t length, size_t at)
{
    /* Indentation is mostly blanks, and there is much of it in dumped pages. */
    at = skip_blanks(text, length, at);
    while (at < length && !is_visible(text[at])) {
        uint32_t code;
        size_t width = decode(text + at, length - at, &code);

        if (!marks_is_white(code))
            break;
        at += width;
    }
    return at;
}

/* The length of the text without the white space at its end. */
static size_t trim(const unsigned char *text, size_t length)
{
    while (length > 0 && !is_visible(text[length - 1])) {
        uint32_t code;
        size_t width = decode_last(text, length, &code);

        if (!marks_is_white(code))
            break;
        length -= width;
    }
    return length;
}

bool measure_is_blank_slowly(const char *text, size_t length)
{
    return skip_white((const unsigned char *)text, length, 0) == length;
}

/* Bytes of a text as sets. */
struct block {
    uint64_t white;
    uint64_t care;  /* where a character may begin that is white or dense, but is not ASCII */
    uint64_t dense; /* what is part of a word by itself */
    size_t size;
};

#define BLOCK ((size_t)64)

#ifdef HAS_SSE2
static inline void read_sixteen(struct block *block, const unsigned char *bytes, unsigned at)
{
    __m128i text = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i white =
        _mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8(' ')), sixteen_between(text, '\t', '\r'));
    __m128i care = _mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8((char)0xC2)),
                                sixteen_between(text, 0xE0, 0xFF));

    block->white |= (uint64_t)(unsigned)_mm_movemask_epi8(white) << at;
    block->care |= (uint64_t)(unsigned)_mm_movemask_epi8(care) << at;
}
#else
static inline void read_sixteen(struct block *block, const unsigned char *bytes, unsigned at)
{
    for (unsigned end = at + (unsigned)SIXTEEN; at < end; at += 8, bytes += 8) {
        uint64_t eight = eight_load(bytes);
        uint64_t white = eight_within(eight, ' ', ' ') | eight_within(eight, '\t', '\r');

        block->white |= eight_gather(white) << at;
        block->care |= eight_gather(eight & eight << 1 & BITS_EACH_HIGH) << at;
    }
}
#endif

/* Adds the characters beyond ASCII that are white or dense; returns tenths of words. */
static size_t add_others(struct block *block, const unsigned char *text, size_t left)
{
    size_t tenths = 0;

    for (uint64_t care = block->care; care; care &= care - 1) {
        unsigned at = bits_lowest(care);
        uint32_t code;
        size_t width = decode(text + at, left - at, &code);
        uint64_t bytes = bits_below(width) << at;
        unsigned part = letters_dense(code)->tenths;

        if (at + width > BLOCK) {
            block->size = at;
            break;
        }
        tenths += part;
        block->dense |= part ? bytes : 0;
        block->white |= marks_is_white(code) ? bytes : 0;
    }
    return tenths;
}

static struct block read_block(const unsigned char *text, size_t left)
{
    struct block block = {.size = left < BLOCK ? left : BLOCK};
    unsigned at = 0, size = (unsigned)block.size;

    for (; at + SIXTEEN <= size; at += (unsigned)SIXTEEN)
        read_sixteen(&block, text + at, at);
    if (at < size && size >= SIXTEEN) {
        read_sixteen(&block, text + size - SIXTEEN, size - (unsigned)SIXTEEN);
    } else if (at < size) {
        unsigned char padded[SIXTEEN];

        sixteen_pad(text, size, padded);
        read_sixteen(&block, padded, 0);
    }
    return block;
}

size_t measure_words_up_to(const char *text, size_t length, size_t limit)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t words = 0, tenths = 0, at = 0;
    uint64_t after_white = 1; /* or 0 */

    while (at < length && words + (tenths + 9) / 10 < limit) {
        struct block block = read_block(bytes + at, length - at);
        uint64_t firsts;

        if (block.care)
            tenths += add_others(&block, bytes + at, length - at);
        firsts = (block.white << 1 | after_white) & ~(block.white | block.dense);
        words += bits_count(firsts & bits_below(block.size));
        after_white = block.white >> (block.size - 1) & 1;
        at += block.size;
    }
    words += (tenths + 9) / 10;
    return words < limit ? words : limit;
}

size_t measure_words(const char *text, size_t length)
{
    return measure_words_up_to(text, length, SIZE_MAX);
}

size_t measure_chars(const char *text, size_t length)
{
    size_t chars = 0;

    for (size_t at = 0; at < length; at++, chars++) { /* over a byte that belongs to none */
        size_t end = at + utf8_valid_length(text + at, length - at);

        for (; at < end; at++)
            chars += !utf8_continues((unsigned char)text[at]);
        if (at == length)
            break;
    }
    return chars;
}

size_t measure_indent(const char *text, size_t length)
{
    size_t column = skip_blanks((const unsigned char *)text, length, 0);

    for (size_t i = column; i < length; i++) {
        if (text[i] == ' ')
            column++;
        else if (text[i] == '\t')
            column += TAB_WIDTH - column % TAB_WIDTH;
        else
            break;
    }
    return column;
}

/* The length of the text without the footnote mark at its end: [1], [23], [a]. */
static size_t trim_footnote(const unsigned char *text, size_t length)
{
    size_t at = length - 1;

    if (length < 3 || text[length - 1] != ']')
        return length;
    while (at > 0 && length - 1 - at < FOOTNOTE_DIGITS && letters_is_digit(text[at - 1]))
        at--;
    if (at == length - 1 && text[at - 1] >= 'a' && text[at - 1] <= 'z')
        at--;
    return at < length - 1 && at > 0 && text[at - 1] == '[' ? at - 1 : length;
}

/* The length of the text up to its last mark or letter. */
static size_t trim_closers(const unsigned char *text, size_t length)
{
    for (;;) {
        size_t trimmed = trim(text, length), width;
        uint32_t code;

        length = trim_footnote(text, trimmed);
        if (length < trimmed)
            continue;
        if (length == 0)
            return 0;
        width = decode_last(text, length, &code);
        if (!marks_is_closer(code))
            return length;
        length -= width;
    }
}

static bool is_ellipsis(uint32_t code)
{
    return code == 0x2026 || code == 0x2025 || code == 0x22EF || code == 0x1801 || code == 0xFE19;
}

static bool is_colon(uint32_t code)
{
    return code == ':' || code == 0x1366 || code == 0xFE13 || code == 0xFE55 || code == 0xFF1A;
}

bool measure_ends_in_dots(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;

    if (text[length - 1] != '.')
        return false;
    for (int dots = 1; dots < 3; dots++) {
        uint32_t code;

        length = trim(bytes, length - 1);
        if (length == 0 || letters_is_ascii(bytes[length - 1]))
            return false;
        decode_last(bytes, length, &code);
        if (code != '.')
            return is_ellipsis(code);
    }
    return true;
}

/* Latin, Arabic, Armenian, small and full-width ones. */
static bool is_question(uint32_t code)
{
    return code == '?' || code == 0x055E || code == 0x061F || code == 0xFE56 || code == 0xFF1F;
}

/* How a text of two bytes or more ends, of which nearly all end in a letter or in a mark behind
 * one; false: in another way. */
static bool ends_plainly(const unsigned char *text, size_t length, enum measure_end *end)
{
    unsigned char last = text[length - 1];

    if (letters_is_ascii(last)) {
        *end = ENDS_OTHER;
        return true;
    }
    if (!letters_is_ascii(text[length - 2]))
        return false;
    *end = last == '?'   ? ENDS_QUESTION
           : last == ':' ? ENDS_COLON
           : last == ',' ? ENDS_COMMA
                         : ENDS_SENTENCE;
    return last == '.' || last == '!' || *end != ENDS_SENTENCE;
}

enum measure_end measure_end(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    enum measure_end end;
    uint32_t code;

    if (length > 1 && ends_plainly(bytes, length, &end))
        return end;
    length = trim_closers(bytes, length);
    if (length == 0)
        return ENDS_OTHER;
    decode_last(bytes, length, &code);
    if (is_ellipsis(code) || measure_ends_in_dots(text, length))
        return ENDS_ELLIPSIS;
    if (is_question(code))
        return ENDS_QUESTION;
    if (marks_is_end(code))
        return ENDS_SENTENCE;
    return is_colon(code) ? ENDS_COLON : marks_is_comma(code) ? ENDS_COMMA : ENDS_OTHER;
}

/* The bytes of the footnote mark that is at AT, or 0. */
static size_t footnote_width(const unsigned char *text, size_t length, size_t at)
{
    for (size_t width = 3; width <= FOOTNOTE_DIGITS + 2 && width <= length - at; width++)
        if (trim_footnote(text, at + width) == at)
            return width;
    return 0;
}

bool measure_is_apart(const char *text, size_t length, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text;

    while (at < length) {
        uint32_t code;
        size_t width = decode(bytes + at, length - at, &code);

        if (marks_is_white(code) || letters_dense(code)->tenths)
            return true;
        if (code == '[')
            width = footnote_width(bytes, length, at);
        else if (!marks_is_closer(code))
            width = 0;
        if (width == 0)
            return false;
        at += width;
    }
    return true;
}

static bool is_item_mark(uint32_t code)
{
    static const uint32_t marks[] = {'*',    '+',    '-',    'o',    0x00B7, 0x2013, 0x2022,
                                     0x2023, 0x25A0, 0x25AA, 0x25CB, 0x25CF, 0x25E6};

    for (size_t i = 0; i < COUNT(marks); i++)
        if (marks[i] == code)
            return true;
    return false;
}

bool measure_is_bullet(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t front = skip_white(bytes, length, 0), at = front, item;
    uint32_t code;

    if (at < length && bytes[at] < 0x80 && (bytes[at] | 0x20) >= 'a' && bytes[at] != 'o')
        return false;
    while (at < length && at - front < ITEM_DIGITS && bytes[at] >= '0' && bytes[at] <= '9')
        at++;
    if (at == length)
        return false;
    at += decode(bytes + at, length - at, &code);
    if (bytes[front] >= '0' && bytes[front] <= '9' ? code != '.' : !is_item_mark(code))
        return false;
    item = skip_white(bytes, length, at);
    return item > at && item < length;
}
