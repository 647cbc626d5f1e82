/*
 * load -- rule files into rules: includes, sections, defines, examples, and each regex checked.
 *
 * Model:     the half of rules.h that is over once a set is finished. Rules pile up in file order
 *            together with what their regexes require of a line; rules_finish orders them.
 * Ownership: texts, names and regexes go into the set's arena; load_destroy frees the pile.
 * Errors:    as in rules.h: rule files' errors are diagnostics, false is a lack of memory.
 */
#ifndef DECHAFF_RULES_LOAD_H
#define DECHAFF_RULES_LOAD_H

#include "regex/required.h"
#include "rules/define.h"
#include "rules/rules.h"
#include "rules/sources.h"

struct rules_load {
    struct rule *items;
    struct required *required; /* of the rule in the same place */
    size_t count;
    size_t capacity;
    const struct define *defines; /* the newest first */
    struct required_analyser *analyser;
    struct sources sources;
    size_t inline_lines; /* lines of all -e so far */
    bool keep_examples;
};

struct rules_load *load_create(bool keep_examples);
void load_destroy(struct rules_load *load);

bool load_file(struct rules *rules, const struct search *search, const char *name,
               struct diagnostics *diagnostics);
bool load_text(struct rules *rules, const struct search *search, const char *text,
               struct diagnostics *diagnostics);

#endif
