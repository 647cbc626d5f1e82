#include "rules/attribute.h"

#include "base/number.h"

#include <stdio.h>
#include <string.h>

/* The range that the rule asks for, any at first. */
static struct range *ask(struct draft *draft, size_t which)
{
    uint64_t bit = UINT64_C(1) << which;

    if (!(draft->rule.asked.which & bit))
        draft->ranges[which] = RANGE_ANY;
    draft->rule.asked.which |= bit;
    return &draft->ranges[which];
}

/* Narrows what is asked for: all that a rule says must hold. */
static void store(struct draft *draft, const struct syntax_attribute *row, uint32_t value)
{
    bool is_least = (row->sets == SETS_LEAST) != draft->is_opposite;
    struct range *range;

    if (row->sets == SETS_MEASURE) {
        draft->rule.measure = (uint32_t)row->which;
        draft->rule.count = value;
        return;
    }
    if (row->sets == SETS_WHOLE) {
        memcpy((char *)&draft->rule + row->which, &value, sizeof value);
        return;
    }
    range = ask(draft, row->which);
    if (is_least)
        range->least = (uint32_t)number_larger(range->least, value + draft->is_opposite);
    else
        range->most = (uint32_t)number_smaller(range->most, value - draft->is_opposite);
}

static void store_mark(struct scanner *scanner, struct span name, uint64_t *marks)
{
    size_t column = scanner_column(scanner, name.text);
    uint64_t bit;

    if (!scanner_is_name(name)) {
        scanner_fail_word(scanner, column, name.length, "bad mark",
                          "a name has letters, digits, '-', '_' and '.'");
        return;
    }
    bit = marks_add(scanner->marks, name);
    if (!bit)
        scanner_fail_word(scanner, column, name.length, "too many marks",
                          "there can be 64; give some lines the same one");
    *marks |= bit;
}

/* Names with commas between them. */
static void store_marks(struct scanner *scanner, struct span names, uint64_t *marks)
{
    const char *at = names.text, *end = names.text + names.length;

    while (!scanner->failed) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma ? comma : end;

        store_mark(scanner, (struct span){at, (size_t)(stop - at)}, marks);
        if (!comma)
            return;
        at = comma + 1;
    }
}

static void store_weight(struct scanner *scanner, struct span value, double *weight)
{
    if (!scanner_decimal(value, weight))
        scanner_fail_word(scanner, scanner_column(scanner, value.text), value.length, "bad weight",
                          "write a number such as -0.35");
}

/* The largest value that the choices of a row have of what the CHOICE is of. */
static uint32_t last_of(const struct syntax_choice *choices, const struct syntax_choice *choice)
{
    uint32_t last = choice->range.most;

    for (const struct syntax_choice *other = choices; other->name; other++)
        if (other->next == choice->next)
            last = (uint32_t)number_larger(last, other->range.most);
    return last;
}

/* Leaves LESS out of the range that is asked for, of values up to LAST; false if what is left would
 * be two. */
static bool leave_out(struct range *asked, const struct range *less, uint32_t last)
{
    if (less->least <= asked->least && less->most < last)
        asked->least = (uint32_t)number_larger(asked->least, less->most + 1);
    else if (less->most >= number_smaller(asked->most, last) && less->least > 0)
        asked->most = (uint32_t)number_smaller(asked->most, less->least - 1);
    else
        return false;
    return true;
}

/* WORD is all of it, with the '!'. */
static void fail_opposite(struct scanner *scanner, struct span word)
{
    scanner_fail_word(scanner, scanner_column(scanner, word.text), word.length,
                      "no opposite can be asked for",
                      "what is left of its values is no one stretch");
}

static void fail_choice(struct scanner *scanner, const struct syntax_attribute *row,
                        struct span value)
{
    char hint[128];
    size_t used = (size_t)snprintf(hint, sizeof hint, "%s= takes", row->name);

    for (const struct syntax_choice *choice = row->choices; choice->name; choice++) {
        const char *before = choice == row->choices ? "" : choice[1].name ? "," : " or";

        used += (size_t)snprintf(hint + used, sizeof hint - used, "%s %s", before, choice->name);
    }
    scanner_fail_word(scanner, scanner_column(scanner, value.text), value.length, "unknown value",
                      hint);
}

/* The last choice of a row is the one that counts. */
static void store_choice(struct scanner *scanner, struct draft *draft,
                         const struct syntax_attribute *row, struct span value)
{
    const struct syntax_choice *choice = syntax_choice(row->choices, value.text, value.length);

    if (!choice) {
        fail_choice(scanner, row, value);
        return;
    }
    if (draft->is_opposite) {
        if (!leave_out(ask(draft, row->which + choice->next), &choice->range,
                       last_of(row->choices, choice)))
            fail_opposite(scanner, draft->word);
        return;
    }
    for (const struct syntax_choice *other = row->choices; other->name; other++)
        draft->rule.asked.which &= ~(UINT64_C(1) << (row->which + other->next));
    *ask(draft, row->which + choice->next) = choice->range;
}

