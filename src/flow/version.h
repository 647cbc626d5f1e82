/*
 * version -- which program this is.
 *
 * Ownership: the text is the caller's to free.
 * Errors:    NULL when memory is short.
 */
#ifndef DECHAFF_FLOW_VERSION_H
#define DECHAFF_FLOW_VERSION_H

/* A line, with what PCRE2 says of itself, and what a sandbox is made of. */
char *version_text(void);

#endif
