#include "text/measures.h"

#include "text/lines.h"

void measures_release(struct measures *measures)
{
    body_release(&measures->body);
    grams_release(&measures->grams);
    repeats_release(&measures->repeats);
}

void measures_begin(struct measures *measures)
{
    body_begin(&measures->body);
    measures->has_grams = false;
    measures->dropped = 0;
}

void measures_add(struct measures *measures, const char *text, size_t length)
{
    body_add(&measures->body, text, length);
}

void measures_add_dropped(struct measures *measures, const char *text, size_t length)
{
    measures->dropped += body_count_words((struct span){text, length});
}

bool measures_no_memory(const struct measures *measures)
{
    return measures->body.no_memory || measures->grams.no_memory ||
           measures->grams.repeats.no_memory || measures->repeats.no_memory;
}

static struct grams *grams_of(struct measures *measures)
{
    if (!measures->has_grams) {
        body_find_words(&measures->body);
        grams_begin(&measures->grams, &measures->body);
        measures->has_grams = true;
    }
    return &measures->grams;
}

/* A number of things. */
static struct share count_of(uint64_t number)
{
    return (struct share){number, 1};
}

static struct share per_cent(uint64_t part, uint64_t all)
{
    return (struct share){100 * part, all};
}

/* The words that are not symbols alone: how many, and of how many characters. */
static struct share real_words(struct body *body)
{
    struct share share = {0};

    body_find_words(body);
    for (size_t i = 0; i < body->count; i++) {
        if (body->words[i].is_symbols)
            continue;
        share.part += body->words[i].chars;
        share.all++;
    }
    return share;
}

static uint64_t with_letter(const struct body *body)
{
    uint64_t count = 0;

    for (size_t i = 0; i < body->count; i++)
        count += body->words[i].has_letter;
    return count;
}

/* How many words, of all of them, have so many characters at most. */
static size_t words_up_to(const struct body *body, size_t chars)
{
    size_t count = 0;

    for (size_t i = 0; i < body->count; i++)
        count += body->words[i].chars <= chars;
    return count;
}

/* The characters of the word that is the NUMBERth, from 0, if they stand in the order of that. */
static uint64_t chars_of_word(const struct body *body, size_t number)
{
    size_t below = 0, most = 1; /* it has more than the one, and at most the other */

    while (words_up_to(body, most) <= number)
        below = most, most *= 2;
    while (most - below > 1) {
        size_t middle = below + (most - below) / 2;

        if (words_up_to(body, middle) <= number)
            below = middle;
        else
            most = middle;
    }
    return most;
}

/* Of an even number of words it is between two. */
static struct share median(const struct body *body)
{
    if (!body->count)
        return (struct share){0};
    return (struct share){
        chars_of_word(body, (body->count - 1) / 2) + chars_of_word(body, body->count / 2), 2};
}

/* Whether the list has the word. */
static bool is_listed(struct span list, struct span word)
{
    struct span listed;

    while (span_next_word(&list, &listed))
        if (span_equal(listed, word))
            return true;
    return false;
}

/* How many words are of the list. */
static uint64_t listed_words(const struct body *body, struct span list)
{
    uint64_t count = 0;

    for (size_t i = 0; i < body->count; i++)
        count += is_listed(list, body_word_text(body, i));
    return count;
}

static bool has_word(const struct body *body, struct span word)
{
    for (size_t i = 0; i < body->count; i++)
        if (span_equal(body_word_text(body, i), word))
            return true;
    return false;
}

/* How many of the words in the list are there. */
static uint64_t words_there(const struct body *body, struct span list)
{
    uint64_t count = 0;
    struct span word;

    while (span_next_word(&list, &word))
        count += has_word(body, word);
    return count;
}

/* How many words have one of the texts in them. */
static uint64_t words_with(const struct body *body, struct span texts)
{
    uint64_t count = 0;

    for (size_t i = 0; i < body->count; i++) {
        struct span rest = texts, text;
        bool has = false;

        while (!has && span_next_word(&rest, &text))
            has = span_find(body_word_text(body, i), text.text, text.length) != NULL;
        count += has;
    }
    return count;
}

/* How often the texts between blanks stand in the body, one in itself once. */
static uint64_t occurrences(const struct body *body, struct span texts)
{
    uint64_t count = 0;
    struct span text;

    while (span_next_word(&texts, &text)) {
        struct span rest = body_text(body);
        const char *at;

        while ((at = span_find(rest, text.text, text.length))) {
            rest = span_after(rest, (size_t)(at - rest.text) + text.length);
            count++;
        }
    }
    return count;
}

/* The text's characters, or those that are no line feeds. */
static uint64_t chars_of(const struct body *body, bool with_feeds)
{
    uint64_t feeds = with_feeds ? 0 : occurrences(body, (struct span){"\n", 1});

    return body_chars(body_text(body)) - feeds;
}

static struct share of_words(struct body *body, const struct rule *rule, struct span words)
{
    struct share real;

    body_find_words(body);
    switch (rule->measure) {
    case MEASURE_WORDS:
        real = real_words(body);
        return count_of(real.all);
    case MEASURE_WORD_LENGTH:
        return real_words(body);
    case MEASURE_ALL_WORDS:
        return count_of(body->count);
    case MEASURE_MEDIAN:
        return median(body);
    case MEASURE_ALPHABETIC:
        return per_cent(with_letter(body), body->count);
    case MEASURE_SYMBOLS:
        return per_cent(occurrences(body, words), body->count);
    case MEASURE_FEEDS:
        return per_cent(occurrences(body, (struct span){"\n", 1}), body->count);
    case MEASURE_SYMBOL_WORDS:
        return per_cent(words_with(body, words), body->count);
    case MEASURE_LISTED:
        return count_of(listed_words(body, words));
    default:
        return count_of(words_there(body, words));
    }
}

