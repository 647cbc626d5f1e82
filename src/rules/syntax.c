#include "rules/syntax.h"

#include "line/measure.h"

#include <string.h>

#define ALL_VERBS (~0u)
#define ONLY(verb) (1u << (verb))
#define JUST(value)                                                                                \
    {                                                                                              \
        value, value                                                                               \
    }

const struct syntax_verb syntax_verbs[] = {
    {"drop", VERB_DROP, ARGUMENT_NONE, "drops the line"},
    {"keep", VERB_KEEP, ARGUMENT_NONE, "protects the line; beats every other rule"},
    {"strip", VERB_STRIP, ARGUMENT_NONE, "removes what matched inside the line"},
    {"cut", VERB_CUT, ARGUMENT_NONE, "drops the line and all after it"},
    {"block", VERB_BLOCK, ARGUMENT_NONE, "drops the line and what follows, to its bound"},
    {"run", VERB_RUN, ARGUMENT_POSITIVE, "drops N or more consecutive lines that all match"},
    {"head", VERB_HEAD, ARGUMENT_NONE, "drops what stands before the article's first line"},
    {"tail", VERB_TAIL, ARGUMENT_NONE, "a line that stays only if prose follows it"},
    {"pass", VERB_PASS, ARGUMENT_NONE,
     "the line stays; no drop, run or tail rule after it has a say"},
    {"mark", VERB_MARK, ARGUMENT_MARK, "gives the line a mark that other rules ask for"},
    {"weigh", VERB_WEIGH, ARGUMENT_WEIGHT, "adds its weight for or against the line"},
    {"judge", VERB_JUDGE, ARGUMENT_WEIGHT, "adds its weight once the whole page is known"},
    {"group", VERB_GROUP, ARGUMENT_WEIGHT, "has lines in a row stay or go together, in the end"},
    {"document", VERB_DOCUMENT, ARGUMENT_NONE, "drops what is left of the document"},
    {0},
};

/* In the order in which a message lists them; a question ends a sentence, and a comma nothing. */
static const struct syntax_choice endings[] = {
    {"sentence", {ENDS_SENTENCE, ENDS_QUESTION}, 0},
    {"question", JUST(ENDS_QUESTION), 0},
    {"ellipsis", JUST(ENDS_ELLIPSIS), 0},
    {"colon", JUST(ENDS_COLON), 0},
    {"comma", JUST(ENDS_COMMA), 0},
    {"none", {ENDS_OTHER, ENDS_COMMA}, 0},
    {0},
};

/* Two facts: a line may be both. */
static const struct syntax_choice cases[] = {
    {"upper", JUST(1), 0},
    {"title", JUST(1), FACT_TITLE - FACT_UPPER},
    {0},
};

static const struct syntax_choice blanks[] = {
    {"0", JUST(0), 0},
    {"1", JUST(1), 0},
    {"2", {2, UINT32_MAX}, 0},
    {0},
};

static const struct syntax_choice next_lines[] = {
    {"blank", JUST(NEXT_BLANK), 0},
    {"line", JUST(NEXT_LINE), 0},
    {0},
};

static const struct syntax_choice levels[] = {
    {"deeper", JUST(LEVEL_DEEPER), 0},
    {"same", JUST(LEVEL_SAME), 0},
    {"shallower", JUST(LEVEL_SHALLOWER), 0},
    {0},
};

static const struct syntax_choice behinds[] = {
    {"colon", JUST(BEHIND_COLON), 0},
    {"open", JUST(BEHIND_OPEN), 0},
    {0},
};

#define FACT(sets, fact) ALL_VERBS, SETS_##sets, FACT_##fact, NULL
#define FACT_CHOICE(fact, choices) ALL_VERBS, SETS_WHOLE, FACT_##fact, choices
#define THAT_JUDGE (ONLY(VERB_JUDGE) | ONLY(VERB_GROUP))
#define WEIGH_OR_JUDGE (ONLY(VERB_WEIGH) | THAT_JUDGE)
#define AROUND(sets, around) WEIGH_OR_JUDGE, SETS_##sets, FACTS + AROUND_##around, NULL
#define AROUND_CHOICE(around, choices) WEIGH_OR_JUDGE, SETS_WHOLE, FACTS + AROUND_##around, choices
#define WHOLE(whole) THAT_JUDGE, SETS_LEAST, ASKED_WHOLE + WHOLE_##whole, NULL
#define ALL_THAT_ASK (ONLY(VERB_MARK) | WEIGH_OR_JUDGE)
#define MARKS(verbs, asked) verbs, SETS_WHOLE, MARKS_##asked, NULL
#define WEIGHT(state) ONLY(VERB_WEIGH), SETS_WHOLE, STATE_##state, NULL
#define ALL_THAT_DROP                                                                              \
    (ONLY(VERB_DROP) | ONLY(VERB_CUT) | ONLY(VERB_BLOCK) | ONLY(VERB_RUN) | ONLY(VERB_HEAD) |      \
     ONLY(VERB_TAIL))
