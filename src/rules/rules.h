/*
 * rules -- a set of rules, loaded from rule files and checked.
 *
 * Model:     rules_create, then load.h adds what the rule files say, then rules_finish; from then
 *            on the set never changes and threads may share it.
 *            Rules are numbered in the order in which a line meets them: strip rules, keep
 *            rules, then the others; among each, those of [host] sections first, else in file
 *            order.
 * Ownership: the set owns its files' texts and everything in its rules. rules_destroy frees all.
 * Limits:    fewer than NO_RULE rules, and what limits.h says.
 * Errors:    what is wrong in rule files goes into the diagnostics; false and NULL are returned
 *            only when memory is short. A set with errors must not be used.
 */
#ifndef DECHAFF_RULES_RULES_H
#define DECHAFF_RULES_RULES_H

#include "base/arena.h"
#include "base/pages.h"
#include "line/lexicon.h"
#include "rules/limits.h"
#include "rules/rule.h"
#include "rules/sections.h"
#include "rules/syntax.h"

struct bind;
struct engine;
struct known;

struct rules {
    struct rule *items; /* as the files have them, from rules_finish on in their order */
    uint32_t count;
    uint32_t capacity;
    struct sections *sections;
    struct parameters parameters;
    struct limits limits; /* the default ones, unless others are put here before it is loaded */
    uint32_t max_back;    /* the largest back=N of a cut that decides */
    uint32_t max_head;    /* the largest first=N of a head that decides */
    uint32_t max_after;   /* the largest after=Nw */
    bool has_keep;        /* one of the rules is a keep */
    bool has_own;         /* one is of the user's own and decides */
    bool reaches;         /* one that decides has a say in other lines than its own, or waits */
    bool asks_behind;     /* one that decides asks what the line stands behind */
    uint64_t asked_about; /* marks that one asks of what the document is about, if it decides */
    struct marks marks;
    struct lexicon *lexicon;
    struct required_analyser *analyser;
    uint32_t weigh_count;   /* rules that weigh or judge; none: nothing is weighed */
    bool judges;            /* a rule judges: lines wait for their page's end */
    bool discards;          /* a document rule does, at the end of the document */
    struct bind *binds;     /* until it is finished, the last one first */
    struct source *sources; /* all that were named, the last one first */
    struct arena arena;
    /* Of a set that was kept in an image (match/image.h): it, and what was built of the rules. */
    bool is_settled; /* all lies in the arena or the image */
    void *image;
    size_t image_size;
    struct pages once; /* of the image: what is read once, if at all */
    const struct engine *engine;
    const struct known *known; /* regexes that need no analysis; lies in the image too */
    const struct rules *base;  /* the set there; it is this one unless others were added to it */
    uint32_t *moved; /* by number in the base: the number of the same rule here; NULL: that one */
};

/* A page that is judged as a whole has as many lines as this many bytes may have. */
#define RULES_BYTES_A_LINE 64

/* Whether the rule decides where it hits, rather than to give marks for others to weigh. */
static inline bool rules_decides(const struct rules *rules, const struct rule *rule)
{
    return !rules->weigh_count || rule->binds;
}

/* Whether all lines of a document wait for its end. */
static inline bool rules_wait_for_end(const struct rules *rules)
{
    return rules->judges || rules->discards;
}

/* How many lines that are not blank, and bytes of them, a document may hold back. */
static inline size_t rules_held_lines(const struct rules *rules)
{
    return rules_wait_for_end(rules) ? rules->parameters.page_bytes / RULES_BYTES_A_LINE
                                     : rules->parameters.hold_lines;
}

static inline size_t rules_held_bytes(const struct rules *rules)
{
    return rules_wait_for_end(rules) ? rules->parameters.page_bytes : rules->parameters.hold_bytes;
}

struct rules *rules_create(void);
void rules_destroy(struct rules *rules);

/* The memory that the set takes. */
size_t rules_bytes(const struct rules *rules);

/* Room for a rule behind the others, one of them once it is counted; those before it may move. */
struct rule *rules_room(struct rules *rules);

/* Whether the set has passed a ceiling; PLACE is where, for the diagnostics. */
bool rules_are_too_many(const struct rules *rules, struct diagnostics *diagnostics,
                        const struct place *place);

/* Orders and numbers the rules, and checks what they are to one another. */
bool rules_finish(struct rules *rules, struct diagnostics *diagnostics);

/* Moves all that a finished set holds into its arena; nothing can be added from then on. False when
 * memory is short, and the set is as it was. */
bool rules_settle(struct rules *rules);

/* Puts in the place of an empty set, but for its arena, one that was settled, in an IMAGE of SIZE
 * mapped bytes: rules_destroy unmaps it. */
void rules_adopt(struct rules *rules, const struct rules *settled, void *image, size_t size);

/* Makes a set that was adopted one that rules can be added to, but for words that a lexicon has,
 * and that is then to be finished. False when memory is short, and it can't be used. */
bool rules_open(struct rules *rules);

/* Makes it the empty set that it was at first, with the limits that it has; as above. */
bool rules_clear(struct rules *rules);

/* For --list-rules, a line a rule in their order: ID TAB FILE:LINE TAB STATEMENT. The caller frees
 * it; NULL when memory is short. */
char *rules_text(const struct rules *rules);

#endif
