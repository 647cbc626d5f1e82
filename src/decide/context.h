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

void context_begin(struct context_state *state);

/* Whether the line came before. */
bool context_repeats(const struct context_state *state, const struct context_line *line);

/* SET is a set of rules that weigh. Takes those out that ask for other surroundings than the line
 * has; what they ask of the line behind it is left to context_sift_next. */
void context_sift(const struct context_state *state, const struct context_line *line,
                  const struct chosen *chosen, uint64_t *set);

/* Takes those out that ask for another line behind it. NEXT is the first that is not blank, NULL if
 * there is none or it is not known. */
void context_sift_next(const struct context_line *line, const struct context_line *next,
                       bool is_blank_next, const struct chosen *chosen, uint64_t *set);

/* Counts the line, which from here on is one before. */
void context_pass(struct context_state *state, const struct context_line *line);

#endif
