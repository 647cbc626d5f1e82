/*
 * The line is passed once, in blocks of 64 bytes of which each begins 56 behind the one before: the
 * eight bytes of a window that begins in the first 56 then lie in the same block. Of each block the
 * finder tells where word bytes, characters beyond ASCII and signs are, and spells it in two ways.
 * The literals of each kind are looked up where they can be (ask), and behind the last block those
 * of the line's first word and of its last (ask_end). The tables name few literals, which are
 * compared with the line, and their margins with what stands beside them (compare).
 *
 * All that ignores the case of ASCII letters. A character beyond ASCII that is spelled otherwise
 * when folded ends the pass (may_fold): the line is folded, piece by piece, and passed again from
 * its start. Few lines have such a character, so that asking beforehand would cost more; literals
 * found before it are named twice, which is allowed. Pieces of a long line overlap by the length of
 * a literal, less one byte, so that each literal lies in one of them whole; of what
 * came before a piece is known only whether there were words.
 */
#include "search/scan.h"

#include "base/eight.h"
#include "base/fold.h"
#include "search/windows.h"

#include <stdbool.h>
#include <string.h>

#define ABSENT SIZE_MAX
/* From one block to the next: a window that begins before the next block lies within this one. */
#define STRIDE (BLOCKS_SIZE - PLACES_WINDOW)

/* So many literals are remembered to have been named: most of those that are there are there more
 * than once. */
#define NAMED 32

struct scan {
    const struct fold *fold;
    const struct windows *windows;
    const struct windows *others; /* of the scan that this one was added to, or NULL */
};

struct scan_state {
    const struct scan *scan;
    const struct windows *windows;
    uint32_t numbered; /* their literals, from here on */
    blocks_finder *finder;
    const unsigned char *text;
    size_t length;
    bool is_start;  /* the text begins where the line does */
    bool is_end;    /* and ends there */
    bool had_words; /* there are word bytes before the text */
    size_t first;   /* its first word byte, ABSENT before it is passed */
    bool knows_rest;
    size_t rest;           /* behind its last word byte, if that is known */
    uint32_t named[NAMED]; /* some of the literals that were, + 1 */
    scan_hit *hit;
    void *context;
};

static const struct fold *create_fold(struct arena *arena)
{
    struct fold *fold = arena_take(arena, sizeof *fold);

    if (fold)
        fold_init(fold);
    return fold;
}

struct scan *scan_create(struct arena *arena, const struct scan *other,
                         const struct literal *const *literals, size_t count)
{
    struct scan *scan = arena_alloc(arena, sizeof *scan);

    if (!scan)
        return NULL;
    scan->fold = other ? other->fold : create_fold(arena);
    scan->others = other ? other->windows : NULL;
    scan->windows = windows_create(arena, literals, count);
    return scan->fold && scan->windows ? scan : NULL;
}

static bool has_words(const unsigned char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (literal_is_word(text[i]))
            return true;
    }
    return false;
}

/* Whether there are word bytes from END on; the text's last one is looked for once, from behind:
 * many literals may ask. */
static bool has_words_from(struct scan_state *state, size_t end)
{
    if (!state->knows_rest) {
        state->knows_rest = true;
        for (state->rest = state->length;
             state->rest > 0 && !literal_is_word(state->text[state->rest - 1]);)
            state->rest--;
    }
    return end < state->rest;
}

/* The literal begins at AT. One that was found at an end of the line has its margin there. */
static bool margins_hold(struct scan_state *state, const struct window_literal *literal, size_t at)
{
    size_t end = at + literal->length;

    if (literal->at_start && !(at == 0 && state->is_start))
        return false;
    if (literal->at_end && !(end == state->length && state->is_end))
        return false;
    if (literal->before >= MARGIN_SIGN && at > 0 && literal_is_word(state->text[at - 1]))
        return false;
    if (literal->after >= MARGIN_SIGN && end < state->length && literal_is_word(state->text[end]))
        return false;
    if (literal->before == MARGIN_LINE && literal->kind != KIND_FIRST &&
        (state->had_words || state->first < at))
        return false;
    return literal->after != MARGIN_LINE || literal->kind == KIND_LAST ||
           !has_words_from(state, end);
}

