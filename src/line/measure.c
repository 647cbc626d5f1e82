#include "line/measure.h"

#include "base/bits.h"
#include "base/utf8.h"
#include "line/letters.h"

/* What decode gives for a byte that belongs to no character: no property has it. */
#define INVALID ((uint32_t)0x110000)

/* How many code points a footnote mark may have between its brackets. */
#define FOOTNOTE_DIGITS 4

/* How many digits the number of a list item may have; 1984. is more likely a year. */
#define ITEM_DIGITS 3

#define TAB_WIDTH 8

/* Tables of properties, sorted. */

/* Sentence_Terminal (PropList.txt of Unicode 14.0), and the Khmer full stops U+17D4 and U+17D5 that
 * it lacks. */
static const struct utf8_range sentence_marks[] = {
    {0x0021, 0x0021},   {0x002E, 0x002E},   {0x003F, 0x003F},   {0x0589, 0x0589},
    {0x061D, 0x061F},   {0x06D4, 0x06D4},   {0x0700, 0x0702},   {0x07F9, 0x07F9},
    {0x0837, 0x0837},   {0x0839, 0x0839},   {0x083D, 0x083E},   {0x0964, 0x0965},
    {0x104A, 0x104B},   {0x1362, 0x1362},   {0x1367, 0x1368},   {0x166E, 0x166E},
    {0x1735, 0x1736},   {0x17D4, 0x17D5},   {0x1803, 0x1803},   {0x1809, 0x1809},
    {0x1944, 0x1945},   {0x1AA8, 0x1AAB},   {0x1B5A, 0x1B5B},   {0x1B5E, 0x1B5F},
    {0x1B7D, 0x1B7E},   {0x1C3B, 0x1C3C},   {0x1C7E, 0x1C7F},   {0x203C, 0x203D},
    {0x2047, 0x2049},   {0x2E2E, 0x2E2E},   {0x2E3C, 0x2E3C},   {0x2E53, 0x2E54},
    {0x3002, 0x3002},   {0xA4FF, 0xA4FF},   {0xA60E, 0xA60F},   {0xA6F3, 0xA6F3},
    {0xA6F7, 0xA6F7},   {0xA876, 0xA877},   {0xA8CE, 0xA8CF},   {0xA92F, 0xA92F},
    {0xA9C8, 0xA9C9},   {0xAA5D, 0xAA5F},   {0xAAF0, 0xAAF1},   {0xABEB, 0xABEB},
    {0xFE52, 0xFE52},   {0xFE56, 0xFE57},   {0xFF01, 0xFF01},   {0xFF0E, 0xFF0E},
    {0xFF1F, 0xFF1F},   {0xFF61, 0xFF61},   {0x10A56, 0x10A57}, {0x10F55, 0x10F59},
    {0x10F86, 0x10F89}, {0x11047, 0x11048}, {0x110BE, 0x110C1}, {0x11141, 0x11143},
    {0x111C5, 0x111C6}, {0x111CD, 0x111CD}, {0x111DE, 0x111DF}, {0x11238, 0x11239},
    {0x1123B, 0x1123C}, {0x112A9, 0x112A9}, {0x1144B, 0x1144C}, {0x115C2, 0x115C3},
    {0x115C9, 0x115D7}, {0x11641, 0x11642}, {0x1173C, 0x1173E}, {0x11944, 0x11944},
    {0x11946, 0x11946}, {0x11A42, 0x11A43}, {0x11A9B, 0x11A9C}, {0x11C41, 0x11C42},
    {0x11EF7, 0x11EF8}, {0x16A6E, 0x16A6F}, {0x16AF5, 0x16AF5}, {0x16B37, 0x16B38},
    {0x16B44, 0x16B44}, {0x16E98, 0x16E98}, {0x1BC9F, 0x1BC9F}, {0x1DA88, 0x1DA88},
};

/* General_Category Pe, Pf and Pi (in German a quotation ends with Pi), the ASCII quotes, grave and
 * acute accents and full-width quotes used as such, asterisk and daggers, superscript digits. */
