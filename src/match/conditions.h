/*
 * meet -- whether a line meets one rule.
 *
 * Model:     the inner half of match.h: sections, conditions, regexes, and what strip does. What a
 *            line meets of all rules together is match.c's.
 * Ownership: the state is match.c's; nothing else may use it.
 * Limits:    MATCH_GROWTH for what strip rules add.
 * Errors:    no_memory is set in the state.
 */
#ifndef DECHAFF_MATCH_CONDITIONS_H
#define DECHAFF_MATCH_CONDITIONS_H

#include "line/facts.h"
#include "match/match.h"
#include "match/memo.h"
#include "regex/pattern.h"

/* The match-limit of the program's own regexes, which take a few steps a byte. */
#define OWN_LIMIT UINT32_C(1000000000)

/* Regexes the program itself needs, for what takes Unicode's letters. */
enum built_in { HAS_LETTER_OR_DIGIT, IS_UPPER, IS_TITLE, BUILT_INS };

struct match {
    const struct rules *rules;
    const struct prefilter *prefilter;
    const struct weigher *weigher; /* NULL if no rule weighs */
    enum match_way way;
    struct pattern_matcher *matcher;
    struct pattern_matcher *own_matcher; /* for the built-in regexes, whatever the match-limit */
    struct prefilter_scratch *scratch;
    struct pattern *patterns; /* one a rule */
    struct pattern *untils;   /* one a rule */
    struct pattern built_ins[BUILT_INS];
    uint64_t *limited;
    struct holding holding;
    uint32_t *all; /* what MATCH_PLAIN tries: 0, 1, ... */
    /* Sets of the rules that weigh or mark: whose section holds, whose conditions the line at hand
     * meets, and which hit it. */
    uint64_t *sections;
    uint64_t *sifted;
    uint64_t *weighs;
    char *edited[2];
    size_t edited_capacity[2];
    size_t edited_max;     /* bytes the line at hand may grow to */
    struct memo *memo;     /* NULL for MATCH_PLAIN and for few rules */
    struct memo_span span; /* where all rules would say the same of the line at hand */
    bool is_lasting;       /* and they would, whenever it comes again */
    bool no_memory;
};

/* The set of rules that weigh or mark whose section holds is made anew. */
void meet_sections(struct match *match);

/* Whether one of the program's own regexes matches. */
bool meet_built_in(struct match *match, enum built_in which, const char *text, size_t length);

/* The conditions about the line alone. */
bool meet_line_conditions(struct match *match, const struct conditions *conditions,
                          struct facts *facts);

/* Finds the set of rules that weigh or mark whose conditions the line at POSITION meets. */
void meet_sift(struct match *match, struct facts *facts, const struct position *position);

/* Section, place and conditions. */
bool meet_conditions(struct match *match, uint32_t index, struct facts *facts,
                     const struct position *position);

/* Looks for the rule's regex from FROM on; SPAN may be NULL. */
enum pattern_status meet_regex(struct match *match, uint32_t index, const char *text, size_t length,
                               size_t from, struct pattern_span *span);

/* Applies a strip rule, over all its matches, to the text in FACTS, which becomes the result. An
 * empty match removes nothing. */
enum pattern_status meet_strip(struct match *match, uint32_t index, struct facts *facts);

#endif
