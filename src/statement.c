#include "statement.h"

#include <string.h>

enum { COUNT_MAX = 1000000000, NAME_MAX_LENGTH = 100 };

struct scanner {
    const char *text;
    size_t length;
    size_t at;
    const struct place *place;
    struct diagnostics *diagnostics;
    bool failed;
};

static void fail(struct scanner *scanner, size_t column, const char *format, const char *detail)
{
    struct place place = *scanner->place;

    place.column = column;
    diag_add(scanner->diagnostics, SEVERITY_ERROR, &place, format, detail);
    scanner->failed = true;
}

static void fail_word(struct scanner *scanner, size_t column, size_t length, const char *what,
                      const char *hint)
{
    struct place place = *scanner->place;

    place.column = column;
    diag_add(scanner->diagnostics, SEVERITY_ERROR, &place, "%s '%.*s'; %s", what, (int)length,
             scanner->text + column, hint);
    scanner->failed = true;
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t';
}

static void skip_space(struct scanner *scanner)
{
    while (scanner->at < scanner->length && is_space(scanner->text[scanner->at]))
        scanner->at++;
}

/* At the line's end or a comment. */
static bool at_end(struct scanner *scanner)
{
    skip_space(scanner);
    return scanner->at == scanner->length || scanner->text[scanner->at] == '#';
}

static struct span scan_word(struct scanner *scanner)
{
    size_t start = scanner->at;

    while (scanner->at < scanner->length && !is_space(scanner->text[scanner->at]))
        scanner->at++;
    return (struct span){scanner->text + start, scanner->at - start};
}

static size_t column_of(const struct scanner *scanner, const char *text)
{
    return (size_t)(text - scanner->text);
}

static void expect_end(struct scanner *scanner)
{
    size_t column;

    if (scanner->failed || at_end(scanner))
        return;
    column = scanner->at;
    fail_word(scanner, column, scan_word(scanner).length, "nothing may follow here, but there is",
              "put it on a line of its own, or behind a #");
}

static bool parse_number(struct span digits, uint32_t *number)
{
    uint32_t value = 0;

    for (size_t i = 0; i < digits.length; i++) {
        if (digits.text[i] < '0' || digits.text[i] > '9')
            return false;
        value = value * 10 + (uint32_t)(digits.text[i] - '0');
        if (value > COUNT_MAX)
            return false;
    }
    *number = value;
    return digits.length > 0;
}

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

static void scan_regex(struct scanner *scanner, struct regex *regex)
{
    size_t open = scanner->at++, start = scanner->at;

    scanner->at += span_find_bare(scanner->text + start, scanner->length - start, '/');
    if (scanner->at == scanner->length) {
        fail(scanner, open, "the regex has no end; close it with %s (a slash inside is \\/)", "/");
        return;
    }
    *regex = (struct regex){scanner->text + start, scanner->at - start, 0};
    for (scanner->at++; scanner->at < scanner->length && !is_space(scanner->text[scanner->at]);
         scanner->at++) {
        char flag = scanner->text[scanner->at];

        if (flag == 'i')
            regex->flags |= REGEX_CASELESS;
        else if (flag == 'x')
            regex->flags |= REGEX_EXTENDED;
        else {
            fail_word(scanner, scanner->at, 1, "unknown flag",
                      "flags are i (caseless) and x (extended); a slash inside a regex is \\/");
            scan_word(scanner);
            return;
        }
    }
}

