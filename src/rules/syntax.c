#include "rules/syntax.h"

#include "line/measure.h"

#include <string.h>

#define ALL_VERBS (~0u)
#define ONLY(verb) (1u << (verb))
#define CONDITION(field) (offsetof(struct rule, conditions) + offsetof(struct conditions, field))
#define CONTEXT(field) (offsetof(struct weighing, context) + offsetof(struct context, field))
#define WEIGHT(state) (offsetof(struct weighing, weights) + (state) * sizeof(double))

const struct syntax_verb syntax_verbs[] = {
    {"drop", VERB_DROP, ARGUMENT_NONE, "drops the line"},
    {"keep", VERB_KEEP, ARGUMENT_NONE, "protects the line; beats every other rule"},
    {"strip", VERB_STRIP, ARGUMENT_NONE, "removes what matched inside the line"},
    {"cut", VERB_CUT, ARGUMENT_NONE, "drops the line and all after it"},
    {"block", VERB_BLOCK, ARGUMENT_NONE, "drops the line and what follows, to its bound"},
    {"run", VERB_RUN, ARGUMENT_POSITIVE, "drops N or more consecutive lines that all match"},
    {"head", VERB_HEAD, ARGUMENT_NONE, "drops what stands before the article's first line"},
    {"tail", VERB_TAIL, ARGUMENT_NONE, "a line that stays only if prose follows it"},
    {"mark", VERB_MARK, ARGUMENT_MARK, "gives the line a mark that other rules ask for"},
    {"weigh", VERB_WEIGH, ARGUMENT_WEIGHT, "adds its weight for or against the line"},
    {0},
};

