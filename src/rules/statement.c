#include "rules/statement.h"

#include "base/bits.h"

#include <math.h>
#include <string.h>

/* What a word may weigh. */
#define SPEAK_MOST 99.0

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

static bool asks_in_vain(const struct statement *statement)
{
    for (uint64_t left = statement->draft.rule.asked.which; left; left &= left - 1) {
        const struct range *range = &statement->draft.ranges[bits_lowest(left)];

        if (range->least > range->most)
            return true;
    }
    return false;
}

static bool takes_list(uint32_t measure)
{
    return measure == MEASURE_SYMBOLS || measure == MEASURE_SYMBOL_WORDS ||
           measure == MEASURE_NAMED || measure == MEASURE_LISTED || measure == MEASURE_BEGINNING ||
           measure == MEASURE_ENDING || measure == MEASURE_BARE_BEGINNING ||
           measure == MEASURE_BARE_ENDING;
}

static bool takes_grams(uint32_t measure)
{
    return measure == MEASURE_COMMON_GRAMS || measure == MEASURE_REPEATED_GRAMS ||
           measure == MEASURE_COPIED_GRAMS;
}

/* A document rule has a regex, or something to be measured. */
static void check_document(struct scanner *scanner, const struct rule *rule, size_t column)
{
    const char *fault = NULL;

    if (!rule->measure && (rule->above || rule->below || rule->with))
        fault = "nothing to be measured; say what, as in word-count below=50";
    else if (!rule->measure && !rule->regex.text)
        fault = "'document' needs a regex, or something to be measured, as in word-count below=50";
    else if (rule->measure && (rule->regex.text || rule->asked.which || rule->first || rule->after))
        fault = "a document is measured as a whole; ask about its lines in a rule of its own";
    else if (rule->measure && !rule->above == !rule->below)
        fault = "how much is too much, or too little? add above=N or below=N";
    else if (takes_grams(rule->measure) && rule->count > MEASURE_GRAM)
        fault = "too many words in a row; write 100 or fewer";
    else if (takes_list(rule->measure) != (rule->with != NULL))
        fault = rule->with ? "what is measured takes no list; leave out of \"...\""
                           : "what is measured needs a list; add of \"...\"";
    if (fault)
        scanner_fail(scanner, column, "%s", fault);
}

static void check_rule(struct scanner *scanner, const struct statement *statement, size_t column,
                       const struct syntax_verb *verb)
{
    const struct rule *rule = &statement->draft.rule;

    bool has_marks = rule->verb == VERB_PASS && (statement->draft.weighing.asked[MARKS_IS] ||
                                                 statement->draft.weighing.asked[MARKS_ABOUT]);

    if (rule->verb == VERB_DOCUMENT)
        check_document(scanner, rule, column);
    else if (!rule->regex.text && rule->verb != VERB_MARK && !verb_weighs(rule->verb) && !has_marks)
        scanner_fail(scanner, column,
                     "'%s' has no regex; write one between slashes: drop /^Share this$/",
                     verb->name);
    else if (asks_in_vain(statement))
        scanner_fail(scanner, column, "%s", "a minimum above its maximum: no line can meet both");
    else if (rule->verb == VERB_BLOCK && !rule_awaits_end(rule) && !rule->count && !rule->paras)
        scanner_fail(scanner, column, "'%s' has no bound; add until /re/, lines=N or paras=N",
                     verb->name);
    else if (rule->between && !rule_awaits_end(rule))
        scanner_fail(scanner, column, "'%s' with between needs until /re/, the line it ends before",
                     verb->name);
    else if (rule->verb == VERB_PASS && rule->count &&
             !statement->draft.weighing.asked[MARKS_ABOUT])
        scanner_fail(scanner, column, "'%s' with lines=N needs about=NAME, which it waits for",
                     verb->name);
    else if (rule->verb == VERB_TAIL && !rule->until.text != !rule->count)
        scanner_fail(scanner, column, "'%s' with until needs lines=N as well, and neither is alone",
                     verb->name);
    else if (rule->verb == VERB_HEAD && !rule->first)
        scanner_fail(scanner, column, "'%s' has no bound; add first=N, the lines it may be among",
                     verb->name);
    else if (verb->first == ARGUMENT_MARK && !statement->draft.weighing.marks)
        scanner_fail(scanner, column, "'%s' needs a name behind it, as in mark date /.../",
                     verb->name);
    else if (rule->verb == VERB_RUN && rule->count == 0)
        scanner_fail(scanner, column, "'%s' needs a number of lines above 0, as in run 3 /re/",
                     verb->name);
}

