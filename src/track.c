#include "track.h"

#include "context.h"
#include "headline.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A verdict about many words has to be surer: by the square root of a tenth of their number, at
 * about six bytes a word, of one word to forty. */
#define BYTES_A_WORD 6.0
#define WORDS_LEAST 1.0
#define WORDS_MOST 40.0
#define WORDS_USUAL 10.0
/* What a rule that keeps a line, or empties it, says to its neighbours. */
#define BOUND 50.0

/* Which steps there are. */
static const bool can_step[STATES][STATES] = {
    [STATE_BEFORE] = {[STATE_BEFORE] = true, [STATE_ARTICLE] = true},
    [STATE_ARTICLE] = {[STATE_ARTICLE] = true, [STATE_GAP] = true, [STATE_PAST] = true},
    [STATE_GAP] = {[STATE_GAP] = true, [STATE_ARTICLE] = true, [STATE_PAST] = true},
    [STATE_PAST] = {[STATE_PAST] = true, [STATE_ARTICLE] = true},
};

struct track {
    const struct rules *rules;
    struct context_state context;
    struct track_line *lines; /* a ring */
    uint32_t *weighs;         /* of all lines in the ring */
    size_t capacity;          /* a power of two */
    uint64_t first;           /* not handed out */
    uint64_t open;            /* not decided, the first of them */
    uint64_t next;
    bool has_head;    /* a head rule hit a line */
    bool is_unscored; /* the newest, until what follows it is known */
    double bonus;     /* of the newest, for being article */
};

struct track *track_create(const struct rules *rules)
{
    struct track *track;
    size_t capacity = 4;

    errno = 0;
    if (rules->weigh_count == 0)
        return NULL;
    track = calloc(1, sizeof *track);
    if (!track)
        return NULL;
    while (capacity < (size_t)rules->parameters.hold_lines + HEADLINE_LINES + 3)
        capacity *= 2;
    track->rules = rules;
    track->capacity = capacity;
    track->lines = calloc(capacity, sizeof *track->lines);
    track->weighs = calloc(capacity * rules->weigh_count, sizeof *track->weighs);
    if (!track->lines || !track->weighs) {
        track_destroy(track);
        errno = ENOMEM;
        return NULL;
    }
    for (size_t i = 0; i < capacity; i++)
        track->lines[i].weighs = track->weighs + i * rules->weigh_count;
    track_begin(track);
    return track;
}

void track_destroy(struct track *track)
{
    if (!track)
        return;
    free(track->lines);
    free(track->weighs);
    free(track);
}

void track_begin(struct track *track)
{
    context_begin(&track->context);
    track->first = track->open = track->next = 0;
    track->is_unscored = track->has_head = false;
}

uint64_t track_prose(const struct track *track)
{
    return track->context.prose;
}

static struct track_line *line_at(const struct track *track, uint64_t number)
{
    return &track->lines[number & (track->capacity - 1)];
}

double track_share(const struct rules *rules, uint32_t rule)
{
    const double *weights = rules->items[rule].weighing->weights;
    double sum = 0;

    for (int state = 0; state < STATES; state++)
        sum += weights[state];
    return weights[STATE_ARTICLE] - sum / STATES;
}

/* The rule that says most against the line's being article. */
static uint32_t heaviest(const struct track *track, const struct track_line *line)
{
    uint32_t worst = NO_RULE;
    double least = 0;

    for (uint32_t i = 0; i < line->weigh_count; i++) {
        double share = track_share(track->rules, line->weighs[i]);

        if (share < least) {
            least = share;
            worst = line->weighs[i];
        }
    }
    return worst;
}

/* What the line is worth in each state. */
static void score(const struct track *track, struct track_line *line, enum next_line next,
                  double scores[STATES])
{
    uint32_t count = 0;

    for (int state = 0; state < STATES; state++)
        scores[state] = state == STATE_ARTICLE ? track->bonus : 0;
    for (uint32_t i = 0; i < line->weigh_count; i++) {
        const struct weighing *weighing = track->rules->items[line->weighs[i]].weighing;

        if (weighing->context.next && weighing->context.next != next)
            continue;
        for (int state = 0; state < STATES; state++)
            scores[state] += weighing->weights[state];
        line->weighs[count++] = line->weighs[i];
    }
    line->weigh_count = count;
}

/* A document may begin before its article, or in it. */
static bool is_possible(uint64_t number, int from, int to)
{
    return number == 0 ? from == STATE_BEFORE && (to == STATE_BEFORE || to == STATE_ARTICLE)
                       : can_step[from][to];
}

static void scale(double values[STATES])
{
    double sum = 0;

    for (int state = 0; state < STATES; state++)
        sum += values[state];
    for (int state = 0; state < STATES; state++)
        values[state] = sum > 0 ? values[state] / sum : 1.0 / STATES;
}

static void step_forward(struct track *track, uint64_t number, const double scores[STATES])
{
    struct track_line *line = line_at(track, number);
    const double *before = number > 0 ? line_at(track, number - 1)->forward : NULL;
    const double(*steps)[STATES] = track->rules->parameters.steps;
    double most = -HUGE_VAL;

    /* steps from where the chain cannot be do not count */
    for (int from = 0; from < STATES; from++) {
        for (int to = 0; to < STATES; to++) {
            double worth = scores[to] + (number > 0 ? steps[from][to] : 0);

            line->steps[from][to] = is_possible(number, from, to) ? worth : -HUGE_VAL;
            if (line->steps[from][to] > most && (!before || before[from] > 0))
                most = line->steps[from][to];
        }
    }
    memset(line->forward, 0, sizeof line->forward);
    for (int from = 0; from < STATES; from++) {
        for (int to = 0; to < STATES; to++) {
            line->steps[from][to] =
                before && before[from] <= 0 ? 0 : exp(line->steps[from][to] - most);
            line->forward[to] += (before ? before[from] : 1) * line->steps[from][to];
        }
    }
    scale(line->forward);
}

