#include "line/survey.h"

#include "base/bits.h"
#include "base/utf8.h"
#include "line/measure.h"
#include "line/sets.h"

/* How many letters a word has that begins with a capital in a title. */
#define TITLE_LETTERS 4

#define NOWHERE SIZE_MAX

/* Of the words that begin in a set, whether the last character of the block before was the first
 * letter of one, the second, the third: each 0 or 1. */
struct run {
    uint64_t last[TITLE_LETTERS - 1];
};

struct pass {
    const struct lexicon *lexicon;
    const char *text;
    size_t length;
    size_t at; /* where the block begins */
    struct sets sets;
    struct survey survey;
    size_t tenths; /* of words */

    /* Whether the last character of the block before was: 0 or 1. */
    uint64_t was_white;
    uint64_t was_letter;
    uint64_t was_word;
    uint64_t was_joined;

    size_t word; /* where the word begins that goes on, or NOWHERE */
    bool word_folds;
    size_t sentence; /* behind the last mark since the last letter, 0: there is none */
    bool has_letter;

    bool is_broken; /* a byte before belongs to no character */
    bool has_capital;
    bool has_lower;
    bool has_title; /* a word that begins as a title's do */
    bool has_other; /* and one that doesn't */
    struct run titles;
    struct run all;
};

/* The bytes behind those of a set. */
static uint64_t behind(const struct sets *sets, uint64_t set, uint64_t *last)
{
    uint64_t bytes = set << 1 | *last;

    *last = set >> (sets->length - 1) & 1;
    return bytes;
}

static void count(struct pass *pass)
{
    const struct sets *sets = &pass->sets;
    struct survey *survey = &pass->survey;
    uint64_t visible = sets->firsts & ~sets->of[KIND_WHITE];
    uint64_t words = visible & behind(sets, sets->of[KIND_WHITE], &pass->was_white);

    survey->words += bits_count(words & ~sets->of[KIND_DENSE]);
    pass->tenths += sets->tenths;
    survey->chars += sets->beyond ? bits_count(sets->firsts) : sets->length;
    survey->visible += bits_count(visible);
    if (sets->of[KIND_DIGIT])
        survey->digits += bits_count(sets->firsts & sets->of[KIND_DIGIT]);
    if (sets->of[KIND_COMMA])
        survey->commas += bits_count(sets->firsts & sets->of[KIND_COMMA]);
}

/* A letter comes, or the line's end: what the last mark closed counts. */
static void close_sentence(struct pass *pass)
{
    if (pass->sentence > 0 && !measure_ends_in_dots(pass->text, pass->sentence))
        pass->survey.sentences++;
    pass->sentence = 0;
    pass->has_letter = true;
}

static void count_sentences(struct pass *pass)
{
    const struct sets *sets = &pass->sets;
    /* What is broken may well have been a letter. */
    uint64_t letters = (sets->of[KIND_LETTER] & ~sets->of[KIND_END]) | sets->invalid;
    uint64_t past = ~UINT64_C(0);

    for (uint64_t left = sets->firsts & sets->of[KIND_END]; left; left &= left - 1) {
        uint64_t mark = left & (~left + 1), next;
        size_t end;

        if (letters & past & (mark - 1))
            close_sentence(pass);
        past = ~(mark | (mark - 1));
        next = sets->firsts & past;
        end = pass->at + (next ? bits_lowest(next) : sets->length);
        if (pass->has_letter &&
            (sets->beyond & mark || measure_is_apart(pass->text, pass->length, end)))
            pass->sentence = end;
    }
    if (letters & past)
        close_sentence(pass);
}

static void look_up(struct pass *pass, size_t start, size_t end, bool folds)
{
    pass->survey.function +=
        lexicon_has(pass->lexicon, pass->text, pass->length, start, end, folds);
}

/* The set without what the words of a lexicon aren't looked for in any more. */
static uint64_t within_reach(const struct pass *pass, uint64_t set)
{
    const struct sets *sets = &pass->sets;
    size_t reach = SURVEY_REACH - pass->at;

    if (reach >= sets->length)
        return set;
    if (!(sets->firsts >> reach & 1))
        reach = bits_highest(sets->firsts & bits_below(reach));
    return set & bits_below(reach);
}