#define MEASURE(measure) ONLY(VERB_DOCUMENT), SETS_MEASURE, MEASURE_##measure, NULL
#define FIELD(verbs, field) verbs, SETS_WHOLE, offsetof(struct rule, field), NULL

const struct syntax_attribute syntax_attributes[] = {
    {"min-words", ARGUMENT_COUNT, FACT(LEAST, WORDS), "the line has N words or more"},
    {"max-words", ARGUMENT_COUNT, FACT(MOST, WORDS), "the line has N words or fewer"},
    {"min-chars", ARGUMENT_COUNT, FACT(LEAST, CHARS), "the line has N characters or more"},
    {"max-chars", ARGUMENT_COUNT, FACT(MOST, CHARS), "the line has N characters or fewer"},
    {"first", ARGUMENT_POSITIVE, FIELD(ALL_VERBS, first),
     "the line is among the document's first N lines that are not blank"},
    {"after", ARGUMENT_WORDS, FIELD(ALL_VERBS, after), "N words of article were kept before"},
    {"end", ARGUMENT_CHOICE, FACT_CHOICE(END, endings), "how the line ends"},
    {"case", ARGUMENT_CHOICE, FACT_CHOICE(UPPER, cases), "the case of the line's letters"},
    {"digits", ARGUMENT_PERCENT, FACT(LEAST, DIGITS),
     "at least N per cent of the visible characters are digits"},
    {"bullet", ARGUMENT_NONE, FACT(LEAST, BULLET), "the line is a list item"},
    {"commas", ARGUMENT_POSITIVE, FACT(LEAST, COMMAS), "N commas or more"},
    {"sentences", ARGUMENT_POSITIVE, FACT(LEAST, SENTENCES), "N sentences or more end in the line"},
    {"function", ARGUMENT_POSITIVE, FACT(LEAST, FUNCTION), "N function words or more"},
    {"function-share", ARGUMENT_PERCENT, FACT(LEAST, FUNCTION_SHARE),
     "N per cent of the words or more are function words"},
    {"speaks", ARGUMENT_PERCENT, FACT(LEAST, SPEAKS),
     "its words speak for article with N of 100 or more, 50 being nothing"},
    {"lower", ARGUMENT_PERCENT, FACT(LEAST, LOWER),
     "N per cent of the words or more begin with a small letter"},
    {"no-lower", ARGUMENT_NONE, FACT(LEAST, NO_LOWER), "no word begins with a small letter"},
    {"indent", ARGUMENT_POSITIVE, FACT(LEAST, INDENT), "N columns of indentation or more"},
    {"cells", ARGUMENT_POSITIVE, FACT(LEAST, CELLS), "N cells of a table's row or more"},
    {"doubled", ARGUMENT_NONE, FACT(LEAST, DOUBLED), "the line says the same twice"},
    {"is", ARGUMENT_MARK, MARKS(ALL_THAT_ASK | ONLY(VERB_PASS), IS), "the line has the mark"},
    {"isnt", ARGUMENT_MARK, MARKS(ALL_THAT_ASK, ISNT), "the line does not have the mark"},
    {"prev", ARGUMENT_MARK, MARKS(WEIGH_OR_JUDGE, PREVIOUS), "the line before has the mark"},
    {"next-is", ARGUMENT_MARK, MARKS(WEIGH_OR_JUDGE, NEXT), "the line after has the mark"},
    {"seen", ARGUMENT_MARK, MARKS(WEIGH_OR_JUDGE, SEEN),
     "a line after 60 words of prose had the mark"},
    {"unseen", ARGUMENT_MARK, MARKS(WEIGH_OR_JUDGE, UNSEEN), "no line before had the mark"},
    {"blanks", ARGUMENT_CHOICE, AROUND_CHOICE(BLANKS, blanks),
     "blank lines before: 0, 1, or 2 for more"},
    {"next", ARGUMENT_CHOICE, AROUND_CHOICE(NEXT, next_lines), "what follows: blank or line"},
    {"level", ARGUMENT_CHOICE, AROUND_CHOICE(LEVEL, levels),
     "indented deeper, same or shallower than the line before"},
    {"prose-level", ARGUMENT_CHOICE, AROUND_CHOICE(PROSE_LEVEL, levels),
     "indented deeper, same or shallower than the last prose"},
    {"run", ARGUMENT_POSITIVE, AROUND(LEAST, RUN), "N lines or more since the last prose"},
    {"prose", ARGUMENT_WORDS, AROUND(LEAST, PROSE), "N words of prose before"},
    {"density", ARGUMENT_POSITIVE, AROUND(LEAST, DENSITY),
     "N words of prose a line of late, or more"},
    {"since", ARGUMENT_POSITIVE, AROUND(MOST, SINCE), "at most N lines since a closing line"},
    {"repeated", ARGUMENT_NONE, AROUND(LEAST, REPEATED), "as an earlier line"},
    {"as-prev", ARGUMENT_NONE, AROUND(LEAST, AS_PREVIOUS), "begins as the line before it"},
    {"as-next", ARGUMENT_NONE, AROUND(LEAST, AS_NEXT), "begins as the line after it"},
    {"behind", ARGUMENT_CHOICE, ONLY(VERB_PASS), SETS_WHOLE, FACTS + AROUND_BEHIND, behinds,
     "the line goes on with what a line before it began"},
    {"under", ARGUMENT_MARK, MARKS(ONLY(VERB_PASS), UNDER),
     "a line above it in its paragraph has the mark"},
    {"about", ARGUMENT_MARK, MARKS(ONLY(VERB_PASS), ABOUT), "what the document speaks of"},
    {"p", ARGUMENT_PERCENT, WHOLE(P), "the line is article with N per cent or more"},
    {"p-prev", ARGUMENT_PERCENT, WHOLE(P_BEFORE), "so is the line before it"},
    {"p-before-prev", ARGUMENT_PERCENT, WHOLE(P_BEFORE_2), "so is the line before that"},
    {"p-next", ARGUMENT_PERCENT, WHOLE(P_AFTER), "so is the line after it"},
    {"p-after-next", ARGUMENT_PERCENT, WHOLE(P_AFTER_2), "so is the line after that"},
    {"p-above", ARGUMENT_PERCENT, WHOLE(P_ABOVE), "so are the 8 lines before it, on average"},
    {"p-below", ARGUMENT_PERCENT, WHOLE(P_BELOW), "so are the 12 lines after it, on average"},
    {"prose-above", ARGUMENT_WORDS, WHOLE(PROSE_ABOVE), "N words of prose in the 4 lines before"},
    {"prose-below", ARGUMENT_WORDS, WHOLE(PROSE_BELOW), "N words of prose in the 4 lines after"},
    {"speaks-above", ARGUMENT_PERCENT, WHOLE(SPEAKS_ABOVE),
     "the 3 lines before it speak with N or more, on average"},
    {"speaks-below", ARGUMENT_PERCENT, WHOLE(SPEAKS_BELOW), "so do the 3 lines after it"},
    {"piece-ahead", ARGUMENT_POSITIVE, WHOLE(PIECE_AHEAD),
     "N lines or more before the page's heaviest piece"},
    {"piece-behind", ARGUMENT_POSITIVE, WHOLE(PIECE_BEHIND),
     "N lines or more after the page's heaviest piece"},
    {"piece-share", ARGUMENT_PERCENT, WHOLE(PIECE_SHARE),
     "the heaviest piece is N per cent of what the page weighs, or more"},
    {"piece-lines", ARGUMENT_POSITIVE, WHOLE(PIECE_LINES),
     "the heaviest piece has N lines or more"},
    {"piece-place", ARGUMENT_PERCENT, WHOLE(PIECE_PLACE),
     "N per cent of the heaviest piece's lines stand before the line, or more"},
    {"piece-weight", ARGUMENT_POSITIVE, WHOLE(PIECE_WEIGHT), "the heaviest piece weighs N or more"},
    {"second-share", ARGUMENT_PERCENT, WHOLE(SECOND_SHARE),
     "the next heaviest piece weighs N per cent of the heaviest, or more"},
    {"in-second", ARGUMENT_NONE, WHOLE(IN_SECOND), "the line is in the next heaviest piece"},
    {"longest-words", ARGUMENT_WORDS, WHOLE(LONGEST_WORDS),
     "the page's longest line has N words or more"},
    {"longest-ahead", ARGUMENT_POSITIVE, WHOLE(LONGEST_AHEAD),
     "N lines or more before the page's longest line"},
    {"longest-behind", ARGUMENT_POSITIVE, WHOLE(LONGEST_BEHIND),
     "N lines or more after the page's longest line"},
    {"weight-before", ARGUMENT_PERCENT, WHOLE(WEIGHT_BEFORE),
     "N per cent of what speaks for article stands before the line, or more"},
    {"page-weight", ARGUMENT_POSITIVE, WHOLE(PAGE_WEIGHT),
     "what speaks for article weighs N or more in the page"},
    {"before", ARGUMENT_WEIGHT, WEIGHT(BEFORE), "for the line to be before the article"},
    {"gap", ARGUMENT_WEIGHT, WEIGHT(GAP), "for the line to be in a gap of the article"},
    {"past", ARGUMENT_WEIGHT, WEIGHT(PAST), "for the line to be past the article"},
    {"word-count", ARGUMENT_NONE, MEASURE(WORDS), "its words, but for those of symbols alone"},
    {"word-length", ARGUMENT_NONE, MEASURE(WORD_LENGTH), "the characters of these on average"},
    {"all-words", ARGUMENT_NONE, MEASURE(ALL_WORDS), "all its words"},
    {"median-length", ARGUMENT_NONE, MEASURE(MEDIAN), "the median of the characters of all words"},
    {"alphabetic", ARGUMENT_NONE, MEASURE(ALPHABETIC), "of 100 words, those with a letter"},
    {"symbols", ARGUMENT_NONE, MEASURE(SYMBOLS), "for 100 words, the texts in the list"},
    {"symbol-words", ARGUMENT_NONE, MEASURE(SYMBOL_WORDS),
     "of 100 words, those with a text in the list in them"},
    {"line-feeds", ARGUMENT_NONE, MEASURE(FEEDS), "for 100 words, the line feeds"},
    {"listed", ARGUMENT_NONE, MEASURE(NAMED), "how many words of the list it has"},
    {"listed-words", ARGUMENT_NONE, MEASURE(LISTED), "how many of its words are in the list"},
    {"sentence-count", ARGUMENT_NONE, MEASURE(SENTENCES), "its sentences"},
    {"lines-begin", ARGUMENT_NONE, MEASURE(BEGINNING),
     "of 100 lines, those that begin with a text in the list"},
    {"lines-end", ARGUMENT_NONE, MEASURE(ENDING), "of 100 lines, those that end with one"},
    {"bare-lines-begin", ARGUMENT_NONE, MEASURE(BARE_BEGINNING),
     "as lines-begin, with no white space before it"},
    {"bare-lines-end", ARGUMENT_NONE, MEASURE(BARE_ENDING),
     "as lines-end, with no white space behind it"},
    {"ended-lines", ARGUMENT_NONE, MEASURE(ENDED), "of 100 lines, those that end a sentence"},
    {"short-lines", ARGUMENT_POSITIVE, MEASURE(SHORT),
     "of 100 lines, those of N characters or fewer"},
    {"repeated-lines", ARGUMENT_NONE, MEASURE(LINES), "of 100 lines, those that were there before"},
    {"repeated-line-chars", ARGUMENT_NONE, MEASURE(LINE_CHARS), "of 100 characters, those in them"},
    {"repeated-paras", ARGUMENT_NONE, MEASURE(PARAGRAPHS),
     "of 100 paragraphs, those that were there before"},
    {"repeated-para-chars", ARGUMENT_NONE, MEASURE(PARAGRAPH_CHARS),
     "of 100 characters, those in such paragraphs"},
    {"repeated-text", ARGUMENT_NONE, MEASURE(REPEATED_TEXT),
     "of 100 characters, those in lines with text that were there before"},
    {"copied-lines", ARGUMENT_NONE, MEASURE(COPIED_LINES),
     "of 100 lines, those that are there more than once"},
    {"copied-line-chars", ARGUMENT_NONE, MEASURE(COPIED_LINE_CHARS),
     "for 100 characters of words, those in such lines"},
    {"common-grams", ARGUMENT_POSITIVE, MEASURE(COMMON_GRAMS),
     "of 100 characters, those of the N words in a row that are there most often"},
    {"repeated-grams", ARGUMENT_POSITIVE, MEASURE(REPEATED_GRAMS),
     "of 100 characters, those of N words in a row that were there before"},
    {"copied-grams", ARGUMENT_POSITIVE, MEASURE(COPIED_GRAMS),
     "of 100 characters of all N words in a row, those of such as are there more than once"},
    {"dropped-words", ARGUMENT_NONE, MEASURE(DROPPED),
     "of 100 words, those in lines that other rules drop"},
    {"above", ARGUMENT_POSITIVE, FIELD(ONLY(VERB_DOCUMENT), above), "there are more than N"},
    {"below", ARGUMENT_POSITIVE, FIELD(ONLY(VERB_DOCUMENT), below), "there are fewer than N"},
    {"of", ARGUMENT_TEXT, FIELD(ONLY(VERB_DOCUMENT), with),
     "the list, with blanks between its texts"},
    {"name", ARGUMENT_NAME, FIELD(ALL_VERBS, name), "the rule's id"},
    {"with", ARGUMENT_TEXT, FIELD(ONLY(VERB_STRIP), with),
     "the text that goes in the place of a match"},
    {"soft", ARGUMENT_NONE, FIELD(ONLY(VERB_CUT), soft), "until the article is seen to resume"},
    {"hint", ARGUMENT_NONE, FIELD(ALL_THAT_DROP, hint), "where rules weigh, it decides nothing"},
    {"enclosed", ARGUMENT_NONE, FIELD(ONLY(VERB_GROUP), soft),
     "only where the lines before and behind the group stay"},
    {"back", ARGUMENT_POSITIVE, FIELD(ONLY(VERB_CUT), back),
     "also up to N short lines just before the cut"},
    {"until", ARGUMENT_REGEX, FIELD(ONLY(VERB_BLOCK) | ONLY(VERB_TAIL), until),
     "the line that ends the block, or that the tail waits for"},
    {"while", ARGUMENT_REGEX, FIELD(ONLY(VERB_BLOCK), soft), "the lines that the block takes"},
    {"between", ARGUMENT_NONE, FIELD(ONLY(VERB_BLOCK), between),
     "only what stands between the two lines"},
    {"lines", ARGUMENT_POSITIVE, FIELD(ONLY(VERB_BLOCK) | ONLY(VERB_TAIL) | ONLY(VERB_PASS), count),
     "at most N lines after the first"},
    {"paras", ARGUMENT_POSITIVE, FIELD(ONLY(VERB_BLOCK), paras),
     "at most N paragraphs after the line"},
    {0},
};

