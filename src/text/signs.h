/*
 * signs -- characters as the published corpus filters part and count them.
 *
 * Model:     pure functions of a character. Those filters are written in Python: white space and
 *            the ends of lines are what its str.split and str.splitlines go by, which is a little
 *            more than Unicode's White_Space and the endings of line/line.h.
 */
#ifndef DECHAFF_TEXT_SIGNS_H
#define DECHAFF_TEXT_SIGNS_H

#include <stdbool.h>
#include <stdint.h>

/* What parts words. */
bool signs_is_white(uint32_t character);

/* What ends a line; of CR LF each does. */
bool signs_ends_line(uint32_t character);

/* What ends a sentence, in any script: Unicode's Sentence_Terminal and its look-alikes. */
bool signs_ends_sentence(uint32_t character);

/* What makes no word by itself: punctuation, the ends of sentences, controls. */
bool signs_is_symbol(uint32_t character);

#endif