const struct syntax_attribute syntax_attributes[] = {
    {"min-words", ARGUMENT_COUNT, ALL_VERBS, CONDITION(min_words), "the line has N words or more"},
    {"max-words", ARGUMENT_COUNT, ALL_VERBS, CONDITION(max_words), "the line has N words or fewer"},
    {"min-chars", ARGUMENT_COUNT, ALL_VERBS, CONDITION(min_chars),
     "the line has N characters or more"},
    {"max-chars", ARGUMENT_COUNT, ALL_VERBS, CONDITION(max_chars),
     "the line has N characters or fewer"},
    {"first", ARGUMENT_POSITIVE, ALL_VERBS, CONDITION(first),
     "the line is among the document's first N lines that are not blank"},
    {"after", ARGUMENT_WORDS, ALL_VERBS, CONDITION(after), "N words of article were kept before"},
    {"end", ARGUMENT_ENDING, ALL_VERBS, CONDITION(end), "how the line ends"},
    {"case", ARGUMENT_CASE, ALL_VERBS, CONDITION(letter_case), "the case of the line's letters"},
    {"digits", ARGUMENT_PERCENT, ALL_VERBS, CONDITION(digits),
     "at least N per cent of the visible characters are digits"},
    {"bullet", ARGUMENT_NONE, ALL_VERBS, CONDITION(bullet), "the line is a list item"},
    {"commas", ARGUMENT_POSITIVE, ALL_VERBS, CONDITION(commas), "N commas or more"},
    {"function", ARGUMENT_POSITIVE, ALL_VERBS, CONDITION(function), "N function words or more"},
    {"function-share", ARGUMENT_PERCENT, ALL_VERBS, CONDITION(function_share),
     "N per cent of the words or more are function words"},
    {"lower", ARGUMENT_PERCENT, ALL_VERBS, CONDITION(lower),
     "N per cent of the words or more begin with a small letter"},
    {"no-lower", ARGUMENT_NONE, ALL_VERBS, CONDITION(no_lower),
     "no word begins with a small letter"},
    {"indent", ARGUMENT_POSITIVE, ALL_VERBS, CONDITION(indent), "N columns of indentation or more"},
    {"doubled", ARGUMENT_NONE, ALL_VERBS, CONDITION(doubled), "the line says the same twice"},
    {"is", ARGUMENT_MARK, ONLY(VERB_WEIGH), CONTEXT(is), "the line has the mark"},
    {"isnt", ARGUMENT_MARK, ONLY(VERB_WEIGH), CONTEXT(isnt), "the line does not have the mark"},
    {"prev", ARGUMENT_MARK, ONLY(VERB_WEIGH), CONTEXT(previous), "the line before has the mark"},
    {"next-is", ARGUMENT_MARK, ONLY(VERB_WEIGH), CONTEXT(next_is), "the line after has the mark"},
    {"seen", ARGUMENT_MARK, ONLY(VERB_WEIGH), CONTEXT(seen),
     "a line after 60 words of prose had the mark"},
    {"unseen", ARGUMENT_MARK, ONLY(VERB_WEIGH), CONTEXT(unseen), "no line before had the mark"},
    {"blanks", ARGUMENT_BLANKS, ONLY(VERB_WEIGH), CONTEXT(blanks),
     "blank lines before: 0, 1, or 2 for more"},
    {"next", ARGUMENT_NEXT, ONLY(VERB_WEIGH), CONTEXT(next), "what follows: blank or line"},
    {"level", ARGUMENT_LEVEL, ONLY(VERB_WEIGH), CONTEXT(level),
     "indented deeper, same or shallower than the line before"},
    {"prose-level", ARGUMENT_LEVEL, ONLY(VERB_WEIGH), CONTEXT(prose_level),
     "indented deeper, same or shallower than the last prose"},
    {"run", ARGUMENT_POSITIVE, ONLY(VERB_WEIGH), CONTEXT(run),
     "N lines or more since the last prose"},
    {"prose", ARGUMENT_WORDS, ONLY(VERB_WEIGH), CONTEXT(prose), "N words of prose before"},
    {"density", ARGUMENT_POSITIVE, ONLY(VERB_WEIGH), CONTEXT(density),
     "N words of prose a line of late, or more"},
    {"since", ARGUMENT_POSITIVE, ONLY(VERB_WEIGH), CONTEXT(since),
     "at most N lines since a closing line"},
    {"repeated", ARGUMENT_NONE, ONLY(VERB_WEIGH), CONTEXT(repeated), "as an earlier line"},
    {"as-prev", ARGUMENT_NONE, ONLY(VERB_WEIGH), CONTEXT(as_previous),
     "begins as the line before it"},
    {"as-next", ARGUMENT_NONE, ONLY(VERB_WEIGH), CONTEXT(as_next), "begins as the line after it"},
    {"before", ARGUMENT_WEIGHT, ONLY(VERB_WEIGH), WEIGHT(STATE_BEFORE),
     "for the line to be before the article"},
    {"gap", ARGUMENT_WEIGHT, ONLY(VERB_WEIGH), WEIGHT(STATE_GAP),
     "for the line to be in a gap of the article"},
    {"past", ARGUMENT_WEIGHT, ONLY(VERB_WEIGH), WEIGHT(STATE_PAST),
     "for the line to be past the article"},
    {"name", ARGUMENT_NAME, ALL_VERBS, offsetof(struct rule, name), "the rule's id"},
    {"with", ARGUMENT_TEXT, ONLY(VERB_STRIP), offsetof(struct rule, with),
     "the text that goes in the place of a match"},
    {"soft", ARGUMENT_NONE, ONLY(VERB_CUT), offsetof(struct rule, soft),
     "until the article is seen to resume"},
    {"back", ARGUMENT_POSITIVE, ONLY(VERB_CUT), offsetof(struct rule, back),
     "also up to N short lines just before the cut"},
    {"until", ARGUMENT_REGEX, ONLY(VERB_BLOCK), offsetof(struct rule, until),
     "the line that ends the block, which goes with it"},
    {"lines", ARGUMENT_POSITIVE, ONLY(VERB_BLOCK), offsetof(struct rule, count),
     "at most N lines after the first"},
    {"paras", ARGUMENT_POSITIVE, ONLY(VERB_BLOCK), offsetof(struct rule, paras),
     "at most N paragraphs after the line"},
    {0},
};

static const struct syntax_choice titles[] = {
    {"keep", TITLE_KEEP},
    {"drop", TITLE_DROP},
    {0},
};

#define NUMBER(field) offsetof(struct parameters, field)
#define STEP(from, to)                                                                             \
    offsetof(struct parameters, steps) + ((from)*STATES + (to)) * sizeof(double), 0, 0, 0,         \
        PARAMETER_DECIMAL, NULL, "what going from the one to the other is worth"

