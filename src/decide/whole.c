#include "decide/whole.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* More words of a line weigh no more; its weight grows by this power of them. */
#define WORDS_MOST 60
#define POWER 0.7
/* Lines near a line. */
#define P_ABOVE 8
#define P_BELOW 12
#define PROSE_NEAR 4
#define SPEAKS_NEAR 3
/* Less probable than that, the page's longest line is not looked for. */
#define MAY_BE_ARTICLE 0.3
/* Of a line whose words say nothing. */
#define SPEAKS_NOTHING 50

/* Over the lines before one. */
struct sums {
    double probability;
    double weight; /* of those that speak for article */
    uint64_t prose;
    uint64_t speaks;
};

/* Consecutive lines. */
struct piece {
    size_t begin;
    size_t end;
    double weight;
};

struct whole {
    double *weights;
    struct sums *sums; /* before each line, and before the end */
    size_t count;
    double total; /* of all weights, whatever they speak for */
    struct piece heaviest;
    struct piece second; /* of what the heaviest leaves */
    size_t longest;      /* a line's number */
    size_t longest_words;
    double powers[WORDS_MOST + 1]; /* by words */
};

struct whole *whole_create(size_t capacity)
{
    struct whole *whole = calloc(1, sizeof *whole);

    if (!whole)
        return NULL;
    whole->weights = calloc(capacity, sizeof *whole->weights);
    whole->sums = calloc(capacity + 1, sizeof *whole->sums);
    if (!whole->weights || !whole->sums) {
        whole_destroy(whole);
        return NULL;
    }
    for (size_t words = 0; words <= WORDS_MOST; words++)
        whole->powers[words] = pow((double)words, POWER);
    return whole;
}

void whole_destroy(struct whole *whole)
{
    if (!whole)
        return;
    free(whole->weights);
    free(whole->sums);
    free(whole);
}

void whole_begin(struct whole *whole)
{
    whole->count = whole->longest = whole->longest_words = 0;
    whole->total = 0;
    whole->sums[0] = (struct sums){0};
}

void whole_add(struct whole *whole, const struct whole_line *line)
{
    size_t counted = (size_t)number_smaller(line->words, WORDS_MOST);
    double weight = (line->probability - 0.5) * whole->powers[counted];
    struct sums sums = whole->sums[whole->count];

    sums.probability += line->probability;
    sums.weight += weight > 0 ? weight : 0;
    sums.prose += line->is_prose ? counted : 0;
    sums.speaks += line->speaks;
    if (line->probability > MAY_BE_ARTICLE && line->words > whole->longest_words) {
        whole->longest = whole->count;
        whole->longest_words = line->words;
    }
    whole->total += fabs(weight);
    whole->weights[whole->count++] = weight;
    whole->sums[whole->count] = sums;
}

/* The maximum subsequence (Bentley 1984) of the lines from BEGIN to END. */
static struct piece heaviest_of(const struct whole *whole, size_t begin, size_t end)
{
    struct piece heaviest = {0};
    double sum = 0;

    for (size_t i = begin; i < end; i++) {
        if (sum <= 0) {
            sum = 0;
            begin = i;
        }
        sum += whole->weights[i];
        if (sum > heaviest.weight)
            heaviest = (struct piece){.begin = begin, .end = i + 1, .weight = sum};
    }
    return heaviest;
}

void whole_end(struct whole *whole)
{
    struct piece before, behind;

    whole->heaviest = heaviest_of(whole, 0, whole->count);
    before = heaviest_of(whole, 0, whole->heaviest.begin);
    behind = heaviest_of(whole, whole->heaviest.end, whole->count);
    whole->second = behind.weight > before.weight ? behind : before;
}

static uint32_t per_cent(double part, double all)
{
    return all > 0 ? (uint32_t)(100 * part / all + 0.5) : 0;
}

/* The sums at COUNT lines before the line, or after it. */
static const struct sums *above(const struct whole *whole, size_t number, size_t count)
{
    return &whole->sums[number > count ? number - count : 0];
}

