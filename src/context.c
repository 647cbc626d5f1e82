#include "context.h"

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

struct context_line context_of(const struct context_state *state, const struct matched *matched)
{
    struct context_line line = {.marks = matched->marks, .look = matched->look};

    if (line.marks & MARK_CHROME)
        line.marks &= ~MARK_PROSE;
    line.is_repeated =
        line.look.letters &&
        state->seen[line.look.letters >> 1 & (CONTEXT_SEEN - 1)] == line.look.letters;
    return line;
}

static enum level level_of(size_t indent, size_t other)
{
    return indent > other ? LEVEL_DEEPER : indent == other ? LEVEL_SAME : LEVEL_SHALLOWER;
}

/* What is asked of the line before. */
static bool neighbours_fit(const struct context_state *state, const struct context *asked,
                           const struct context_line *line)
{
    uint64_t blanks = state->blanks < 2 ? state->blanks : 2;

    if (asked->blanks && asked->blanks != blanks + 1)
        return false;
    if (asked->previous &&
        (!state->has_previous || (state->previous.marks & asked->previous) != asked->previous))
        return false;
    if (asked->level &&
        (!state->has_previous ||
         level_of(line->look.indent, state->previous.look.indent) != (enum level)asked->level))
        return false;
    if (asked->prose_level &&
        (!state->has_prose ||
         level_of(line->look.indent, state->prose_indent) != (enum level)asked->prose_level))
        return false;
    return !asked->as_previous || (state->has_previous && line->look.beginning &&
                                   line->look.beginning == state->previous.look.beginning);
}

bool context_holds(const struct context_state *state, const struct context *asked,
                   const struct context_line *line)
{
    return (line->marks & asked->is) == asked->is && (line->marks & asked->isnt) == 0 &&
           (state->late_marks & asked->seen) == asked->seen &&
           (state->marks & asked->unseen) == 0 && state->run >= asked->run &&
           state->prose >= asked->prose && state->density >= asked->density &&
           (!asked->since || state->since <= asked->since) &&
           (!asked->repeated || line->is_repeated) && neighbours_fit(state, asked, line);
}

bool context_follows(const struct context *asked, const struct context_line *line,
                     const struct context_line *next, bool is_blank_next)
{
    uint64_t marks = next ? next->marks : 0;

    return (!asked->next || (asked->next == NEXT_BLANK) == is_blank_next) &&
           (marks & asked->next_is) == asked->next_is &&
           (!asked->as_next ||
            (next && line->look.beginning && line->look.beginning == next->look.beginning));
}

void context_pass(struct context_state *state, const struct context_line *line)
{
    bool is_prose = line->marks & MARK_PROSE && !line->is_repeated;
    size_t words = line->look.words < PROSE_MOST ? line->look.words : PROSE_MOST;

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
        state->prose_indent = line->look.indent;
        state->has_prose = true;
    }
    words = !is_prose ? 0 : words < DENSITY_MOST ? words : DENSITY_MOST;
    state->density = DENSITY_DECAY * state->density + (1 - DENSITY_DECAY) * (double)words;
    if (line->look.letters)
        state->seen[line->look.letters >> 1 & (CONTEXT_SEEN - 1)] = line->look.letters;
    state->previous = *line;
    state->has_previous = true;
    state->blanks = 0;
}