static void parse_rule(struct scanner *scanner, struct statement *statement,
                       const struct syntax_verb *verb, size_t column)
{
    struct rule *rule = &statement->draft.rule;

    rule->verb = verb->verb;
    if (verb->first != ARGUMENT_NONE && !scanner_at_end(scanner))
        attribute_first(scanner, &statement->draft, verb);
    else if (verb->first == ARGUMENT_WEIGHT)
        scanner_fail(scanner, column, "'%s' needs a number behind it, as in weigh -0.35",
                     verb->name);
    while (!scanner->failed && !scanner_at_end(scanner)) {
        if (scanner->text[scanner->at] != '/')
            attribute_parse(scanner, &statement->draft, verb);
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

/* The name behind the word; what NEEDS says of it where there is none. */
static void parse_name(struct scanner *scanner, struct statement *statement,
                       enum statement_kind kind, const char *needs)
{
    statement->kind = kind;
    if (scanner_at_end(scanner))
        scanner_fail(scanner, scanner->at, "%s", needs);
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
    if (scanner_number_up_to(value, parameter->maximum, &statement->number) &&
        statement->number >= parameter->minimum)
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
    if (!scanner_is_name(statement->name)) {
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
    scanner_regex(scanner, &statement->draft.rule.regex);
    if (!scanner->failed && statement->draft.rule.regex.flags)
        scanner_fail(scanner, scanner->at - 1,
                     "flags belong to the rule that uses the %s; write (?i:...)", "define");
    scanner_expect_end(scanner);
}

static void parse_words(struct scanner *scanner, struct statement *statement, const char *verb)
{
    if (scanner_at_end(scanner))
        scanner_fail(scanner, scanner->at, "'%s' needs words behind it", verb);
    else
        statement->name = scanner_rest(scanner);
}

static void parse_function(struct scanner *scanner, struct statement *statement)
{
    statement->kind = STATEMENT_FUNCTION;
    parse_words(scanner, statement, "function");
}

static void parse_speak(struct scanner *scanner, struct statement *statement)
{
    struct span weight;
    double said;

    statement->kind = STATEMENT_SPEAK;
    if (scanner_at_end(scanner)) {
        scanner_fail(scanner, scanner->at, "'%s' needs a number and words behind it", "speak");
        return;
    }
    weight = scanner_word(scanner);
    if (!scanner_decimal(weight, &said) || fabs(said) > SPEAK_MOST) {
        scanner_fail_word(scanner, scanner_column(scanner, weight.text), weight.length,
                          "bad weight", "write a number such as -0.35");
        return;
    }
    statement->weight = (int32_t)lround(said * 100);
    parse_words(scanner, statement, "speak");
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
    if (!scanner_phrase(scanner->text, scanner->length, &statement->name))
        scanner_fail(scanner, scanner->at + 1, "nothing behind %s; write a phrase there", "the |");
}

static void parse_example(struct scanner *scanner, struct statement *statement)
{
    statement->kind = STATEMENT_EXAMPLE;
    statement->caught = scanner->text[scanner->at++] == '+';
    if (scanner->at < scanner->length && span_is_blank(scanner->text[scanner->at]))
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
        if (span_is(word, "include"))
            parse_name(&scanner, statement, STATEMENT_INCLUDE,
                       "'include' needs the name of a pack or a path");
        else if (span_is(word, "bind"))
            parse_name(&scanner, statement, STATEMENT_BIND,
                       "'bind' needs the name of a drop rule or of a pack");
        else if (span_is(word, "set"))
            parse_set(&scanner, statement);
        else if (span_is(word, "define"))
            parse_define(&scanner, statement);
        else if (span_is(word, "function"))
            parse_function(&scanner, statement);
        else if (span_is(word, "speak"))
            parse_speak(&scanner, statement);
        else if ((verb = syntax_verb(word.text, word.length)))
            parse_rule(&scanner, statement, verb, scanner_column(&scanner, word.text));
        else
            scanner_fail_unknown(
                &scanner, "verb", syntax_verbs, sizeof *syntax_verbs, word,
                "a line begins with drop, keep, strip, cut, block, run, head, tail, pass, "
                "mark, weigh, judge, group, include, bind, set, define, function, speak or [");
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