static const struct syntax_choice titles[] = {
    {"keep", JUST(TITLE_KEEP), 0},
    {"drop", JUST(TITLE_DROP), 0},
    {0},
};

static const struct syntax_choice views[] = {
    {"folded", JUST(VIEW_FOLDED), 0},
    {"plain", JUST(VIEW_PLAIN), 0},
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
    {"about-lines", NUMBER(about_lines), 1, 1000, 3, PARAMETER_NUMBER, NULL,
     "a document is about what so many lines of it speak of"},
    {"resume-lines", NUMBER(resume_lines), 1, 65536, 2, PARAMETER_NUMBER, NULL,
     "so many lines of prose in a row end a soft cut"},
    {"match-limit", NUMBER(match_limit), 100, 1u << 30, 100000, PARAMETER_NUMBER, NULL,
     "steps a search may take in a line, and in each 512 bytes of it"},
    {"title", NUMBER(title), 0, 0, TITLE_KEEP, PARAMETER_CHOICE, titles,
     "what becomes of a page's headline: keep or drop"},
    {"view", NUMBER(view), 0, 0, VIEW_FOLDED, PARAMETER_CHOICE, views,
     "how rules see a line: folded or plain"},
    {"doubt", NUMBER(doubt), 0, 50, 0, PARAMETER_DECIMAL, NULL,
     "how likely a verdict may be wrong"},
    {"page-bytes", NUMBER(page_bytes), 4096, 1u << 26, 1u << 20, PARAMETER_NUMBER, NULL,
     "bytes of a page held back at most until it is judged as a whole"},
    {"least-share", NUMBER(least_share), 0, 100, 0, PARAMETER_NUMBER, NULL,
     "of a page with less article, in per cent of its words, all stays that no rule drops"},
    {"least-words", NUMBER(least_words), 0, 1u << 20, 0, PARAMETER_NUMBER, NULL,
     "a page of fewer words may come out empty, whatever least-share is"},
    {"balance", NUMBER(balance), 0, 100, 0, PARAMETER_NUMBER, NULL,
     "what is likelier article than N per cent of the F1 to be expected of the page stays"},
    {"balance-least", NUMBER(balance_least), 0, 100, 0, PARAMETER_NUMBER, NULL,
     "if it is likelier than N per cent as well"},
    {"first-look", NUMBER(first_look), 0, 100, 100, PARAMETER_NUMBER, NULL,
     "per cent of the odds by the first look that count at the second"},
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

/* Every row type begins with its name. */
static const void *find_row(const void *rows, size_t stride, const char *name, size_t length)
{
    const char *row = rows;
    const char *row_name;

    for (; memcpy(&row_name, row, sizeof row_name), row_name; row += stride)
        if (length && *row_name == *name && strlen(row_name) == length &&
            memcmp(row_name, name, length) == 0)
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