/* The probabilities of the lines that are not decided, from the newest back. */
static void step_back(struct track *track)
{
    double backward[STATES];

    for (int state = 0; state < STATES; state++)
        backward[state] = 1;
    for (uint64_t number = track->next; number-- > track->open;) {
        struct track_line *line = line_at(track, number);
        double earlier[STATES] = {0}, all = 0;

        for (int state = 0; state < STATES; state++)
            all += line->forward[state] * backward[state];
        if (!line->is_decided)
            line->probability =
                all > 0 ? line->forward[STATE_ARTICLE] * backward[STATE_ARTICLE] / all : 0;
        for (int from = 0; from < STATES; from++) {
            for (int to = 0; to < STATES; to++)
                earlier[from] += line->steps[from][to] * backward[to];
        }
        scale(earlier);
        memcpy(backward, earlier, sizeof backward);
    }
}

static void decide_line(const struct track *track, struct track_line *line)
{
    bool is_emptied = line->emptied_by != NO_RULE;

    line->is_article = line->is_protected || (!is_emptied && line->probability > 0.5);
    line->is_decided = true;
    line->rule = line->is_article ? NO_RULE : is_emptied ? line->emptied_by : heaviest(track, line);
}

static void pass_decided(struct track *track)
{
    while (track->open < track->next && line_at(track, track->open)->is_decided)
        track->open++;
}

/* Decides what is sure enough: all at a document's end. */
static void decide_sure(struct track *track, bool is_ended)
{
    for (uint64_t number = track->open; number < track->next; number++) {
        struct track_line *line = line_at(track, number);
        double words = line->length / BYTES_A_WORD, doubt = line->probability;

        if (doubt > 0.5)
            doubt = 1 - doubt;
        words = words < WORDS_LEAST ? WORDS_LEAST : words > WORDS_MOST ? WORDS_MOST : words;
        if (!line->is_decided &&
            (is_ended || doubt * sqrt(words / WORDS_USUAL) <= track->rules->parameters.doubt))
            decide_line(track, line);
    }
    pass_decided(track);
}

/* What follows the newest line is known. */
static void score_newest(struct track *track, enum next_line next)
{
    double scores[STATES];

    if (!track->is_unscored)
        return;
    track->is_unscored = false;
    score(track, line_at(track, track->next - 1), next, scores);
    step_forward(track, track->next - 1, scores);
    step_back(track);
    decide_sure(track, false);
}

void track_blank(struct track *track)
{
    score_newest(track, NEXT_BLANK);
    track->context.blanks++;
}

/* The strip rule that left nothing of the line, or NO_RULE. */
static uint32_t emptied_by(const struct rules *rules, const struct matched *matched)
{
    if (matched->hit_count == 0 || rules->items[matched->hits[0]].verb != VERB_STRIP)
        return NO_RULE;
    return matched->hits[0];
}

static bool is_head(const struct rules *rules, const struct matched *matched)
{
    for (uint32_t i = 0; i < matched->hit_count; i++)
        if (rules->items[matched->hits[i]].verb == VERB_HEAD)
            return true;
    return false;
}

/* A head rule knows that all lines so far stand before the article. */
static void begin_article(struct track *track)
{
    track->has_head = true;
    if (track->next == 0)
        return;
    for (int state = 0; state < STATES; state++)
        line_at(track, track->next - 1)->forward[state] = state == STATE_BEFORE;
}

void track_skip(struct track *track)
{
    score_newest(track, NEXT_LINE);
    track->context.blanks = 0;
}

void track_add(struct track *track, uint64_t sequence, const struct matched *matched)
{
    struct context_line look;
    struct track_line *line;

    score_newest(track, NEXT_LINE);
    if (!track->has_head && is_head(track->rules, matched))
        begin_article(track);
    look = context_of(&track->context, matched);
    line = line_at(track, track->next++);
    line->sequence = sequence;
    line->length = matched->length < UINT32_MAX ? (uint32_t)matched->length : UINT32_MAX;
    line->is_decided = false;
    line->weigh_count = 0;
    for (uint32_t i = 0; i < matched->weigh_count; i++) {
        const struct rule *rule = &track->rules->items[matched->weighs[i]];

        if (context_holds(&track->context, &rule->weighing->context, &look))
            line->weighs[line->weigh_count++] = matched->weighs[i];
    }
    line->is_protected = matched->is_protected;
    line->emptied_by = emptied_by(track->rules, matched);
    track->bonus = line->is_protected ? BOUND : line->emptied_by != NO_RULE ? -BOUND : 0;
    track->is_unscored = true;
    context_pass(&track->context, &look);
}

void track_end(struct track *track)
{
    score_newest(track, NEXT_BLANK);
    decide_sure(track, true);
}

/* What follows the newest line is not known yet, unless that one is to be decided. */
void track_force(struct track *track)
{
    if (track->open + track->is_unscored == track->next)
        score_newest(track, NEXT_LINE);
    if (track->open < track->next)
        decide_line(track, line_at(track, track->open));
    pass_decided(track);
}

bool track_is_open(const struct track *track)
{
    return track->open < track->next;
}

const struct track_line *track_next(struct track *track)
{
    return track->first < track->open ? line_at(track, track->first++) : NULL;
}