const struct syntax_parameter syntax_parameters[] = {
    {"hold-lines", NUMBER(hold_lines), 1, 65536, 32, PARAMETER_NUMBER, NULL,
     "lines held back at most"},
    {"hold-bytes", NUMBER(hold_bytes), 256, 1u << 26, 16384, PARAMETER_NUMBER, NULL,
     "bytes held back at most"},
    {"short-words", NUMBER(short_words), 1, 1000, 8, PARAMETER_NUMBER, NULL,
     "a line of so many words or fewer is short"},
    {"resume-lines", NUMBER(resume_lines), 1, 65536, 2, PARAMETER_NUMBER, NULL,
     "so many lines of prose in a row end a soft cut"},
    {"match-limit", NUMBER(match_limit), 100, 1u << 30, 1000000, PARAMETER_NUMBER, NULL,
     "steps PCRE2 may take from one starting point"},
    {"title", NUMBER(title), 0, 0, TITLE_KEEP, PARAMETER_CHOICE, titles,
     "what becomes of a page's headline: keep or drop"},
    {"doubt", NUMBER(doubt), 0, 50, 0, PARAMETER_DECIMAL, NULL,
     "how likely a verdict may be wrong"},
    {"before-before", STEP(STATE_BEFORE, STATE_BEFORE)},
    {"before-article", STEP(STATE_BEFORE, STATE_ARTICLE)},
    {"article-article", STEP(STATE_ARTICLE, STATE_ARTICLE)},
    {"article-gap", STEP(STATE_ARTICLE, STATE_GAP)},
    {"article-past", STEP(STATE_ARTICLE, STATE_PAST)},
    {"gap-gap", STEP(STATE_GAP, STATE_GAP)},
    {"gap-article", STEP(STATE_GAP, STATE_ARTICLE)},
    {"gap-past", STEP(STATE_GAP, STATE_PAST)},
    {"past-past", STEP(STATE_PAST, STATE_PAST)},
    {"past-article", STEP(STATE_PAST, STATE_ARTICLE)},
    {0},
};

const struct syntax_choice syntax_endings[] = {
    {"sentence", 1 + ENDS_SENTENCE},
    {"ellipsis", 1 + ENDS_ELLIPSIS},
    {"colon", 1 + ENDS_COLON},
    {"question", 1 + ENDS_QUESTION},
    {"comma", 1 + ENDS_COMMA},
    {"none", 1 + ENDS_OTHER},
    {0},
};

const struct syntax_choice syntax_cases[] = {
    {"upper", CASE_UPPER},
    {"title", CASE_TITLE},
    {0},
};

const struct syntax_choice syntax_blanks[] = {
    {"0", 1},
    {"1", 2},
    {"2", 3},
    {0},
};

const struct syntax_choice syntax_next[] = {
    {"blank", NEXT_BLANK},
    {"line", NEXT_LINE},
    {0},
};

const struct syntax_choice syntax_levels[] = {
    {"deeper", LEVEL_DEEPER},
    {"same", LEVEL_SAME},
    {"shallower", LEVEL_SHALLOWER},
    {0},
};

/* Every row type begins with its name. */
static const void *find_row(const void *rows, size_t stride, const char *name, size_t length)
{
    const char *row = rows;
    const char *row_name;

    for (; memcpy(&row_name, row, sizeof row_name), row_name; row += stride)
        if (strlen(row_name) == length && memcmp(row_name, name, length) == 0)
            return row;
    return NULL;
}

const struct syntax_verb *syntax_verb(const char *name, size_t length)
{
    return find_row(syntax_verbs, sizeof *syntax_verbs, name, length);
}

const struct syntax_attribute *syntax_attribute(const char *name, size_t length)
{
    return find_row(syntax_attributes, sizeof *syntax_attributes, name, length);
}

const struct syntax_parameter *syntax_parameter(const char *name, size_t length)
{
    return find_row(syntax_parameters, sizeof *syntax_parameters, name, length);
}

const struct syntax_choice *syntax_choice(const struct syntax_choice *choices, const char *name,
                                          size_t length)
{
    return find_row(choices, sizeof *choices, name, length);
}

struct parameters syntax_defaults(void)
{
    struct parameters parameters = {0};

    for (const struct syntax_parameter *row = syntax_parameters; row->name; row++) {
        if (row->kind != PARAMETER_DECIMAL)
            memcpy((char *)&parameters + row->offset, &row->initial, sizeof row->initial);
    }
    return parameters;
}

#define LONGEST_WORD 24

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* Levenshtein's distance, one row of his table at a time. */
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t row[LONGEST_WORD + 1];

    if (a_length > LONGEST_WORD || b_length > LONGEST_WORD)
        return SIZE_MAX;
    for (size_t j = 0; j <= b_length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t above = row[j];

            row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[b_length];
}

const char *syntax_nearest(const void *rows, size_t stride, const char *name, size_t length)
{
    const char *row = rows;
    const char *row_name;
    const char *nearest = NULL;
    size_t best = 3;

    for (; memcpy(&row_name, row, sizeof row_name), row_name; row += stride) {
        size_t distance = edit_distance(name, length, row_name, strlen(row_name));

        if (distance < best && distance < length) {
            best = distance;
            nearest = row_name;
        }
    }
    return nearest;
}
