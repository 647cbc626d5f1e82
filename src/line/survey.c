#include "line/survey.h"

#include "base/bits.h"
#include "base/utf8.h"
#include "line/sentences.h"
#include "line/sets.h"

/* How many letters a word has that begins with a capital in a title. */
#define TITLE_LETTERS 4

#define NOWHERE SIZE_MAX

/* Of the words that begin in a set, whether the last character of the block before was the first
 * letter of one, the second, the third. */
struct run {
    bool last[TITLE_LETTERS - 1];
};

/* What a block says of those behind it. */
struct past {
    /* Whether its last character was: */
    bool was_white;
    bool was_letter;
    bool was_word;
    bool was_joined;

    bool word_folds;
    bool is_broken; /* a byte belongs to no character */
    bool has_capital;
    bool has_lower;
    bool has_title; /* a word that begins as a title's do */
    bool has_other; /* and one that doesn't */
    struct run titles;
    struct run others;
    size_t tenths; /* of words */
    size_t word;   /* where the word begins that goes on, or NOWHERE */
};

struct pass {
    const struct lexicon *lexicon;
    const char *text;
    size_t length;
    size_t at; /* where the block begins */
    struct survey survey;
    struct past past;
    struct sentences sentences;
    struct likeness_letters letters;
    struct sets sets;
};

/* The bytes behind those of a set. */
static uint64_t behind(const struct sets *sets, uint64_t set, bool *last)
{
    uint64_t bytes = set << 1 | *last;

    *last = (set >> (sets->length - 1) & 1) != 0;
    return bytes;
}

static void count(struct pass *pass)
{
    const struct sets *sets = &pass->sets;
    struct survey *survey = &pass->survey;
    uint64_t visible = sets->firsts & ~sets->of[KIND_WHITE];
    uint64_t words = visible & behind(sets, sets->of[KIND_WHITE], &pass->past.was_white);

    survey->words += bits_count(words & ~sets->of[KIND_DENSE]);
    pass->past.tenths += sets->tenths;
    survey->chars += sets->beyond ? bits_count(sets->firsts) : sets->length;
    survey->visible += bits_count(visible);
    if (sets->of[KIND_DIGIT])
        survey->digits += bits_count(sets->firsts & sets->of[KIND_DIGIT]);
    if (sets->of[KIND_COMMA])
        survey->commas += bits_count(sets->firsts & sets->of[KIND_COMMA]);
}

static inline void hear(struct survey *survey, struct lexicon_word word)
{
    survey->function += word.is_function;
    survey->weight += word.weight;
}

/* A word that began in a block before, and ends at END. */
static void look_up_open(struct pass *pass, size_t end, bool folds)
{
    const unsigned char *word = (const unsigned char *)pass->text + pass->past.word;
    size_t length = end - pass->past.word;

    hear(&pass->survey, folds || pass->length - pass->past.word < LEXICON_HEAD
                            ? lexicon_look_folded(pass->lexicon, word, length)
                            : lexicon_look(pass->lexicon, word, length));
    pass->past.word = NOWHERE;
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
    uint64_t after = behind(sets, letters, &pass->past.was_letter);
    uint64_t starts =
        sets->firsts & letters & (~after | alone | behind(sets, alone, &pass->past.was_word));
    uint64_t ends = after & (~letters | starts), folded = sets->of[KIND_FOLDED];

    pass->survey.spelt += bits_count(starts);
    pass->survey.lower += bits_count(starts & sets->of[KIND_SMALL]);
    if (lexicon_is_empty(pass->lexicon))
        return;
    if (pass->at + sets->length < pass->length) /* what the block cuts off goes on */
        ends &= bits_below(sets->length);
    pass->past.word_folds |= pass->past.word != NOWHERE && folded;
    if (pass->past.word != NOWHERE && ends) {
        look_up_open(pass, pass->at + bits_lowest(ends), pass->past.word_folds);
        ends &= ends - 1;
    }
    for (; starts && ends; starts &= starts - 1, ends &= ends - 1) {
        unsigned start = bits_lowest(starts), end = bits_lowest(ends);
        const unsigned char *word = sets->bytes + start;

        hear(&pass->survey, (folded & bits_below(end)) >> start
                                ? lexicon_look_folded(pass->lexicon, word, end - start)
                                : lexicon_look(pass->lexicon, word, end - start));
    }
    if (starts) {
        pass->past.word = pass->at + bits_lowest(starts);
        pass->past.word_folds = folded >> bits_lowest(starts) != 0;
    }
}

