#include "decide/track.h"

#include "decide/context.h"
#include "decide/groups.h"
#include "decide/headline.h"
#include "decide/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A verdict about many words has to be surer: by the square root of a tenth of their number, at
 * about six bytes a word, of one word to forty. */
#define BYTES_A_WORD 6.0
#define WORDS_LEAST 1.0
#define WORDS_MOST 40.0
#define WORDS_USUAL 10.0
/* What a rule that decides of a line says to its neighbours. */
#define BOUND 50.0

/* A line's backward vector that changes by less does not change those of the lines before it. */
#define SAME 1e-7
/* It is not looked for among so few lines: the newest one changes nearly all of them. */
#define CHANGING 8
#define UNKNOWN (-1.0)

#define TINY 1e-300
#define SMALL 1e-9
#define LARGE 1e9

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
    struct context_sieves sieves;
    struct track_line *lines; /* a ring */
    const struct chosen *chosen;
    struct judge *judge; /* NULL unless rules judge */
    uint64_t *weighs;    /* of all lines in the ring */
    size_t words;        /* of a line */
    size_t capacity;     /* a power of two */
    uint64_t first;      /* not handed out */
    uint64_t open;       /* not decided, the first of them */
    uint64_t next;       /* those behind are noted, and not in the chain yet */
    uint64_t noted;
    bool has_head;                   /* a head rule hit a line */
    bool is_parted;                  /* not all of the document can be judged at once */
    bool is_unscored;                /* the newest, until what follows it is known */
    double bonus;                    /* of the newest, for being article */
    double steps_to[STATES][STATES]; /* the same by the state gone to */
    double steps[STATES][STATES];    /* what going from one state to another is worth, 0: no way */
};

struct track *track_create(const struct rules *rules, const struct chosen *chosen)
{
    struct track *track;
    size_t capacity = 4;

    if (!chosen)
        return NULL;
    track = calloc(1, sizeof *track);
    if (!track)
        return NULL;
    while (capacity < rules_held_lines(rules) + HEADLINE_LINES + 3)
        capacity *= 2;
    track->rules = rules;
    track->chosen = chosen;
    track->capacity = capacity;
    track->lines = calloc(capacity, sizeof *track->lines);
    track->weighs = calloc(capacity * chosen_most_words(chosen->weights), sizeof *track->weighs);
    if (rules->judges)
        track->judge = judge_create(rules, chosen, capacity);
    if (!context_sieves_init(&track->sieves, chosen) || !track->lines || !track->weighs ||
        (rules->judges && !track->judge)) {
        track_destroy(track);
        return NULL;
    }
    for (int from = 0; from < STATES; from++) {
        for (int to = 0; to < STATES; to++)
            track->steps[from][to] = track->steps_to[to][from] =
                can_step[from][to] ? exp(rules->parameters.steps[from][to]) : 0;
    }
    track_begin(track);
    return track;
}

void track_destroy(struct track *track)
{
    if (!track)
        return;
    context_sieves_release(&track->sieves);
    free(track->lines);
    free(track->weighs);
    judge_destroy(track->judge);
    free(track);
}

void track_begin(struct track *track)
{
    track->words = ranges_count(&track->chosen->weighing);
    context_begin(&track->context);
    track->first = track->open = track->next = track->noted = 0;
    track->is_unscored = track->has_head = track->is_parted = false;
}

uint64_t track_prose(const struct track *track)
{
    return track->context.prose;
}

static struct track_line *line_at(const struct track *track, uint64_t number)
{
    return &track->lines[number & (track->capacity - 1)];
}

/* Which of two rules says more against a line's being article; ONE may be none. */
static uint32_t heavier(const struct rule *rules, uint32_t one, uint32_t other)
{
    double left = one == NO_RULE ? 0 : weights_share(&rules[one]);
    double right = weights_share(&rules[other]);

    return one == NO_RULE || right < left || (right == left && other < one) ? other : one;
}

/* The first of the line's rules in the words between FROM and TO, or NO_RULE. */
static uint32_t first_of(const struct track *track, const struct track_line *line, size_t from,
                         size_t to)
{
    while (from < to && !line->weighs[from])
        from++;
    return from < to ? chosen_rule(track->chosen, &track->chosen->weighing, from,
                                   bits_lowest(line->weighs[from]))
                     : NO_RULE;
}