/* Whether the literal begins at AT, but for a bit that small letters and capitals differ in: signs
 * that differ in it as well are taken for each other. */
static bool is_at(const struct scan_state *state, const struct window_literal *literal, size_t at)
{
    const unsigned char *bytes = state->windows->bytes + literal->bytes;

    for (size_t i = 0; i < literal->length; i++) {
        if ((state->text[at + i] | 0x20) != (bytes[i] | 0x20))
            return false;
    }
    return true;
}

static inline bool is_named(const struct scan_state *state, uint32_t number)
{
    number += state->numbered;
    return state->named[number % NAMED] == number + 1;
}

static void name(struct scan_state *state, uint32_t number)
{
    number += state->numbered;
    state->named[number % NAMED] = number + 1;
    state->hit(state->context, number);
}

/* The literal's place is at AT. */
static void compare(struct scan_state *state, size_t at, uint32_t number)
{
    const struct window_literal *literal = &state->windows->literals[number];

    if (at < literal->place)
        return;
    at -= literal->place;
    if (literal->length <= state->length - at && is_at(state, literal, at) &&
        margins_hold(state, literal, at))
        name(state, number);
}

/* Whether the two bytes that are known of the literal are where they have to be. Most literals that
 * share a window with the line differ from it behind that, and are cold. */
static inline bool has_pair(const struct scan_state *state, const struct places_literal *literal,
                            size_t at)
{
    size_t far = at + (size_t)literal->far;

    return !literal->pair || (far < state->length && state->length - far >= sizeof literal->pair &&
                              places_pair(state->text + far) == literal->pair);
}

/* The literals between FIRST and LAST that may have their place at AT. */
static inline void try_literals(struct scan_state *state, const struct places_literal *first,
                                const struct places_literal *last, uint64_t window, size_t at)
{
    for (; first < last; first++) {
        if ((window & first->mask) != first->bytes || is_named(state, first->literal))
            continue;
        if (first->is_whole)
            name(state, first->literal);
        else if (has_pair(state, first, at))
            compare(state, at, first->literal);
    }
}

/* A window that the filter let through. */
static inline void try_listed(struct scan_state *state, const struct places *places,
                              enum places_form form, uint64_t window, size_t at)
{
    const uint32_t *start =
        &places->starts[(places_hash(form, window) >> places->bucket_shift) + 1];

    try_literals(state, &places->listed[start[0]], &places->listed[start[1]], window, at);
}

static inline void try_shorts(struct scan_state *state, const struct places *places,
                              enum places_form form, uint64_t window, size_t at)
{
    const uint32_t *start;

    if (!places->short_starts)
        return;
    start = &places->short_starts[places_short_byte(form, window)];
    try_literals(state, &places->shorts[start[0]], &places->shorts[start[1]], window, at);
}

/* Which windows of those that begin at ASKED of a block, which is SPELLED as they are, the filters
 * let through. They are told in one go: a branch for each would often be mispredicted. */
static inline uint64_t find(const struct places *places, enum places_form form, bool has_shorts,
                            const unsigned char *spelled, uint64_t asked)
{
    const uint64_t *bits = places->bits, *short_bits = places->short_bits;
    unsigned shift = places->bit_shift;
    uint64_t found = 0;

    for (; asked; asked &= asked - 1) {
        size_t place = bits_lowest(asked);
        uint64_t window = eight_load(spelled + place);
        bool is_held = bits_has(bits, places_hash(form, window) >> shift);

        if (has_shorts)
            is_held |= places_hold_short(short_bits, form, window);
        found |= (uint64_t)is_held << place;
    }
    return found;
}

/* The windows that begin at ASKED of the block at AT. */
static inline void ask(struct scan_state *state, const struct places *places, enum places_form form,
                       const unsigned char *spelled, size_t at, uint64_t asked)
{
    uint64_t found = places->short_bits ? find(places, form, true, spelled, asked)
                                        : find(places, form, false, spelled, asked);

    for (; found; found &= found - 1) {
        size_t place = bits_lowest(found);
        uint64_t window = eight_load(spelled + place);

        try_listed(state, places, form, window, at + place);
        try_shorts(state, places, form, window, at + place);
    }
}

