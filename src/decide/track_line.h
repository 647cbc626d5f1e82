/*
 * track_line -- a line's part in the chain, for those who look at it once more.
 *
 * Model:     odds are of a probability held to be no surer than TRACK_LINE_UNSURE: the chain is
 *            often surer than it should be, and one line sure of itself does not outvote its group.
 * Ownership: the set of rules is the track's.
 */
#ifndef DECHAFF_DECIDE_TRACK_LINE_H
#define DECHAFF_DECIDE_TRACK_LINE_H

#include "decide/context.h"
#include "rules/rule.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRACK_LINE_UNSURE 0.02
#define TRACK_LINE_EVEN 0.5

struct track_line {
    double worth[STATES];    /* of being there, the exponent of its score; the largest is 1 */
    double forward[STATES];  /* of the lines up to this one, in sum 1 */
    double backward[STATES]; /* of the lines behind it, likewise */
    double probability;      /* that it is article */
    double joint;            /* that its group is (groups.h), or it itself; by the last look */
    double caution;          /* how much surer than usual a verdict has to be */
    uint64_t sequence;       /* the caller's number */
    struct context_line here;
    uint32_t speaks; /* FACT_SPEAKS */
    bool is_head;    /* a head rule that does not decide hits it */
    bool is_apart;   /* from the line before, by more than one blank line */
    bool is_decided;
    bool is_article;
    bool is_protected; /* by a rule: it stays whatever its probability */
    uint32_t hit;      /* a rule that drops it where nothing is weighed; else NO_RULE */
    uint32_t taken_by; /* a rule that decides that it goes, whatever its probability; or NO_RULE */
    uint32_t rule;     /* of a line that goes: that, or what says most against it; or NO_RULE */
    uint64_t *weighs;  /* the rules that weigh it, a set (chosen.h) */
};

/* Whether the line stays if it is article with that probability, and what is likelier than
 * THRESHOLD is to stay. */
static inline bool track_line_stays(const struct track_line *line, double probability,
                                    double threshold)
{
    return line->is_protected || (line->taken_by == NO_RULE && probability > threshold);
}

/* Whether it stays, by what is known of it so far. */
static inline bool track_line_is_likely(const struct track_line *line)
{
    return track_line_stays(line, line->probability, TRACK_LINE_EVEN);
}

/* The logarithm of the odds of a probability. */
static inline double track_line_odds(double probability)
{
    double sure = fmin(fmax(probability, TRACK_LINE_UNSURE), 1 - TRACK_LINE_UNSURE);

    return log(sure / (1 - sure));
}

#endif
