#include "regex/atoms.h"

#include "regex/characters.h"
#include "regex/classes.h"
#include "regex/digits.h"
#include "regex/opening.h"

#include <string.h>

/* What PCRE2 makes of a part takes at most this many bytes, a quantifier's copies of it and what it
 * wraps around them included. */
#define WEIGHT_ITEM 20

/* One or more characters of which nothing is known but their length. */
static bool some(struct part *part, uint32_t min_length, uint32_t max_length)
{
    *part = (struct part){.min_length = min_length,
                          .max_length = max_length,
                          .characters = max_length <= 4 && min_length > 0 ? 1 : PART_VARIES,
                          .weight = WEIGHT_ITEM,
                          .repeatable = true};
    return true;
}

static bool anchor(struct cursor *cursor, struct part *part, bool start)
{
    unsigned char *byte = alternatives_room(cursor->pool, 1);

    *part = (struct part){.barred = OPENING_WORD,
                          .weight = WEIGHT_ITEM,
                          .line_start = start,
                          .line_end = !start,
                          .starts_sign = true,
                          .ends_sign = true,
                          .signs = true,
                          .context = start ? MARGIN_LINE : MARGIN_ANY};
    if (!byte)
        return cursor_lose(cursor);
    *byte = LITERAL_LINE_END;
    if (!alternatives_single(cursor->pool, 1, start ? MARGIN_LINE : cursor->before, &part->exact))
        return cursor_lose(cursor);
    if (!start)
        alternatives_follow(&part->exact, MARGIN_LINE);
    part->exact.line_start = start;
    part->exact.line_end = !start;
    return true;
}

/* Characters that are none of a word's. */
static bool signs(struct part *part)
{
    part->starts_sign = part->ends_sign = part->signs = true;
    return true;
}

/* \b: a word byte on one side has none on the other. */
static bool edge(struct cursor *cursor, struct part *part)
{
    if (!cursor_empty(cursor, part))
        return false;
    part->context = cursor->before > MARGIN_EDGE ? (unsigned char)cursor->before : MARGIN_EDGE;
    part->exact.strings[0].before = part->context;
    part->exact.strings[0].after = MARGIN_EDGE;
    return true;
}

static bool starts_quote(struct cursor *cursor)
{
    const unsigned char *at = cursor->next + 2;

    cursor->next = at;
    for (; cursor->end - at >= 2; at++) {
        if (at[0] == '\\' && at[1] == 'E')
            break;
    }
    if (cursor->end - at < 2)
        at = cursor->end;
    cursor->quoted = at;
    /* Nothing quoted: a quantifier then belongs to what stood before. */
    return at > cursor->next || cursor_lose(cursor);
}

/* A reference to a group by a name or a number in some kind of brackets. */
static bool named_reference(struct cursor *cursor, struct part *part)
{
    static const char open[] = "{<'", close[] = "}>'";
    const unsigned char *end;
    const char *bracket;

    if (cursor_peek(cursor) == '\0')
        return cursor_lose(cursor);
    bracket = strchr(open, *cursor->next);
    if (!bracket)
        return cursor_lose(cursor);
    end = memchr(cursor->next + 1, close[bracket - open], (size_t)(cursor->end - cursor->next) - 1);
    if (!end)
        return cursor_lose(cursor);
    cursor->next = end + 1;
    cursor->certain = false;
    return some(part, 0, REGEX_UNBOUNDED);
}

static bool backreference(struct cursor *cursor, struct part *part)
{
    unsigned group = (unsigned)(cursor->next[-1] - '0');

    /* Two digits may be a group or a character's number in octal. */
    if (group == 0 || cursor_is_digit(cursor_peek(cursor)))
        return cursor_lose(cursor);
    if (group > cursor->references)
        cursor->references = group;
    return some(part, 0, REGEX_UNBOUNDED);
}

/* Escapes that stand for no single character; the cursor is at the backslash. */
static bool escape(struct cursor *cursor, struct part *part)
{
    const unsigned char *text = cursor->next;
    unsigned char letter;

    if (cursor->end - text < 2)
        return cursor_lose(cursor);
    letter = text[1];
    if (letter == 'Q')
        return starts_quote(cursor) && characters_read(cursor, part);
    cursor->next += 2;
    switch (letter) {
    case 'K': /* refused inside of an assertion */
        cursor->certain = false;
        return cursor_empty(cursor, part);
    case 'A': /* \A and \z hold beside an invalid byte, too, where ^ and $ do not */
    case 'z':
    case 'Z':
    case 'B':
    case 'G':
        return cursor_empty(cursor, part);
    case 'b':
        return edge(cursor, part);
    case 'R':
        some(part, 1, 3);
        part->characters = PART_VARIES;
        return signs(part);
    case 'X':
        return some(part, 1, REGEX_UNBOUNDED);
    case 'g':
    case 'k':
        return named_reference(cursor, part);
    default:
        if (cursor_is_digit(letter))
            return backreference(cursor, part);
        cursor->next -= 2;
        if (!classes_escape(cursor))
            return cursor_lose(cursor);
        some(part, 1, 4);
        part->barred = ~opening_of_escape(text, (size_t)(cursor->next - text), cursor->caseless);
        part->digits = digits_are_escape(text, (size_t)(cursor->next - text));
        return !classes_is_sign(letter) || signs(part);
    }
}

/* It stands for no character, whatever the syntax. */
static bool is_special(const struct cursor *cursor)
{
    switch (*cursor->next) {
    case '^':
    case '$':
    case '.':
    case '[':
        return true;
    case '\\':
        return characters_is_set(cursor->next, (size_t)(cursor->end - cursor->next));
    default:
        return false;
    }
}

bool atoms_read(struct cursor *cursor, struct part *part)
{
    if ((cursor->quoted || cursor_at_end(cursor) || !is_special(cursor)) &&
        characters_read(cursor, part))
        return true;
    if (cursor->lost || cursor_at_end(cursor))
        return cursor_lose(cursor);
    switch (*cursor->next) {
    case '\\':
        return escape(cursor, part);
    case '[':
        return classes_read(cursor, part);
    case '.':
        cursor->next++;
        return some(part, 1, 4);
    case '^':
        cursor->next++;
        return anchor(cursor, part, true);
    case '$':
        cursor->next++;
        return anchor(cursor, part, false);
    default:
        return cursor_lose(cursor);
    }
}
