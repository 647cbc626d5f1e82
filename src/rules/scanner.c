#include "rules/scanner.h"

#include "base/nearest.h"

#include <string.h>

#define NUMBER_MAX 1000000000

void scanner_fail(struct scanner *scanner, size_t column, const char *format, const char *detail)
{
    struct place place = *scanner->place;

    place.column = column;
    diag_add(scanner->diagnostics, SEVERITY_ERROR, &place, format, detail);
    scanner->failed = true;
}

void scanner_fail_word(struct scanner *scanner, size_t column, size_t length, const char *what,
                       const char *hint)
{
    struct span word = {scanner->text + column, length};

    diag_add_word(scanner->diagnostics, scanner->place, what, word, hint);
    scanner->failed = true;
}

void scanner_skip_space(struct scanner *scanner)
{
    while (scanner->at < scanner->length && span_is_blank(scanner->text[scanner->at]))
        scanner->at++;
}

bool scanner_at_end(struct scanner *scanner)
{
    scanner_skip_space(scanner);
    return scanner->at == scanner->length || scanner->text[scanner->at] == '#';
}

struct span scanner_word(struct scanner *scanner)
{
    const char *start = scanner->text + scanner->at, *end = scanner->text + scanner->length;
    const char *at = start;

    while (at < end && !span_is_blank(*at))
        at++;
    scanner->at += (size_t)(at - start);
    return (struct span){start, (size_t)(at - start)};
}

/* TEXT up to END, or to a comment, without the blanks before that. */
static struct span rest(const char *text, const char *end)
{
    const char *at = text, *hash;

    while ((hash = memchr(at, '#', (size_t)(end - at)))) {
        at = hash + 1;
        if (hash == text || span_is_blank(hash[-1]))
            end = at = hash;
    }
    while (end > text && span_is_blank(end[-1]))
        end--;
    return (struct span){text, (size_t)(end - text)};
}

struct span scanner_rest(struct scanner *scanner)
{
    const char *start = scanner->text + scanner->at;

    scanner->at = scanner->length;
    return rest(start, scanner->text + scanner->length);
}

bool scanner_phrase(const char *text, size_t length, struct span *phrase)
{
    const char *end = text + length;

    while (text < end && span_is_blank(*text))
        text++;
    if (text == end || *text++ != '|')
        return false;
    while (text < end && span_is_blank(*text))
        text++;
    *phrase = rest(text, end);
    return phrase->length > 0;
}

size_t scanner_column(const struct scanner *scanner, const char *text)
{
    return (size_t)(text - scanner->text);
}

void scanner_expect_end(struct scanner *scanner)
{
    size_t column;

    if (scanner->failed || scanner_at_end(scanner))
        return;
    column = scanner->at;
    scanner_fail_word(scanner, column, scanner_word(scanner).length,
                      "nothing may follow here, but there is",
                      "put it on a line of its own, or behind a #");
}

enum { NAME_MAX_LENGTH = 100 };

bool scanner_is_name(struct span name)
{
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.text[i];

        if ((unsigned char)((byte | 0x20) - 'a') > 'z' - 'a' && (byte < '0' || byte > '9') &&
            byte != '-' && byte != '_' && byte != '.')
            return false;
    }
    return name.length > 0 && name.length <= NAME_MAX_LENGTH;
}

bool scanner_decimal(struct span text, double *decimal)
{
    double value = 0, unit = 1;
    bool has_point = false, has_digit = false;

    for (size_t i = 0; i < text.length; i++) {
        char byte = text.text[i];

        if (i == 0 && (byte == '-' || byte == '+'))
            continue;
        if (byte == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (byte < '0' || byte > '9')
            return false;
        has_digit = true;
        value = value * 10 + (byte - '0');
        unit *= has_point ? 10 : 1;
        if (value >= 1e15)
            return false;
    }
    *decimal = (text.length && text.text[0] == '-' ? -value : value) / unit;
    return has_digit && *decimal > -1000 && *decimal < 1000;
}

bool scanner_number_up_to(struct span digits, uint32_t maximum, uint32_t *number)
{
    uint64_t value = 0;

    for (size_t i = 0; i < digits.length; i++) {
        if (digits.text[i] < '0' || digits.text[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(digits.text[i] - '0');
        if (value > maximum)
            return false;
    }
    *number = (uint32_t)value;
    return digits.length > 0;
}

bool scanner_number(struct span digits, uint32_t *number)
{
    return scanner_number_up_to(digits, NUMBER_MAX, number);
}

void scanner_regex(struct scanner *scanner, struct regex *regex)
{
    size_t open = scanner->at++, start = scanner->at;

    scanner->at += span_find_bare(scanner->text + start, scanner->length - start, '/');
    if (scanner->at == scanner->length) {
        scanner_fail(scanner, open,
                     "the regex has no end; close it with %s (a slash inside is \\/)", "/");
        return;
    }
    *regex = (struct regex){.text = scanner->text + start, .length = scanner->at - start};
    for (scanner->at++; scanner->at < scanner->length && !span_is_blank(scanner->text[scanner->at]);
         scanner->at++) {
        char flag = scanner->text[scanner->at];

        if (flag == 'i')
            regex->flags |= REGEX_CASELESS;
        else if (flag == 'x')
            regex->flags |= REGEX_EXTENDED;
        else {
            scanner_fail_word(
                scanner, scanner->at, 1, "unknown flag",
                "flags are i (caseless) and x (extended); a slash inside a regex is \\/");
            scanner_word(scanner);
            return;
        }
    }
}

void scanner_text(struct scanner *scanner, struct span *text)
{
    size_t open = scanner->at++;

    scanner->at += span_find_bare(scanner->text + scanner->at, scanner->length - scanner->at, '"');
    if (scanner->at == scanner->length) {
        scanner_fail(scanner, open, "the text has no end; close it with %s", "\"");
        return;
    }
    *text = (struct span){scanner->text + open + 1, scanner->at - open - 1};
    scanner->at++;
}

void scanner_fail_unknown(struct scanner *scanner, const char *what, const void *rows,
                          size_t stride, struct span word, const char *otherwise)
{
    const char *nearest = nearest_name(rows, stride, word.text, word.length);
    struct place place = *scanner->place;

    place.column = scanner_column(scanner, word.text);
    if (nearest)
        diag_add(scanner->diagnostics, SEVERITY_ERROR, &place, "unknown %s '%.*s'; is '%s' meant?",
                 what, (int)word.length, word.text, nearest);
    else
        diag_add(scanner->diagnostics, SEVERITY_ERROR, &place, "unknown %s '%.*s'; %s", what,
                 (int)word.length, word.text, otherwise);
    scanner->failed = true;
}
