#include "decide/judge.h"

#include "decide/balance.h"
#include "decide/whole.h"

#include <math.h>
#include <stdlib.h>

/* Where a line stands, first what changes least from line to line. */
static const uint8_t slow_first[WHOLES] = {
    WHOLE_PIECE_SHARE,    WHOLE_PIECE_WEIGHT,
    WHOLE_PAGE_WEIGHT,    WHOLE_SECOND_SHARE,
    WHOLE_PIECE_LINES,    WHOLE_LONGEST_WORDS,
    WHOLE_LONGEST_BEHIND, WHOLE_LONGEST_AHEAD,
    WHOLE_PIECE_BEHIND,   WHOLE_PIECE_AHEAD,
    WHOLE_PIECE_PLACE,    WHOLE_WEIGHT_BEFORE,
    WHOLE_IN_SECOND,      WHOLE_P_AFTER_2,
    WHOLE_P_BEFORE_2,     WHOLE_P_BELOW,
    WHOLE_P_AFTER,        WHOLE_P_ABOVE,
    WHOLE_PROSE_BELOW,    WHOLE_P_BEFORE,
    WHOLE_PROSE_ABOVE,    WHOLE_P,
    WHOLE_SPEAKS_ABOVE,   WHOLE_SPEAKS_BELOW,
};

struct judge {
    const struct chosen *chosen;
    struct sieve sieve;
    struct whole *whole;
    const struct parameters *parameters;
    struct balance balance;
    size_t number; /* of the next line to be judged */
    uint64_t words;
    uint64_t article; /* words of it */
};

struct judge *judge_create(const struct rules *rules, const struct chosen *chosen, size_t capacity)
{
    struct judge *judge = calloc(1, sizeof *judge);

    if (!judge)
        return NULL;
    judge->chosen = chosen;
    judge->parameters = &rules->parameters;
    judge->whole = whole_create(capacity);
    if (!judge->whole || !sieve_init(&judge->sieve, chosen->weights->asked + ASKED_WHOLE,
                                     slow_first, WHOLES, chosen->weighing.first)) {
        judge_destroy(judge);
        return NULL;
    }
    return judge;
}

void judge_destroy(struct judge *judge)
{
    if (!judge)
        return;
    whole_destroy(judge->whole);
    sieve_release(&judge->sieve);
    free(judge);
}

void judge_begin(struct judge *judge)
{
    judge->number = 0;
    judge->words = judge->article = 0;
    whole_begin(judge->whole);
    balance_begin(&judge->balance);
}

void judge_take(struct judge *judge, const struct track_line *line)
{
    struct whole_line here = {.probability = line->probability,
                              .words = line->here.likeness.words,
                              .speaks = line->speaks,
                              .is_prose = line->here.marks & MARK_PROSE};

    whole_add(judge->whole, &here);
}

void judge_end(struct judge *judge)
{
    whole_end(judge->whole);
}

/* Takes those out of the rules that weigh the line that ask for another place in the page. */
static void sift(struct judge *judge, uint64_t *weighs)
{
    uint32_t values[WHOLES];

    whole_ask(judge->whole, judge->number, values);
    sieve_sift(&judge->sieve, values, &judge->chosen->weighing, weighs);
}

static double sum_of(const struct judge *judge, const uint64_t *weighs)
{
    const struct weights *weights = judge->chosen->weights;
    const struct ranges_words *words = &judge->chosen->weighing;
    double sum = 0;

    for (size_t i = weights->judge_word; i < ranges_count(words); i++) {
        size_t word = ranges_word(words, i);
        const double *worths = weights->for_article + word * 64;

        for (uint64_t left = weighs[i] & weights->judging[word]; left; left &= left - 1)
            sum += worths[bits_lowest(left)];
    }
    return sum;
}

void judge_line(struct judge *judge, struct track_line *line)
{
    sift(judge, line->weighs);
    if (line->probability > 0) { /* else it is before a head */
        double odds = track_line_odds(line->probability) * judge->parameters->first_look / 100;

        line->probability = 1 / (1 + exp(-odds - sum_of(judge, line->weighs)));
    }
    judge->number++;
}

void judge_count(struct judge *judge, const struct track_line *line)
{
    size_t words = line->here.likeness.words;

    judge->words += line->taken_by == NO_RULE ? words : 0;
    judge->article += track_line_stays(line, line->joint, TRACK_LINE_EVEN) ? words : 0;
    if (line->is_protected || line->taken_by == NO_RULE)
        balance_add(&judge->balance, line->is_protected ? 1 : line->joint, words);
}

bool judge_finds_nothing(const struct judge *judge)
{
    return judge->words >= judge->parameters->least_words &&
           judge->article * 100 < judge->words * judge->parameters->least_share;
}

double judge_threshold(const struct judge *judge)
{
    const struct parameters *parameters = judge->parameters;
    double threshold = balance_f1(&judge->balance) * parameters->balance;

    if (!parameters->balance)
        return TRACK_LINE_EVEN;
    return fmin(fmax(threshold, parameters->balance_least) / 100, TRACK_LINE_EVEN);
}
