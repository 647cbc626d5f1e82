/*
 * json -- strict JSON (RFC 8259), read to learn where the values of some paths stand.
 *
 * Model:     json_read judges one JSON text from its first byte to its last and makes no tree of
 *            it: a caller that replaces a value needs its place among the bytes and nothing else.
 *            A path is a list of names from the outermost object inwards; it does not lead into
 *            arrays. Names are compared as they read, whatever their escapes; of names that come
 *            twice in an object the last counts.
 *            What the RFC leaves open: numbers may be of any size; lone surrogates in escapes and
 *            strings that are not UTF-8 are let through; a byte order mark is not JSON.
 * Ownership: paths and values are the caller's; values are places in the caller's text.
 * Limits:    JSON_PATHS paths. Nesting is bounded by memory alone, a bit for each level.
 * Errors:    enum json_status; *fault is filled in for JSON_BAD.
 */
#ifndef DECHAFF_FORMAT_JSON_H
#define DECHAFF_FORMAT_JSON_H

#include "base/span.h"

#include <stdint.h>

#define JSON_PATHS 16

enum json_type { JSON_NONE, JSON_STRING, JSON_NUMBER, JSON_OBJECT, JSON_ARRAY, JSON_LITERAL };

struct json_path {
    const struct span *names;
    uint32_t count; /* at least 1 */
};

struct json_value {
    enum json_type type; /* JSON_NONE: there is no such value */
    size_t begin;        /* of a string: what stands between the quotes */
    size_t end;          /* of a scalar only */
};

struct json_fault {
    const char *reason; /* what is wrong and what would be right */
    size_t at;
};

enum json_status { JSON_GOOD, JSON_BAD, JSON_NO_MEMORY };

struct json;

/* NULL when memory is short. */
struct json *json_create(void);
void json_destroy(struct json *json);

/* VALUES has COUNT places, one for each path. */
enum json_status json_read(struct json *json, struct span text, const struct json_path *paths,
                           struct json_value *values, uint32_t count, struct json_fault *fault);

/* Of what was read last: the name, as it is written, of the longest string with a blank in it that
 * the outermost object has; empty if it has none. */
struct span json_longest(const struct json *json);

#endif
