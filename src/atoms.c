#include "atoms.h"

#include "classes.h"
#include "fold.h"

#include <string.h>

/* What PCRE2 makes of a part takes at most this many bytes. */
#define WEIGHT_CHARACTER 12
#define WEIGHT_ITEM 10

static bool is_digit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool lose(struct cursor *cursor)
{
    cursor->lost = true;
    return false;
}

static bool ignored_space(unsigned char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

void atoms_skip(struct cursor *cursor)
{
    if (cursor->quoted && cursor->next == cursor->quoted) {
        cursor->next += cursor->next < cursor->end ? 2 : 0;
        cursor->quoted = NULL;
    }
    while (cursor->next < cursor->end && !cursor->quoted) {
        size_t left = (size_t)(cursor->end - cursor->next);

        if (left >= 3 && memcmp(cursor->next, "(?#", 3) == 0) {
            const unsigned char *close = memchr(cursor->next, ')', left);

            if (!close) {
                cursor->lost = true;
                return;
            }
            cursor->next = close + 1;
        } else if (cursor->extended && ignored_space(*cursor->next)) {
            cursor->next++;
        } else if (cursor->extended && *cursor->next == '#') {
            const unsigned char *line = memchr(cursor->next, '\n', left);

            cursor->next = line ? line + 1 : cursor->end;
        } else {
            return;
        }
    }
}

bool atoms_quantifier_follows(const struct cursor *cursor)
{
    struct cursor ahead = *cursor;

    atoms_skip(&ahead);
    if (ahead.quoted || ahead.next == ahead.end)
        return false;
    return *ahead.next == '*' || *ahead.next == '+' || *ahead.next == '?' || *ahead.next == '{';
}

bool atoms_number(struct cursor *cursor, uint32_t *number)
{
    const unsigned char *first = cursor->next;

    *number = 0;
    while (cursor->next < cursor->end && is_digit(*cursor->next) && *number <= UINT16_MAX)
        *number = *number * 10 + (uint32_t)(*cursor->next++ - '0');
    return cursor->next > first && *number <= UINT16_MAX;
}

bool atoms_empty(struct cursor *cursor, struct part *part)
{
    *part =
        (struct part){.weight = WEIGHT_ITEM, .starts_sign = true, .ends_sign = true, .signs = true};
    if (!alternatives_room(cursor->pool, 0) ||
        !alternatives_single(cursor->pool, 0, cursor->before, &part->exact))
        return lose(cursor);
    return true;
}

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

    *part = (struct part){.weight = WEIGHT_ITEM,
                          .line_start = start,
                          .line_end = !start,
                          .starts_sign = true,
                          .ends_sign = true,
                          .signs = true,
                          .context = start ? MARGIN_LINE : MARGIN_ANY};
    if (!byte)
        return lose(cursor);
    *byte = LINE_END;
    if (!alternatives_single(cursor->pool, 1, start ? MARGIN_LINE : cursor->before, &part->exact))
        return lose(cursor);
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
    if (!atoms_empty(cursor, part))
        return false;
    part->context = cursor->before > MARGIN_EDGE ? cursor->before : MARGIN_EDGE;
    part->exact.strings[0].before = (unsigned char)part->context;
    part->exact.strings[0].after = MARGIN_EDGE;
    return true;
}

/* Case can change a character's length: k and the Kelvin sign, s and the long s, and others. */
void atoms_bounds(const struct cursor *cursor, uint32_t character, uint32_t *least, uint32_t *most)
{
    unsigned char text[4];

    *least = *most = character < 0x80 ? 1 : (uint32_t)fold_encode(character, text);
    if (!cursor->caseless || character >= 0x10000)
        return;
    if (character >= 0x80) {
        *least = character == LONG_S || character == KELVIN ? 1 : 2;
        *most = 3;
    } else if ((character | 0x20) == 'k') {
        *most = 3;
    } else if ((character | 0x20) == 's') {
        *most = 2;
    }
}