static void look_words_up(struct pass *pass)
{
    const struct sets *sets = &pass->sets;
    uint64_t letters = within_reach(pass, sets->of[KIND_LETTER]), alone = sets->of[KIND_WORD];
    uint64_t parted =
        ~behind(sets, letters, &pass->was_letter) | alone | behind(sets, alone, &pass->was_word);
    uint64_t starts = sets->firsts & letters & parted, folded = sets->of[KIND_FOLDED];
    uint64_t ends = (~letters | starts) & bits_below(sets->length);

    pass->survey.spelt += bits_count(starts);
    pass->survey.lower += bits_count(starts & sets->of[KIND_SMALL]);
    if (lexicon_is_empty(pass->lexicon))
        return;
    if (pass->word != NOWHERE) {
        pass->word_folds |= folded != 0;
        if (ends) {
            look_up(pass, pass->word, pass->at + bits_lowest(ends), pass->word_folds);
            pass->word = NOWHERE;
        }
    }
    for (; starts; starts &= starts - 1) {
        unsigned start = bits_lowest(starts), end;

        ends &= ~(starts ^ (starts - 1));
        if (!ends) {
            pass->word = pass->at + start;
            pass->word_folds = folded >> start != 0;
            break;
        }
        end = bits_lowest(ends);
        look_up(pass, pass->at + start, pass->at + end, (folded & bits_below(end)) >> start != 0);
    }
}

/* All bytes of the characters that begin in a set. */
static uint64_t whole(const struct sets *sets, uint64_t set)
{
    for (unsigned byte = 1; sets->beyond && byte < UTF8_LONGEST; byte++)
        set |= set << 1 & ~sets->firsts;
    return set;
}

/* Where the fourth letters are of those words that begin in a set. */
static uint64_t fourth_letters(const struct sets *sets, uint64_t set, uint64_t letters,
                               struct run *run)
{
    for (int i = 0; i < TITLE_LETTERS - 1; i++)
        set = behind(sets, whole(sets, set), &run->last[i]) & sets->firsts & letters;
    return set;
}

/* A title is told by what comes before the first byte that belongs to no character. */
static void note_title(struct pass *pass)
{
    const struct sets *sets = &pass->sets;
    size_t valid = sets->invalid ? bits_lowest(sets->invalid) : sets->length;
    uint64_t letters = sets->of[KIND_PROPER] & bits_below(valid);
    uint64_t joined = letters | sets->of[KIND_NUMBER] | sets->of[KIND_APOSTROPHE];
    uint64_t starts = sets->firsts & letters & ~behind(sets, joined, &pass->was_joined);
    uint64_t all = fourth_letters(sets, starts, letters, &pass->all);
    uint64_t titles = fourth_letters(sets, starts & sets->of[KIND_INITIAL], letters, &pass->titles);

    pass->has_title |= titles != 0;
    pass->has_other |= all != titles;
}

static void note_case(struct pass *pass)
{
    const struct sets *sets = &pass->sets;

    pass->survey.has_letter_or_digit |= (sets->of[KIND_PROPER] | sets->of[KIND_NUMBER]) != 0;
    pass->has_capital |= sets->of[KIND_CAPITAL] != 0;
    pass->has_lower |= sets->of[KIND_LOWER] != 0;
    if (!pass->is_broken && !pass->has_other)
        note_title(pass);
    pass->is_broken |= sets->invalid != 0;
}

struct survey survey_line(struct surveyor *surveyor, const char *text, size_t length)
{
    struct pass pass = {.lexicon = surveyor->lexicon,
                        .text = text,
                        .length = length,
                        .survey.letters = LIKENESS_NO_LETTERS,
                        .was_white = 1,
                        .word = NOWHERE};

    for (; pass.at < length; pass.at += pass.sets.length) {
        sets_read(&pass.sets, &surveyor->alphabet, pass.text, length, pass.at);
        count(&pass);
        count_sentences(&pass);
        if (pass.at < SURVEY_REACH)
            look_words_up(&pass);
        note_case(&pass);
        likeness_add(&pass.survey.letters, pass.text + pass.at,
                     pass.sets.of[KIND_LETTER] | pass.sets.of[KIND_DIGIT] | pass.sets.beyond);
    }
    close_sentence(&pass);
    if (pass.word != NOWHERE)
        look_up(&pass, pass.word, length < SURVEY_REACH ? length : SURVEY_REACH, pass.word_folds);
    pass.survey.words += (pass.tenths + 9) / 10;
    pass.survey.is_upper = !pass.is_broken && pass.has_capital && !pass.has_lower;
    pass.survey.is_title = pass.has_title && !pass.has_other;
    return pass.survey;
}
