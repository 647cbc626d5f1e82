/*
 * utf8 -- characters as UTF-8 writes them.
 *
 * Model:     The Unicode Standard's table 3-7: the shortest form, no surrogates, nothing above
 *            U+10FFFF. A NUL is a character like any other. A character that the text's end cuts
 *            off is not well-formed.
 * Ownership: pure functions; all memory is the caller's.
 */
#ifndef DECHAFF_BASE_UTF8_H
#define DECHAFF_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_MARK "\xEF\xBB\xBF" /* the byte order mark */
#define UTF8_LONGEST 4           /* bytes of a character */

/* Characters, for tables of their properties. */
struct utf8_range {
    uint32_t first;
    uint32_t last;
};

/* Whether the character is in one of the ranges, which ascend. */
bool utf8_among(const struct utf8_range *ranges, size_t count, uint32_t character);

/* Whether the byte can only go on with a character. */
static inline bool utf8_continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* For utf8_decode alone: a text that begins with no ASCII character. */
size_t utf8_decode_long(const unsigned char *text, size_t length, uint32_t *character);

/* Reads the character that the text begins with. Returns its bytes: 0 if the character is not
 * well-formed or the text is empty. */
static inline size_t utf8_decode(const unsigned char *text, size_t length, uint32_t *character)
{
    if (length == 0 || text[0] >= 0x80)
        return utf8_decode_long(text, length, character);
    *character = text[0];
    return 1;
}

/* Reads the character that the text ends with, in the same way. */
size_t utf8_decode_last(const unsigned char *text, size_t length, uint32_t *character);

/* Writes a character, a surrogate too, and returns its bytes. */
size_t utf8_encode(uint32_t character, unsigned char text[UTF8_LONGEST]);

/* How many bytes at the start of TEXT are well-formed; LENGTH if all are. */
size_t utf8_valid_length(const char *text, size_t length);

static inline bool utf8_is_valid(const char *text, size_t length)
{
    return utf8_valid_length(text, length) == length;
}

#endif
