/*
 * origin -- the site that a document is from.
 *
 * Model:     the host that the document names, else that of --host, else, unless a field was to
 *            name it, the last directory of its file's name that is a host; without the `www.`
 *            before it.
 * Ownership: names are written into the caller's memory.
 * Errors:    none; an empty name where no host is known.
 */
#ifndef DECHAFF_FLOW_ORIGIN_H
#define DECHAFF_FLOW_ORIGIN_H

#include "flow/stream.h"

/* IS_DOMAIN: the domain that the host is of. */
struct span origin_site(const struct stream *stream, bool is_domain, char site[DOCUMENT_HOST]);

#endif
