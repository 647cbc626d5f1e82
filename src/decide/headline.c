#include "decide/headline.h"

#include "base/bits.h"
#include "base/fold.h"
#include "base/table.h"
#include "base/utf8.h"
#include "line/letters.h"
#include "rules/rule.h"

#include <string.h>

/* Letters of a word that means something, at least; of a word's end, that may differ between words
 * of one stem, at most; words of the article's line that are looked at, at most. */
#define LETTERS_LEAST 4
#define ENDING_MOST 2
#define WORDS_MOST 64
#define SKETCH_BITS 2048 /* a power of two */
/* More words in common say no more: of a headline and the summary below it the headline is first.
 */
#define SHARED_MOST 3
/* A line farther from the article needs so many. */
#define NEAR 16
#define SHARED_FAR 2
/* How much farther to the right than the article a line begins that is set in the middle. */
#define MIDDLE 16
/* What a line's place counts for, beside words in common. */
#define POINTS_MIDDLE 2
#define POINTS_OUT 1

/* The words of a text, one after the other. Two characters of a script that is written without
 * blanks are one, and the next begins with the second of them. */
struct word_walk {
    const unsigned char *at;
    const unsigned char *end;
};

void headline_begin(struct headline *headline)
{
    headline->is_over = false;
    headline->lines = 0;
    headline->count = 0;
}

/* A word's beginnings, down to which it may be of a stem with others: hashes of it, folded, and of
 * it without its last letters. All are 0 of no word. */
struct stem {
    uint64_t hashes[ENDING_MOST + 1];
};

static void push(struct stem *stem, uint64_t hash)
{
    memmove(stem->hashes + 1, stem->hashes, sizeof stem->hashes - sizeof *stem->hashes);
    stem->hashes[0] = hash;
}

static bool is_word(const struct stem *stem)
{
    return stem->hashes[0];
}

/* Bits of hashes, by which most words that are none of many can be told. */
struct sketch {
    uint64_t bits[SKETCH_BITS / 64];
};

static void sketch_add(struct sketch *sketch, const struct stem *stem)
{
    for (size_t i = 0; i <= ENDING_MOST && stem->hashes[i]; i++)
        bits_add(sketch->bits, (size_t)(stem->hashes[i] >> 1 & (SKETCH_BITS - 1)));
}

static bool sketch_may_have(const struct sketch *sketch, const struct stem *stem)
{
    for (size_t i = 0; i <= ENDING_MOST && stem->hashes[i]; i++)
        if (bits_has(sketch->bits, (size_t)(stem->hashes[i] >> 1 & (SKETCH_BITS - 1))))
            return true;
    return false;
}

static bool is_of_stem(const struct stem *one, const struct stem *other)
{
    for (size_t i = 0; i <= ENDING_MOST && one->hashes[i]; i++)
        for (size_t j = 0; j <= ENDING_MOST; j++)
            if (one->hashes[i] == other->hashes[j])
                return true;
    return false;
}

/* The next word that means something. */
static struct stem next_word(struct word_walk *walk)
{
    while (walk->at < walk->end) {
        struct stem stem = {{0}};
        uint64_t hash = 1;
        uint32_t character;
        size_t letters = 0, size = 0;
        bool was_dense = false, is_dense;

        for (; walk->at < walk->end; walk->at += size) {
            size = utf8_decode(walk->at, (size_t)(walk->end - walk->at), &character);
            if (size == 0 || !letters_is_of_word(character))
                break;
            is_dense = letters_dense(character)->is_half;
            if (letters && is_dense != was_dense)
                break;
            was_dense = is_dense;
            hash = table_hash_number(hash, fold_character(character));
            if (++letters >= LETTERS_LEAST || (letters == 2 && was_dense))
                push(&stem, hash | 1);
            if (letters == 2 && was_dense)
                return stem;
        }
        if (is_word(&stem))
            return stem;
        if (letters == 0)
            walk->at += size ? size : 1;
    }
    return (struct stem){{0}};
}

static struct word_walk walk_of(const struct held *line)
{
    const unsigned char *text = (const unsigned char *)line->text;

    return (struct word_walk){text, text + line->length};
}

/* How many words of the line are AMONG the article's, whose SKETCH that is, each counted once,
 * SHARED_MOST at most. */