static bool hexadecimal(struct cursor *cursor, uint32_t *character)
{
    bool braces = cursor->next < cursor->end && *cursor->next == '{';
    unsigned digits = 0, limit = braces ? 6 : 2;

    *character = 0;
    cursor->next += braces;
    for (; cursor->next < cursor->end && digits < limit; digits++, cursor->next++) {
        unsigned char byte = *cursor->next, letter = byte | 0x20;

        if (is_digit(byte))
            *character = *character << 4 | (uint32_t)(byte - '0');
        else if (letter >= 'a' && letter <= 'f')
            *character = *character << 4 | (uint32_t)(letter - 'a' + 10);
        else
            break;
    }
    if (digits == 0 || *character > 0x10FFFF || (*character >= 0xD800 && *character < 0xE000))
        return lose(cursor);
    if (braces && (cursor->next == cursor->end || *cursor->next++ != '}'))
        return lose(cursor);
    return true;
}

bool atoms_escaped(struct cursor *cursor, uint32_t *character)
{
    static const char letters[] = "aefnrt", meanings[] = "\a\033\f\n\r\t";
    const char *letter;
    unsigned char byte;

    if (cursor->end - cursor->next < 2)
        return lose(cursor);
    byte = cursor->next[1];
    if (byte == 'x') {
        cursor->next += 2;
        return hexadecimal(cursor, character);
    }
    letter = byte ? strchr(letters, byte) : NULL;
    if (letter) {
        cursor->next += 2;
        *character = (unsigned char)meanings[letter - letters];
        return true;
    }
    if (byte >= 0x80 || is_digit(byte) || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'))
        return false;
    cursor->next += 2;
    *character = byte;
    return true;
}

/* Reads one character that stands for itself, or leaves the cursor where it is. */
static bool literal(struct cursor *cursor, uint32_t *character)
{
    const unsigned char *end = cursor->quoted ? cursor->quoted : cursor->end;
    size_t length;

    if (cursor->next >= end)
        return false;
    if (!cursor->quoted) {
        switch (*cursor->next) {
        case '\\':
            return atoms_escaped(cursor, character);
        case '^':
        case '$':
        case '.':
        case '[':
        case '|':
        case '(':
        case ')':
        case '*':
        case '+':
        case '?':
            return false;
        case '{': /* later versions read more than {n,m} as a quantifier */
            if (end - cursor->next > 1 && is_digit(cursor->next[1]))
                return false;
            if (end - cursor->next > 1 &&
                (cursor->next[1] == ',' || ignored_space(cursor->next[1])))
                return lose(cursor);
            break;
        case '#':
            if (cursor->extended)
                return false;
            break;
        default:
            if (cursor->extended && ignored_space(*cursor->next))
                return false;
            break;
        }
    }
    length = fold_decode(cursor->next, (size_t)(end - cursor->next), character);
    if (length == 0)
        return lose(cursor);
    /* Some signs and spaces beyond ASCII are skipped in extended syntax. */
    if (cursor->extended && !cursor->quoted && *character >= 0x80 &&
        (*character == 0x85 || *character == 0x200E || *character == 0x200F ||
         *character == 0x2028 || *character == 0x2029))
        return lose(cursor);
    cursor->next += length;
    return true;
}

static bool unlisted(struct cursor *cursor, uint32_t character, struct part *part)
{
    uint32_t least, most;

    atoms_bounds(cursor, character, &least, &most);
    some(part, least, most);
    part->weight = WEIGHT_CHARACTER;
    return true;
}

/*
 * As many characters as stand for themselves and fit a literal. The last one is left for the next
 * part if a quantifier follows it. False if there are none.
 */
static bool run(struct cursor *cursor, struct part *part)
{
    unsigned char *text = alternatives_room(cursor->pool, LITERAL_MAX_LENGTH);
    const unsigned char *last_next = cursor->next;
    struct part before_last;
    size_t length = 0, last_length = 0, count = 0;

    if (!text)
        return lose(cursor);
    *part = (struct part){.repeatable = true};
    before_last = *part;
    while (length <= LITERAL_MAX_LENGTH - 4) {
        const unsigned char *next = cursor->next;
        uint32_t character, least, most;

        if (!literal(cursor, &character))
            break;
        if (cursor->caseless && character >= 0x80 && !fold_certain(character)) {
            if (count == 0)
                return unlisted(cursor, character, part);
            cursor->next = next;
            break;
        }
        last_next = next;
        last_length = length;
        before_last = *part;
        atoms_bounds(cursor, character, &least, &most);
        part->min_length += least;
        part->max_length += most;
        part->characters++;
        part->weight += WEIGHT_CHARACTER;
        if (character < 0x80)
            text[length++] = (unsigned char)fold_character(character);
        else
            length += fold_encode(fold_character(character), text + length);
        count++;
    }
    if (cursor->lost || count == 0)
        return false;
    if (count > 1 && atoms_quantifier_follows(cursor)) {
        *part = before_last;
        length = last_length;
        cursor->next = last_next;
    }
    part->starts_sign = !alternatives_is_word(text[0]);
    part->ends_sign = !alternatives_is_word(text[length - 1]);
    part->signs = true;
    for (size_t i = 0; i < length; i++)
        part->signs = part->signs && !alternatives_is_word(text[i]);
    if (!alternatives_single(cursor->pool, length, cursor->before, &part->exact))
        return lose(cursor);
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
    return at > cursor->next || lose(cursor);
}

/* A reference to a group by a name or a number in some kind of brackets. */
static bool named_reference(struct cursor *cursor, struct part *part)
{
    static const char open[] = "{<'", close[] = "}>'";
    const unsigned char *end;
    const char *bracket;

    if (cursor->next == cursor->end || *cursor->next == '\0')
        return lose(cursor);
    bracket = strchr(open, *cursor->next);
    if (!bracket)
        return lose(cursor);
    end = memchr(cursor->next + 1, close[bracket - open], (size_t)(cursor->end - cursor->next) - 1);
    if (!end)
        return lose(cursor);
    cursor->next = end + 1;
    cursor->certain = false;
    return some(part, 0, LITERALS_UNBOUNDED);
}

static bool backreference(struct cursor *cursor, struct part *part)
{
    unsigned group = (unsigned)(cursor->next[-1] - '0');

    /* Two digits may be a group or a character's number in octal. */
    if (group == 0 || (cursor->next < cursor->end && is_digit(*cursor->next)))
        return lose(cursor);
    if (group > cursor->references)
        cursor->references = group;
    return some(part, 0, LITERALS_UNBOUNDED);
}

/* Escapes that stand for no single character; the cursor is at the backslash. */
static bool escape(struct cursor *cursor, struct part *part)
{
    unsigned char letter;

    if (cursor->end - cursor->next < 2)
        return lose(cursor);
    letter = cursor->next[1];
    if (letter == 'Q')
        return starts_quote(cursor) && run(cursor, part);
    cursor->next += 2;
    switch (letter) {
    case 'K': /* refused inside of an assertion */
        cursor->certain = false;
        return atoms_empty(cursor, part);
    case 'A': /* \A and \z hold beside an invalid byte, too, where ^ and $ do not */
    case 'z':
    case 'Z':
    case 'B':
    case 'G':
        return atoms_empty(cursor, part);
    case 'b':
        return edge(cursor, part);
    case 'R':
        some(part, 1, 3);
        part->characters = PART_VARIES;
        return signs(part);
    case 'X':
        return some(part, 1, LITERALS_UNBOUNDED);
    case 'g':
    case 'k':
        return named_reference(cursor, part);
    default:
        if (is_digit(letter))
            return backreference(cursor, part);
        cursor->next -= 2;
        if (!classes_escape(cursor))
            return lose(cursor);
        some(part, 1, 4);
        return !classes_is_sign(letter) || signs(part);
    }
}

bool atoms_read(struct cursor *cursor, struct part *part)
{
    if (run(cursor, part))
        return true;
    if (cursor->lost || cursor->next == cursor->end)
        return lose(cursor);
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
        return lose(cursor);
    }
}
