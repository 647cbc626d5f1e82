#include "line/facts.h"

#include "line/likeness.h"

#include <limits.h>

struct facts facts_of(const char *text, size_t length)
{
    return (struct facts){.text = text,
                          .length = length,
                          .words = SIZE_MAX,
                          .chars = SIZE_MAX,
                          .indent = SIZE_MAX,
                          .commas = SIZE_MAX,
                          .digits = UINT_MAX};
}

static size_t words_of(struct facts *facts)
{
    if (facts->words == SIZE_MAX)
        facts->words = measure_words(facts->text, facts->length);
    return facts->words;
}

static size_t chars_of(struct facts *facts)
{
    if (facts->chars == SIZE_MAX)
        facts->chars = measure_chars(facts->text, facts->length);
    return facts->chars;
}

static size_t indent_of(struct facts *facts)
{
    if (facts->indent == SIZE_MAX)
        facts->indent = measure_indent(facts->text, facts->length);
    return facts->indent;
}

static size_t commas_of(struct facts *facts)
{
    if (facts->commas == SIZE_MAX)
        facts->commas = measure_commas(facts->text, facts->length);
    return facts->commas;
}

static unsigned digits_of(struct facts *facts)
{
    if (facts->digits == UINT_MAX)
        facts->digits = measure_digit_percent(facts->text, facts->length);
    return facts->digits;
}

static enum measure_end end_of(struct facts *facts)
{
    if (facts->end == 0)
        facts->end = 1 + (unsigned)measure_end(facts->text, facts->length);
    return (enum measure_end)(facts->end - 1);
}

static const struct lexicon_count *lexicon_of(struct facts *facts, const struct lexicon *lexicon)
{
    if (!facts->has_lexicon) {
        facts->lexicon = lexicon_count(lexicon, facts->text, facts->length);
        facts->has_lexicon = true;
    }
    return &facts->lexicon;
}

/* The conditions on words and characters. */
static bool sizes_fit(struct facts *facts, const struct conditions *conditions)
{
    size_t length = facts->length;

    /* A word takes a character and, but for the last, a blank; a character at most four bytes. */
    if (conditions->min_words &&
        (length < 2 * (size_t)conditions->min_words - 1 || words_of(facts) < conditions->min_words))
        return false;
    if (conditions->max_words != UINT32_MAX && words_of(facts) > conditions->max_words)
        return false;
    if (conditions->min_chars &&
        (length < conditions->min_chars || chars_of(facts) < conditions->min_chars))
        return false;
    return conditions->max_chars == UINT32_MAX || length <= conditions->max_chars ||
           chars_of(facts) <= conditions->max_chars;
}

static bool lexicon_fits(struct facts *facts, const struct conditions *conditions,
                         const struct lexicon *lexicon)
{
    const struct lexicon_count *count;

    if (!conditions->function && !conditions->function_share && !conditions->lower &&
        !conditions->no_lower)
        return true;
    count = lexicon_of(facts, lexicon);
    return count->function >= conditions->function &&
           (uint64_t)count->function * 100 >= (uint64_t)conditions->function_share * count->words &&
           (!conditions->function_share || count->function) &&
           (uint64_t)count->lower * 100 >= (uint64_t)conditions->lower * count->words &&
           (!conditions->lower || count->lower) &&
           (!conditions->no_lower || (count->words && !count->lower));
}

bool facts_meet(struct facts *facts, const struct conditions *conditions,
                const struct lexicon *lexicon)
{
    const char *text = facts->text;
    size_t length = facts->length;

    if (!sizes_fit(facts, conditions))
        return false;
    if (conditions->end && !measure_ends_as(end_of(facts), (enum measure_end)(conditions->end - 1)))
        return false;
    if (conditions->bullet && !measure_is_bullet(text, length))
        return false;
    if (conditions->digits && digits_of(facts) < conditions->digits)
        return false;
    if (conditions->indent && indent_of(facts) < conditions->indent)
        return false;
    if (conditions->commas && commas_of(facts) < conditions->commas)
        return false;
    return lexicon_fits(facts, conditions, lexicon) &&
           (!conditions->doubled || likeness_is_doubled(text, length));
}

uint64_t facts_end_value(enum measure_end end)
{
    static const uint64_t values[MEASURE_ENDS] = {
        [ENDS_OTHER] = 0,    [ENDS_COMMA] = 1,    [ENDS_SENTENCE] = 2,
        [ENDS_QUESTION] = 3, [ENDS_ELLIPSIS] = 4, [ENDS_COLON] = 5};

    return values[end];
}

static uint64_t percent(uint32_t part, uint32_t whole)
{
    return whole ? (uint64_t)part * 100 / whole : 0;
}

uint64_t facts_value(struct facts *facts, enum fact fact, const struct lexicon *lexicon)
{
    const struct lexicon_count *count;

    switch (fact) {
    case FACT_WORDS:
        return words_of(facts);
    case FACT_CHARS:
        return chars_of(facts);
    case FACT_END:
        return facts_end_value(end_of(facts));
    case FACT_BULLET:
        return measure_is_bullet(facts->text, facts->length);
    case FACT_INDENT:
        return indent_of(facts);
    case FACT_COMMAS:
        return commas_of(facts);
    case FACT_DIGITS:
        return digits_of(facts);
    case FACT_DOUBLED:
        return likeness_is_doubled(facts->text, facts->length);
    case FACT_FUNCTION:
    case FACT_FUNCTION_SHARE:
    case FACT_LOWER:
    case FACT_NO_LOWER:
        break;
    case FACT_UPPER:
    case FACT_TITLE:
    case FACTS:
        return 0;
    }
    count = lexicon_of(facts, lexicon);
    if (fact == FACT_FUNCTION)
        return count->function;
    if (fact == FACT_NO_LOWER)
        return count->words && !count->lower;
    return percent(fact == FACT_LOWER ? count->lower : count->function, count->words);
}