/* The one of the line's rules, of those in SET and in the words between FROM and TO, that says most
 * against its being article, or HEAVIEST. */
static uint32_t heaviest_of(const struct track *track, const struct track_line *line,
                            const uint64_t *set, size_t from, size_t to, uint32_t heaviest)
{
    const struct ranges_words *words = &track->chosen->weighing;

    for (size_t i = from; i < to; i++) {
        uint64_t left = line->weighs[i] & set[ranges_word(words, i)];

        for (; left; left &= left - 1)
            heaviest = heavier(track->rules->items, heaviest,
                               chosen_rule(track->chosen, words, i, bits_lowest(left)));
    }
    return heaviest;
}

/* The rule that says most against the line's being article: of those in no section the first that
 * weighs, the first that judges, or one that groups. */
static uint32_t heaviest(const struct track *track, const struct track_line *line)
{
    const struct weights *weights = track->chosen->weights;
    const struct rule *rules = track->rules->items;
    size_t common = track->chosen->weighing.first;
    uint32_t heaviest = first_of(track, line, 0, weights->judge_word);
    uint32_t judging = first_of(track, line, weights->judge_word, common);

    if (judging != NO_RULE)
        heaviest = heavier(rules, heaviest, judging);
    heaviest = heaviest_of(track, line, weights->grouping, weights->group_word, weights->judge_word,
                           heaviest);
    heaviest = heaviest_of(track, line, weights->weighing, common, track->words, heaviest);
    return heaviest != NO_RULE && weights_share(&rules[heaviest]) < 0 ? heaviest : NO_RULE;
}

/* What the newest line is worth in each state, NEXT being the line after it or NULL. */
static void score(struct track *track, struct track_line *line, const struct context_line *next,
                  bool is_blank_next, double scores[STATES])
{
    const struct weights *weights = track->chosen->weights;
    const struct ranges_words *words = &track->chosen->weighing;
    double sums[STATES] = {[STATE_ARTICLE] = track->bonus};

    context_sift(&track->sieves, &line->here, next, is_blank_next, line->weighs);
    for (size_t i = 0; (i = chosen_past_judges(track->chosen, i)) < track->words; i++) {
        size_t word = ranges_word(words, i);
        const double(*worths)[STATES] = weights->worth + word * 64;
        uint64_t left = line->weighs[i] & ~weights->late[word];

        for (; left; left &= left - 1) {
            const double *worth = worths[bits_lowest(left)];

            for (int state = 0; state < STATES; state++)
                sums[state] += worth[state];
        }
    }
    memcpy(scores, sums, sizeof sums);
}

/* In sum 1; returns what the sum was. */
static inline double scale(double values[STATES])
{
    double sum = 0, inverse;

    for (int state = 0; state < STATES; state++)
        sum += values[state];
    /* the inverse of less than this might be too large */
    if (sum > TINY) {
        inverse = 1 / sum;
        for (int state = 0; state < STATES; state++)
            values[state] *= inverse;
        return sum;
    }
    for (int state = 0; state < STATES; state++)
        values[state] = sum > 0 ? values[state] / sum : 1.0 / STATES;
    return sum;
}

/* The sum of the rows, each times its value. */
static inline void add_rows(const double rows[STATES][STATES], const double values[STATES],
                            double sums[STATES])
{
    for (int i = 0; i < STATES; i++)
        sums[i] = rows[STATE_BEFORE][i] * values[STATE_BEFORE] +
                  rows[STATE_ARTICLE][i] * values[STATE_ARTICLE] +
                  rows[STATE_GAP][i] * values[STATE_GAP] + rows[STATE_PAST][i] * values[STATE_PAST];
}

/* How likely the states are before the line's own score is known. A document begins before its
 * article or in it. */
static void come_from(const struct track *track, uint64_t number, double there[STATES])
{
    if (number == 0) {
        there[STATE_BEFORE] = there[STATE_ARTICLE] = 1;
        there[STATE_GAP] = there[STATE_PAST] = 0;
        return;
    }
    add_rows(track->steps, line_at(track, number - 1)->forward, there);
}

