/*
 * completion -- what a shell needs to complete a command line.
 *
 * Model:     a script made of the table of flow/option_rows and a frame for each shell. When a word
 *            is to be completed, the frame asks the program on the command line for its packs and
 *            rules, and the first JSON line of its first file for the names of fields.
 * Ownership: the caller frees the text.
 * Errors:    NULL when memory is short.
 */
#ifndef DECHAFF_FLOW_COMPLETION_H
#define DECHAFF_FLOW_COMPLETION_H

#include "flow/options.h"

char *completion_text(enum shell shell);

#endif
