/*
 * context -- what came before a line, as far as rules that weigh can ask for it.
 *
 * Model:     running counts over a document's lines that are not blank, and which of them were
 *            seen. A line counts as prose if it is marked prose and not chrome.
 * Ownership: a value of fixed size, one for each stream.
 * Limits:    which lines come again is told by the hashes of the last CONTEXT_SEEN or so.
 */
#ifndef DECHAFF_DECIDE_CONTEXT_H
#define DECHAFF_DECIDE_CONTEXT_H

#include "line/likeness.h"
#include "match/chosen.h"

#define CONTEXT_SEEN 4096

/* How a line looks beside others. */
struct context_line {
    uint64_t marks; /* without MARK_PROSE where it is chrome */
    struct likeness likeness;
    bool is_repeated;
};

struct context_state {
    uint64_t seen[CONTEXT_SEEN]; /* hashes, by their low bits */
    struct context_line previous;
    bool has_previous;
    uint64_t blanks;     /* since the line before */
    uint64_t marks;      /* of all lines before */
    uint64_t late_marks; /* of those after some prose */
    size_t prose_indent;
    bool has_prose;
    uint64_t prose; /* words */
    uint64_t run;   /* lines since the last prose */
    uint64_t since; /* lines since a closing one */
    double density;
};

/* What sifts rules by what is around a line, one for each stream. Marks are numbered by enum
 * asked_marks, from MARKS_PREVIOUS on. */
struct context_sieves {
    const struct chosen *chosen;
    struct sieve around;
    struct kept marks[MARKS_UNSEEN + 1];
    uint32_t values[AROUND_BEHIND]; /* of the line that was looked at */
    uint64_t dropped[MARKS_UNSEEN + 1];
};

/* False when memory is short; either way context_sieves_release is due. */
bool context_sieves_init(struct context_sieves *sieves, const struct chosen *chosen);
void context_sieves_release(struct context_sieves *sieves);

void context_begin(struct context_state *state);

/* Whether the line came before. */
bool context_repeats(const struct context_state *state, const struct context_line *line);

/* Looks at what is around the line, but for the line behind it. */
void context_look(const struct context_state *state, const struct context_line *line,
                  struct context_sieves *sieves);

/* SET is a set of rules that weigh. Takes those out that ask for other surroundings than the line
 * has that was looked at last. NEXT is the first behind it that is not blank, NULL if there is none
 * or it is not known. */
void context_sift(struct context_sieves *sieves, const struct context_line *line,
                  const struct context_line *next, bool is_blank_next, uint64_t *set);

/* Counts the line, which from here on is one before. */
void context_pass(struct context_state *state, const struct context_line *line);

#endif
