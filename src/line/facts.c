#include "line/facts.h"

#include "line/cells.h"
#include "line/measure.h"

#include <math.h>

static uint32_t percent(size_t part, size_t whole)
{
    return whole ? (uint32_t)((uint64_t)part * 100 / whole) : 0;
}

/* The weight grows with the words, and so does what is chance in it, by the square root. */
static uint32_t speaks(int32_t weight, uint32_t words)
{
    double said = words ? weight / (10 * sqrt(words)) : 0;

    return (uint32_t)(fmin(fmax(50 + said, 0), 100) + 0.5);
}

void facts_survey(struct facts *facts, struct surveyor *surveyor)
{
    struct survey survey;

    if (facts->is_surveyed)
        return;
    survey = survey_line(surveyor, facts->text, facts->length);
    facts->is_surveyed = true;
    facts->has_letter_or_digit = survey.has_letter_or_digit;
    facts->likeness = survey.likeness;
    facts_note(facts, FACT_WORDS, survey.words);
    facts_note(facts, FACT_CHARS, survey.chars);
    facts_note(facts, FACT_COMMAS, survey.commas);
    facts_note(facts, FACT_SENTENCES, survey.sentences);
    facts_note(facts, FACT_DIGITS, percent(survey.digits, survey.visible));
    facts_note(facts, FACT_FUNCTION, survey.function);
    facts_note(facts, FACT_FUNCTION_SHARE, percent(survey.function, survey.spelt));
    facts_note(facts, FACT_SPEAKS, speaks(survey.weight, survey.spelt));
    facts_note(facts, FACT_LOWER, percent(survey.lower, survey.spelt));
    facts_note(facts, FACT_NO_LOWER, survey.spelt && !survey.lower);
    facts_note(facts, FACT_UPPER, survey.is_upper);
    facts_note(facts, FACT_TITLE, survey.is_title);
}

void facts_measure(struct facts *facts, enum fact fact, struct surveyor *surveyor)
{
    const char *text = facts->text;
    size_t length = facts->length;

    switch (fact) {
    case FACT_WORDS: /* often the only one that is asked for */
        facts_note(facts, fact, measure_words(text, length));
        break;
    case FACT_CHARS: /* of scripts without blanks that is their size */
        facts_note(facts, fact, measure_chars(text, length));
        break;
    case FACT_END:
        facts_note(facts, fact, measure_end(text, length));
        break;
    case FACT_BULLET:
        facts_note(facts, fact, measure_is_bullet(text, length));
        break;
    case FACT_INDENT:
        facts_note(facts, fact, measure_indent(text, length));
        break;
    case FACT_CELLS:
        facts_note(facts, fact, cells_count(text, length));
        break;
    case FACT_DOUBLED:
        facts_note(facts, fact, likeness_is_doubled(text, length));
        break;
    default:
        facts_survey(facts, surveyor);
    }
}

struct likeness facts_likeness(struct facts *facts, struct surveyor *surveyor)
{
    facts_survey(facts, surveyor);
    facts->likeness.indent = facts_value(facts, FACT_INDENT, surveyor);
    facts->likeness.words = facts_value(facts, FACT_WORDS, surveyor);
    return facts->likeness;
}

bool facts_has_letter_or_digit(struct facts *facts, struct surveyor *surveyor)
{
    facts_survey(facts, surveyor);
    return facts->has_letter_or_digit;
}
