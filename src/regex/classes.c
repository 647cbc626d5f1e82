#include "regex/classes.h"

#include "base/fold.h"
#include "base/utf8.h"
#include "regex/characters.h"
#include "regex/digits.h"
#include "regex/opening.h"

#include <string.h>

/* A larger class is not listed: it would multiply the literals for next to nothing. */
#define LISTED 8
#define WEIGHT_CLASS 64
#define WEIGHT_RANGE 12
#define WEIGHT_TYPE 56 /* \h is a dozen ranges */
/* No range has more other cases than this many characters. */
#define MOST_CASES 3000

struct class
{
    uint32_t characters[LISTED];
    size_t count; /* of different ones; above LISTED they are not listed */
    bool types;   /* holds \d, [:alpha:] and such */
    bool wide;    /* holds characters beyond ASCII */
    bool signs;   /* holds nothing that folds to a word byte */
    bool words;   /* holds all of \w */
    bool digits;  /* holds nothing but digits */
    uint32_t weight;
    uint32_t openings; /* traits of its characters (opening.h) */
};

static const char *const property_names[] = {
    "Any",        "L",        "L&",    "Ll",     "Lm",       "Lo",      "Lt",       "Lu",
    "M",          "Mc",       "Me",    "Mn",     "N",        "Nd",      "Nl",       "No",
    "P",          "Pc",       "Pd",    "Pe",     "Pf",       "Pi",      "Po",       "Ps",
    "S",          "Sc",       "Sk",    "Sm",     "So",       "Z",       "Zl",       "Zp",
    "Zs",         "C",        "Cc",    "Cf",     "Cn",       "Co",      "Xan",      "Xps",
    "Xsp",        "Xuc",      "Xwd",   "Arabic", "Armenian", "Bengali", "Common",   "Cyrillic",
    "Devanagari", "Georgian", "Greek", "Han",    "Hangul",   "Hebrew",  "Hiragana", "Katakana",
    "Latin",      "Tamil",    "Thai",
};

static const char *const posix_names[] = {
    "alpha", "lower", "upper", "alnum", "ascii", "blank", "cntrl",
    "digit", "graph", "print", "punct", "space", "word",  "xdigit",
};

#define NAMES(table) (table), sizeof(table) / sizeof *(table)

static bool listed(const char *const *names, size_t count, const unsigned char *name, size_t length)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
            return true;
    }
    return false;
}

/* The cursor is behind \p or \P. */
static bool property(struct cursor *cursor)
{
    const unsigned char *name = cursor->next, *close;

    if (name == cursor->end)
        return cursor_lose(cursor);
    if (*name != '{') {
        cursor->next++;
        if (!listed(NAMES(property_names), name, 1))
            cursor->certain = false;
        return true;
    }
    close = memchr(name, '}', (size_t)(cursor->end - name));
    if (!close)
        return cursor_lose(cursor);
    cursor->next = close + 1;
    name++;
    if (name < close && *name == '^')
        name++;
    if (!listed(NAMES(property_names), name, (size_t)(close - name)))
        cursor->certain = false;
    return true;
}

bool classes_escape(struct cursor *cursor)
{
    unsigned char letter;

    if (cursor->end - cursor->next < 2)
        return false;
    letter = cursor->next[1];
    switch (letter) {
    case 'p':
    case 'P':
        cursor->next += 2;
        return property(cursor);
    case 'N': /* \N{...} is a character or a quantifier */
        if (cursor->end - cursor->next > 2 && cursor->next[2] == '{')
            return cursor_lose(cursor);
        cursor->next += 2;
        return true;
    case 'd':
    case 'D':
    case 'h':
    case 'H':
    case 's':
    case 'S':
    case 'v':
    case 'V':
    case 'w':
    case 'W':
        cursor->next += 2;
        return true;
    default:
        return false;
    }
}

bool classes_is_sign(unsigned char letter)
{
    return letter == 'W' || letter == 's' || letter == 'h' || letter == 'v';
}

static void add_character(struct class *class, uint32_t character)
{
    for (size_t i = 0; i < class->count && i < LISTED; i++) {
        if (class->characters[i] == character)
            return;
    }
    if (class->count < LISTED)
        class->characters[class->count] = character;
    if (class->count <= LISTED)
        class->count++;
}

static bool folds_to_word(uint32_t first, uint32_t last)
{
    for (uint32_t c = first; c <= last && c < 0x80; c++) {
        if (literal_is_word((unsigned char)c))
            return true;
    }
    return (first <= FOLD_LONG_S && last >= FOLD_LONG_S) ||
           (first <= FOLD_KELVIN && last >= FOLD_KELVIN);
}

static bool add_range(struct cursor *cursor, struct class *class, uint32_t first, uint32_t last)
{
    uint32_t span;

    if (first > last)
        return cursor_lose(cursor);
    span = last - first;
    for (uint32_t i = 0; i <= span && i <= LISTED; i++)
        add_character(class, first + i);
    if (last >= 0x80)
        class->wide = true;
    class->signs = class->signs && !folds_to_word(first, last);
    class->digits = class->digits && first >= '0' && last <= '9';
    class->openings |= opening_of_range(first, last, cursor->caseless);
    class->weight += WEIGHT_RANGE;
    if (cursor->caseless)
        class->weight += WEIGHT_RANGE * (span < MOST_CASES ? span : MOST_CASES);
    return true;
}

