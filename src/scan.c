#include "scan.h"

#include "windows.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define ABSENT SIZE_MAX

struct scan {
    struct fold fold;
    words_finder *finder;
    struct windows *windows;
};

struct search {
    const struct scan *scan;
    const struct windows *windows;
    const unsigned char *text;
    size_t length;
    bool is_start;  /* the text begins where the line does */
    bool is_end;    /* and ends there */
    bool had_words; /* there are word bytes before the text */
    scan_hit *hit;
    void *context;
};

static size_t smaller(size_t one, size_t other)
{
    return one < other ? one : other;
}

struct scan *scan_create(const struct literal *literals, size_t count, words_finder *finder)
{
    struct scan *scan = calloc(1, sizeof *scan);

    if (!scan)
        return NULL;
    scan->finder = finder;
    scan->windows = windows_create(literals, count);
    if (!scan->windows) {
        free(scan);
        return NULL;
    }
    fold_init(&scan->fold);
    return scan;
}

void scan_destroy(struct scan *scan)
{
    if (!scan)
        return;
    windows_destroy(scan->windows);
    free(scan);
}

size_t scan_memory(const struct scan *scan)
{
    return sizeof *scan + scan->windows->memory;
}

static unsigned char fold_ascii(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

static bool margins_hold(const struct search *search, const struct window_literal *literal,
                         size_t at)
{
    size_t end = at + literal->length;

    if (literal->at_start && !(at == 0 && search->is_start))
        return false;
    if (literal->at_end && !(end == search->length && search->is_end))
        return false;
    if (literal->before >= MARGIN_SIGN && at > 0 && alternatives_is_word(search->text[at - 1]))
        return false;
    if (literal->after >= MARGIN_SIGN && end < search->length &&
        alternatives_is_word(search->text[end]))
        return false;
    if (literal->before == MARGIN_LINE) {
        while (at > 0) {
            if (alternatives_is_word(search->text[--at]))
                return false;
        }
        if (search->had_words)
            return false;
    }
    if (literal->after == MARGIN_LINE) {
        for (; end < search->length; end++) {
            if (alternatives_is_word(search->text[end]))
                return false;
        }
    }
    return true;
}

/* The window of the literal is at AT. */
static void compare(const struct search *search, size_t at, uint32_t number)
{
    const struct window_literal *literal = &search->windows->literals[number];
    const unsigned char *bytes = search->windows->bytes + literal->bytes;

    if (at < literal->window)
        return;
    at -= literal->window;
    if (literal->length > search->length - at)
        return;
    for (size_t i = 0; i < literal->length; i++) {
        if (fold_ascii(search->text[at + i]) != bytes[i])
            return;
    }
    if (margins_hold(search, literal, at))
        search->hit(search->context, number);
}

/* Asks a table for the window that has KEY in its first bytes. */
static void ask(const struct search *search, const struct window_table *table, uint32_t key,
                size_t at)
{
    const struct window_entry *entry, *end;
    const uint32_t *start;
    uint32_t next;

    key = (key & table->mask) | table->blanks;
    start = &table->starts[(window_hash(key) >> table->shift) + 1];
    if (start[0] == start[1])
        return;
    next = at + table->size < search->length
               ? window_at(search->text, search->length, at + table->size) | WINDOW_BLANKS
               : 0;
    for (entry = &table->entries[start[0]], end = &table->entries[start[1]]; entry < end; entry++) {
        if (entry->key == key && (next & entry->mask) == entry->next)
            compare(search, at, entry->literal);
    }
}

/* 1 if there is a window that may be equal. */
static inline uint32_t may_hold(const struct window_filter *filter, uint32_t key)
{
    uint32_t bit = window_hash(key | WINDOW_BLANKS) >> filter->shift;

    return filter->bits[bit / 32] >> bit % 32 & 1;
}

/* The lowest bit that is set, and the highest; there is one. */
static size_t lowest(uint64_t bits)
{
#ifdef __GNUC__
    return (size_t)__builtin_ctzll(bits);
#else
    size_t at = 0;

    while (!(bits >> at & 1))
        at++;
    return at;
#endif
}

static size_t highest(uint64_t bits)
{
#ifdef __GNUC__
    return 63 - (size_t)__builtin_clzll(bits);
#else
    size_t at = 63;

    while (!(bits >> at & 1))
        at--;
    return at;
#endif
}

/* The tables of windows that are in the filter, if MAY, and those of the shorter ones. */
static void ask_all(const struct search *search, enum window_kind kind, bool may, uint32_t key,
                    size_t at)
{
    for (unsigned i = 0; i < search->windows->used[kind]; i++) {
        const struct window_table *table = &search->windows->tables[kind][i];

        if (may || table->size < WINDOW - 1)
            ask(search, table, key, at);
    }
}

/* The words that begin at PLACES of the block at AT. What is found is told in one go: a branch for
 * each would often be mispredicted. */
static inline void ask_words(const struct search *search, size_t at, uint64_t places)
{
    const struct window_filter filter = search->windows->filters[KIND_WORD];
    const unsigned char *block = search->text + at;
    size_t left = search->length - at;
    uint64_t inside = left < WORDS_BLOCK + WINDOW
                          ? left < WINDOW ? 0 : ~UINT64_C(0) >> (WORDS_BLOCK + WINDOW - 1 - left)
                          : ~UINT64_C(0);
    uint64_t found = places & ~inside;

    for (places &= inside; places; places &= places - 1) {
        size_t place = lowest(places);

        found |= (uint64_t)may_hold(&filter, window_load(block + place)) << place;
    }
    for (; found; found &= found - 1) {
        size_t place = at + lowest(found);

        ask_all(search, KIND_WORD, true, window_at(search->text, search->length, place), place);
    }
}

static void ask_any(const struct search *search, size_t at)
{
    uint32_t key = window_at(search->text, search->length, at);

    ask_all(search, KIND_ANY, may_hold(&search->windows->filters[KIND_ANY], key), key, at);
}

static void ask_ends(const struct search *search, size_t first, size_t last)
{
    const struct windows *windows = search->windows;
    uint32_t key = window_at(search->text, search->length, first);

    if (windows->used[KIND_FIRST] && !search->had_words)
        ask_all(search, KIND_FIRST, may_hold(&windows->filters[KIND_FIRST], key), key, first);
    for (unsigned i = 0; i < windows->used[KIND_LAST]; i++) {
        const struct window_table *table = &windows->tables[KIND_LAST][i];
        size_t at = last + 1 - table->size;

        if (last + 1 < table->size)
            continue;
        key = window_at(search->text, search->length, at);
        if (table->size < WINDOW - 1 || may_hold(&windows->filters[KIND_LAST], key))
            ask(search, table, key, at);
    }
}

/* Whether the characters that begin among HIGH of the block at AT might be spelled otherwise. */
static bool may_fold(const struct search *search, size_t at, uint64_t high)
{
    for (; high; high &= high - 1) {
        size_t place = at + lowest(high);

        if (fold_may_change(search->text[place],
                            place + 1 < search->length ? search->text[place + 1] : 0))
            return true;
    }
    return false;
}

/* False, and perhaps not all of it searched, if it is not FOLDED and has to be. Case within ASCII
 * makes no difference. */
static bool search_text(const struct search *search, bool folded)
{
    const struct scan *scan = search->scan;
    const struct windows *windows = search->windows;
    const struct words_beginnings *beginnings =
        windows->used[KIND_ANY] ? &windows->beginnings : NULL;
    size_t first = ABSENT, last = 0;
    uint64_t carry = 0;

    for (size_t at = 0; at < search->length; at += WORDS_BLOCK) {
        struct words words;

        scan->finder(search->text, search->length, at, beginnings, &words);
        if (words.high && !folded && may_fold(search, at, words.high))
            return false;
        if (words.words) {
            if (first == ABSENT)
                first = at + lowest(words.words);
            last = at + highest(words.words);
            if (windows->used[KIND_WORD])
                ask_words(search, at, words.words & ~(words.words << 1 | carry));
        }
        carry = words.words >> 63;
        for (; words.beginnings; words.beginnings &= words.beginnings - 1)
            ask_any(search, at + lowest(words.beginnings));
    }
    if (first != ABSENT)
        ask_ends(search, first, last);
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

static bool has_words(const unsigned char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (alternatives_is_word(text[i]))
            return true;
    }
    return false;
}

/* A copy, folded, piece by piece. */
static void search_folded(struct search *search, struct scan_text *text, const unsigned char *next,
                          size_t length)
{
    search->text = text->bytes;
    search->length = 0;
    for (;;) {
        size_t piece = piece_of(next, length), keep;

        search->length += fold_text(&search->scan->fold, next, piece, text->bytes + search->length);
        next += piece;
        length -= piece;
        search->is_end = length == 0;
        search_text(search, true);
        if (length == 0)
            return;
        /* What may be the beginning of a literal that goes on in the next piece. */
        keep = smaller(search->length, LITERAL_MAX_LENGTH - 1);
        if (search->length > keep) {
            search->is_start = false;
            search->had_words = search->had_words || has_words(text->bytes, search->length - keep);
        }
        memmove(text->bytes, text->bytes + search->length - keep, keep);
        search->length = keep;
    }
}

void scan_line(const struct scan *scan, struct scan_text *text, const char *line, size_t length,
               scan_hit *hit, void *context)
{
    const unsigned char *bytes = (const unsigned char *)line;
    const struct windows *windows = scan->windows;
    struct search search = {scan, windows, bytes, length, true, true, false, hit, context};

    for (size_t i = 0; i < windows->empties_count; i++) {
        const struct window_literal *literal = &windows->literals[windows->empties[i]];

        if (length == 0 || !(literal->at_start && literal->at_end))
            hit(context, windows->empties[i]);
    }
    if (!search_text(&search, false))
        search_folded(&search, text, bytes, length);
}
