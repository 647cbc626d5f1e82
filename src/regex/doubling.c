#include "regex/doubling.h"

#include "regex/cursor.h"

#include <string.h>

#define MAX_DEPTH 64

/* What a part of the regex matches. */
struct shape {
    bool may_be_empty;
    bool is_run; /* any two things that it matches, one behind the other, are a third */
};

struct reading {
    const char *at;
    const char *end;
    bool is_extended;
    bool is_lost;
    bool doubles;
    unsigned depth;
};

static char peek(const struct reading *reading, size_t ahead)
{
    return (size_t)(reading->end - reading->at) > ahead ? reading->at[ahead] : '\0';
}

/* Passes over a character, if there is one. */
static void pass_over(struct reading *reading)
{
    reading->at += reading->at < reading->end;
}

static bool accept(struct reading *reading, const char *text)
{
    size_t length = strlen(text);

    if ((size_t)(reading->end - reading->at) < length || memcmp(reading->at, text, length) != 0)
        return false;
    reading->at += length;
    return true;
}

/* What stands between items in extended syntax. */
static void skip(struct reading *reading)
{
    while (reading->is_extended && reading->at < reading->end) {
        if (cursor_is_space((unsigned char)*reading->at))
            reading->at++;
        else if (*reading->at == '#')
            while (reading->at < reading->end && *reading->at != '\n')
                reading->at++;
        else
            return;
    }
}

/* Reads what repeats the part before, and how that makes it look. */
static struct shape repeat(struct reading *reading, struct shape part, bool is_group)
{
    bool is_unbounded = false, is_lone = true;
    const char *close;

    skip(reading);
    switch (peek(reading, 0)) {
    case '*':
        part.may_be_empty = is_unbounded = true;
        break;
    case '+':
        is_unbounded = true;
        break;
    case '?':
        part.may_be_empty = true;
        break;
    case '{':
        close = memchr(reading->at, '}', (size_t)(reading->end - reading->at));
        if (!close || !cursor_is_digit((unsigned char)peek(reading, 1)))
            return part; /* stands for itself, and is read next */
        is_unbounded = close[-1] == ',';
        part.may_be_empty |= peek(reading, 1) == '0';
        reading->at = close;
        break;
    default:
        return part;
    }
    reading->at++;
    if (accept(reading, "+"))
        is_lone = false; /* possessive */
    else
        accept(reading, "?");
    if (is_unbounded && is_lone && is_group && part.is_run)
        reading->doubles = true;
    part.is_run = is_lone && (is_unbounded || part.is_run);
    return part;
}

/* Behind the opening bracket of a class, to its end. */
static void read_class(struct reading *reading)
{
    accept(reading, "^");
    accept(reading, "]");
    while (reading->at < reading->end && *reading->at != ']') {
        if (*reading->at == '\\')
            reading->at++;
        else if (accept(reading, "[:"))
            while (reading->at < reading->end && *reading->at != ']')
                reading->at++;
        pass_over(reading);
    }
    accept(reading, "]");
}

/* Behind a backslash. */
static void read_escape(struct reading *reading)
{
    char letter = peek(reading, 0);

    /* References, quoting and calls. */
    reading->is_lost |=
        letter == '\0' || strchr("QEgk", letter) || (letter >= '1' && letter <= '9');
    if (reading->is_lost)
        return;
    reading->at++;
    if (strchr("pPxoN", letter) && peek(reading, 0) == '{')
        while (reading->at < reading->end && *reading->at++ != '}')
            ;
    else if (letter == 'x')
        while (strchr("0123456789abcdefABCDEF", peek(reading, 0)) && peek(reading, 0))
            reading->at++;
    else if (letter == 'p' || letter == 'P')
        pass_over(reading);
}

static struct shape read_alternatives(struct reading *reading);

/* Behind the opening bracket of a group, to its end. */
static struct shape read_group(struct reading *reading)
{
    static const char *const arounds[] = {"?=", "?!", "?<=", "?<!"};
    bool is_around = false, is_atomic = accept(reading, "?>");
    struct shape shape;

    for (size_t i = 0; i < sizeof arounds / sizeof *arounds && !is_around; i++)
        is_around = accept(reading, arounds[i]);
    if (!is_around && !is_atomic && peek(reading, 0) == '?' && !accept(reading, "?:"))
        reading->is_lost = true; /* names, flags, conditions, calls */
    if (peek(reading, 0) == '*' || ++reading->depth > MAX_DEPTH)
        reading->is_lost = true;
    if (reading->is_lost)
        return (struct shape){0};
    shape = read_alternatives(reading);
    reading->depth--;
    if (!accept(reading, ")"))
        reading->is_lost = true;
    shape.may_be_empty |= is_around;
    shape.is_run &= !is_around && !is_atomic;
    return shape;
}

static struct shape read_item(struct reading *reading)
{
    struct shape shape = {0};

    if (accept(reading, "("))
        return repeat(reading, read_group(reading), true);
    if (accept(reading, "["))
        read_class(reading);
    else if (accept(reading, "\\"))
        read_escape(reading);
    else
        reading->at++;
    return repeat(reading, shape, false);
}

/* One part that is a run, and nothing else that must be there, is a run. */
static struct shape read_sequence(struct reading *reading)
{
    struct shape all = {.may_be_empty = true};
    size_t needed = 0, needed_runs = 0, runs = 0;

    for (skip(reading); !reading->is_lost && reading->at < reading->end && *reading->at != '|' &&
                        *reading->at != ')';
         skip(reading)) {
        struct shape item = read_item(reading);

        needed += !item.may_be_empty;
        needed_runs += !item.may_be_empty && item.is_run;
        runs += item.is_run;
    }
    all.may_be_empty = needed == 0;
    all.is_run = runs > 0 && needed == needed_runs && needed <= 1;
    return all;
}

static struct shape read_alternatives(struct reading *reading)
{
    struct shape all = {0};

    do {
        struct shape one = read_sequence(reading);

        all.may_be_empty |= one.may_be_empty;
        all.is_run |= one.is_run;
    } while (!reading->is_lost && accept(reading, "|"));
    return all;
}

bool doubling_is_likely(const struct regex *regex)
{
    struct reading reading = {.at = regex->text, .end = regex->text + regex->length};

    reading.is_extended = regex->flags & REGEX_EXTENDED;
    read_alternatives(&reading);
    return reading.doubles && !reading.is_lost && reading.at == reading.end;
}
