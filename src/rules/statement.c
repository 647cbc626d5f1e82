#include "rules/statement.h"

#include "base/bits.h"
#include "rules/scanner.h"

#include <stdio.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 100 };

static bool is_name(struct span name)
{
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.text[i];

        if (!((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
              (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || byte == '.'))
            return false;
    }
    return name.length > 0 && name.length <= NAME_MAX_LENGTH;
}

size_t statement_unescape(char *text, size_t length)
{
    size_t out = 0;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\\' && i + 1 < length) {
            i++;
            text[out++] = text[i] == 't' ? '\t' : text[i];
        } else {
            text[out++] = text[i];
        }
    }
    return out;
}

/* The range that the rule asks for, any at first. */
static struct range *ask(struct statement *statement, size_t which)
{
    uint64_t bit = UINT64_C(1) << which;

    if (!(statement->rule.asked.which & bit))
        statement->ranges[which] = RANGE_ANY;
    statement->rule.asked.which |= bit;
    return &statement->ranges[which];
}

static void store(struct statement *statement, const struct syntax_attribute *row, uint32_t value)
{
    if (row->sets == SETS_LEAST)
        ask(statement, row->which)->least = value;
    else if (row->sets == SETS_MOST)
        ask(statement, row->which)->most = value;
    else
        memcpy((char *)&statement->rule + row->which, &value, sizeof value);
}

