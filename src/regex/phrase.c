#include "regex/phrase.h"

#include "base/ascii.h"
#include "regex/characters.h"
#include "regex/literal.h"

#define ABSENT SIZE_MAX
/* Each place of a line is compared with all of the string, at worst; and a byte says how long it
 * is. */
#define LONGEST 200

/* What is beside the string. */
enum edge {
    EDGE_ANY,
    EDGE_WORD,  /* the beginning or the end of a word */
    EDGE_LINE,  /* that of the line */
    EDGE_SIGNS, /* the same, with signs before it */
};

static bool is_word(char byte)
{
    return literal_is_word((unsigned char)byte);
}

/* The bytes of what stands for one byte; 0 if TEXT begins with something else. */
static inline size_t literal_size(struct span text)
{
    size_t size = text.length > 0 && text.text[0] == '\\' ? 2 : 1;
    char byte;

    if (text.length < size)
        return 0;
    byte = text.text[size - 1];
    if (byte < ' ' || byte > '~' ||
        (size == 2 ? is_word(byte) || byte == ' ' : !characters_is_plain((unsigned char)byte)))
        return 0;
    return size;
}

/* Takes START off the text, if it begins so. */
static inline bool skip(struct span *text, const char *start)
{
    size_t length = strlen(start);

    if (!span_starts(*text, start))
        return false;
    *text = span_after(*text, length);
    return true;
}

struct phrase phrase_of(const struct regex *regex)
{
    struct span rest = {regex->text, regex->length};
    enum edge before, after;
    const char *string;
    size_t size, length;

    if (regex->flags & REGEX_EXTENDED)
        return (struct phrase){0};
    before = skip(&rest, "^\\W*") ? EDGE_SIGNS
             : skip(&rest, "^")   ? EDGE_LINE
             : skip(&rest, "\\b") ? EDGE_WORD
                                  : EDGE_ANY;
    string = rest.text;
    while ((size = literal_size(rest)))
        rest = span_after(rest, size);
    length = (size_t)(rest.text - string);
    after = skip(&rest, "\\W*$") ? EDGE_SIGNS
            : skip(&rest, "$")   ? EDGE_LINE
            : skip(&rest, "\\b") ? EDGE_WORD
                                 : EDGE_ANY;
    if (rest.length > 0 || length > LONGEST)
        return (struct phrase){0};
    return (struct phrase){.begin = (unsigned char)(string - regex->text),
                           .length = (unsigned char)length,
                           .before = (unsigned char)before,
                           .after = (unsigned char)after};
}

static inline bool is_same(const struct regex *regex, char one, char other)
{
    return one == other || (regex->flags & REGEX_CASELESS && ascii_is_letter((unsigned char)one) &&
                            (one ^ other) == ' ');
}

/* Where the string ends that begins at AT, or ABSENT. */
static inline size_t end_of(const struct regex *regex, struct span text, size_t at)
{
    const char *string = regex->text + regex->phrase.begin;

    for (size_t i = 0; i < regex->phrase.length; i++, at++) {
        if (string[i] == '\\')
            i++;
        if (at == text.length || !is_same(regex, string[i], text.text[at]))
            return ABSENT;
    }
    return at;
}

static bool is_edge(struct span text, size_t at)
{
    bool was_word = at > 0 && is_word(text.text[at - 1]);
    bool is_next_word = at < text.length && is_word(text.text[at]);

    return was_word != is_next_word;
}

/* Whether AFTER is what is behind the string, which ends at END. */
static bool follows(enum edge after, struct span text, size_t end, size_t last)
{
    switch (after) {
    case EDGE_ANY:
        break;
    case EDGE_WORD:
        return is_edge(text, end);
    case EDGE_LINE:
        return end == text.length;
    case EDGE_SIGNS:
        return end >= last;
    }
    return true;
}

bool phrase_match(const struct regex *regex, struct span text, bool *matches)
{
    enum edge before = regex->phrase.before, after = regex->phrase.after;
    size_t first = 0, last = text.length; /* word byte; behind the last one */
    size_t most;                          /* where it may begin */

    if (!ascii_is_all(text))
        return false;
    while (first < text.length && !is_word(text.text[first]))
        first++;
    while (last > 0 && !is_word(text.text[last - 1]))
        last--;
    most = before == EDGE_LINE ? 0 : before == EDGE_SIGNS ? first : text.length;
    *matches = false;
    for (size_t at = 0; !*matches && at <= most; at++) {
        size_t end = end_of(regex, text, at);

        *matches = end != ABSENT && (before != EDGE_WORD || is_edge(text, at)) &&
                   follows(after, text, end, last);
    }
    return true;
}
