/*
 * Each literal is copied without the ends of the line that it holds, and gets the cheapest place
 * where it is bound to be. KIND_FIRST and KIND_LAST come first: its first or last word is the
 * line's, which costs one probe a line. KIND_WORD is next: one of its words begins in it and enough
 * follows for a key, one probe a word. Then come the kinds that cost a probe for each character
 * beyond ASCII, for each run of word bytes and for each sign, which are in most text from few to
 * many to few: what tells a whole key is preferred. Of several places of a kind the rarest is
 * taken, since each line that has it is compared with the literal. The few literals that no kind is
 * for are looked for at every byte, and all signs then are, too.
 */
#include "search/windows.h"

#include "base/number.h"
#include "regex/rarity.h"

#include <stdlib.h>
#include <string.h>

/* A bit for each byte that a word begins with. */
static uint32_t beginnings_of(const struct window_literal *literal)
{
    uint32_t beginnings = literal->words & ~(literal->words << 1);

    return literal->before >= MARGIN_SIGN || literal->at_start ? beginnings
                                                               : beginnings & ~UINT32_C(1);
}

/* Whether the window at the literal's place, in plain spelling, tells all there is to know of it.
 */
static bool is_whole(const struct window_literal *literal)
{
    bool first = literal->kind == KIND_FIRST, word = first || literal->kind == KIND_WORD;

    return (word || literal->kind == KIND_INSIDE) && literal->place == 0 &&
           literal->length < PLACES_WINDOW &&
           literal->words == (UINT32_C(1) << literal->length) - 1 && !literal->at_start &&
           !literal->at_end && literal->after != MARGIN_LINE &&
           (first || literal->before == MARGIN_ANY || (word && literal->before == MARGIN_SIGN));
}

static enum places_form form_of(unsigned kind)
{
    return kind == KIND_LAST        ? PLACES_LAST
           : kind == KIND_CHARACTER ? PLACES_CHARACTER
           : kind == KIND_BYTE      ? PLACES_BYTE
                                    : PLACES_PLAIN;
}

static struct places_literal told_at(const struct window_literal *literal,
                                     const unsigned char *bytes, size_t at)
{
    const struct literal whole = {.bytes = bytes,
                                  .words = literal->words,
                                  .length = literal->length,
                                  .before = literal->at_start ? MARGIN_LINE : literal->before,
                                  .after = literal->at_end ? MARGIN_LINE : literal->after};

    return places_tell(&whole, at, form_of(literal->kind));
}

/* Of a literal that its window does not hold, two bytes that are as far from it as there are. */
static void tell_pair(struct places_literal *told, const struct window_literal *literal,
                      const unsigned char *bytes)
{
    bool is_behind = literal->kind != KIND_LAST &&
                     (literal->place == 0 || literal->length > literal->place + PLACES_WINDOW);
    int at = is_behind ? literal->length - 2 : 0;

    if (literal->length < 2)
        return;
    told->pair = places_pair(bytes + at);
    told->far = (int8_t)(at - literal->place);
}

/* How many bytes of a plain key are told from byte AT on. */
static size_t count_told(const struct window_literal *literal, size_t at)
{
    if (literal->after == MARGIN_LINE || literal->at_end)
        return PLACES_KEY;
    return (size_t)number_smaller(literal->length - at + (literal->after == MARGIN_SIGN),
                                  PLACES_KEY);
}

static void set_place(struct window_literal *literal, enum window_kind kind, size_t at)
{
    literal->kind = (uint8_t)kind;
    literal->place = (uint8_t)at;
}

/* At the line's first or last word, if the literal is bound to be there. */
static bool choose_end(struct window_literal *literal, const unsigned char *bytes)
{
    bool first = literal->before == MARGIN_LINE || literal->at_start;
    bool last = literal->after == MARGIN_LINE || literal->at_end;
    size_t from = 0, to = literal->length, from_size, to_size;

    if (!literal->words || (!first && !last))
        return false;
    while (!(literal->words >> from & 1))
        from++;
    while (!(literal->words >> (to - 1) & 1))
        to--;
    from_size = (size_t)number_smaller(literal->length - from, PLACES_KEY);
    to_size = (size_t)number_smaller(to, PLACES_KEY);
    if (first && (!last || from_size > to_size ||
                  (from_size == to_size &&
                   rarity_of(bytes + from, from_size) >= rarity_of(bytes + to - to_size, to_size))))
        set_place(literal, KIND_FIRST, from);
    else
        set_place(literal, KIND_LAST, to - 1);
    return true;
}

