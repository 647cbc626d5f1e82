#include "text/lines.h"

#include "line/category.h"
#include "text/body.h"
#include "text/signs.h"

#define RIGHT_QUOTE 0x201D

/* Where the ending that stands at AT is over; AT if none does. */
static size_t behind_ending(const struct lines *lines, size_t at)
{
    size_t length;
    uint32_t character = body_character(lines->text, at, &length);

    if (lines->at_feeds ? character != '\n' : !signs_ends_line(character))
        return at;
    at += length;
    if (character == '\r' && at < lines->text.length && lines->text.text[at] == '\n')
        at++;
    return at;
}

bool lines_next(struct lines *lines, struct span *line)
{
    size_t begin = lines->at, at = begin, length;

    if (lines->is_over || (!lines->at_feeds && begin == lines->text.length))
        return false;
    for (; at < lines->text.length; at += length) {
        size_t behind = behind_ending(lines, at);

        if (behind > at) {
            lines->at = behind;
            *line = (struct span){lines->text.text + begin, at - begin};
            return true;
        }
        body_character(lines->text, at, &length);
    }
    lines->is_over = true;
    *line = (struct span){lines->text.text + begin, at - begin};
    return true;
}

/* Whether the text begins with one of the words, or, if not, ends. */
static bool is_bounded(struct span text, struct span words, bool begins)
{
    struct span word;

    while (span_next_word(&words, &word)) {
        const char *at = begins ? text.text : text.text + text.length - word.length;

        if (text.length >= word.length && memcmp(at, word.text, word.length) == 0)
            return true;
    }
    return false;
}

struct share lines_beginning(struct span text, struct span words, bool as_they_are)
{
    struct lines lines = {.text = text, .at_feeds = as_they_are};
    struct share share = {0};
    struct span line;

    for (; lines_next(&lines, &line); share.all++)
        share.part += is_bounded(as_they_are ? line : body_trim_begin(line), words, true);
    return share;
}

struct share lines_ending(struct span text, struct span words, bool as_they_are)
{
    struct lines lines = {.text = text, .at_feeds = as_they_are};
    struct share share = {0};
    struct span line;

    for (; lines_next(&lines, &line); share.all++)
        share.part += is_bounded(as_they_are ? line : body_trim_end(line), words, false);
    return share;
}

/* The next line between line feeds that is not blank. */
static bool next_full(struct lines *lines, struct span *line)
{
    while (lines_next(lines, line))
        if (body_trim_begin(*line).length)
            return true;
    return false;
}

struct share lines_that_end_sentences(struct span text)
{
    struct lines lines = {.text = text, .at_feeds = true};
    struct share share = {0};
    struct span line;

    for (; next_full(&lines, &line); share.all++)
        share.part += signs_ends_sentence(body_last(line));
    return share;
}

struct share lines_that_are_short(struct span text, size_t chars)
{
    struct lines lines = {.text = text, .at_feeds = true};
    struct share share = {0};
    struct span line;

    for (; next_full(&lines, &line); share.all++)
        share.part += body_chars(line) <= chars;
    return share;
}

/* A place where a mark stands, which ends a sentence there. */
static size_t behind_marks(struct span text, size_t at)
{
    size_t length;

    while (at < text.length && signs_ends_sentence(body_character(text, at, &length)))
        at += length;
    if (at < text.length) {
        uint32_t character = body_character(text, at, &length);

        if (character == '"' || character == '\'' || character == RIGHT_QUOTE)
            at += length;
    }
    return at;
}

/* Where the sentence that begins at AT is over; AT if no mark ends it. The stop of a lone capital
 * is one only where no other mark follows in the line. */
static size_t behind_sentence(struct span text, size_t at)
{
    size_t begin = at, capital = 0, length;

    while (at < text.length) {
        uint32_t character = body_character(text, at, &length);

        if (at > begin && signs_ends_sentence(character))
            return behind_marks(text, at);
        at += length;
        if (at < text.length && text.text[at] == '.' && category_of(character) == CATEGORY_CAPITAL)
            capital = at++;
    }
    return capital ? behind_marks(text, capital) : begin;
}

uint64_t lines_sentences(struct span text)
{
    struct lines lines = {.text = text, .at_feeds = true};
    uint64_t all = 0;
    struct span line;

    while (next_full(&lines, &line)) {
        size_t at = 0, behind;
        uint64_t count = 0;

        for (; (behind = behind_sentence(line, at)) > at; at = behind)
            count++;
        all += count ? count : 1;
    }
    return all;
}
