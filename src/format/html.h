/*
 * html -- whether a text is a page of HTML, told by its beginning, and its charset.
 *
 * Model:     a page begins with a document type, or with html, head or body, and a tag, a comment
 *            or the end follows: who writes about HTML goes on in words. Comments and an XML
 *            declaration may come before. All else is text, parts of pages too.
 *            More bytes never change what was clear.
 * Ownership: borrowed texts; nothing is kept.
 * Limits:    what does not become clear in HTML_LOOK bytes is text.
 * Errors:    none.
 */
#ifndef DECHAFF_FORMAT_HTML_H
#define DECHAFF_FORMAT_HTML_H

#include "base/span.h"

#define HTML_LOOK 4096

/* Bytes of a charset's name, terminated. */
#define HTML_CHARSET 32

enum html_sign { HTML_NOT, HTML_UNCLEAR, HTML_YES };

/* IS_ALL: nothing follows BEGIN; then nothing is unclear. */
enum html_sign html_begins(struct span begin, bool is_all);

/* The charset that a page which begins so declares, by the name that most programs know it by, and
 * as browsers take it; utf-8 if it declares none. It has letters, digits and .:_- of ASCII alone.
 */
void html_charset(struct span begin, char charset[HTML_CHARSET]);

#endif
