#include "decide/context.h"

#include "base/number.h"

#include <string.h>

/* Words of a line that count as prose, at most; and for the density. */
#define PROSE_MOST 80
#define DENSITY_MOST 60
#define DENSITY_DECAY 0.85
/* Words of prose after which a mark counts as seen, and after which a line closes something. */
#define SEEN_AFTER 60
#define CLOSING_AFTER 40
#define NEVER UINT32_MAX

/* What is around a line, first what changes least from line to line. */
static const uint8_t slow_first[AROUND_BEHIND] = {
    AROUND_AS_NEXT, AROUND_AS_PREVIOUS, AROUND_PROSE,       AROUND_SINCE,
    AROUND_DENSITY, AROUND_REPEATED,    AROUND_PROSE_LEVEL, AROUND_BLANKS,
    AROUND_NEXT,    AROUND_RUN,         AROUND_LEVEL,
};

bool context_sieves_init(struct context_sieves *sieves, const struct chosen *chosen)
{
    const struct weights *weights = chosen->weights;
    size_t words = weights->weigh_words;
    bool good;

    *sieves = (struct context_sieves){.chosen = chosen};
    good = sieve_init(&sieves->around, weights->asked + FACTS, slow_first, AROUND_BEHIND, words);
    for (int which = MARKS_PREVIOUS; which <= MARKS_UNSEEN; which++)
        good = kept_init(&sieves->marks[which], &weights->marks[which], words) && good;
    return good;
}

void context_sieves_release(struct context_sieves *sieves)
{
    sieve_release(&sieves->around);
    for (int which = MARKS_PREVIOUS; which <= MARKS_UNSEEN; which++)
        kept_release(&sieves->marks[which]);
}

void context_begin(struct context_state *state)
{
    memset(state, 0, sizeof *state);
    state->since = NEVER;
}

bool context_repeats(const struct context_state *state, const struct context_line *line)
{
    uint64_t letters = line->likeness.letters;

    return letters && state->seen[letters >> 1 & (CONTEXT_SEEN - 1)] == letters;
}

static enum level level_of(size_t indent, size_t other)
{
    return indent > other ? LEVEL_DEEPER : indent == other ? LEVEL_SAME : LEVEL_SHALLOWER;
}

static bool begins_as(const struct context_line *line, const struct context_line *other)
{
    return line->likeness.beginning && line->likeness.beginning == other->likeness.beginning;
}

static void note(struct context_sieves *sieves, enum around around, uint64_t value)
{
    sieves->values[around] = (uint32_t)number_smaller(value, UINT32_MAX);
}

void context_look(const struct context_state *state, const struct context_line *line,
                  struct context_sieves *sieves)
{
    const struct context_line *previous = &state->previous;
    size_t indent = line->likeness.indent;

    note(sieves, AROUND_BLANKS, state->blanks);
    note(sieves, AROUND_LEVEL,
         state->has_previous ? level_of(indent, previous->likeness.indent) : LEVEL_UNKNOWN);
    note(sieves, AROUND_PROSE_LEVEL,
         state->has_prose ? level_of(indent, state->prose_indent) : LEVEL_UNKNOWN);
    note(sieves, AROUND_AS_PREVIOUS, state->has_previous && begins_as(line, previous));
    note(sieves, AROUND_RUN, state->run);
    note(sieves, AROUND_PROSE, state->prose);
    note(sieves, AROUND_DENSITY, (uint64_t)state->density);
    note(sieves, AROUND_SINCE, state->since);
    note(sieves, AROUND_REPEATED, line->is_repeated);
    sieves->dropped[MARKS_PREVIOUS] = ~previous->marks;
    sieves->dropped[MARKS_SEEN] = ~state->late_marks;
    sieves->dropped[MARKS_UNSEEN] = state->marks;
}

void context_sift(struct context_sieves *sieves, const struct context_line *line,
                  const struct context_line *next, bool is_blank_next, uint64_t *set)
{
    const struct ranges_words *words = &sieves->chosen->weighing;

    note(sieves, AROUND_NEXT, is_blank_next ? NEXT_BLANK : NEXT_LINE);
    note(sieves, AROUND_AS_NEXT, next && begins_as(line, next));
    sieves->dropped[MARKS_NEXT] = next ? ~next->marks : ~UINT64_C(0);
    sieve_sift(&sieves->around, sieves->values, words, set);
    for (int which = MARKS_PREVIOUS; which <= MARKS_UNSEEN; which++)
        kept_drop(&sieves->marks[which], sieves->dropped[which], words, set);
}

void context_pass(struct context_state *state, const struct context_line *line)
{
    bool is_prose = line->marks & MARK_PROSE && !line->is_repeated;
    size_t words = line->likeness.words < PROSE_MOST ? line->likeness.words : PROSE_MOST;

    state->marks |= line->marks;
    if (state->prose >= SEEN_AFTER)
        state->late_marks |= line->marks;
    if (line->marks & MARK_CLOSING && state->prose >= CLOSING_AFTER)
        state->since = 0;
    else if (state->since < NEVER)
        state->since++;
    state->run = is_prose ? 0 : state->run + 1;
    if (is_prose) {
        state->prose += words;
        state->prose_indent = line->likeness.indent;
        state->has_prose = true;
    }
    words = !is_prose ? 0 : words < DENSITY_MOST ? words : DENSITY_MOST;
    state->density = DENSITY_DECAY * state->density + (1 - DENSITY_DECAY) * (double)words;
    if (line->likeness.letters)
        state->seen[line->likeness.letters >> 1 & (CONTEXT_SEEN - 1)] = line->likeness.letters;
    state->previous = *line;
    state->has_previous = true;
    state->blanks = 0;
}
