/*
 * required -- what a regular expression requires of every line it matches.
 *
 * Model:     FilteredRE2's: one pass over the PCRE2 syntax computes for every part the strings
 *            it matches exactly, as long as they are few, or else one set of strings of which
 *            every match must contain at least one. Concatenation multiplies exact sets and
 *            otherwise keeps the rarest set of its parts (AND), alternation unites (OR).
 *            Lines and literals are compared folded (fold.h), so a literal serves caseless and
 *            exact regexes alike; an anchor is a literal byte, the newline that a scanner sees
 *            before and after each line: /^rss$/ requires "\nrss\n". Beyond FilteredRE2, a literal
 *            has margins (alternatives.h): in /^\W*rss\b/ no word stands before it, and none goes
 *            on behind it. They are noted while the regex is read from left to right.
 * Contract:  a line that PCRE2 matches contains one of the literals and is within the lengths.
 *            A line never contains a newline. What is not understood requires nothing: no
 *            literals, no bounds; a rule may be run in vain, never missed.
 *            What parts a regex into several (ways.h) notes here what it came to.
 * Ownership: the literals lie in the arena that the analyser was made with.
 * Limits:    LITERAL_MAX_LENGTH bytes a literal, SEQUENCE_REQUIRED literals a regex (sequence.h),
 *            groups nested up to REQUIRED_MAX_DEPTH; beyond these, less is known.
 * Errors:    only a lack of memory, as NULL or false.
 */
#ifndef DECHAFF_REGEX_REQUIRED_H
#define DECHAFF_REGEX_REQUIRED_H

#include "base/arena.h"
#include "regex/literal.h"
#include "regex/regex.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REQUIRED_MAX_DEPTH 64

struct required {
    /* Certain to compile: a load need not try. The rest holds either way. */
    bool understood;
    uint32_t min_length; /* bytes of a matching line, its ending not counted */
    uint32_t max_length; /* REGEX_UNBOUNDED unless anchored at both ends and bounded */
    uint32_t barred;     /* no matching line has such an opening (opening.h) */
    uint32_t digits;     /* a matching line holds no fewer (digits.h) */
    const struct literal *literals;
    size_t count;                  /* 0: nothing is required, the regex must run on every line */
    const struct literal *besides; /* a matching line holds one of these as well */
    size_t besides_count;          /* 0: none are known, or needed */
    bool is_anchored;              /* it matches at the line's start only */
    struct way *ways;              /* what it was parted into (ways.h) */
    size_t ways_count;             /* 0: it was not */
};

/* How much it tells to have seen one of the strings. */
struct worth {
    unsigned rarity; /* in half bits (rarity.h); 0: nothing is required */
    bool is_anchored;
};

struct required_analyser;

/* NULL: no memory. */
struct required_analyser *required_create(struct arena *arena);
void required_destroy(struct required_analyser *analyser);

/* False: no memory, and *REQUIRED is that of a regex that is not understood. */
bool required_analyse(struct required_analyser *analyser, const struct regex *regex,
                      struct required *required);

/* Whether few lines can match, as most have a letter first, or no more than a digit. */
bool required_has_shape(const struct required *required);

/* What REGEX requires, without the strings: of these nothing is kept. */
struct worth required_worth(struct required_analyser *analyser, const struct regex *regex);

#endif
