#include "regex/characters.h"

#include "base/ascii.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "regex/digits.h"
#include "regex/opening.h"

#include <string.h>

/* What PCRE2 makes of a character takes at most its own bytes and these, or these with a
 * quantifier's copies of it and what is wrapped around them. */
#define WEIGHT_CHARACTER 2
#define WEIGHT_REPEATED 24

#define ROOM (LITERAL_MAX_LENGTH - 4) /* that a literal may fill before the last character */

/* How each ASCII character is folded that stands for nothing but itself; 0 for any other byte. */
static const unsigned char plain[0x100] =
    "\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20\21\22\23\24\25\26\27\30\31\32\33\34\35\36\37"
    " !\"#\0%&'\0\0\0\0,-\0/0123456789:;<=>\0"
    "@abcdefghijklmnopqrstuvwxyz\0\0]\0_"
    "`abcdefghijklmnopqrstuvwxyz\0\0}~\177";

static const char escaped_letters[] = "xaefnrt", meanings[] = "\a\033\f\n\r\t";

bool characters_is_plain(unsigned char byte)
{
    return plain[byte] != 0;
}

/* Case can change a character's length: k and the Kelvin sign, s and the long s, and others. */
static void bounds(const struct cursor *cursor, uint32_t character, uint32_t *least, uint32_t *most)
{
    unsigned char text[4];

    if (character < 0x80) {
        *least = *most = 1;
        if (cursor->caseless)
            *most += (character | 0x20) == 'k' ? 2u : (character | 0x20) == 's';
        return;
    }
    *least = *most = (uint32_t)utf8_encode(character, text);
    if (cursor->caseless && character < 0x10000) {
        *least = character == FOLD_LONG_S || character == FOLD_KELVIN ? 1 : 2;
        *most = 3;
    }
}

static bool hexadecimal(struct cursor *cursor, uint32_t *character)
{
    bool braces = cursor_accept(cursor, '{');
    unsigned digits = 0, limit = braces ? 6 : 2;

    *character = 0;
    for (; !cursor_at_end(cursor) && digits < limit; digits++, cursor->next++) {
        unsigned char byte = *cursor->next, letter = byte | 0x20;

        if (cursor_is_digit(byte))
            *character = *character << 4 | (uint32_t)(byte - '0');
        else if (letter >= 'a' && letter <= 'f')
            *character = *character << 4 | (uint32_t)(letter - 'a' + 10);
        else
            break;
    }
    if (digits == 0 || *character > 0x10FFFF || (*character >= 0xD800 && *character < 0xE000))
        return cursor_lose(cursor);
    return !braces || cursor_accept(cursor, '}') || cursor_lose(cursor);
}

bool characters_is_set(const unsigned char *escape, size_t length)
{
    unsigned char letter = length > 1 ? escape[1] | 0x20 : 0;

    if (length > 1 && cursor_is_digit(escape[1]))
        return true;
    return ascii_is_letter(letter) && !strchr(escaped_letters, escape[1]);
}

bool characters_escaped(struct cursor *cursor, uint32_t *character)
{
    const char *letter;
    unsigned char byte;

    if (cursor->end - cursor->next < 2)
        return cursor_lose(cursor);
    byte = cursor->next[1];
    if (byte == 'x') {
        cursor->next += 2;
        return hexadecimal(cursor, character);
    }
    letter = byte ? strchr(escaped_letters + 1, byte) : NULL;
    if (letter) {
        cursor->next += 2;
        *character = (unsigned char)meanings[letter - escaped_letters - 1];
        return true;
    }
    if (byte >= 0x80 || cursor_is_digit(byte) || ascii_is_letter(byte))
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
            return characters_escaped(cursor, character);
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
            if (end - cursor->next > 1 && cursor_is_digit(cursor->next[1]))
                return false;
            if (end - cursor->next > 1 &&
                (cursor->next[1] == ',' || cursor_is_space(cursor->next[1])))
                return cursor_lose(cursor);
            break;
        case '#':
            if (cursor->extended)
                return false;
            break;
        default:
            if (cursor->extended && cursor_is_space(*cursor->next))
                return false;
            break;
        }
    }
    length = utf8_decode(cursor->next, (size_t)(end - cursor->next), character);
    if (length == 0)
        return cursor_lose(cursor);
    /* Some signs and spaces beyond ASCII are skipped in extended syntax. */
    if (cursor->extended && !cursor->quoted && *character >= 0x80 &&
        (*character == 0x85 || *character == 0x200E || *character == 0x200F ||
         *character == 0x2028 || *character == 0x2029))
        return cursor_lose(cursor);
    cursor->next += length;
    return true;
}

/* Characters that stand for themselves, as they are read. */
struct characters {
    unsigned char *text; /* folded */
    size_t length;
    uint32_t count;
    uint32_t min_length;
    uint32_t max_length;
    bool is_unlisted; /* the next character may have a case that folds otherwise */
    const unsigned char *last;
    size_t last_length; /* before the last one */
    uint32_t last_least;
    uint32_t last_most;
};