static void scan_text(struct scanner *scanner, struct span *text)
{
    size_t open = scanner->at++;

    scanner->at += span_find_bare(scanner->text + scanner->at, scanner->length - scanner->at, '"');
    if (scanner->at == scanner->length) {
        fail(scanner, open, "the text has no end; close it with %s", "\"");
        return;
    }
    *text = (struct span){scanner->text + open + 1, scanner->at - open - 1};
    scanner->at++;
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

static void store(struct rule *rule, const struct syntax_attribute *row, uint32_t value)
{
    memcpy((char *)rule + row->offset, &value, sizeof value);
}

static void store_choice(struct scanner *scanner, struct statement *statement,
                         const struct syntax_attribute *row, struct span value,
                         const struct syntax_choice *choices, const char *hint)
{
    const struct syntax_choice *choice = syntax_choice(choices, value.text, value.length);

    if (choice)
        store(&statement->rule, row, choice->value);
    else
        fail_word(scanner, column_of(scanner, value.text), value.length, "unknown value", hint);
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
    good = parse_number(digits, &number);
    if ((row->argument == ARGUMENT_PERCENT && (number < 1 || number > 100)) ||
        (row->argument == ARGUMENT_POSITIVE && number == 0))
        good = false;
    if (good)
        store(&statement->rule, row, number);
    else
        fail_word(scanner, column_of(scanner, value.text), value.length, "bad value",
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

    skip_space(scanner);
    if (row->argument == ARGUMENT_REGEX) {
        if (scanner->at < scanner->length && scanner->text[scanner->at] == '/')
            scan_regex(scanner, &statement->rule.until);
        else
            fail(scanner, scanner->at, "'%s' needs a regex behind it, as in until /^Close$/",
                 row->name);
        return;
    }
    if (scanner->at < scanner->length && scanner->text[scanner->at] == '"') {
        scan_text(scanner, &text);
        statement->rule.with = text.text;
        statement->rule.with_length = text.length;
    } else {
        fail(scanner, scanner->at, "'%s' needs a text behind it, as in with \" \"", row->name);
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
    case ARGUMENT_ENDING:
        store_choice(scanner, statement, row, value, syntax_endings,
                     "end= takes sentence, ellipsis, colon or none");
        break;
    case ARGUMENT_CASE:
        store_choice(scanner, statement, row, value, syntax_cases, "case= takes upper or title");
        break;
    case ARGUMENT_NAME:
        if (is_name(value))
            statement->rule_name = value;
        else
            fail_word(scanner, column_of(scanner, value.text), value.length, "bad name",
                      "a name has letters, digits, '-', '_' and '.'");
        break;
    case ARGUMENT_NONE:
    case ARGUMENT_REGEX:
    case ARGUMENT_TEXT:
    case ARGUMENT_REFUSED:
        break;
    }
}

static bool takes_value(const struct syntax_attribute *row)
{
    return row->argument != ARGUMENT_NONE && row->argument != ARGUMENT_REGEX &&
           row->argument != ARGUMENT_TEXT && row->argument != ARGUMENT_REFUSED;
}

static void report_unknown(struct scanner *scanner, const char *what, const void *rows,
                           size_t stride, struct span word, const char *otherwise)
{
    const char *nearest = syntax_nearest(rows, stride, word.text, word.length);
    struct place place = *scanner->place;

    place.column = column_of(scanner, word.text);
    if (nearest)
        diag_add(scanner->diagnostics, SEVERITY_ERROR, &place, "unknown %s '%.*s'; is '%s' meant?",
                 what, (int)word.length, word.text, nearest);
    else
        diag_add(scanner->diagnostics, SEVERITY_ERROR, &place, "unknown %s '%.*s'; %s", what,
                 (int)word.length, word.text, otherwise);
    scanner->failed = true;
}

static void parse_attribute(struct scanner *scanner, struct statement *statement,
                            const struct syntax_verb *verb)
{
    struct span word = scan_word(scanner);
    const char *equals = memchr(word.text, '=', word.length);
    struct span value = {word.text + word.length, 0};
    const struct syntax_attribute *row;
    size_t column = column_of(scanner, word.text);

    if (equals) {
        value = (struct span){equals + 1, (size_t)(word.text + word.length - equals - 1)};
        word.length = (size_t)(equals - word.text);
    }
    row = syntax_attribute(word.text, word.length);
    if (!row)
        report_unknown(scanner, "condition", syntax_attributes, sizeof *syntax_attributes, word,
                       "the conditions are in dechaff-rules(5); a regex stands between slashes");
    else if (!(row->verbs & 1u << statement->rule.verb))
        fail(scanner, column, "this argument doesn't go with the verb '%s'", verb->name);
    else if (row->argument == ARGUMENT_REFUSED)
        fail(scanner, column, "'%s' needs the article tracker, which this version does not have",
             row->name);
    else if (takes_value(row) && !equals)
        fail(scanner, column, "'%s' needs a value, as in max-words=12 or end=colon", row->name);
    else if (!takes_value(row) && equals)
        fail(scanner, column, "'%s' takes no value behind a '='", row->name);
    else if (row->argument == ARGUMENT_NONE)
        statement->rule.conditions.bullet = true;
    else if (takes_value(row))
        parse_value(scanner, statement, row, value);
    else
        parse_operand(scanner, statement, row);
}

static void check_rule(struct scanner *scanner, const struct rule *rule, size_t column,
                       const struct syntax_verb *verb)
{
    const struct conditions *conditions = &rule->conditions;

    if (!rule->regex.text)
        fail(scanner, column, "'%s' has no regex; write one between slashes: drop /^Share this$/",
             verb->name);
    else if (conditions->min_words > conditions->max_words ||
             conditions->min_chars > conditions->max_chars)
        fail(scanner, column, "%s", "a minimum above its maximum: no line can meet both");
    else if (rule->verb == VERB_BLOCK && !rule->until.text && !rule->count && !rule->paras)
        fail(scanner, column, "'%s' has no bound; add until /re/, lines=N or paras=N", verb->name);
    else if (rule->verb == VERB_RUN && rule->count == 0)
        fail(scanner, column, "'%s' needs a number of lines above 0, as in run 3 /re/", verb->name);
}

static void parse_rule(struct scanner *scanner, struct statement *statement,
                       const struct syntax_verb *verb, size_t column)
{
    struct rule *rule = &statement->rule;

    rule->verb = verb->verb;
    rule->conditions.max_words = UINT32_MAX;
    rule->conditions.max_chars = UINT32_MAX;
    if (verb->counted && !at_end(scanner)) {
        struct span count = scan_word(scanner);

        if (!parse_number(count, &rule->count))
            fail_word(scanner, column_of(scanner, count.text), count.length, "bad count",
                      "a number of lines comes first, as in run 3 /re/");
    }
    while (!scanner->failed && !at_end(scanner)) {
        if (scanner->text[scanner->at] != '/')
            parse_attribute(scanner, statement, verb);
        else if (rule->regex.text)
            fail(scanner, scanner->at, "a second regex; '%s' takes one (a slash inside is \\/)",
                 verb->name);
        else
            scan_regex(scanner, &rule->regex);
    }
    if (!scanner->failed)
        check_rule(scanner, rule, column, verb);
    statement->kind = STATEMENT_RULE;
}

static void parse_include(struct scanner *scanner, struct statement *statement)
{
    statement->kind = STATEMENT_INCLUDE;
    if (at_end(scanner))
        fail(scanner, scanner->at, "'%s' needs the name of a pack or a path", "include");
    else
        statement->name = scan_word(scanner);
    expect_end(scanner);
}

static void parse_set(struct scanner *scanner, struct statement *statement)
{
    struct span value;

    statement->kind = STATEMENT_SET;
    if (at_end(scanner)) {
        fail(scanner, scanner->at, "'%s' needs a parameter and a number", "set");
        return;
    }
    statement->name = scan_word(scanner);
    statement->parameter = syntax_parameter(statement->name.text, statement->name.length);
    if (!statement->parameter) {
        report_unknown(scanner, "parameter", syntax_parameters, sizeof *syntax_parameters,
                       statement->name, "the parameters are in dechaff-rules(5)");
        return;
    }
    if (at_end(scanner)) {
        fail(scanner, scanner->at, "'%s' needs a number behind it", statement->parameter->name);
        return;
    }
    value = scan_word(scanner);
    if (!parse_number(value, &statement->number) ||
        statement->number < statement->parameter->minimum ||
        statement->number > statement->parameter->maximum) {
        struct place place = *scanner->place;

        place.column = column_of(scanner, value.text);
        diag_add(scanner->diagnostics, SEVERITY_ERROR, &place,
                 "bad value '%.*s'; '%s' takes a whole number from %u to %u", (int)value.length,
                 value.text, statement->parameter->name, statement->parameter->minimum,
                 statement->parameter->maximum);
        scanner->failed = true;
    }
    expect_end(scanner);
}

static void parse_define(struct scanner *scanner, struct statement *statement)
{
    statement->kind = STATEMENT_DEFINE;
    skip_space(scanner);
    statement->name = scan_word(scanner);
    if (!is_name(statement->name)) {
        fail(scanner, column_of(scanner, statement->name.text),
             "'%s' needs a name and a regex, as in define NET /twitter|linkedin/", "define");
        return;
    }
    if (at_end(scanner) || scanner->text[scanner->at] != '/') {
        fail(scanner, scanner->at, "'%s' needs a regex behind its name, between slashes", "define");
        return;
    }
    scan_regex(scanner, &statement->rule.regex);
    if (!scanner->failed && statement->rule.regex.flags)
        fail(scanner, scanner->at - 1, "flags belong to the rule that uses the %s; write (?i:...)",
             "define");
    expect_end(scanner);
}

static void parse_section(struct scanner *scanner, struct statement *statement)
{
    size_t open = scanner->at;
    const char *close;

    statement->kind = STATEMENT_SECTION;
    close = memchr(scanner->text + open, ']', scanner->length - open);
    if (!close) {
        fail(scanner, open, "the section has no end; close it with %s", "]");
        return;
    }
    statement->name =
        (struct span){scanner->text + open + 1, (size_t)(close - scanner->text) - open - 1};
    scanner->at = (size_t)(close - scanner->text) + 1;
    expect_end(scanner);
}

static void parse_example(struct scanner *scanner, struct statement *statement)
{
    statement->kind = STATEMENT_EXAMPLE;
    statement->caught = scanner->text[scanner->at++] == '+';
    if (scanner->at < scanner->length && is_space(scanner->text[scanner->at]))
        scanner->at++;
    statement->name = (struct span){scanner->text + scanner->at, scanner->length - scanner->at};
}

void statement_parse(struct statement *statement, const char *text, size_t length,
                     const struct place *place, struct diagnostics *diagnostics)
{
    struct scanner scanner = {text, length, 0, place, diagnostics, false};
    const struct syntax_verb *verb;
    struct span word;

    *statement = (struct statement){.kind = STATEMENT_EMPTY};
    if (at_end(&scanner))
        return;
    if (scanner.text[scanner.at] == '[') {
        parse_section(&scanner, statement);
    } else if (scanner.text[scanner.at] == '+' || scanner.text[scanner.at] == '-') {
        if (scanner.at > 0)
            parse_example(&scanner, statement);
        else
            fail(&scanner, 0, "an example stands indented under its rule; put blanks before %s",
                 text[0] == '+' ? "the +" : "the -");
    } else {
        word = scan_word(&scanner);
        verb = syntax_verb(word.text, word.length);
        if (word.length == 7 && memcmp(word.text, "include", 7) == 0)
            parse_include(&scanner, statement);
        else if (word.length == 3 && memcmp(word.text, "set", 3) == 0)
            parse_set(&scanner, statement);
        else if (word.length == 6 && memcmp(word.text, "define", 6) == 0)
            parse_define(&scanner, statement);
        else if (verb && !verb->available)
            fail(&scanner, column_of(&scanner, word.text),
                 "'%s' needs the article tracker, which this version does not have", verb->name);
        else if (verb)
            parse_rule(&scanner, statement, verb, column_of(&scanner, word.text));
        else
            report_unknown(&scanner, "verb", syntax_verbs, sizeof *syntax_verbs, word,
                           "a line begins with drop, keep, strip, cut, block, run, include, set, "
                           "define or [");
    }
    if (scanner.failed)
        statement->kind = STATEMENT_BAD;
}