static struct share of_lines(const struct body *body, const struct rule *rule, struct span words)
{
    struct span text = body_text(body);
    struct share share;

    switch (rule->measure) {
    case MEASURE_SENTENCES:
        return count_of(lines_sentences(text));
    case MEASURE_BEGINNING:
    case MEASURE_BARE_BEGINNING:
        share = lines_beginning(text, words, rule->measure == MEASURE_BARE_BEGINNING);
        break;
    case MEASURE_ENDING:
    case MEASURE_BARE_ENDING:
        share = lines_ending(text, words, rule->measure == MEASURE_BARE_ENDING);
        break;
    case MEASURE_ENDED:
        share = lines_that_end_sentences(text);
        break;
    default:
        share = lines_that_are_short(text, rule->count);
        break;
    }
    return per_cent(share.part, share.all);
}

static struct share of_repeats(struct measures *measures, const struct rule *rule)
{
    const struct body *body = &measures->body;
    struct repeats *repeats = &measures->repeats;
    bool is_full = rule->measure == MEASURE_REPEATED_TEXT;

    if (rule->measure == MEASURE_PARAGRAPHS || rule->measure == MEASURE_PARAGRAPH_CHARS)
        repeats_of_paragraphs(repeats, body_text(body));
    else if (is_full)
        repeats_of_full_lines(repeats, body_text(body));
    else
        repeats_of_lines(repeats, body_text(body));
    if (rule->measure == MEASURE_PARAGRAPHS || rule->measure == MEASURE_LINES)
        return per_cent(repeats->repeated, repeats->all);
    return per_cent(repeats->repeated_chars, chars_of(body, !is_full));
}

/* The characters of all words. */
static uint64_t chars_of_words(struct body *body)
{
    uint64_t chars = 0;

    body_find_words(body);
    for (size_t i = 0; i < body->count; i++)
        chars += body->words[i].chars;
    return chars;
}

/* Lines that are there more than once, the first too. */
static struct share of_copies(struct measures *measures, const struct rule *rule)
{
    struct repeats *repeats = &measures->repeats;
    uint64_t lines = 0, chars = 0;

    repeats_of_all_lines(repeats, body_text(&measures->body));
    for (uint32_t i = 0; i < repeats->count; i++) {
        const struct repeat *line = &repeats->known[i];

        if (line->count == 1)
            continue;
        lines += line->count;
        chars += line->count * (uint64_t)body_chars(line->text);
    }
    if (rule->measure == MEASURE_COPIED_LINES)
        return per_cent(lines, repeats->all);
    return per_cent(chars, chars_of_words(&measures->body));
}

/* Words in a row. */
static struct share of_grams(struct measures *measures, const struct rule *rule)
{
    struct grams *grams = grams_of(measures);
    struct share share;

    if (rule->measure == MEASURE_COPIED_GRAMS) {
        share = grams_copied(grams, rule->count);
        return per_cent(share.part, share.all);
    }
    return per_cent(rule->measure == MEASURE_COMMON_GRAMS ? grams_commonest(grams, rule->count)
                                                          : grams_repeated(grams, rule->count),
                    chars_of(&measures->body, true));
}

static struct share of_dropped(struct measures *measures)
{
    body_find_words(&measures->body);
    return per_cent(measures->dropped, measures->dropped + measures->body.count);
}

static struct share ask(struct measures *measures, const struct rule *rule)
{
    struct span words = {rule->with, rule->with_length};

    switch (rule->measure) {
    case MEASURE_NONE:
        break;
    case MEASURE_WORDS:
    case MEASURE_WORD_LENGTH:
    case MEASURE_ALL_WORDS:
    case MEASURE_MEDIAN:
    case MEASURE_ALPHABETIC:
    case MEASURE_SYMBOLS:
    case MEASURE_FEEDS:
    case MEASURE_SYMBOL_WORDS:
    case MEASURE_NAMED:
    case MEASURE_LISTED:
        return of_words(&measures->body, rule, words);
    case MEASURE_SENTENCES:
    case MEASURE_BEGINNING:
    case MEASURE_ENDING:
    case MEASURE_BARE_BEGINNING:
    case MEASURE_BARE_ENDING:
    case MEASURE_ENDED:
    case MEASURE_SHORT:
        return of_lines(&measures->body, rule, words);
    case MEASURE_PARAGRAPHS:
    case MEASURE_PARAGRAPH_CHARS:
    case MEASURE_LINES:
    case MEASURE_LINE_CHARS:
    case MEASURE_REPEATED_TEXT:
        return of_repeats(measures, rule);
    case MEASURE_COPIED_LINES:
    case MEASURE_COPIED_LINE_CHARS:
        return of_copies(measures, rule);
    case MEASURE_COMMON_GRAMS:
    case MEASURE_REPEATED_GRAMS:
    case MEASURE_COPIED_GRAMS:
        return of_grams(measures, rule);
    case MEASURE_DROPPED:
        return of_dropped(measures);
    }
    return (struct share){0};
}

bool measures_meet(struct measures *measures, const struct rule *rule)
{
    struct share share = ask(measures, rule);

    return share.all && !measures_no_memory(measures) &&
           (rule->above ? share.part > rule->above * share.all
                        : share.part < rule->below * share.all);
}
