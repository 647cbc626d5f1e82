/*
 * fields -- which fields of a JSON line hold the text, its address or host, and its language.
 *
 * Model:     a field is named by its path, the names of objects from the outermost inwards with
 *            dots between them, such as .doc.body; the first dot may be left out. A name with dots
 *            of its own stands in double quotes.
 * Ownership: fields_create copies what it keeps; fields_destroy frees it. Never changed after.
 * Limits:    FIELD_NAMES names a path.
 * Errors:    NULL from fields_create, which says whether a path was wrong or memory short.
 */
#ifndef DECHAFF_FORMAT_FIELDS_H
#define DECHAFF_FORMAT_FIELDS_H

#include "format/json.h"

#define FIELD_NAMES 16

/* What fields are for; those of one kind are in order of preference. */
enum field { FIELD_TEXT, FIELD_URL, FIELD_LANGUAGE, FIELD_HOST, FIELD_ANNOTATION };

struct fields {
    struct json_path paths[JSON_PATHS];
    enum field kinds[JSON_PATHS];
    uint32_t count;
    const char *asked[FIELD_ANNOTATION]; /* by kind: what must be there; NULL: nothing need be */
};

/* What options say; NULL for what they leave open, where fields.c has the names to try. */
struct field_wishes {
    const char *text;
    const char *url;
    const char *language;
    const char *host;       /* no address is looked for then */
    const char *annotation; /* a name, not a path */
};

/* NULL when memory is short, or when a path is wrong: *wrong is that path then, else NULL. */
struct fields *fields_create(const struct field_wishes *wishes, const char **wrong);
void fields_destroy(struct fields *fields);

#endif
