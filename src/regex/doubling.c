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
    struct cursor cursor;
    bool doubles;
    unsigned depth;
};

/* The next character, or NUL. */
static char peek(const struct reading *reading)
{
    return (char)cursor_peek(&reading->cursor);
}

/* Passes over a character, if there is one. */
static void pass_over(struct reading *reading)
{
    reading->cursor.next += !cursor_at_end(&reading->cursor);
}

static bool accept(struct reading *reading, const char *text)
{
    struct cursor *cursor = &reading->cursor;
    size_t length = strlen(text);

    if ((size_t)(cursor->end - cursor->next) < length || memcmp(cursor->next, text, length) != 0)
        return false;
    cursor->next += length;
    return true;
}

/* Passes over characters up to one, or to the end. */
static void pass_up_to(struct reading *reading, char last)
{
    while (!cursor_at_end(&reading->cursor) && peek(reading) != last)
        reading->cursor.next++;
}

/* Reads what repeats the part before, and how that makes it look. */
static struct shape repeat(struct reading *reading, struct shape part, bool is_group)
{
    struct cursor *cursor = &reading->cursor;
    const unsigned char *first;
    uint32_t least, most;
    bool is_unbounded, is_possessive;

    cursor_skip(cursor);
    first = cursor->next;
    if (!cursor_quantifier(cursor, true, &least, &most) || cursor->next == first)
        return part;
    is_unbounded = most == UINT32_MAX;
    is_possessive = cursor->next - first > 1 && cursor->next[-1] == '+';
    if (is_unbounded && !is_possessive && is_group && part.is_run)
        reading->doubles = true;
    part.may_be_empty |= least == 0;
    part.is_run = !is_possessive && (is_unbounded || part.is_run);
    return part;
}

/* Behind the opening bracket of a class, to its end. */
static void read_class(struct reading *reading)
{
    accept(reading, "^");
    accept(reading, "]");
    while (!cursor_at_end(&reading->cursor) && peek(reading) != ']') {
        if (accept(reading, "[:"))
            pass_up_to(reading, ']');
        else
            accept(reading, "\\");
        pass_over(reading);
    }
    accept(reading, "]");
}

/* Behind a backslash. */
static void read_escape(struct reading *reading)
{
    char letter = peek(reading);

    /* References, quoting and calls. */
    if (letter == '\0' || strchr("QEgk", letter) || (letter >= '1' && letter <= '9')) {
        cursor_lose(&reading->cursor);
        return;
    }
    pass_over(reading);
    if (strchr("pPxoN", letter) && peek(reading) == '{') {
        pass_up_to(reading, '}');
        pass_over(reading);
    } else if (letter == 'x') {
        while (peek(reading) && strchr("0123456789abcdefABCDEF", peek(reading)))
            pass_over(reading);
    } else if (letter == 'p' || letter == 'P') {
        pass_over(reading);
    }
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
    if (!is_around && !is_atomic && peek(reading) == '?' && !accept(reading, "?:"))
        cursor_lose(&reading->cursor); /* names, flags, conditions, calls */
    if (peek(reading) == '*' || ++reading->depth > MAX_DEPTH)
        cursor_lose(&reading->cursor);
    if (reading->cursor.lost)
        return (struct shape){0};
    shape = read_alternatives(reading);
    reading->depth--;
    if (!accept(reading, ")"))
        cursor_lose(&reading->cursor);
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
        pass_over(reading);
    return repeat(reading, shape, false);
}

static bool is_at_branch_end(const struct reading *reading)
{
    return cursor_at_end(&reading->cursor) || peek(reading) == '|' || peek(reading) == ')';
}

/* One part that is a run, and nothing else that must be there, is a run. */
static struct shape read_sequence(struct reading *reading)
{
    struct shape all;
    size_t needed = 0, needed_runs = 0, runs = 0;

    cursor_skip(&reading->cursor);
    while (!reading->cursor.lost && !is_at_branch_end(reading)) {
        struct shape item = read_item(reading);

        needed += !item.may_be_empty;
        needed_runs += !item.may_be_empty && item.is_run;
        runs += item.is_run;
        cursor_skip(&reading->cursor);
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
    } while (!reading->cursor.lost && accept(reading, "|"));
    return all;
}

bool doubling_is_likely(const struct regex *regex)
{
    struct reading reading = {0};

    reading.cursor.next = (const unsigned char *)regex->text;
    reading.cursor.end = reading.cursor.next + regex->length;
    reading.cursor.extended = regex->flags & REGEX_EXTENDED;
    read_alternatives(&reading);
    return reading.doubles && !reading.cursor.lost && cursor_at_end(&reading.cursor);
}
