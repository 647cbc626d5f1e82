/*
 * measure -- what can be counted about a line.
 *
 * Model:     pure functions of the bytes [text, text + length); nothing behind them is read. A
 *            character is a well-formed UTF-8 sequence; each byte that belongs to none counts as
 *            one character that is no white space, digit or mark. White space is Unicode's
 *            White_Space. A word is a run of characters other than white space. Character
 *            properties are those of Unicode 14.0.
 * Limits:    time is linear in length, no memory is allocated.
 * Errors:    none.
 */
#ifndef DECHAFF_LINE_MEASURE_H
#define DECHAFF_LINE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

/* In such an order that all ends that a rule may ask for at once stand in a row. */
enum measure_end {
    ENDS_OTHER,
    ENDS_COMMA,
    ENDS_SENTENCE, /* . ! ? and their kin in other scripts */
    ENDS_QUESTION, /* a sentence too */
    ENDS_ELLIPSIS, /* ..., . . ., or a character that means it; also in brackets */
    ENDS_COLON
};

/* For measure_is_blank alone: a line whose first byte may begin white space. */
bool measure_is_blank_slowly(const char *text, size_t length);

/* True when there is nothing but white space, or nothing. */
static inline bool measure_is_blank(const char *text, size_t length)
{
    if (length == 0)
        return true;
    if ((unsigned char)text[0] > ' ' && (unsigned char)text[0] < 0xC2)
        return false;
    return measure_is_blank_slowly(text, length);
}

/* Words stand between white space; but of scripts written without any, Han and kana, each two
 * characters are a word, and of Thai, Lao, Burmese and Khmer each five. */
size_t measure_words(const char *text, size_t length);

size_t measure_chars(const char *text, size_t length);

/* The number of words, or LIMIT if there are more: no text is read beyond. */
size_t measure_words_up_to(const char *text, size_t length, size_t limit);

/* Columns of white space before the text; a tab goes on to the next multiple of 8. */
size_t measure_indent(const char *text, size_t length);

/*
 * The kind of mark the line ends with. White space, closing quotes and brackets, asterisks and
 * footnote marks ([1], [a], superscript digits) behind the mark are looked through.
 */
enum measure_end measure_end(const char *text, size_t length);

/* Whether the text, which is not empty, ends with a full stop that is the last of three, or stands
 * after an ellipsis. */
bool measure_ends_in_dots(const char *text, size_t length);

/* Whether white space, a character of a script that writes none, or the line's end is at AT, what
 * may close a sentence looked through. */
bool measure_is_apart(const char *text, size_t length, size_t at);

/*
 * True for an item of a list: a mark (* + - and the usual dots, squares and dashes), a lone o, or a
 * number of one to three ASCII digits with a full stop; then white space and something else.
 * White space before it does not matter.
 */
bool measure_is_bullet(const char *text, size_t length);

#endif