/* The bytes at ASKED of the block at AT. */
static void ask_bytes(struct scan_state *state, const unsigned char *small, size_t at,
                      uint64_t asked)
{
    const struct windows *windows = state->windows;
    const struct places *places = windows->places[KIND_BYTE];

    for (; asked; asked &= asked - 1) {
        size_t place = bits_lowest(asked);
        unsigned char byte = small[place];

        if (windows->alone && windows->alone[byte] && !is_named(state, windows->alone[byte] - 1))
            name(state, windows->alone[byte] - 1);
        if (places)
            try_shorts(state, places, PLACES_BYTE, eight_load(small + place), at + place);
    }
}

/* Where RUN word bytes follow each other; no more than four. */
static uint64_t runs_of(uint64_t words, unsigned run)
{
    words &= words >> 1;
    if (run > 2)
        words &= words >> (run - 2);
    return words;
}

/* Whether the window's key may be one of KIND. */
static inline bool is_held(const struct places *places, enum places_form form, uint64_t window)
{
    return places && bits_has(places->bits, places_hash(form, window) >> places->bit_shift);
}

/* The line's first word, or its last. */
static inline void ask_end(struct scan_state *state, const struct places *places,
                           enum places_form form, uint64_t window, size_t at)
{
    if (is_held(places, form, window))
        try_listed(state, places, form, window, at);
    if (places)
        try_shorts(state, places, form, window, at);
}

/* Whether the characters that begin at LEADS of the block at AT might be spelled otherwise. */
static bool may_fold(const struct scan_state *state, size_t at, uint64_t leads)
{
    for (; leads; leads &= leads - 1) {
        size_t place = at + bits_lowest(leads);

        if (fold_may_change(state->scan->fold, state->text[place],
                            place + 1 < state->length ? state->text[place + 1] : 0))
            return true;
    }
    return false;
}

/* What of the block at AT is looked up anywhere but at the line's ends; OWN are its bytes up to the
 * next block. */
static inline void ask_block(struct scan_state *state, const struct block *block, uint64_t own,
                             const unsigned char *plain, const unsigned char *small, size_t at)
{
    const struct windows *windows = state->windows;
    struct places *const *places = windows->places;
    uint64_t leads = block->leads & own;

    if (places[KIND_INSIDE])
        ask(state, places[KIND_INSIDE], PLACES_PLAIN, plain, at,
            runs_of(block->words, windows->run) & own);
    if (places[KIND_CHARACTER] && leads)
        ask(state, places[KIND_CHARACTER], PLACES_CHARACTER, small, at, leads);
    if (places[KIND_BYTE] || windows->alone)
        ask_bytes(state, small, at, windows->every_byte ? own : block->signs & own);
}

/* Goes on to the literals of the scan that this one was added to, and back; whether to them. */
static inline bool change_over(struct scan_state *state)
{
    const struct scan *scan = state->scan;
    bool is_own = state->windows == scan->windows;

    if (!scan->others)
        return false;
    state->windows = is_own ? scan->others : scan->windows;
    state->numbered = is_own ? (uint32_t)scan->windows->count : 0;
    return is_own;
}

/* The line's first word, at state->first, and its last, which ends at LAST. */
static inline void ask_ends(struct scan_state *state, uint64_t first_window, uint64_t last_window,
                            size_t last)
{
    struct places *const *places = state->windows->places;

    if (!state->had_words)
        ask_end(state, places[KIND_FIRST], PLACES_PLAIN, first_window, state->first);
    ask_end(state, places[KIND_LAST], PLACES_LAST, last_window, last);
}

/* False, and perhaps not all of it searched, if it is not FOLDED and has to be. Case within ASCII
 * makes no difference. */