/* All bytes of the characters that begin in a set. */
static uint64_t whole(const struct sets *sets, uint64_t set)
{
    if (!sets->beyond)
        return set;
    for (unsigned byte = 1; byte < UTF8_LONGEST; byte++)
        set |= set << 1 & ~sets->firsts;
    return set;
}

/* Where the fourth letters are of those words that begin in a set. */
static inline uint64_t fourth_letters(const struct sets *sets, uint64_t set, uint64_t letters,
                                      struct run *run)
{
    letters &= sets->firsts;
    set = behind(sets, whole(sets, set), &run->last[0]) & letters;
    set = behind(sets, whole(sets, set), &run->last[1]) & letters;
    return behind(sets, whole(sets, set), &run->last[2]) & letters;
}

/* A title is told by what comes before the first byte that belongs to no character, and by the
 * first word that does not begin as a title's do. */
static void note_title(struct pass *pass)
{
    const struct sets *sets = &pass->sets;
    size_t valid = sets->invalid ? bits_lowest(sets->invalid) : sets->length;
    uint64_t letters = sets->of[KIND_PROPER] & bits_below(valid);
    uint64_t joined = letters | sets->of[KIND_NUMBER] | sets->of[KIND_APOSTROPHE];
    uint64_t starts = sets->firsts & letters & ~behind(sets, joined, &pass->past.was_joined);
    uint64_t others = starts & ~sets->of[KIND_INITIAL];

    pass->past.has_other = fourth_letters(sets, others, letters, &pass->past.others) != 0;
    if (!pass->past.has_other)
        pass->past.has_title |=
            fourth_letters(sets, starts & ~others, letters, &pass->past.titles) != 0;
}

static void note_case(struct pass *pass)
{
    const struct sets *sets = &pass->sets;

    pass->survey.has_letter_or_digit |= (sets->of[KIND_PROPER] | sets->of[KIND_NUMBER]) != 0;
    pass->past.has_capital |= sets->of[KIND_CAPITAL] != 0;
    pass->past.has_lower |= sets->of[KIND_LOWER] != 0;
    if (!pass->past.is_broken && !pass->past.has_other)
        note_title(pass);
    pass->past.is_broken |= sets->invalid != 0;
}

struct survey survey_line(struct surveyor *surveyor, const char *text, size_t length)
{
    struct pass pass;

    pass.lexicon = surveyor->lexicon;
    pass.text = text;
    pass.length = length;
    pass.at = 0;
    pass.survey = (struct survey){0};
    pass.past = (struct past){.was_white = true, .word = NOWHERE};
    pass.sentences = (struct sentences){0};
    pass.letters.count = 0;
    for (; pass.at < length; pass.at += pass.sets.length) {
        sets_read(&pass.sets, &surveyor->alphabet, pass.text, length, pass.at);
        likeness_add(&pass.letters, &pass.sets,
                     pass.sets.of[KIND_LETTER] | pass.sets.of[KIND_DIGIT] | pass.sets.beyond);
        count(&pass);
        if (pass.at < SURVEY_REACH)
            look_words_up(&pass);
        note_case(&pass);
        sentences_add(&pass.sentences, &pass.sets, text, length, pass.at);
    }
    if (pass.past.word != NOWHERE)
        look_up_open(&pass, length < SURVEY_REACH ? length : SURVEY_REACH, pass.past.word_folds);
    pass.survey.likeness = likeness_of(&pass.letters);
    pass.survey.sentences = sentences_end(&pass.sentences, text);
    pass.survey.words += (pass.past.tenths + 9) / 10;
    pass.survey.is_upper = !pass.past.is_broken && pass.past.has_capital && !pass.past.has_lower;
    pass.survey.is_title = pass.past.has_title && !pass.past.has_other;
    return pass.survey;
}
