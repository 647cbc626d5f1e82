/*
 * base64 -- bytes that are no text, in a JSON string.
 *
 * Model:     RFC 4648, section 4: the standard alphabet, with padding.
 * Ownership: all memory is the caller's.
 * Errors:    false: of base64_put the writer's, of base64_read for what is not base64.
 */
#ifndef DECHAFF_FLOW_BASE64_H
#define DECHAFF_FLOW_BASE64_H

#include "base/span.h"
#include "io/writer.h"

bool base64_put(struct writer *writer, const char *bytes, size_t size);

/* Reads TEXT into OUT, which has three bytes for each four; *size is what was used. */
bool base64_read(struct span text, char *out, size_t *size);

#endif
