/*
 * digits -- how many digits a line holds, as far as a regex can count on them.
 *
 * Model:     the digits of ASCII are counted, and the first bytes of those characters beyond it
 *            among which there are digits to PCRE2, too: none in Latin, Greek, Cyrillic and
 *            Chinese, and no punctuation. Of a part of a regex it is known how many digits any
 *            match consumes, at least: /\d{1,2}[.:]\d\d/ asks for three. Dates, times and prices
 *            are mostly told by nothing else, and most lines hold no digit.
 * Source:    DerivedGeneralCategory.txt of Unicode 15.0, Nd.
 * Contract:  a line in which the regex matches never holds fewer.
 */
#ifndef DECHAFF_REGEX_DIGITS_H
#define DECHAFF_REGEX_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More than these are not asked for. */
#define DIGITS_MOST 16

/* Up to DIGITS_MOST. */
uint32_t digits_of_line(const char *line, size_t length);

/* Those of ASCII in a string, up to DIGITS_MOST. */
uint8_t digits_of_string(const unsigned char *bytes, size_t length);

/* Whether the escape that begins with a backslash at TEXT and stands for a set holds nothing but
 * digits. */
bool digits_are_escape(const unsigned char *text, size_t length);

/* Of a part that holds ONE number of them and then TIMES the other. */
uint8_t digits_added(uint8_t one, uint8_t other, uint32_t times);

#endif
