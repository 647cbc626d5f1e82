#include "line/facts.h"

#include "line/likeness.h"
#include "line/measure.h"

static uint32_t percent(uint32_t part, uint32_t whole)
{
    return whole ? (uint32_t)((uint64_t)part * 100 / whole) : 0;
}

/* All that one pass over the line's words tells. */
static void look_words_up(struct facts *facts, const struct lexicon *lexicon)
{
    struct lexicon_count count = lexicon_count(lexicon, facts->text, facts->length);

    facts_note(facts, FACT_FUNCTION, count.function);
    facts_note(facts, FACT_FUNCTION_SHARE, percent(count.function, count.words));
    facts_note(facts, FACT_LOWER, percent(count.lower, count.words));
    facts_note(facts, FACT_NO_LOWER, count.words && !count.lower);
}

void facts_measure(struct facts *facts, enum fact fact, const struct lexicon *lexicon)
{
    const char *text = facts->text;
    size_t length = facts->length, value = 0;

    switch (fact) {
    case FACT_WORDS:
        value = measure_words(text, length);
        break;
    case FACT_CHARS:
        value = measure_chars(text, length);
        break;
    case FACT_END:
        value = measure_end(text, length);
        break;
    case FACT_BULLET:
        value = measure_is_bullet(text, length);
        break;
    case FACT_INDENT:
        value = measure_indent(text, length);
        break;
    case FACT_COMMAS:
        value = measure_commas(text, length);
        break;
    case FACT_DIGITS:
        value = measure_digit_percent(text, length);
        break;
    case FACT_SENTENCES:
        value = measure_sentences(text, length);
        break;
    case FACT_DOUBLED:
        value = likeness_is_doubled(text, length);
        break;
    case FACT_FUNCTION:
    case FACT_FUNCTION_SHARE:
    case FACT_LOWER:
    case FACT_NO_LOWER:
        look_words_up(facts, lexicon);
        return;
    case FACT_UPPER:
    case FACT_TITLE:
    case FACTS:
        break;
    }
    facts_note(facts, fact, value);
}