static const struct sums *below(const struct whole *whole, size_t number, size_t count)
{
    return &whole->sums[number_smaller(number + 1 + count, whole->count)];
}

/* The probability of the lines between, COUNT if none is beyond the page's ends. */
static uint32_t probability_of(const struct sums *from, const struct sums *to, double count)
{
    return per_cent(to->probability - from->probability, count);
}

/* The mean of the lines between. */
static uint32_t speaks_of(const struct sums *from, const struct sums *to)
{
    uint64_t count = (uint64_t)(to - from);

    return count ? (uint32_t)((to->speaks - from->speaks + count / 2) / count) : SPEAKS_NOTHING;
}

/* How many lines ONE stands before OTHER; 0 if behind it. */
static uint32_t lines_between(size_t one, size_t other)
{
    return (uint32_t)(one < other ? other - one : 0);
}

static void ask_pieces(const struct whole *whole, size_t number, uint32_t values[WHOLES])
{
    const struct piece *piece = &whole->heaviest;
    size_t before = number < piece->begin ? 0 : number_smaller(number, piece->end) - piece->begin;

    values[WHOLE_PIECE_AHEAD] = lines_between(number, piece->begin);
    values[WHOLE_PIECE_BEHIND] = lines_between(piece->end, number + 1);
    values[WHOLE_PIECE_SHARE] = per_cent(piece->weight, whole->total);
    values[WHOLE_PIECE_LINES] = (uint32_t)(piece->end - piece->begin);
    values[WHOLE_PIECE_PLACE] = per_cent((double)before, (double)(piece->end - piece->begin));
    values[WHOLE_PIECE_WEIGHT] = (uint32_t)piece->weight;
    values[WHOLE_SECOND_SHARE] = per_cent(whole->second.weight, piece->weight);
    values[WHOLE_IN_SECOND] = number >= whole->second.begin && number < whole->second.end;
}

void whole_ask(const struct whole *whole, size_t number, uint32_t values[WHOLES])
{
    const struct sums *here = &whole->sums[number], *next = here + 1;
    const struct sums *above_1 = above(whole, number, 1), *below_1 = below(whole, number, 1);

    values[WHOLE_P] = probability_of(here, next, 1);
    values[WHOLE_P_BEFORE] = probability_of(above_1, here, 1);
    values[WHOLE_P_BEFORE_2] = probability_of(above(whole, number, 2), above_1, 1);
    values[WHOLE_P_AFTER] = probability_of(next, below_1, 1);
    values[WHOLE_P_AFTER_2] = probability_of(below_1, below(whole, number, 2), 1);
    values[WHOLE_P_ABOVE] = probability_of(above(whole, number, P_ABOVE), here, P_ABOVE);
    values[WHOLE_P_BELOW] = probability_of(next, below(whole, number, P_BELOW), P_BELOW);
    values[WHOLE_PROSE_ABOVE] = (uint32_t)(here->prose - above(whole, number, PROSE_NEAR)->prose);
    values[WHOLE_PROSE_BELOW] = (uint32_t)(below(whole, number, PROSE_NEAR)->prose - next->prose);
    values[WHOLE_SPEAKS_ABOVE] = speaks_of(above(whole, number, SPEAKS_NEAR), here);
    values[WHOLE_SPEAKS_BELOW] = speaks_of(next, below(whole, number, SPEAKS_NEAR));
    ask_pieces(whole, number, values);
    values[WHOLE_LONGEST_WORDS] = (uint32_t)number_smaller(whole->longest_words, UINT32_MAX);
    values[WHOLE_LONGEST_AHEAD] = lines_between(number, whole->longest);
    values[WHOLE_LONGEST_BEHIND] = lines_between(whole->longest, number);
    values[WHOLE_WEIGHT_BEFORE] = per_cent(here->weight, whole->sums[whole->count].weight);
    values[WHOLE_PAGE_WEIGHT] = (uint32_t)whole->sums[whole->count].weight;
}