static bool search_text(struct scan_state *state, bool folded)
{
    /* what is before a block, the block, and blanks, in plain spelling */
    unsigned char plain[PLACES_WINDOW + BLOCKS_SIZE + PLACES_WINDOW];
    unsigned char small[BLOCKS_SIZE + PLACES_WINDOW] = {0}; /* and zeros */
    unsigned char *spelled = plain + PLACES_WINDOW;
    size_t last = 0;
    uint64_t first_window = 0, last_window = 0, carry = 0;

    state->first = ABSENT;
    state->knows_rest = false;
    memset(plain, ' ', sizeof plain);
    for (size_t at = 0; at < state->length; at += STRIDE) {
        bool is_last = state->length - at <= BLOCKS_SIZE;
        uint64_t own = bits_below(is_last ? state->length - at : STRIDE);
        struct block block;
        uint64_t found;

        state->finder(state->text, state->length, at, &block, spelled, small);
        if (block.leads && !folded && may_fold(state, at, block.leads & own))
            return false;
        found = block.words & own;
        if (found) {
            if (state->first == ABSENT) {
                state->first = at + bits_lowest(found);
                first_window = eight_load(spelled + bits_lowest(found));
            }
            last = at + bits_highest(found);
            last_window = eight_load(plain + bits_highest(found) + 1);
        }
        do {
            if (found && state->windows->places[KIND_WORD])
                ask(state, state->windows->places[KIND_WORD], PLACES_PLAIN, spelled, at,
                    found & ~(found << 1 | carry));
            ask_block(state, &block, own, spelled, small, at);
        } while (change_over(state));
        if (is_last)
            break;
        carry = found >> (STRIDE - 1);
        memcpy(plain, plain + STRIDE, PLACES_WINDOW);
    }
    if (state->first == ABSENT)
        return true;
    do
        ask_ends(state, first_window, last_window, last);
    while (change_over(state));
    return true;
}

/* The longest piece that cuts no character in two. */
static size_t piece_of(const unsigned char *line, size_t length)
{
    size_t size = SCAN_PIECE;

    if (length <= SCAN_PIECE)
        return length;
    while (size > SCAN_PIECE - 3 && (line[size] & 0xC0) == 0x80)
        size--;
    return size;
}

/* A copy, folded, piece by piece. */
static void search_folded(struct scan_state *state, struct scan_text *text,
                          const unsigned char *next, size_t length)
{
    state->text = text->bytes;
    state->length = 0;
    for (;;) {
        size_t piece = piece_of(next, length), keep;

        state->length += fold_text(state->scan->fold, next, piece, text->bytes + state->length);
        next += piece;
        length -= piece;
        state->is_end = length == 0;
        search_text(state, true);
        if (length == 0)
            return;
        /* What may be the beginning of a literal that goes on in the next piece. */
        keep = state->length < LITERAL_MAX_LENGTH ? state->length : LITERAL_MAX_LENGTH - 1;
        if (state->length > keep) {
            state->is_start = false;
            state->had_words = state->had_words || has_words(text->bytes, state->length - keep);
        }
        memmove(text->bytes, text->bytes + state->length - keep, keep);
        state->length = keep;
    }
}

/* Those that hold nothing to be looked for. */
static void name_empties(struct scan_state *state)
{
    const struct windows *windows = state->windows;

    for (size_t i = 0; i < windows->empties_count; i++) {
        const struct window_literal *literal = &windows->literals[windows->empties[i]];

        if (state->length == 0 || !(literal->at_start && literal->at_end))
            state->hit(state->context, state->numbered + windows->empties[i]);
    }
}

void scan_line(const struct scan *scan, struct scan_text *text, const char *line, size_t length,
               scan_hit *hit, void *context)
{
    const unsigned char *bytes = (const unsigned char *)line;
    struct scan_state state = {.scan = scan,
                               .windows = scan->windows,
                               .finder = text->finder,
                               .text = bytes,
                               .length = length,
                               .is_start = true,
                               .is_end = true,
                               .hit = hit,
                               .context = context};

    do
        name_empties(&state);
    while (change_over(&state));
    if (!search_text(&state, false))
        search_folded(&state, text, bytes, length);
}