static void store_number(struct scanner *scanner, struct draft *draft,
                         const struct syntax_attribute *row, struct span value)
{
    struct span digits = value;
    uint32_t number = 0;
    bool is_beyond = draft->is_opposite && row->sets == SETS_LEAST; /* nothing is below 0 */
    bool good;

    if (row->argument == ARGUMENT_WORDS && digits.length && digits.text[digits.length - 1] == 'w')
        digits.length--;
    else if (row->argument == ARGUMENT_WORDS)
        digits.length = 0;
    good = scanner_number(digits, &number);
    if ((row->argument == ARGUMENT_PERCENT && (number < 1 || number > 100)) ||
        ((row->argument == ARGUMENT_POSITIVE || is_beyond) && number == 0))
        good = false;
    if (good)
        store(draft, row, number);
    else
        scanner_fail_word(
            scanner, scanner_column(scanner, value.text), value.length, "bad value",
            row->argument == ARGUMENT_WORDS      ? "write a number of words, as in after=40w"
            : row->argument == ARGUMENT_PERCENT  ? "write a percentage from 1 to 100"
            : row->argument == ARGUMENT_POSITIVE ? "write a whole number above 0"
                                                 : "write a whole number up to 1000000000");
}

/* `until /re/`, `while /re/`, `with "text"` and `of "texts"`. */
static void parse_operand(struct scanner *scanner, struct draft *draft,
                          const struct syntax_attribute *row)
{
    struct span text = {NULL, 0};

    scanner_skip_space(scanner);
    if (row->argument == ARGUMENT_REGEX) {
        draft->rule.soft = row->which == offsetof(struct rule, soft);
        if (scanner->at < scanner->length && scanner->text[scanner->at] == '/')
            scanner_regex(scanner, &draft->rule.until);
        else
            scanner_fail(scanner, scanner->at,
                         "'%s' needs a regex behind it, as in until /^Close$/", row->name);
        return;
    }
    if (scanner->at < scanner->length && scanner->text[scanner->at] == '"') {
        scanner_text(scanner, &text);
        draft->rule.with = text.text;
        draft->rule.with_length = text.length;
    } else {
        scanner_fail(scanner, scanner->at, "'%s' needs a text behind it, in double quotes",
                     row->name);
    }
}

static void parse_value(struct scanner *scanner, struct draft *draft,
                        const struct syntax_attribute *row, struct span value)
{
    switch (row->argument) {
    case ARGUMENT_COUNT:
    case ARGUMENT_POSITIVE:
    case ARGUMENT_WORDS:
    case ARGUMENT_PERCENT:
        store_number(scanner, draft, row, value);
        break;
    case ARGUMENT_CHOICE:
        store_choice(scanner, draft, row, value);
        break;
    case ARGUMENT_MARK:
        store_marks(scanner, value, &draft->weighing.asked[row->which]);
        break;
    case ARGUMENT_WEIGHT:
        store_weight(scanner, value, &draft->weighing.weights[row->which]);
        break;
    case ARGUMENT_NAME:
        if (scanner_is_name(value))
            draft->name = value;
        else
            scanner_fail_word(scanner, scanner_column(scanner, value.text), value.length,
                              "bad name", "a name has letters, digits, '-', '_' and '.'");
        break;
    case ARGUMENT_NONE:
    case ARGUMENT_REGEX:
    case ARGUMENT_TEXT:
        break;
    }
}

static bool takes_value(const struct syntax_attribute *row)
{
    return row->argument != ARGUMENT_NONE && row->argument != ARGUMENT_REGEX &&
           row->argument != ARGUMENT_TEXT;
}

void attribute_parse(struct scanner *scanner, struct draft *draft, const struct syntax_verb *verb)
{
    struct span word = scanner_word(scanner);
    const char *equals = memchr(word.text, '=', word.length);
    struct span value = {word.text + word.length, 0};
    const struct syntax_attribute *row;
    size_t column = scanner_column(scanner, word.text);

    draft->word = word;
    draft->is_opposite = word.length > 1 && word.text[0] == '!';
    if (draft->is_opposite)
        word = (struct span){word.text + 1, word.length - 1};
    if (equals) {
        value = (struct span){equals + 1, (size_t)(word.text + word.length - equals - 1)};
        word.length = (size_t)(equals - word.text);
    }
    row = syntax_attribute(word.text, word.length);
    if (!row)
        scanner_fail_unknown(
            scanner, "condition", syntax_attributes, sizeof *syntax_attributes, word,
            "the conditions are in dechaff-rules(5); a regex stands between slashes");
    else if (!(row->verbs & 1u << draft->rule.verb))
        scanner_fail(scanner, column, "this argument doesn't go with the verb '%s'", verb->name);
    else if (draft->is_opposite && row->sets >= SETS_MEASURE && row->argument != ARGUMENT_CHOICE)
        fail_opposite(scanner, draft->word);
    else if (row->sets == SETS_MEASURE && draft->rule.measure)
        scanner_fail(scanner, column, "a second thing to be measured; '%s' takes one", verb->name);
    else if (takes_value(row) && !equals)
        scanner_fail(scanner, column, "'%s' needs a value, as in max-words=12 or end=colon",
                     row->name);
    else if (!takes_value(row) && equals)
        scanner_fail(scanner, column, "'%s' takes no value behind a '='", row->name);
    else if (row->argument == ARGUMENT_NONE)
        store(draft, row, 1);
    else if (takes_value(row))
        parse_value(scanner, draft, row, value);
    else
        parse_operand(scanner, draft, row);
}

void attribute_first(struct scanner *scanner, struct draft *draft, const struct syntax_verb *verb)
{
    struct span word = scanner_word(scanner);

    if (verb->first == ARGUMENT_MARK)
        store_marks(scanner, word, &draft->weighing.marks);
    else if (verb->first == ARGUMENT_WEIGHT)
        store_weight(scanner, word, &draft->weighing.weights[STATE_ARTICLE]);
    else if (!scanner_number(word, &draft->rule.count))
        scanner_fail_word(scanner, scanner_column(scanner, word.text), word.length, "bad count",
                          "a number of lines comes first, as in run 3 /re/");
}
