/*
 * opening -- what the first word of a line begins with, as far as a regex can tell.
 *
 * Model:     the first byte of a line that is a word byte or belongs to no ASCII character is its
 *            opening. It has traits: which letter it is, and in which case; or that it is a digit,
 *            the underscore, beyond ASCII. Of a part of a regex that begins where only signs came
 *            before, those traits are noted that no opening of a match has: none at first, which
 *            says nothing. A trait of its own stands for having no opening, so that the part behind
 *            it may have one. Of /^\W*(?:by|\d)/ it is known that b, digits and what is beyond
 *            ASCII may open a line that matches: most lines need not be asked.
 * Contract:  a line in which the regex matches never has a trait that is barred.
 */
#ifndef DECHAFF_REGEX_OPENING_H
#define DECHAFF_REGEX_OPENING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The traits, as bits. */
#define OPENING_LETTERS ((UINT32_C(1) << 26) - 1) /* a to z in either case */
#define OPENING_SMALL (UINT32_C(1) << 26)
#define OPENING_CAPITAL (UINT32_C(1) << 27)
#define OPENING_DIGIT (UINT32_C(1) << 28)
#define OPENING_UNDERSCORE (UINT32_C(1) << 29)
#define OPENING_BEYOND (UINT32_C(1) << 30) /* ASCII, also what is no UTF-8 */
#define OPENING_NONE (UINT32_C(1) << 31)   /* nothing but signs of ASCII, or nothing at all */
/* What \w matches, and \W. */
#define OPENING_WORD (~OPENING_NONE)
#define OPENING_SIGN (OPENING_NONE | OPENING_BEYOND)

/* The traits of a line's opening; OPENING_NONE if it has none. */
uint32_t opening_of_line(const char *line, size_t length);

/* Those of a folded string (fold.h) in whatever case. */
uint32_t opening_of_folded(const unsigned char *bytes, size_t length);

/* Those of the characters from FIRST to LAST. */
uint32_t opening_of_range(uint32_t first, uint32_t last, bool caseless);

/* Those of the escape that begins with a backslash at TEXT and stands for a set. */
uint32_t opening_of_escape(const unsigned char *text, size_t length, bool caseless);

/* What is barred where a part that bars BARRED is followed by one that bars NEXT. */
static inline uint32_t opening_followed(uint32_t barred, uint32_t next)
{
    return barred & OPENING_NONE ? barred : (barred | OPENING_NONE) & next;
}

#endif