static uint32_t shared_words(const struct held *line, const struct stem *among, size_t count,
                             const struct sketch *sketch)
{
    struct word_walk walk = walk_of(line);
    struct stem found[SHARED_MOST], word;
    uint32_t shared = 0;

    while (shared < SHARED_MOST && (word = next_word(&walk), is_word(&word))) {
        bool is_new = true, is_there = false;

        if (!sketch_may_have(sketch, &word))
            continue;
        for (uint32_t i = 0; i < shared; i++)
            is_new = is_new && !is_of_stem(&found[i], &word);
        for (size_t i = 0; i < count && !is_there; i++)
            is_there = is_of_stem(&among[i], &word);
        if (is_new && is_there)
            found[shared++] = word;
    }
    return shared;
}

static size_t indent_of(const struct held *line)
{
    size_t indent = 0;

    while (indent < line->length && line->text[indent] == ' ')
        indent++;
    return indent;
}

/* What speaks for the line: the words that it shares with the article's first line, and its place.
 * 0 if it cannot be the headline. */
static uint32_t points_of(const struct held *line, const struct held *article, uint32_t shared)
{
    size_t indent = indent_of(line), usual = indent_of(article);

    if (indent >= usual + MIDDLE)
        return shared + POINTS_MIDDLE;
    if (!shared || (article->ordinal - line->ordinal > NEAR && shared < SHARED_FAR))
        return 0;
    return shared + (indent < usual ? POINTS_OUT : 0);
}

/* Whether the first adds to the second, before it or behind: the site's name, the way to the page.
 */
static bool adds_to(const struct held *whole, const struct held *part)
{
    return part->length < whole->length &&
           (memcmp(whole->text, part->text, part->length) == 0 ||
            memcmp(whole->text + whole->length - part->length, part->text, part->length) == 0);
}

/* The line that stays, or NULL. */
static struct held *best_for(const struct headline *headline, const struct held *article)
{
    struct word_walk walk = walk_of(article);
    struct held *best = NULL;
    struct stem among[WORDS_MOST];
    uint32_t most = 0;
    struct sketch sketch = {{0}};
    size_t count = 0;

    while (count < WORDS_MOST && (among[count] = next_word(&walk), is_word(&among[count])))
        sketch_add(&sketch, &among[count++]);
    for (uint32_t i = 0; i < headline->count; i++) {
        struct held *line = hold_at(headline->hold, headline->waiting[i].sequence);
        uint32_t points = points_of(line, article, shared_words(line, among, count, &sketch));

        if (points > most || (points && points == most && adds_to(best, line))) {
            best = line;
            most = points;
        }
    }
    return best;
}

void headline_release(struct headline *headline)
{
    hold_at(headline->hold, headline->waiting[0].sequence)->verdict = VERDICT_DROP;
    headline->count--;
    memmove(headline->waiting, headline->waiting + 1, headline->count * sizeof *headline->waiting);
}

void headline_give_up(struct headline *headline)
{
    while (headline->count)
        headline_release(headline);
}

static void begin_article(struct headline *headline, const struct held *article)
{
    struct held *best = best_for(headline, article);

    headline->is_over = true;
    headline_give_up(headline);
    if (best) {
        best->verdict = VERDICT_KEEP;
        best->rule = best->headline;
    }
}

void headline_pass(struct headline *headline, uint64_t sequence)
{
    struct held *line = hold_at(headline->hold, sequence);

    if (!headline->is_wanted || headline->is_over)
        return;
    if (headline->count && headline->lines - headline->waiting[0].number >= HEADLINE_LINES)
        headline_release(headline);
    if (line->verdict == VERDICT_KEEP) {
        begin_article(headline, line);
    } else if (line->headline != NO_RULE) {
        line->verdict = VERDICT_HOLD;
        headline->waiting[headline->count++] = (struct headline_waiting){sequence, headline->lines};
    }
    headline->lines++;
    if (headline->count)
        hold_spare(headline->hold, sequence + 1);
}

uint64_t headline_limit(const struct headline *headline, uint64_t final)
{
    uint64_t oldest = headline->waiting[0].sequence;

    return headline->count && oldest < final ? oldest : final;
}
