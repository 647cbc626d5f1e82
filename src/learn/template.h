/*
 * template -- what lines of a site have in common that differ in numbers and dates alone.
 *
 * Model:     a template is the regex of such lines without what decorates them at their ends: its
 *            key is the part between "^\W*" and "\W*$", and a '$' at its end. Numbers are
 *            "\d+(?:[.,]\d+)*", and the word of a date with a year is "\p{L}+": a month, in
 *            whatever language. A line that is longer than a template may be has only its
 *            beginning in it, and no '$'. The sample is the text itself, as far as the template
 *            reaches. It is made of what rules see of a line, see line/view.
 * Ownership: a template is a plain value.
 * Limits:    TEMPLATE_CHARS characters of the line. A line without three letters that are its own
 *            (two where a script writes no blanks), or with a control character, has no template.
 * Errors:    none; false where there is no template.
 */
#ifndef DECHAFF_LEARN_TEMPLATE_H
#define DECHAFF_LEARN_TEMPLATE_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEMPLATE_CHARS 80
#define TEMPLATE_KEY ((size_t)2048)   /* bytes of a key at most: 16 for a number, and more */
#define TEMPLATE_SAMPLE ((size_t)512) /* the same: a number is one character, of any length */

/* What lines begin and end with around a key. */
#define TEMPLATE_BEGIN "^\\W*"
#define TEMPLATE_END "\\W*$"

/* Words that a line of running text has at least, in what a template has of it. */
#define TEMPLATE_PROSE ((size_t)10)

struct template
{
    char key[TEMPLATE_KEY];
    size_t length;
    struct span sample;
    bool is_general; /* it stands for more than one text */
};

/* Whether the key is of the whole line, and has a '$' at its end that is none of the text. */
bool template_is_whole(struct span key);

/* The words of a key if they are TEMPLATE_PROSE or more, as in running text, or 0. */
uint32_t template_prose(struct span key);

/* Whether the key stands for words that its sample has not: it may match what it was not made of.
 */
bool template_has_month(struct span key);

/* Whether OTHER is the key, with signs around it that "\W" may find: the rule of the one may then
 * match what the other is of. */
bool template_is_within(struct span key, struct span other);

/* Writes the line that a template was made of, its SAMPLE or, where that is empty, what its key
 * says, as many bytes as that has at most, and returns how many. */
size_t template_text(struct span key, struct span sample, char *text);

/* The same in the arena; false when memory is short. */
bool template_sample(struct arena *arena, struct span key, struct span sample, struct span *text);

bool template_make(struct template *template, struct span seen);

#endif
