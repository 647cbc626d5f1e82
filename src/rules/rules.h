/*
 * rules -- a set of rules, loaded from rule files and checked.
 *
 * Model:     rules_create, then rules_load and rules_add in command-line order, then
 *            rules_finish; from then on the set never changes and threads may share it.
 *            Rules are numbered in the order in which a line meets them: strip rules, keep
 *            rules, then the others; among each, those of [host] sections first, else in file
 *            order.
 * Ownership: the set owns its files' texts and everything in its rules. rules_destroy frees all.
 * Limits:    SOURCE_MAX bytes a file, RULES_DEPTH_MAX files deep in each other.
 * Errors:    what is wrong in rule files goes into the diagnostics; false is returned only when
 *            memory is short. A set with errors must not be used.
 */
#ifndef DECHAFF_RULES_RULES_H
#define DECHAFF_RULES_RULES_H

#include "base/arena.h"
#include "line/lexicon.h"
#include "match/prefilter.h"
#include "match/weights.h"
#include "rules/diag.h"
#include "rules/marks.h"
#include "rules/paths.h"
#include "rules/rule.h"
#include "rules/sections.h"
#include "rules/syntax.h"

#define RULES_DEPTH_MAX 32
#define RULES_ID_SIZE 4352 /* a path and a line number */

struct rules {
    struct rule *items; /* they never change once finished */
    uint32_t count;
    struct sections *sections;
    struct parameters parameters;
    struct prefilter *prefilter;
    uint32_t max_back;  /* the largest back=N of a cut */
    uint32_t max_head;  /* the largest first=N of a head */
    uint32_t max_after; /* the largest after=Nw */
    bool has_keep;      /* one of the rules is a keep */
    struct marks marks;
    struct lexicon *lexicon;
    uint32_t weigh_count; /* rules that weigh; none: nothing is weighed */
    uint32_t *plain;      /* the rules that mark or weigh without a regex */
    uint32_t plain_count;
    const struct weigher *weigher; /* if rules weigh */
    struct rules_load *load;
    struct arena arena;
};

/* keep_examples: for --check; else the + and - lines are only checked for their syntax. */
struct rules *rules_create(bool keep_examples);
void rules_destroy(struct rules *rules);

/* Loads the rule file NAME, a name on the search path or a path; `none` is no file. */
bool rules_load(struct rules *rules, const struct search *search, const char *name,
                struct diagnostics *diagnostics);

/* Adds the statements of an -e. The text is copied. */
bool rules_add(struct rules *rules, const struct search *search, const char *text,
               struct diagnostics *diagnostics);

/* Orders and numbers the rules, checks what they are to one another, builds the prefilter. */
bool rules_finish(struct rules *rules, struct diagnostics *diagnostics);

/* The rule's id: its name, or FILE:LINE. Truncated to SIZE, always terminated. */
void rules_id(const struct rules *rules, uint32_t rule, char *buffer, size_t size);

/* For --list-rules, a line a rule in their order: ID TAB FILE:LINE TAB STATEMENT. The caller frees
 * it; NULL when memory is short. */
char *rules_text(const struct rules *rules);

/* Where the rule stands, for a diagnostic. */
struct place rules_place(const struct rule *rule);

#endif
