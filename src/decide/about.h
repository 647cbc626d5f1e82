/*
 * about -- what a document speaks of.
 *
 * Model:     a text about newsletters names them in line after line, a form that asks for an
 *            address once. A document is about a mark once so many of its lines that stay have had
 *            it: lines that read as prose, and its first line, which is its headline. What comes
 *            later is not known.
 * Ownership: none.
 * Errors:    none.
 */
#ifndef DECHAFF_DECIDE_ABOUT_H
#define DECHAFF_DECIDE_ABOUT_H

#include "rules/rule.h"

#include <stdint.h>

struct about {
    uint64_t asked; /* marks that a rule asks for */
    uint64_t known; /* those that the document is about */
    uint32_t least; /* lines that it takes */
    uint32_t lines[MARKS_MAX];
};

/* Nothing is known of a new document. */
void about_begin(struct about *about);

/* One more line stays that has MARKS and counts. */
void about_note(struct about *about, uint64_t marks);

#endif
