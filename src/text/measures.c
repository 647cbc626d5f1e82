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
}

void measures_add(struct measures *measures, const char *text, size_t length)
{
    body_add(&measures->body, text, length);
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

static bool has_word(const struct body *body, struct span word)
{
    for (size_t i = 0; i < body->count; i++)
        if (span_equal(body_word_text(body, i), word))
            return true;
    return false;
}

/* How many of the WORDS it has. */
static uint64_t words_there(const struct body *body, struct span words)
{
    uint64_t count = 0;
    struct span word;

    while (span_next_word(&words, &word))
        count += has_word(body, word);
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
    case MEASURE_ALPHABETIC:
        return per_cent(with_letter(body), body->count);
    case MEASURE_SYMBOLS:
        return per_cent(occurrences(body, words), body->count);
    case MEASURE_FEEDS:
        return per_cent(occurrences(body, (struct span){"\n", 1}), body->count);
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
        share = lines_beginning(text, words);
        break;
    case MEASURE_ENDING:
        share = lines_ending(text, words);
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

static struct share ask(struct measures *measures, const struct rule *rule)
{
    struct span words = {rule->with, rule->with_length};

    switch (rule->measure) {
    case MEASURE_NONE:
        break;
    case MEASURE_WORDS:
    case MEASURE_WORD_LENGTH:
    case MEASURE_ALPHABETIC:
    case MEASURE_SYMBOLS:
    case MEASURE_FEEDS:
    case MEASURE_NAMED:
        return of_words(&measures->body, rule, words);
    case MEASURE_SENTENCES:
    case MEASURE_BEGINNING:
    case MEASURE_ENDING:
    case MEASURE_ENDED:
    case MEASURE_SHORT:
        return of_lines(&measures->body, rule, words);
    case MEASURE_PARAGRAPHS:
    case MEASURE_PARAGRAPH_CHARS:
    case MEASURE_LINES:
    case MEASURE_LINE_CHARS:
    case MEASURE_REPEATED_TEXT:
        return of_repeats(measures, rule);
    case MEASURE_COMMON_GRAMS:
        return per_cent(grams_commonest(grams_of(measures), rule->count),
                        chars_of(&measures->body, true));
    case MEASURE_REPEATED_GRAMS:
        return per_cent(grams_repeated(grams_of(measures), rule->count),
                        chars_of(&measures->body, true));
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