static void step_forward(struct track *track, uint64_t number, const double scores[STATES])
{
    struct track_line *line = line_at(track, number);
    double most = -HUGE_VAL;

    come_from(track, number, line->forward);
    for (int state = 0; state < STATES; state++) {
        if (line->forward[state] > 0 && scores[state] > most)
            most = scores[state];
        line->backward[state] = UNKNOWN;
    }
    for (int state = 0; state < STATES; state++) {
        line->worth[state] = line->forward[state] <= 0 ? 0
                             : scores[state] < most    ? exp(scores[state] - most)
                                                       : 1;
        line->forward[state] *= line->worth[state];
    }
    scale(line->forward);
}

static void settle_one(const struct track *track, struct track_line *line, bool stays)
{
    bool is_taken = line->taken_by != NO_RULE;

    line->is_article = stays;
    line->is_decided = true;
    line->rule = line->is_article ? NO_RULE : is_taken ? line->taken_by : heaviest(track, line);
}

/* The line stays as where nothing is weighed. */
static void settle_unweighed(struct track_line *line)
{
    line->rule = line->taken_by != NO_RULE ? line->taken_by : line->hit;
    line->is_article = line->is_protected || line->rule == NO_RULE;
    line->is_decided = true;
}

/* Decides the line if it is sure enough, by the backward vector that it has now. */
static void weigh_up(const struct track *track, struct track_line *line)
{
    const double *forward = line->forward, *backward = line->backward;
    double article = forward[STATE_ARTICLE] * backward[STATE_ARTICLE], doubt;
    double all = forward[STATE_BEFORE] * backward[STATE_BEFORE] + article +
                 forward[STATE_GAP] * backward[STATE_GAP] +
                 forward[STATE_PAST] * backward[STATE_PAST];

    line->probability = all > 0 ? article / all : 0;
    doubt = line->probability > 0.5 ? 1 - line->probability : line->probability;
    if (!track->judge && doubt * line->caution <= track->rules->parameters.doubt)
        settle_one(track, line, track_line_is_likely(line));
}

static bool is_same(const double one[STATES], const double other[STATES])
{
    for (int state = 0; state < STATES; state++)
        if (fabs(one[state] - other[state]) > SAME * one[state])
            return false;
    return true;
}

/* Weighs the lines that are not decided, from the newest back to the first whose backward vector is
 * as it was. Each one's waits for that of the line behind it, but for its scale only if it gets
 * small or large. */
static void step_back(struct track *track)
{
    double backward[STATES] = {1, 1, 1, 1}, scaled[STATES] = {1, 1, 1, 1}, sum;
    uint64_t number = track->next;

    while (number > track->open) {
        struct track_line *line = line_at(track, --number);
        double behind[STATES];

        if (number + CHANGING < track->next && is_same(scaled, line->backward))
            break;
        memcpy(line->backward, scaled, sizeof scaled);
        if (!line->is_decided)
            weigh_up(track, line);
        for (int state = 0; state < STATES; state++)
            behind[state] = line->worth[state] * backward[state];
        add_rows(track->steps_to, behind, backward);
        memcpy(scaled, backward, sizeof scaled);
        sum = scale(scaled);
        if (sum < SMALL || sum > LARGE)
            memcpy(backward, scaled, sizeof backward);
    }
}

static void pass_decided(struct track *track)
{
    while (track->open < track->next && line_at(track, track->open)->is_decided)
        track->open++;
}

/* What follows the newest line is known: NEXT as in score. */
static void score_newest(struct track *track, const struct context_line *next, bool is_blank_next)
{
    double scores[STATES];

    if (!track->is_unscored)
        return;
    track->is_unscored = false;
    score(track, line_at(track, track->next - 1), next, is_blank_next, scores);
    step_forward(track, track->next - 1, scores);
    if (!track->judge)
        step_back(track);
    pass_decided(track);
}

