/*
 * chosen -- the rules that weigh or mark in the document at hand, and sets of them.
 *
 * Model:     rules in no section are for every document, and stand in the first words of each set,
 *            those that weigh or judge in the first of these. Of the words of the others, which
 *            weights.h has, a set has those with a rule in a section that holds: the rules of ten
 *            thousand sites cost nothing elsewhere. A set is either of rules that weigh or mark, or
 *            of rules that weigh alone.
 * Ownership: one for each stream; the weights are borrowed. chosen_release frees what chosen_init
 *            took. Sets hold until chosen_hold.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_MATCH_CHOSEN_H
#define DECHAFF_MATCH_CHOSEN_H

#include "match/kept.h"
#include "match/sieve.h"
#include "match/weights.h"
#include "rules/sections.h"

struct chosen {
    const struct weights *weights;
    struct ranges_words all;      /* of sets of rules that weigh or mark */
    struct ranges_words weighing; /* of sets of rules that weigh */
    uint64_t *holding;            /* those that are for the document, a set of the first kind */
    uint32_t *asking;             /* of these the mark rules that ask for marks, in file order */
    size_t asking_count;
    uint32_t *more;   /* words of all rules' sets behind the common ones */
    uint32_t *places; /* where among them each word is; UINT32_MAX: nowhere */
};

/* At first no section holds. */
bool chosen_init(struct chosen *chosen, const struct weights *weights);
void chosen_release(struct chosen *chosen);

/* Turns to a document for which those sections hold. */
void chosen_hold(struct chosen *chosen, const struct holding *holding);

/* How many words a set of all the rules that weigh has at most. */
size_t chosen_most_words(const struct weights *weights);

/* Where the rule that has the NUMBER is in a set of either kind; SIZE_MAX if it was not chosen. */
static inline size_t chosen_place(const struct chosen *chosen, const struct ranges_words *words,
                                  uint32_t number)
{
    size_t common = chosen->weights->common_words;
    uint32_t place;

    if (number / 64 < common)
        return number;
    place = chosen->places[number / 64 - common];
    return place == UINT32_MAX ? SIZE_MAX : (words->first + place) * 64 + number % 64;
}

/* Which word of a set of rules that weigh has those that WORD has of a set of all. */
static inline size_t chosen_weighing_word(const struct chosen *chosen, size_t word)
{
    return word < chosen->all.first ? word : word - chosen->all.first + chosen->weighing.first;
}

/* The first word of a set of rules that weigh, from WORD on, that may have others than those that
 * judge. */
static inline size_t chosen_past_judges(const struct chosen *chosen, size_t word)
{
    size_t common = chosen->weighing.first;

    return word >= chosen->weights->judge_word && word < common ? common : word;
}

/* The rule that is BIT of WORD in a set of the kind. */
static inline uint32_t chosen_rule(const struct chosen *chosen, const struct ranges_words *words,
                                   size_t word, unsigned bit)
{
    return chosen->weights->rules[ranges_word(words, word) * 64 + bit];
}

#endif