/* [:alpha:] or [:^alpha:]; `[` before `:`, `.` or `=` is taken for nothing else. */
static bool posix(struct cursor *cursor)
{
    const unsigned char *name = cursor->next + 2, *close;

    if (cursor->next[1] != ':')
        return cursor_lose(cursor);
    close = memchr(name, ':', (size_t)(cursor->end - name));
    if (!close || cursor->end - close < 2 || close[1] != ']')
        return cursor_lose(cursor);
    cursor->next = close + 2;
    if (name < close && *name == '^')
        name++;
    return listed(NAMES(posix_names), name, (size_t)(close - name)) || cursor_lose(cursor);
}

/* One end of a range: a character, or *is_type for an escape that holds many. */
static bool item(struct cursor *cursor, struct class *class, uint32_t *character, bool *is_type)
{
    const unsigned char *text = cursor->next;
    size_t left = (size_t)(cursor->end - text), length;

    *is_type = false;
    if (left == 0)
        return cursor_lose(cursor);
    if (*cursor->next == '[' && left > 1 && strchr(":.=", cursor->next[1]) && cursor->next[1]) {
        *is_type = true;
        class->signs = class->digits = false;
        class->openings = UINT32_MAX;
        return posix(cursor);
    }
    if (*cursor->next == '\\') {
        if (left > 1 && cursor->next[1] == 'b') {
            cursor->next += 2;
            *character = '\b';
            return true;
        }
        if (characters_escaped(cursor, character))
            return true;
        if (cursor->lost || cursor->next[1] == 'N')
            return cursor_lose(cursor);
        *is_type = true;
        class->signs = class->signs && classes_is_sign(cursor->next[1]);
        class->words = class->words || cursor->next[1] == 'w';
        if (!classes_escape(cursor))
            return cursor_lose(cursor);
        length = (size_t)(cursor->next - text);
        class->openings |= opening_of_escape(text, length, cursor->caseless);
        class->digits = class->digits && digits_are_escape(text, length);
        return true;
    }
    length = utf8_decode(cursor->next, left, character);
    cursor->next += length;
    return length > 0 || cursor_lose(cursor);
}

/* Reads up to the closing bracket; the first item may be a bracket itself. */
static bool items(struct cursor *cursor, struct class *class)
{
    bool first = true;

    while (!cursor_at_end(cursor) && (first || *cursor->next != ']')) {
        uint32_t from = 0, to;
        bool is_type, ends_type = false;

        first = false;
        if (!item(cursor, class, &from, &is_type))
            return false;
        to = from;
        if (is_type) {
            class->types = true;
            class->weight += WEIGHT_TYPE;
        }
        if (cursor->end - cursor->next >= 2 && cursor->next[0] == '-' && cursor->next[1] != ']') {
            /* A hyphen after \d or before it is an error to PCRE2, and so is a bad range. */
            cursor->next++;
            if (is_type || !item(cursor, class, &to, &ends_type) || ends_type)
                return cursor_lose(cursor);
        }
        if (!is_type && !add_range(cursor, class, from, to))
            return false;
    }
    return !cursor_at_end(cursor) || cursor_lose(cursor);
}

static bool list(struct cursor *cursor, const struct class *class, struct part *part)
{
    struct alternatives all = {0};

    for (size_t i = 0; i < class->count; i++) {
        unsigned char *text = alternatives_room(cursor->pool, 4);
        struct alternatives one;
        size_t length;

        if (cursor->caseless && !fold_certain(class->characters[i]))
            return true;
        if (!text)
            return cursor_lose(cursor);
        length = utf8_encode(fold_character(class->characters[i]), text);
        if (!alternatives_single(cursor->pool, length, cursor->before, &one) ||
            !alternatives_add(cursor->pool, &all, &one, LISTED))
            return cursor_lose(cursor);
    }
    part->exact = all;
    return true;
}

/* [:alpha:] and [.a.] by themselves are errors to PCRE2. */
static bool looks_posix(const unsigned char *text, const unsigned char *end)
{
    if (*text != ':' && *text != '.' && *text != '=')
        return false;
    for (const unsigned char *at = text + 1; at < end - 1; at++) {
        if (at[0] == *text && at[1] == ']')
            return true;
    }
    return false;
}

bool classes_read(struct cursor *cursor, struct part *part)
{
    struct class class = {.weight = WEIGHT_CLASS, .signs = true, .digits = true};
    const unsigned char *text = ++cursor->next;
    bool negated;

    negated = cursor_accept(cursor, '^');
    if (!items(cursor, &class))
        return false;
    cursor->next++;
    if (looks_posix(text, cursor->next))
        return cursor_lose(cursor);
    *part = (struct part){.min_length = 1,
                          .max_length = 4,
                          .characters = 1,
                          .weight = class.weight,
                          .repeatable = true};
    part->signs = part->starts_sign = part->ends_sign = negated ? class.words : class.signs;
    if (!negated)
        part->barred = ~class.openings;
    part->digits = !negated && class.digits;
    if (negated || class.types)
        return true;
    if (!class.wide)
        part->max_length = cursor->caseless ? 3 : 1;
    return class.count > LISTED || list(cursor, &class, part);
}