/* A common word is found in every other line, whatever a window may hold of the next one. */
static bool begins_common(const struct window_literal *literal, const unsigned char *bytes,
                          size_t at, size_t size)
{
    size_t word = 0;

    while (word < size && literal->words >> (at + word) & 1)
        word++;
    return rarity_is_common(bytes + at, word > 0 ? word : size);
}

/* The word bytes from byte AT on, no more than a key has. */
static size_t count_run(const struct window_literal *literal, size_t at)
{
    size_t run = 0;

    while (run < PLACES_KEY && at + run < literal->length && literal->words >> (at + run) & 1)
        run++;
    return run;
}

/* The bytes of a whole character beyond ASCII at AT, or of what is looked at of it; 0: none. */
static size_t count_lead(const struct window_literal *literal, const unsigned char *bytes,
                         size_t at)
{
    size_t size = bytes[at] < 0xC0 ? 0 : bytes[at] < 0xE0 ? 2 : 3;

    return size <= literal->length - at ? size : 0;
}

static bool is_sign(unsigned char byte)
{
    return byte == '_' || (byte > ' ' && byte < 0x7F && !literal_is_word(byte));
}

/* What may be looked for: bytes that are told of its key, and how many of them are word bytes side
 * by side; the first that a literal has is taken. */
struct choice {
    enum window_kind kind;
    size_t told;
    size_t run;
};

static const struct choice choices[] = {
    {KIND_WORD, 3, 0},   {KIND_CHARACTER, 6, 0}, {KIND_CHARACTER, 2, 0}, {KIND_BYTE, 1, 0},
    {KIND_INSIDE, 4, 4}, {KIND_INSIDE, 4, 2},    {KIND_WORD, 2, 0},      {KIND_INSIDE, 3, 2},
    {KIND_INSIDE, 2, 2}, {KIND_WORD, 1, 0},
};

static bool is_place(const struct window_literal *literal, const unsigned char *bytes,
                     const struct choice *choice, size_t at)
{
    switch (choice->kind) {
    case KIND_WORD:
        return beginnings_of(literal) >> at & 1 && count_told(literal, at) >= choice->told;
    case KIND_INSIDE:
        return count_run(literal, at) >= choice->run && count_told(literal, at) >= choice->told;
    case KIND_CHARACTER:
        return count_lead(literal, bytes, at) && literal->length - at >= choice->told;
    case KIND_BYTE:
        return is_sign(bytes[at]);
    default:
        return false;
    }
}

/* The rarest place of the kind. */
static bool choose_place(struct window_literal *literal, const unsigned char *bytes,
                         const struct choice *choice)
{
    unsigned most = 0;

    for (size_t at = 0; at < literal->length; at++) {
        size_t size = (size_t)number_smaller(literal->length - at, PLACES_KEY);
        unsigned rarity;

        if (!is_place(literal, bytes, choice, at))
            continue;
        rarity = begins_common(literal, bytes, at, size) ? 1 : rarity_of(bytes + at, size);
        if (rarity > most) {
            most = rarity;
            set_place(literal, choice->kind, at);
        }
    }
    return most > 0;
}

static void choose(struct window_literal *literal, const unsigned char *bytes)
{
    bool is_free = literal->before == MARGIN_ANY && literal->after == MARGIN_ANY &&
                   !literal->at_start && !literal->at_end;

    if (literal->length == 0) {
        set_place(literal, KIND_EMPTY, 0);
        return;
    }
    if (choose_end(literal, bytes))
        return;
    set_place(literal, literal->length == 1 && is_free ? KIND_ALONE : KIND_BYTE, 0);
    for (size_t i = 0; literal->kind == KIND_BYTE && i < sizeof choices / sizeof *choices; i++)
        if (choose_place(literal, bytes, &choices[i]))
            return;
}

