/*
 * formats -- the formats there are: one row each.
 *
 * Model:     text and nul are here, the others in a file each. A new format is a row and the
 *            functions of document.h.
 * Ownership: rows are constant.
 */
#ifndef DECHAFF_FORMAT_FORMATS_H
#define DECHAFF_FORMAT_FORMATS_H

#include "format/document.h"

/* One document, and nothing but its lines. */
extern const struct format text_format;

/* Documents with a NUL behind each, as find -print0 ends names. */
extern const struct format nul_format;

/* JSON lines (jsonlines.org): a JSON text a line. */
extern const struct format jsonl_format;

/* Common Crawl's WET files: WARC 1.0 and 1.1 (ISO 28500) with conversion records. */
extern const struct format wet_format;

/* NULL if there is none of that name. */
const struct format *formats_find(const char *name);

/* The format of a file by the end of its name, or what comes before the end that says how it is
 * packed; text if that says nothing. */
const struct format *formats_of_file(const char *path);

#endif