static const struct utf8_range closers[] = {
    {0x0022, 0x0022}, {0x0027, 0x0027}, {0x0029, 0x002A}, {0x005D, 0x005D}, {0x0060, 0x0060},
    {0x007D, 0x007D}, {0x00AB, 0x00AB}, {0x00B2, 0x00B4}, {0x00B9, 0x00B9}, {0x00BB, 0x00BB},
    {0x0F3B, 0x0F3B}, {0x0F3D, 0x0F3D}, {0x169C, 0x169C}, {0x2018, 0x2019}, {0x201B, 0x201D},
    {0x201F, 0x2021}, {0x2039, 0x203A}, {0x2046, 0x2046}, {0x2070, 0x2070}, {0x2074, 0x2079},
    {0x207E, 0x207E}, {0x208E, 0x208E}, {0x2309, 0x2309}, {0x230B, 0x230B}, {0x232A, 0x232A},
    {0x2769, 0x2769}, {0x276B, 0x276B}, {0x276D, 0x276D}, {0x276F, 0x276F}, {0x2771, 0x2771},
    {0x2773, 0x2773}, {0x2775, 0x2775}, {0x27C6, 0x27C6}, {0x27E7, 0x27E7}, {0x27E9, 0x27E9},
    {0x27EB, 0x27EB}, {0x27ED, 0x27ED}, {0x27EF, 0x27EF}, {0x2984, 0x2984}, {0x2986, 0x2986},
    {0x2988, 0x2988}, {0x298A, 0x298A}, {0x298C, 0x298C}, {0x298E, 0x298E}, {0x2990, 0x2990},
    {0x2992, 0x2992}, {0x2994, 0x2994}, {0x2996, 0x2996}, {0x2998, 0x2998}, {0x29D9, 0x29D9},
    {0x29DB, 0x29DB}, {0x29FD, 0x29FD}, {0x2E02, 0x2E05}, {0x2E09, 0x2E0A}, {0x2E0C, 0x2E0D},
    {0x2E1C, 0x2E1D}, {0x2E20, 0x2E21}, {0x2E23, 0x2E23}, {0x2E25, 0x2E25}, {0x2E27, 0x2E27},
    {0x2E29, 0x2E29}, {0x2E56, 0x2E56}, {0x2E58, 0x2E58}, {0x2E5A, 0x2E5A}, {0x2E5C, 0x2E5C},
    {0x3009, 0x3009}, {0x300B, 0x300B}, {0x300D, 0x300D}, {0x300F, 0x300F}, {0x3011, 0x3011},
    {0x3015, 0x3015}, {0x3017, 0x3017}, {0x3019, 0x3019}, {0x301B, 0x301B}, {0x301E, 0x301F},
    {0xFD3E, 0xFD3E}, {0xFE18, 0xFE18}, {0xFE36, 0xFE36}, {0xFE38, 0xFE38}, {0xFE3A, 0xFE3A},
    {0xFE3C, 0xFE3C}, {0xFE3E, 0xFE3E}, {0xFE40, 0xFE40}, {0xFE42, 0xFE42}, {0xFE44, 0xFE44},
    {0xFE48, 0xFE48}, {0xFE5A, 0xFE5A}, {0xFE5C, 0xFE5C}, {0xFE5E, 0xFE5E}, {0xFF02, 0xFF02},
    {0xFF07, 0xFF07}, {0xFF09, 0xFF09}, {0xFF3D, 0xFF3D}, {0xFF5D, 0xFF5D}, {0xFF60, 0xFF60},
    {0xFF63, 0xFF63},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* White_Space (PropList.txt). */
static inline bool is_white(uint32_t code)
{
    if (code < 0x80)
        return code == ' ' || (code >= '\t' && code <= '\r');
    return code == 0x85 || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
           code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

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

static size_t skip_white(const unsigned char *text, size_t length, size_t at)
{
    while (at < length) {
        uint32_t code;
        size_t width = decode(text + at, length - at, &code);

        if (!is_white(code))
            break;
        at += width;
    }
    return at;
}

/* The length of the text without the white space at its end. */
static size_t trim(const unsigned char *text, size_t length)
{
    while (length > 0) {
        uint32_t code;
        size_t width = decode_last(text, length, &code);

        if (!is_white(code))
            break;
        length -= width;
    }
    return length;
}

/* Eight bytes, the first one lowest; compilers make one load of it. */
static uint64_t load(const unsigned char *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

/* The high bits of the bytes that are white space of ASCII: no sum carries over. */
static uint64_t white_bits(uint64_t bytes)
{
    uint64_t low = bytes & ~BITS_EACH_HIGH;
    uint64_t not_space = (low ^ BITS_EACH_BYTE * ' ') + BITS_EACH_BYTE * 0x7F;
    uint64_t from_tab = low + BITS_EACH_BYTE * (0x80 - '\t');
    uint64_t past_return = low + BITS_EACH_BYTE * (0x80 - '\r' - 1);

    return (~not_space | (from_tab & ~past_return)) & ~bytes & BITS_EACH_HIGH;
}

/* Whether a white character beyond ASCII, or one that is part of a word by itself, begins among
 * the eight bytes at AT. */
static bool needs_care(const unsigned char *text, size_t length, size_t at, uint64_t bytes)
{
    uint64_t firsts = bytes & bytes << 1 & BITS_EACH_HIGH;

    for (; firsts; bytes >>= 8, firsts >>= 8, at++) {
        unsigned first = bytes & 0xFF;
        uint32_t code;

        if (!(firsts & 0x80) || (first < 0xE0 && first != 0xC2))
            continue;
        decode(text + at, length - at, &code);
        if (is_white(code) || letters_dense(code)->tenths > 0)
            return true;
    }
    return false;
}

static size_t count_high_bits(uint64_t bits)
{
    return (size_t)((bits >> 7) * BITS_EACH_BYTE >> 56);
}

bool measure_is_blank_slowly(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;

    /* Indentation is mostly blanks, and there is much of it in dumped pages. */
    while (length - at >= 8 && load(bytes + at) == BITS_EACH_BYTE * ' ')
        at += 8;
    return skip_white(bytes, length, at) == length;
}

/* Eight bytes from AT on, or as many as there are, with blanks behind them. */
static uint64_t load_padded(const unsigned char *text, size_t length, size_t at)
{
    uint64_t bytes = BITS_EACH_BYTE * ' ';

    if (length - at >= 8)
        return load(text + at);
    if (length >= 8)
        return load(text + length - 8) >> 8 * (8 - (length - at)) | bytes << 8 * (length - at);
    for (size_t i = length; i > at; i--)
        bytes = bytes << 8 | text[i - 1];
    return bytes;
}

size_t measure_words_up_to(const char *text, size_t length, size_t limit)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t words = 0, tenths = 0, at = 0;
    uint64_t after_white = 0x80; /* or 0 */

    while (at < length && words + (tenths + 9) / 10 < limit) {
        uint64_t eight = load_padded(bytes, length, at);
        size_t stop = at + 8;

        if ((eight & BITS_EACH_HIGH) == 0 || !needs_care(bytes, length, at, eight)) {
            uint64_t white = white_bits(eight);

            words += count_high_bits((white << 8 | after_white) & ~white);
            after_white = white >> 56;
            at = stop;
            continue;
        }
        while (at < stop && at < length) {
            uint32_t code;
            unsigned part;

            at += decode(bytes + at, length - at, &code);
            part = letters_dense(code)->tenths;
            tenths += part;
            if (is_white(code)) {
                after_white = 0x80;
                continue;
            }
            words += part ? 0 : (size_t)(after_white >> 7);
            after_white = 0;
        }
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
    const unsigned char *bytes = (const unsigned char *)text;
    size_t chars = 0, at = 0;

    while (at < length) {
        uint32_t code;

        if (length - at >= 8 && (load(bytes + at) & BITS_EACH_HIGH) == 0) {
            at += 8;
            chars += 8;
            continue;
        }
        at += decode(bytes + at, length - at, &code);
        chars++;
    }
    return chars;
}

unsigned measure_digit_percent(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    uint64_t chars = 0, digits = 0;
    size_t at = 0;

    while (at < length) {
        uint32_t code = bytes[at];

        if (code < 0x80) { /* nearly all are */
            chars += !is_white(code);
            digits += code - '0' < 10;
            at++;
            continue;
        }
        at += decode(bytes + at, length - at, &code);
        chars += !is_white(code);
        digits += letters_is_digit(code);
    }
    return chars > 0 ? (unsigned)(digits * 100 / chars) : 0;
}

size_t measure_indent(const char *text, size_t length)
{
    size_t column = 0;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == ' ')
            column++;
        else if (text[i] == '\t')
            column += TAB_WIDTH - column % TAB_WIDTH;
        else
            break;
    }
    return column;
}

/* Latin, Arabic, ideographic and full-width ones. */
static bool is_comma(uint32_t code)
{
    return code == ',' || code == 0x060C || code == 0x3001 || code == 0xFF0C;
}

size_t measure_commas(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t count = 0;

    for (size_t i = 0; i < length; i++) {
        uint32_t code = bytes[i];

        if (code == ',' || (code >= 0x80 && utf8_decode(bytes + i, length - i, &code) > 0))
            count += is_comma(code);
    }
    return count;
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
        if (!utf8_among(closers, COUNT(closers), code))
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

/* Whether the full stop at the text's end is the last of three, or stands after an ellipsis. */
static bool ends_in_dots(const unsigned char *text, size_t length)
{
    for (int dots = 1; dots < 3; dots++) {
        uint32_t code;

        length = trim(text, length - 1);
        if (length == 0)
            return false;
        decode_last(text, length, &code);
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

enum measure_end measure_end(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    uint32_t code;

    length = trim_closers(bytes, length);
    if (length == 0)
        return ENDS_OTHER;
    decode_last(bytes, length, &code);
    if (is_ellipsis(code) || (code == '.' && ends_in_dots(bytes, length)))
        return ENDS_ELLIPSIS;
    if (is_question(code))
        return ENDS_QUESTION;
    if (utf8_among(sentence_marks, COUNT(sentence_marks), code))
        return ENDS_SENTENCE;
    return is_colon(code) ? ENDS_COLON : is_comma(code) ? ENDS_COMMA : ENDS_OTHER;
}

/* The bytes of the footnote mark that is at AT, or 0. */
static size_t footnote_width(const unsigned char *text, size_t length, size_t at)
{
    for (size_t width = 3; width <= FOOTNOTE_DIGITS + 2 && width <= length - at; width++)
        if (trim_footnote(text, at + width) == at)
            return width;
    return 0;
}

/* Whether white space or the line's end is at AT, what may close a sentence looked through. */
static bool is_apart(const unsigned char *text, size_t length, size_t at)
{
    while (at < length) {
        uint32_t code;
        size_t width = decode(text + at, length - at, &code);

        if (is_white(code))
            return true;
        if (code == '[')
            width = footnote_width(text, length, at);
        else if (!utf8_among(closers, COUNT(closers), code))
            width = 0;
        if (width == 0)
            return false;
        at += width;
    }
    return true;
}

size_t measure_sentences(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t count = 0, end = 0; /* behind the last mark since the last letter, 0: there is none */
    bool has_letter = false;

    for (size_t at = 0; at <= length;) {
        uint32_t code = 'a'; /* the line's end is as good as a letter */
        size_t width = at < length ? decode(bytes + at, length - at, &code) : 1;

        at += width;
        if (utf8_among(sentence_marks, COUNT(sentence_marks), code)) {
            if (has_letter && (code >= 0x80 || is_apart(bytes, length, at)))
                end = at;
        } else if (letters_is_letter(code)) {
            count += end > 0 && (bytes[end - 1] != '.' || !ends_in_dots(bytes, end));
            end = 0;
            has_letter = true;
        }
    }
    return count;
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
