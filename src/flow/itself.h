/*
 * itself -- what the program tells of itself, in the place of a run.
 *
 * Ownership: the caller frees the text.
 * Errors:    NULL when memory is short.
 */
#ifndef DECHAFF_FLOW_ITSELF_H
#define DECHAFF_FLOW_ITSELF_H

#include "flow/options.h"

/* Whether one of these is asked for: the help, the version, the packs there are, a completion. */
bool itself_is_asked(const struct options *options);

/* That text. PROGRAM is the name it was started by. */
char *itself_text(const struct options *options, const char *program);

#endif