/* False if none is next. */
static bool read_character(struct cursor *cursor, struct characters *characters)
{
    const unsigned char *next = cursor->next;
    unsigned char *text = characters->text + characters->length;
    uint32_t character;

    if (next < cursor->end && characters_is_plain(*next) && !cursor->quoted && !cursor->extended)
        character = *cursor->next++;
    else if (!literal(cursor, &character))
        return false;
    if (cursor->caseless && character >= 0x80 && !fold_certain(character)) {
        characters->is_unlisted = true;
        cursor->next = next;
        return false;
    }
    bounds(cursor, character, &characters->last_least, &characters->last_most);
    characters->last = next;
    characters->last_length = characters->length;
    characters->length += utf8_encode(fold_character(character), text);
    characters->count++;
    characters->min_length += characters->last_least;
    characters->max_length += characters->last_most;
    return true;
}

static bool unlisted(struct cursor *cursor, struct part *part)
{
    uint32_t character, least, most;

    if (!literal(cursor, &character))
        return cursor_lose(cursor);
    bounds(cursor, character, &least, &most);
    *part = (struct part){.min_length = least,
                          .max_length = most,
                          .characters = 1,
                          .weight = WEIGHT_REPEATED,
                          .repeatable = true};
    return true;
}

/* Makes a part of the text that was read into the pool's room. */
static bool finish(struct cursor *cursor, struct part *part, size_t length)
{
    const struct literal *string;

    if (!alternatives_single(cursor->pool, length, cursor->before, &part->exact))
        return cursor_lose(cursor);
    string = part->exact.strings;
    part->required.count = 0;
    part->barred = ~opening_of_folded(string->bytes, string->length);
    part->digits = digits_of_string(string->bytes, string->length);
    part->digits_around = 0;
    part->rarity = part->besides_rarity = 0;
    part->context = MARGIN_ANY;
    part->line_start = part->line_end = false;
    part->starts_sign = !(string->words & 1);
    part->ends_sign = !(string->words >> (length - 1) & 1);
    part->signs = !string->words;
    part->repeatable = true;
    part->grouped = false;
    return true;
}

/* Bytes that the other case of a folded character takes more than it does. */
static const unsigned char more_bytes[0x100] = {['s'] = 1, ['k'] = 2};

bool characters_read_plain(struct cursor *cursor, struct part *part)
{
    const unsigned char *next = cursor->next;
    unsigned char *text = alternatives_room(cursor->pool, LITERAL_MAX_LENGTH);
    size_t left = (size_t)(cursor->end - next), room = left <= ROOM ? left : ROOM + 1, count = 0;
    unsigned char stop = '\0';
    uint32_t more = 0;
    bool is_repeated;

    if (cursor->quoted || cursor->extended || !text)
        return false;
    for (; count < room && characters_is_plain(next[count]); count++) {
        text[count] = plain[next[count]];
        more += more_bytes[text[count]];
    }
    if (count < left)
        stop = next[count];
    /* It may go on, or a comment stand before its quantifier. */
    if (count == 0 || (count <= ROOM && stop >= 0x80) || stop == '{' ||
        (count <= ROOM && stop == '\\' && !characters_is_set(next + count, left - count)) ||
        (stop == '(' && left - count > 2 && next[count + 1] == '?' && next[count + 2] == '#'))
        return false;
    is_repeated = stop == '*' || stop == '+' || stop == '?';
    if (is_repeated && count > 1) {
        more -= more_bytes[text[--count]];
        is_repeated = false;
    }
    part->weight = is_repeated ? WEIGHT_REPEATED : (WEIGHT_CHARACTER + 1) * (uint32_t)count;
    part->min_length = (uint32_t)count;
    part->max_length = (uint32_t)count + (cursor->caseless ? more : 0);
    part->characters = (uint32_t)count;
    cursor->next += count;
    return finish(cursor, part, count);
}

bool characters_read(struct cursor *cursor, struct part *part)
{
    const unsigned char *first = cursor->next;
    struct characters read = {0};
    bool is_repeated;

    if (characters_read_plain(cursor, part))
        return true;
    read.text = alternatives_room(cursor->pool, LITERAL_MAX_LENGTH);
    if (!read.text || cursor->lost)
        return cursor_lose(cursor);
    while (read.length <= ROOM && read_character(cursor, &read))
        ;
    if (cursor->lost || read.count == 0)
        return !cursor->lost && read.is_unlisted && unlisted(cursor, part);
    is_repeated = cursor_quantifier_follows(cursor);
    if (is_repeated && read.count > 1) {
        cursor->next = read.last;
        read.length = read.last_length;
        read.count--;
        read.min_length -= read.last_least;
        read.max_length -= read.last_most;
        is_repeated = false;
    }
    part->min_length = read.min_length;
    part->max_length = read.max_length;
    part->characters = read.count;
    part->weight = is_repeated ? WEIGHT_REPEATED
                               : WEIGHT_CHARACTER * read.count + (uint32_t)(cursor->next - first);
    return finish(cursor, part, read.length);
}
