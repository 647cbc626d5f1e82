/*
 * prefilter -- which few of thousands of rules can match a line.
 *
 * Model:     the literals of all rules (required.h) go into one scanner (scan.h). A line's
 *            candidates are the rules of which a literal was seen, and those that require none,
 *            less those whose lengths, opening (opening.h), digits (digits.h) or other words
 *            (words.h) refuse the line and those in a section that does not hold. A candidate may
 *            be named in vain; a rule that matches is never left out. The rules of a literal are
 *            listed by section (postings.h), so that ten thousand sites' rules for one and the same
 *            line cost nothing elsewhere. Literals of rules that are apart have a scanner of their
 *            own, of which documents that no such rule is for are spared.
 * Methods:   FilteredRE2 is followed for what a regex requires, but it looks for its strings with
 *            one automaton and knows nothing of where they stand. Most rules are about whole lines
 *            (/^\W*share\W*$/), so that the place tells more than the bytes: margins
 *            (alternatives.h) took the candidates of a line from 2.9 to 1.2 with the shipped rules
 *            on web pages, and from 2.2 to 0.4 on a novel. Literals are then looked for at places,
 *            eight bytes of a line in plain spelling (places.h). User and system time of the whole
 *            program on 64 MB of web pages and on a novel, with 333 rules, in times of the last,
 *            on an AMD EPYC with AVX-512:
 *                a bit table of four-byte windows, asked at every byte (Wu-Manber)  1.18  1.31
 *                four-byte windows of four sizes, asked at places                   1.21  1.39
 *                eight bytes, asked at places                                       1     1
 *            Before that, an Aho-Corasick automaton did 240 to 320 MB/s untuned, the bit table 340
 *            with 385 literals and 190 with 5,100. Literals that may be anywhere were looked for by
 *            Teddy (FDR), with a bit table behind it. Its eight buckets let 27 % of the bytes
 *            through by default, and 98 % of them with 1,123 such literals of one byte and more (-r
 *            page): places of their own, at signs, characters beyond ASCII and runs of word bytes,
 *            made the search take 0.6 of the time with -r page. By default it takes 1.08 of it, but
 *            without AVX-512 half of it.
 * Ownership: the arena's; it is never changed once built, and threads may share it. It keeps
 *            nothing of what it was built from. What changes lives in a scratch, one for each
 *            stream. Candidates belong to the scratch, until its next use.
 * Limits:    UINT32_MAX rules. A scratch takes a fixed size, however long the lines.
 * Errors:    NULL for a lack of memory, when building; a scan cannot fail.
 */
#ifndef DECHAFF_MATCH_PREFILTER_H
#define DECHAFF_MATCH_PREFILTER_H

#include "base/arena.h"
#include "regex/required.h"
#include "rules/sections.h"

#include <stddef.h>
#include <stdint.h>

/* A rule, or a way of one (engine.h), numbered by its place in the array. The lengths are what the
 * conditions say about the line's length in bytes (min-chars=N: at least N; max-chars=N: at most
 * 4N; min-words=N: at least 2N-1); 0 and REGEX_UNBOUNDED if nothing. */
struct prefilter_rule {
    const struct required *required;
    uint32_t min_length;
    uint32_t max_length;
    uint32_t section; /* sections.h */
    bool is_apart;    /* few documents are in it: its literals are looked for by themselves */
};

struct prefilter;
struct prefilter_scratch;

/* The rules are added to those of BASE, and are numbered behind them; it is borrowed, and was not
 * made so itself. NULL: there are no others. */
struct prefilter *prefilter_create(struct arena *arena, const struct prefilter *base,
                                   const struct prefilter_rule *rules, size_t count);

struct prefilter_scratch *prefilter_scratch_create(const struct prefilter *prefilter);
void prefilter_scratch_destroy(struct prefilter_scratch *scratch);

/* Chooses the sections whose rules may be candidates from here on, until it is called again; at
 * first and with NULL, only those of section 0. The scratch borrows HOLDING. */
void prefilter_hold(const struct prefilter *prefilter, struct prefilter_scratch *scratch,
                    const struct holding *holding);

/* The rules that may match the line (without its ending): how many; *rules is ascending, each
 * once. */
size_t prefilter_candidates(const struct prefilter *prefilter, struct prefilter_scratch *scratch,
                            const char *line, size_t length, const uint32_t **rules);

#endif