/* The second look, at all lines that wait. */
static void judge_all(struct track *track)
{
    const struct groups_page page = {track->lines, track->capacity, track->open, track->next};
    bool finds_nothing;
    double threshold;

    step_back(track);
    judge_begin(track->judge);
    for (uint64_t number = track->open; number < track->next; number++)
        judge_take(track->judge, line_at(track, number));
    judge_end(track->judge);
    for (uint64_t number = track->open; number < track->next; number++)
        judge_line(track->judge, line_at(track, number));
    groups_judge(&page, track->chosen, track->rules->items);
    for (uint64_t number = track->open; number < track->next; number++)
        judge_count(track->judge, line_at(track, number));
    finds_nothing = !track->is_parted && judge_finds_nothing(track->judge);
    threshold = track->is_parted ? TRACK_LINE_EVEN : judge_threshold(track->judge);
    for (uint64_t number = track->open; number < track->next; number++) {
        struct track_line *line = line_at(track, number);

        if (finds_nothing)
            settle_unweighed(line);
        else
            settle_one(track, line, track_line_stays(line, line->joint, threshold));
    }
}

void track_blank(struct track *track, uint64_t lines)
{
    track->context.blanks += lines;
}

/* A head rule that does not decide, or it would have taken them, says that all lines so far stand
 * before the article. */
static void begin_article(struct track *track)
{
    struct track_line *last;

    track->has_head = true;
    if (track->next == 0)
        return;
    last = line_at(track, track->next - 1);
    for (int state = 0; state < STATES; state++) {
        last->worth[state] = last->forward[state] = state == STATE_BEFORE;
        last->backward[state] = UNKNOWN;
    }
}

void track_skip(struct track *track)
{
    track->is_parted = true;
    score_newest(track, NULL, track->context.blanks > 0);
    track->context.blanks = 0;
}

static double caution_about(size_t length)
{
    double words = (double)length / BYTES_A_WORD;

    words = words < WORDS_LEAST ? WORDS_LEAST : words > WORDS_MOST ? WORDS_MOST : words;
    return sqrt(words / WORDS_USUAL);
}

static void take_weighs(const struct track *track, struct track_line *line,
                        const struct matched *matched)
{
    size_t size = track->words * sizeof *line->weighs;

    if (matched->weighs)
        memcpy(line->weighs, matched->weighs, size);
    else
        memset(line->weighs, 0, size);
}

void track_note(struct track *track, uint64_t sequence, const struct matched *matched)
{
    struct track_line *line = line_at(track, track->noted++);

    line->sequence = sequence;
    line->here.marks = weights_marks(matched->marks);
    line->here.likeness = matched->likeness;
    line->speaks = matched->speaks;
    line->is_head = matched->head != NO_RULE &&
                    !rules_decides(track->rules, &track->rules->items[matched->head]);
    line->is_protected = matched->is_protected;
    line->hit = matched->speaker;
    line->caution = caution_about(matched->length);
    line->is_decided = false;
    /* only here, so that no line's memory is touched before there is such a line */
    line->weighs = track->weighs + (size_t)(line - track->lines) * track->words;
    take_weighs(track, line, matched);
}

void track_add(struct track *track, uint32_t taken_by)
{
    struct track_line *line = line_at(track, track->next);

    line->here.is_repeated = context_repeats(&track->context, &line->here);
    score_newest(track, &line->here, track->context.blanks > 0);
    if (!track->has_head && line->is_head)
        begin_article(track);
    track->next++;
    line->is_apart = track->context.blanks > 1;
    context_look(&track->context, &line->here, &track->sieves);
    line->taken_by = taken_by;
    track->bonus = line->is_protected ? BOUND : taken_by != NO_RULE ? -BOUND : 0;
    track->is_unscored = true;
    context_pass(&track->context, &line->here);
}

void track_end(struct track *track)
{
    score_newest(track, NULL, true);
    if (track->judge)
        judge_all(track);
    for (uint64_t number = track->open; number < track->next; number++)
        if (!line_at(track, number)->is_decided)
            settle_one(track, line_at(track, number), track_line_is_likely(line_at(track, number)));
    pass_decided(track);
}

/* What follows the newest line is not known yet, unless that one is to be decided. */
void track_force(struct track *track)
{
    track->is_parted = true;
    if (track->judge || track->open + track->is_unscored == track->next)
        score_newest(track, NULL, track->context.blanks > 0);
    if (track->judge)
        judge_all(track);
    else if (track->open < track->next)
        settle_one(track, line_at(track, track->open),
                   track_line_is_likely(line_at(track, track->open)));
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
