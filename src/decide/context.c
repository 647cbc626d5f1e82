#include "decide/context.h"

#include <string.h>

/* Words of a line that count as prose, at most; and for the density. */
#define PROSE_MOST 80
#define DENSITY_MOST 60
#define DENSITY_DECAY 0.85
/* Words of prose after which a mark counts as seen, and after which a line closes something. */
#define SEEN_AFTER 60
#define CLOSING_AFTER 40
#define NEVER UINT32_MAX

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

void context_sift(const struct context_state *state, const struct context_line *line,
                  const struct chosen *chosen, uint64_t *set)
{
    const struct weights *weights = chosen->weights;
    const struct ranges_words *words = &chosen->weighing;
    const uint64_t values[AROUND_NEXT] = {
        [AROUND_BLANKS] = state->blanks,
        [AROUND_LEVEL] = state->has_previous
                             ? level_of(line->likeness.indent, state->previous.likeness.indent)
                             : LEVEL_UNKNOWN,
        [AROUND_PROSE_LEVEL] =
            state->has_prose ? level_of(line->likeness.indent, state->prose_indent) : LEVEL_UNKNOWN,
        [AROUND_AS_PREVIOUS] = state->has_previous && begins_as(line, &state->previous),
        [AROUND_RUN] = state->run,
        [AROUND_PROSE] = state->prose,
        [AROUND_DENSITY] = (uint64_t)state->density,
        [AROUND_SINCE] = state->since,
        [AROUND_REPEATED] = line->is_repeated,
    };

    for (int around = 0; around < AROUND_NEXT; around++)
        ranges_sift(&weights->asked[FACTS + around], values[around], words, set);
    ranges_drop(&weights->marks[MARKS_PREVIOUS], ~state->previous.marks, words, set);
    ranges_drop(&weights->marks[MARKS_SEEN], ~state->late_marks, words, set);
    ranges_drop(&weights->marks[MARKS_UNSEEN], state->marks, words, set);
}

void context_sift_next(const struct context_line *line, const struct context_line *next,
                       bool is_blank_next, const struct chosen *chosen, uint64_t *set)
{
    const struct weights *weights = chosen->weights;
    const struct ranges_words *words = &chosen->weighing;

    ranges_sift(&weights->asked[FACTS + AROUND_NEXT], is_blank_next ? NEXT_BLANK : NEXT_LINE, words,
                set);
    ranges_sift(&weights->asked[FACTS + AROUND_AS_NEXT], next && begins_as(line, next), words, set);
    ranges_drop(&weights->marks[MARKS_NEXT], next ? ~next->marks : ~UINT64_C(0), words, set);
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
