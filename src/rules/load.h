/*
 * load -- rule files into rules: includes, sections, defines, examples, and each regex checked.
 *
 * Model:     one loader a set: load_name and load_text in command-line order, then rules_finish.
 *            Rules are added to the set in file order.
 * Ownership: the set, the search path and the diagnostics are borrowed. Texts, names and regexes go
 *            into the set's arena.
 * Limits:    SOURCE_MAX bytes a file, LOAD_DEPTH_MAX files deep in each other, and the set's
 *            ceilings: at the first that is passed it stops.
 * Errors:    as in rules.h: rule files' errors are diagnostics, false is a lack of memory.
 */
#ifndef DECHAFF_RULES_LOAD_H
#define DECHAFF_RULES_LOAD_H

#include "rules/paths.h"
#include "rules/rules.h"

#define LOAD_DEPTH_MAX 32

struct load;

/* Without RULES memory was short already: NULL. The examples are kept for --check alone. */
struct load *load_create(struct rules *rules, const struct paths *paths,
                         struct diagnostics *diagnostics, bool keep_examples);
void load_destroy(struct load *load);

/* Loads the rule file NAME, a name on the search path or a path; `none` is no file. */
bool load_name(struct load *load, const char *name);

/* Adds the statements of an -e. The text is copied. */
bool load_text(struct load *load, const char *text);

/* Whether a set that was taken from an image (rules_open) was asked for what can't be added to it:
 * words for a lexicon, defines, bind, what is read from a pipe. It must not be used, but all be
 * loaded. */
bool load_is_beyond(const struct load *load);

#endif