static void store_mark(struct scanner *scanner, struct span name, uint64_t *marks)
{
    size_t column = scanner_column(scanner, name.text);
    uint64_t bit;

    if (!is_name(name)) {
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
static void store_choice(struct scanner *scanner, struct statement *statement,
                         const struct syntax_attribute *row, struct span value)
{
    const struct syntax_choice *choice = syntax_choice(row->choices, value.text, value.length);

    if (!choice) {
        fail_choice(scanner, row, value);
        return;
    }
    for (const struct syntax_choice *other = row->choices; other->name; other++)
        statement->rule.asked.which &= ~(UINT64_C(1) << (row->which + other->next));
    *ask(statement, row->which + choice->next) = choice->range;
}

static void store_number(struct scanner *scanner, struct statement *statement,
                         const struct syntax_attribute *row, struct span value)
{
    struct span digits = value;
    uint32_t number = 0;
    bool good;

    if (row->argument == ARGUMENT_WORDS && digits.length && digits.text[digits.length - 1] == 'w')
        digits.length--;
    else if (row->argument == ARGUMENT_WORDS)
        digits.length = 0;
    good = scanner_number(digits, &number);
    if ((row->argument == ARGUMENT_PERCENT && (number < 1 || number > 100)) ||
        (row->argument == ARGUMENT_POSITIVE && number == 0))
        good = false;
    if (good)
        store(statement, row, number);
    else
        scanner_fail_word(
            scanner, scanner_column(scanner, value.text), value.length, "bad value",
            row->argument == ARGUMENT_WORDS      ? "write a number of words, as in after=40w"
            : row->argument == ARGUMENT_PERCENT  ? "write a percentage from 1 to 100"
            : row->argument == ARGUMENT_POSITIVE ? "write a whole number above 0"
                                                 : "write a whole number up to 1000000000");
}

/* `until /re/` and `with "text"`. */
static void parse_operand(struct scanner *scanner, struct statement *statement,
                          const struct syntax_attribute *row)
{
    struct span text = {NULL, 0};

    scanner_skip_space(scanner);
    if (row->argument == ARGUMENT_REGEX) {
        if (scanner->at < scanner->length && scanner->text[scanner->at] == '/')
            scanner_regex(scanner, &statement->rule.until);
        else
            scanner_fail(scanner, scanner->at,
                         "'%s' needs a regex behind it, as in until /^Close$/", row->name);
        return;
    }
    if (scanner->at < scanner->length && scanner->text[scanner->at] == '"') {
        scanner_text(scanner, &text);
        statement->rule.with = text.text;
        statement->rule.with_length = text.length;
    } else {
        scanner_fail(scanner, scanner->at, "'%s' needs a text behind it, as in with \" \"",
                     row->name);
    }
}

static void parse_value(struct scanner *scanner, struct statement *statement,
                        const struct syntax_attribute *row, struct span value)
{
    switch (row->argument) {
    case ARGUMENT_COUNT:
    case ARGUMENT_POSITIVE:
    case ARGUMENT_WORDS:
    case ARGUMENT_PERCENT:
        store_number(scanner, statement, row, value);
        break;
    case ARGUMENT_CHOICE:
        store_choice(scanner, statement, row, value);
        break;
    case ARGUMENT_MARK:
        store_marks(scanner, value, &statement->weighing.asked[row->which]);
        break;
    case ARGUMENT_WEIGHT:
        store_weight(scanner, value, &statement->weighing.weights[row->which]);
        break;
    case ARGUMENT_NAME:
        if (is_name(value))
            statement->rule_name = value;
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

static void parse_attribute(struct scanner *scanner, struct statement *statement,
                            const struct syntax_verb *verb)
{
    struct span word = scanner_word(scanner);
    const char *equals = memchr(word.text, '=', word.length);
    struct span value = {word.text + word.length, 0};
    const struct syntax_attribute *row;
    size_t column = scanner_column(scanner, word.text);

    if (equals) {
        value = (struct span){equals + 1, (size_t)(word.text + word.length - equals - 1)};
        word.length = (size_t)(equals - word.text);
    }
    row = syntax_attribute(word.text, word.length);
    if (!row)
        scanner_fail_unknown(
            scanner, "condition", syntax_attributes, sizeof *syntax_attributes, word,
            "the conditions are in dechaff-rules(5); a regex stands between slashes");
    else if (!(row->verbs & 1u << statement->rule.verb))
        scanner_fail(scanner, column, "this argument doesn't go with the verb '%s'", verb->name);
    else if (takes_value(row) && !equals)
        scanner_fail(scanner, column, "'%s' needs a value, as in max-words=12 or end=colon",
                     row->name);
    else if (!takes_value(row) && equals)
        scanner_fail(scanner, column, "'%s' takes no value behind a '='", row->name);
    else if (row->argument == ARGUMENT_NONE)
        store(statement, row, 1);
    else if (takes_value(row))
        parse_value(scanner, statement, row, value);
    else
        parse_operand(scanner, statement, row);
}

static bool asks_in_vain(const struct statement *statement)
{
    for (uint64_t left = statement->rule.asked.which; left; left &= left - 1) {
        const struct range *range = &statement->ranges[bits_lowest(left)];

        if (range->least > range->most)
            return true;
    }
    return false;
}

static void check_rule(struct scanner *scanner, const struct statement *statement, size_t column,
                       const struct syntax_verb *verb)
{
    const struct rule *rule = &statement->rule;

    if (!rule->regex.text && rule->verb != VERB_MARK && rule->verb != VERB_WEIGH)
        scanner_fail(scanner, column,
                     "'%s' has no regex; write one between slashes: drop /^Share this$/",
                     verb->name);
    else if (asks_in_vain(statement))
        scanner_fail(scanner, column, "%s", "a minimum above its maximum: no line can meet both");
    else if (rule->verb == VERB_BLOCK && !rule->until.text && !rule->count && !rule->paras)
        scanner_fail(scanner, column, "'%s' has no bound; add until /re/, lines=N or paras=N",
                     verb->name);
    else if (rule->verb == VERB_HEAD && !rule->first)
        scanner_fail(scanner, column, "'%s' has no bound; add first=N, the lines it may be among",
                     verb->name);
    else if (verb->first == ARGUMENT_MARK && !statement->weighing.marks)
        scanner_fail(scanner, column, "'%s' needs a name behind it, as in mark date /.../",
                     verb->name);
    else if (rule->verb == VERB_RUN && rule->count == 0)
        scanner_fail(scanner, column, "'%s' needs a number of lines above 0, as in run 3 /re/",
                     verb->name);
}

/* What stands right behind the verb. */
static void parse_first(struct scanner *scanner, struct statement *statement,
                        const struct syntax_verb *verb, struct span word)
{
    if (verb->first == ARGUMENT_MARK)
        store_marks(scanner, word, &statement->weighing.marks);
    else if (verb->first == ARGUMENT_WEIGHT)
        store_weight(scanner, word, &statement->weighing.weights[STATE_ARTICLE]);
    else if (!scanner_number(word, &statement->rule.count))
        scanner_fail_word(scanner, scanner_column(scanner, word.text), word.length, "bad count",
                          "a number of lines comes first, as in run 3 /re/");
}

static void parse_rule(struct scanner *scanner, struct statement *statement,
                       const struct syntax_verb *verb, size_t column)
{
    struct rule *rule = &statement->rule;

    rule->verb = verb->verb;
    if (verb->first != ARGUMENT_NONE && !scanner_at_end(scanner))
        parse_first(scanner, statement, verb, scanner_word(scanner));
    else if (verb->first == ARGUMENT_WEIGHT)
        scanner_fail(scanner, column, "'%s' needs a number behind it, as in weigh -0.35",
                     verb->name);
    while (!scanner->failed && !scanner_at_end(scanner)) {
        if (scanner->text[scanner->at] != '/')
            parse_attribute(scanner, statement, verb);
        else if (rule->regex.text)
            scanner_fail(scanner, scanner->at,
                         "a second regex; '%s' takes one (a slash inside is \\/)", verb->name);
        else
            scanner_regex(scanner, &rule->regex);
    }
    if (!scanner->failed)
        check_rule(scanner, statement, column, verb);
    statement->kind = STATEMENT_RULE;
}

static void parse_include(struct scanner *scanner, struct statement *statement)
{
    statement->kind = STATEMENT_INCLUDE;
    if (scanner_at_end(scanner))
        scanner_fail(scanner, scanner->at, "'%s' needs the name of a pack or a path", "include");
    else
        statement->name = scanner_word(scanner);
    scanner_expect_end(scanner);
}

/* What the parameter is set to. */
static void parse_setting(struct scanner *scanner, struct statement *statement, struct span value)
{
    const struct syntax_parameter *parameter = statement->parameter;
    const struct syntax_choice *choice = NULL;
    struct place place = *scanner->place;
    size_t column = scanner_column(scanner, value.text);

    if (parameter->kind == PARAMETER_DECIMAL) {
        if (!scanner_decimal(value, &statement->decimal))
            scanner_fail_word(scanner, column, value.length, "bad value",
                              "write a number such as -0.35");
        else if (parameter->maximum &&
                 (statement->decimal < 0 || statement->decimal * 100 > parameter->maximum))
            scanner_fail_word(scanner, column, value.length, "bad value",
                              "write a number from 0 to 0.5");
        return;
    }
    if (parameter->kind == PARAMETER_CHOICE) {
        choice = syntax_choice(parameter->choices, value.text, value.length);
        if (choice)
            statement->number = choice->range.least;
        else
            scanner_fail_word(scanner, column, value.length, "bad value", parameter->help);
        return;
    }
    if (scanner_number(value, &statement->number) && statement->number >= parameter->minimum &&
        statement->number <= parameter->maximum)
        return;
    place.column = column;
    diag_add(scanner->diagnostics, SEVERITY_ERROR, &place,
             "bad value '%.*s'; '%s' takes a whole number from %u to %u", (int)value.length,
             value.text, parameter->name, parameter->minimum, parameter->maximum);
    scanner->failed = true;
}

static void parse_set(struct scanner *scanner, struct statement *statement)
{
    statement->kind = STATEMENT_SET;
    if (scanner_at_end(scanner)) {
        scanner_fail(scanner, scanner->at, "'%s' needs a parameter and a number", "set");
        return;
    }
    statement->name = scanner_word(scanner);
    statement->parameter = syntax_parameter(statement->name.text, statement->name.length);
    if (!statement->parameter) {
        scanner_fail_unknown(scanner, "parameter", syntax_parameters, sizeof *syntax_parameters,
                             statement->name, "the parameters are in dechaff-rules(5)");
        return;
    }
    if (scanner_at_end(scanner)) {
        scanner_fail(scanner, scanner->at, "'%s' needs a number behind it",
                     statement->parameter->name);
        return;
    }
    parse_setting(scanner, statement, scanner_word(scanner));
    scanner_expect_end(scanner);
}

static void parse_define(struct scanner *scanner, struct statement *statement)
{
    statement->kind = STATEMENT_DEFINE;
    scanner_skip_space(scanner);
    statement->name = scanner_word(scanner);
    if (!is_name(statement->name)) {
        scanner_fail(scanner, scanner_column(scanner, statement->name.text),
                     "'%s' needs a name and a regex, as in define NET /twitter|linkedin/",
                     "define");
        return;
    }
    if (scanner_at_end(scanner))
        return;
    if (scanner->text[scanner->at] != '/') {
        scanner_fail(scanner, scanner->at,
                     "'%s' takes a regex between slashes behind its name, or phrases under it",
                     "define");
        return;
    }
    scanner_regex(scanner, &statement->rule.regex);
    if (!scanner->failed && statement->rule.regex.flags)
        scanner_fail(scanner, scanner->at - 1,
                     "flags belong to the rule that uses the %s; write (?i:...)", "define");
    scanner_expect_end(scanner);
}

static void parse_function(struct scanner *scanner, struct statement *statement)
{
    statement->kind = STATEMENT_FUNCTION;
    if (scanner_at_end(scanner)) {
        scanner_fail(scanner, scanner->at, "'%s' needs words behind it", "function");
        return;
    }
    statement->name = scanner_rest(scanner);
}

static void parse_section(struct scanner *scanner, struct statement *statement)
{
    size_t open = scanner->at;
    const char *close;

    statement->kind = STATEMENT_SECTION;
    close = memchr(scanner->text + open, ']', scanner->length - open);
    if (!close) {
        scanner_fail(scanner, open, "the section has no end; close it with %s", "]");
        return;
    }
    statement->name =
        (struct span){scanner->text + open + 1, (size_t)(close - scanner->text) - open - 1};
    scanner->at = (size_t)(close - scanner->text) + 1;
    scanner_expect_end(scanner);
}

static void parse_phrase(struct scanner *scanner, struct statement *statement)
{
    statement->kind = STATEMENT_PHRASE;
    scanner->at++;
    if (scanner_at_end(scanner))
        scanner_fail(scanner, scanner->at, "nothing behind %s; write a phrase there", "the |");
    statement->name = scanner_rest(scanner);
}

static void parse_example(struct scanner *scanner, struct statement *statement)
{
    statement->kind = STATEMENT_EXAMPLE;
    statement->caught = scanner->text[scanner->at++] == '+';
    if (scanner->at < scanner->length && scanner_is_space(scanner->text[scanner->at]))
        scanner->at++;
    statement->name = (struct span){scanner->text + scanner->at, scanner->length - scanner->at};
}

void statement_parse(struct statement *statement, const char *text, size_t length,
                     const struct place *place, struct marks *marks,
                     struct diagnostics *diagnostics)
{
    struct scanner scanner = {text, length, 0, place, marks, diagnostics, false};
    const struct syntax_verb *verb;
    struct span word;

    *statement = (struct statement){.kind = STATEMENT_EMPTY};
    if (scanner_at_end(&scanner))
        return;
    if (scanner.text[scanner.at] == '[') {
        parse_section(&scanner, statement);
    } else if (scanner.text[scanner.at] == '|') {
        parse_phrase(&scanner, statement);
    } else if (scanner.text[scanner.at] == '+' || scanner.text[scanner.at] == '-') {
        if (scanner.at > 0)
            parse_example(&scanner, statement);
        else
            scanner_fail(&scanner, 0,
                         "an example stands indented under its rule; put blanks before %s",
                         text[0] == '+' ? "the +" : "the -");
    } else {
        word = scanner_word(&scanner);
        verb = syntax_verb(word.text, word.length);
        if (word.length == 7 && memcmp(word.text, "include", 7) == 0)
            parse_include(&scanner, statement);
        else if (word.length == 3 && memcmp(word.text, "set", 3) == 0)
            parse_set(&scanner, statement);
        else if (word.length == 6 && memcmp(word.text, "define", 6) == 0)
            parse_define(&scanner, statement);
        else if (word.length == 8 && memcmp(word.text, "function", 8) == 0)
            parse_function(&scanner, statement);
        else if (verb)
            parse_rule(&scanner, statement, verb, scanner_column(&scanner, word.text));
        else
            scanner_fail_unknown(
                &scanner, "verb", syntax_verbs, sizeof *syntax_verbs, word,
                "a line begins with drop, keep, strip, cut, block, run, head, tail, mark, "
                "weigh, include, set, define, function or [");
    }
    if (scanner.failed)
        statement->kind = STATEMENT_BAD;
}

void statement_set(const struct statement *statement, struct parameters *parameters)
{
    char *value = (char *)parameters + statement->parameter->offset;

    if (statement->parameter->kind == PARAMETER_DECIMAL)
        memcpy(value, &statement->decimal, sizeof statement->decimal);
    else
        memcpy(value, &statement->number, sizeof statement->number);
}