static bool copy_literals(struct windows *windows, struct arena *arena,
                          const struct literal *const *literals)
{
    size_t size = 0;

    for (size_t i = 0; i < windows->count; i++)
        size += literals[i]->length;
    if (size > UINT32_MAX || windows->count > UINT32_MAX)
        return false;
    windows->literals = arena_array(arena, windows->count, sizeof *windows->literals);
    windows->bytes = arena_array(arena, size + PLACES_WINDOW, 1);
    if (!windows->literals || !windows->bytes)
        return false;
    size = 0;
    for (size_t i = 0; i < windows->count; i++) {
        const unsigned char *bytes = literals[i]->bytes;
        struct window_literal *literal = &windows->literals[i];
        size_t length = literals[i]->length;

        literal->bytes = (uint32_t)size;
        literal->at_start = length > 0 && bytes[0] == LITERAL_LINE_END;
        bytes += literal->at_start;
        length -= literal->at_start;
        literal->at_end = length > 0 && bytes[length - 1] == LITERAL_LINE_END;
        length -= literal->at_end;
        literal->words = literals[i]->words >> literal->at_start;
        literal->length = (uint8_t)length;
        literal->before = literals[i]->before;
        literal->after = literals[i]->after;
        memcpy(windows->bytes + size, bytes, length);
        choose(literal, windows->bytes + size);
        size += length;
    }
    return true;
}

static bool fill_places(struct windows *windows, struct arena *arena)
{
    struct places_literal *told = malloc((windows->count + 1) * sizeof *told);
    bool filled = told != NULL;

    for (unsigned kind = 0; filled && kind < KINDS_PLACED; kind++) {
        size_t count = 0;

        for (uint32_t i = 0; i < windows->count; i++) {
            const struct window_literal *literal = &windows->literals[i];

            if (literal->kind != kind)
                continue;
            told[count] = told_at(literal, windows->bytes + literal->bytes, literal->place);
            tell_pair(&told[count], literal, windows->bytes + literal->bytes);
            told[count].is_whole = is_whole(literal);
            told[count++].literal = i;
        }
        if (count == 0)
            continue;
        windows->places[kind] = places_create(arena, told, count, form_of(kind));
        filled = windows->places[kind] != NULL;
    }
    free(told);
    return filled;
}

/* What a scan must know of all literals of a kind. */
static bool fill_kinds(struct windows *windows, struct arena *arena)
{
    size_t counts[KIND_EMPTY + 1] = {0};

    for (size_t i = 0; i < windows->count; i++)
        counts[windows->literals[i].kind]++;
    windows->empties = arena_array(arena, counts[KIND_EMPTY], sizeof *windows->empties);
    if (counts[KIND_ALONE])
        windows->alone = arena_array(arena, UINT8_MAX + 1, sizeof *windows->alone);
    if (!windows->empties || (counts[KIND_ALONE] && !windows->alone))
        return false;
    windows->run = PLACES_KEY;
    for (size_t i = 0; i < windows->count; i++) {
        const struct window_literal *literal = &windows->literals[i];
        unsigned char byte = windows->bytes[literal->bytes + literal->place];

        if (literal->kind == KIND_EMPTY)
            windows->empties[windows->empties_count++] = (uint32_t)i;
        if (literal->kind == KIND_INSIDE)
            windows->run =
                (unsigned)number_smaller(windows->run, count_run(literal, literal->place));
        if (literal->kind == KIND_ALONE)
            windows->alone[byte] = (uint32_t)i + 1;
        if (literal->kind == KIND_ALONE || literal->kind == KIND_BYTE)
            windows->every_byte = windows->every_byte || !is_sign(byte);
    }
    return true;
}

struct windows *windows_create(struct arena *arena, const struct literal *const *literals,
                               size_t count)
{
    struct windows *windows = arena_alloc(arena, sizeof *windows);

    if (!windows)
        return NULL;
    windows->count = count;
    return copy_literals(windows, arena, literals) && fill_places(windows, arena) &&
                   fill_kinds(windows, arena)
               ? windows
               : NULL;
}
