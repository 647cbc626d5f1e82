#include "regex/cursor.h"

#include "base/utf8.h"
#include "regex/opening.h"

#include <string.h>

/* What PCRE2 makes of it takes at most this many bytes. */
#define WEIGHT_EMPTY 20

/* Moves to END, where a comment ends. Nobody else reads its bytes and sees whether they are UTF-8.
 */
static void skip_comment(struct cursor *cursor, const unsigned char *end)
{
    if (!utf8_is_valid((const char *)cursor->next, (size_t)(end - cursor->next)))
        cursor->lost = true;
    cursor->next = end;
}

void cursor_skip_slowly(struct cursor *cursor)
{
    if (cursor->quoted && cursor->next == cursor->quoted) {
        cursor->next += cursor->next < cursor->end ? 2 : 0;
        cursor->quoted = NULL;
    }
    while (!cursor_at_end(cursor) && !cursor->quoted) {
        size_t left = (size_t)(cursor->end - cursor->next);

        if (left >= 3 && memcmp(cursor->next, "(?#", 3) == 0) {
            const unsigned char *close = memchr(cursor->next, ')', left);

            if (!close) {
                cursor->lost = true;
                return;
            }
            skip_comment(cursor, close + 1);
        } else if (cursor->extended && cursor_is_space(*cursor->next)) {
            cursor->next++;
        } else if (cursor->extended && *cursor->next == '#') {
            const unsigned char *line = memchr(cursor->next, '\n', left);

            skip_comment(cursor, line ? line + 1 : cursor->end);
        } else {
            return;
        }
    }
}

bool cursor_quantifier_follows_behind(const struct cursor *cursor)
{
    struct cursor ahead = *cursor;

    cursor_skip_slowly(&ahead);
    return !ahead.quoted && cursor_is_quantifier(cursor_peek(&ahead));
}

/* Reads digits: false if there are none or the number is above 65535, PCRE2's limit. */
static bool read_number(struct cursor *cursor, uint32_t *number)
{
    const unsigned char *first = cursor->next;

    *number = 0;
    while (cursor_is_digit(cursor_peek(cursor)) && *number <= UINT16_MAX)
        *number = *number * 10 + (uint32_t)(*cursor->next++ - '0');
    return cursor->next > first && *number <= UINT16_MAX;
}

/* {n}, {n,} or {n,m}; the cursor is behind the brace. */
static bool read_counts(struct cursor *cursor, uint32_t *least, uint32_t *most)
{
    if (!read_number(cursor, least))
        return false;
    *most = *least;
    if (cursor_accept(cursor, ',')) {
        *most = UINT32_MAX;
        if (cursor_peek(cursor) != '}' && !read_number(cursor, most))
            return false;
    }
    return cursor_accept(cursor, '}') && *least <= *most;
}

bool cursor_quantifier(struct cursor *cursor, bool repeatable, uint32_t *least, uint32_t *most)
{
    *least = *most = 1;
    if (!cursor_quantifier_follows(cursor))
        return true;
    cursor_skip(cursor);
    /* A brace that opens no quantifier stands for itself. */
    if (*cursor->next == '{' &&
        (cursor->end - cursor->next < 2 || !cursor_is_digit(cursor->next[1])))
        return true;
    if (!repeatable)
        return cursor_lose(cursor);
    switch (*cursor->next++) {
    case '*':
        *least = 0;
        *most = UINT32_MAX;
        break;
    case '+':
        *most = UINT32_MAX;
        break;
    case '?':
        *least = 0;
        break;
    default:
        if (!read_counts(cursor, least, most))
            return cursor_lose(cursor);
        break;
    }
    if (!cursor_accept(cursor, '+'))
        cursor_accept(cursor, '?');
    return !cursor_quantifier_follows(cursor) || cursor_lose(cursor);
}

bool cursor_flags(struct cursor *cursor)
{
    bool on = true;

    for (; !cursor_at_end(cursor); cursor->next++) {
        switch (*cursor->next) {
        case 'i':
            cursor->caseless = on;
            break;
        case 'x':
            if (cursor->next[-1] == 'x') /* white space in classes, too */
                return cursor_lose(cursor);
            cursor->extended = on;
            break;
        case 'm':
        case 's':
            break;
        case '-':
            if (!on)
                return cursor_lose(cursor);
            on = false;
            break;
        case ')':
        case ':':
            return true;
        default:
            return cursor_lose(cursor);
        }
    }
    return cursor_lose(cursor);
}

bool cursor_empty(struct cursor *cursor, struct part *part)
{
    *part = (struct part){.barred = OPENING_WORD,
                          .weight = WEIGHT_EMPTY,
                          .starts_sign = true,
                          .ends_sign = true,
                          .signs = true};
    return (alternatives_room(cursor->pool, 0) &&
            alternatives_single(cursor->pool, 0, cursor->before, &part->exact)) ||
           cursor_lose(cursor);
}
