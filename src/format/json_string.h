/*
 * json_string -- what stands between the quotes of a JSON string, read and written.
 *
 * Model:     RFC 8259, section 7. A string that was read is UTF-8 but for what is not in the
 *            source either: bytes that are not, and lone surrogates, which become the three bytes
 *            that UTF-8 forbids for them. Written, those become an escape again.
 * Ownership: all memory is the caller's.
 * Errors:    none: json_string_read wants escapes that json_read has found right.
 */
#ifndef DECHAFF_FORMAT_JSON_STRING_H
#define DECHAFF_FORMAT_JSON_STRING_H

#include "base/span.h"
#include "io/writer.h"

#include <stdbool.h>

/* How many bytes at the start are no quote, backslash or control character. */
size_t json_plain_length(const char *text, size_t length);

/* Reads RAW into OUT, which has RAW.length bytes, enough for any string. Returns the bytes used. */
size_t json_string_read(struct span raw, char *out);

/* Whether RAW reads as TEXT. */
bool json_string_is(struct span raw, struct span text);

/* Writes TEXT with the escapes it needs; is_ascii: and with escapes for all that is not ASCII.
 * False if the writer failed. */
bool json_string_put(struct writer *writer, const char *text, size_t length, bool is_ascii);

#endif
