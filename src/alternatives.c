#include "alternatives.h"

#include "rarity.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Below this a string is in most lines: looking for it costs more than it saves. */
#define RARITY_LEAST 12
/* That of a word like "the". */
#define RARITY_COMMON 12
/* For a string that is looked for only where words begin. */
#define BONUS_WORD 12
/* Such a string is hardly ever there by chance: fewer strings are then better than rarer ones. */
#define RARITY_ENOUGH 64
/* Each doubling of their number costs as much, in half bits. */
#define COUNT_PENALTY 4
/* Larger sets may hold a string twice: comparing each with each takes the square of the time. */
#define COMPARED 64
/* Of a list that has just begun. */
#define LIST_CAPACITY 8

bool alternatives_pool_init(struct alternatives_pool *pool)
{
    pool->memory = malloc(ALTERNATIVES_POOL);
    alternatives_pool_empty(pool);
    return pool->memory != NULL;
}

void alternatives_pool_empty(struct alternatives_pool *pool)
{
    pool->front = 0;
    pool->back = ALTERNATIVES_POOL;
    pool->full = false;
}

void alternatives_pool_release(struct alternatives_pool *pool)
{
    free(pool->memory);
    pool->memory = NULL;
}

unsigned char *alternatives_room(struct alternatives_pool *pool, size_t size)
{
    if (size > pool->back - pool->front) {
        pool->full = true;
        return NULL;
    }
    return pool->memory + pool->front;
}

static struct literal *strings_room(struct alternatives_pool *pool, size_t count)
{
    size_t size = count * sizeof(struct literal);

    if (size > pool->back - pool->front) {
        pool->full = true;
        return NULL;
    }
    pool->back -= size;
    return (struct literal *)(void *)(pool->memory + pool->back);
}

/* The length and three of the bytes: cheaper than a call of memcmp. */
static uint32_t sign(const unsigned char *bytes, size_t length)
{
    if (length == 0)
        return 0;
    return (uint32_t)length << 24 | (uint32_t)bytes[0] << 16 | (uint32_t)bytes[length / 2] << 8 |
           bytes[length - 1];
}

static uint64_t signature_bit(const struct literal *string)
{
    return UINT64_C(1) << (string->signature * UINT32_C(0x9E3779B1) >> 26);
}

bool alternatives_single(struct alternatives_pool *pool, size_t length, enum margin before,
                         struct alternatives *set)
{
    unsigned char *bytes = pool->memory + pool->front;
    struct literal *string = strings_room(pool, 1);

    if (!string)
        return false;
    pool->front += length;
    *string = (struct literal){.bytes = bytes,
                               .length = length,
                               .before = (unsigned char)before,
                               .signature = sign(bytes, length)};
    *set = (struct alternatives){.strings = string,
                                 .signatures = signature_bit(string),
                                 .count = 1,
                                 .longest = (uint8_t)length};
    return true;
}

bool alternatives_is_empty_string(const struct alternatives *set)
{
    return set->count == 1 && set->strings[0].length == 0;
}

bool alternatives_copy(struct alternatives_pool *pool, const struct alternatives *set,
                       struct alternatives *copy)
{
    struct literal *strings = strings_room(pool, set->count);

    if (!strings)
        return false;
    memcpy(strings, set->strings, set->count * sizeof *strings);
    *copy = *set;
    copy->strings = strings;
    return true;
}

bool alternatives_forget(struct alternatives_pool *pool, const struct alternatives *set,
                         struct alternatives *copy)
{
    if (!alternatives_copy(pool, set, copy))
        return false;
    for (size_t i = 0; i < copy->count; i++)
        copy->strings[i].before = MARGIN_ANY;
    return true;
}

bool alternatives_keep(struct arena *arena, const struct alternatives *set,
                       struct alternatives *copy)
{
    struct literal *strings;
    unsigned char *bytes;
    size_t size = 0;

    for (size_t i = 0; i < set->count; i++)
        size += set->strings[i].length;
    strings = arena_take(arena, set->count * sizeof *strings + size);
    if (!strings)
        return false;
    bytes = (unsigned char *)(strings + set->count);
    for (size_t i = 0; i < set->count; i++) {
        strings[i] = set->strings[i];
        strings[i].bytes = bytes;
        memcpy(bytes, set->strings[i].bytes, strings[i].length);
        bytes += strings[i].length;
    }
    *copy = *set;
    copy->strings = strings;
    return true;
}

void alternatives_follow(struct alternatives *set, enum margin after)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->strings[i].after < after)
            set->strings[i].after = (unsigned char)after;
    }
}

static bool same(const struct literal *one, const struct literal *other)
{
    return one->signature == other->signature && memcmp(one->bytes, other->bytes, one->length) == 0;
}

static unsigned char weaker(unsigned char one, unsigned char other)
{
    return one < other ? one : other;
}

static unsigned char stronger(unsigned char one, unsigned char other)
{
    return one > other ? one : other;
}

/* The list has room for it. */
static void add_once(struct alternatives *list, const struct literal *string)
{
    uint64_t bit = signature_bit(string);

    for (size_t i = 0; list->signatures & bit && i < list->count; i++) {
        if (same(&list->strings[i], string)) {
            list->strings[i].before = weaker(list->strings[i].before, string->before);
            list->strings[i].after = weaker(list->strings[i].after, string->after);
            return;
        }
    }
    list->signatures |= bit;
    if (string->length > list->longest)
        list->longest = (uint8_t)string->length;
    list->strings[list->count++] = *string;
}

/* Nothing can follow the line's end, and its start cannot come twice: such sets stay apart. */
static bool joinable(const struct alternatives *head, const struct alternatives *tail)
{
    size_t product = (size_t)head->count * tail->count;
    size_t limit = head->count == 1 || tail->count == 1 ? ALTERNATIVES_LISTED : ALTERNATIVES_JOINED;

    return head->count > 0 && tail->count > 0 && product <= limit && !head->line_end &&
           !(head->line_start && tail->line_start) &&
           head->longest + tail->longest <= LITERAL_MAX_LENGTH;
}

static bool put_together(struct alternatives_pool *pool, const struct literal *head,
                         const struct literal *tail, struct literal *string)
{
    unsigned char *bytes;

    *string = *head;
    if (tail->length == 0) {
        string->after = stronger(head->after, tail->after);
        if (head->length == 0)
            string->before = stronger(head->before, tail->before);
        return true;
    }
    string->after = tail->after;
    string->length += tail->length;
    string->rarity = 0;
    if (head->length == 0) {
        string->bytes = tail->bytes;
        string->rarity = tail->rarity;
        string->traits = tail->traits;
        string->signature = tail->signature;
        string->before = stronger(head->before, tail->before);
        return true;
    }
    if (head->bytes + head->length == tail->bytes) {
        string->signature = sign(string->bytes, string->length);
        return true;
    }
    bytes = alternatives_room(pool, string->length);
    if (!bytes)
        return false;
    memcpy(bytes, head->bytes, head->length);
    memcpy(bytes + head->length, tail->bytes, tail->length);
    pool->front += string->length;
    string->bytes = bytes;
    string->signature = sign(bytes, string->length);
    return true;
}

bool alternatives_join(struct alternatives_pool *pool, const struct alternatives *head,
                       const struct alternatives *tail, struct alternatives *set)
{
    struct alternatives joined = {.line_start = head->line_start || tail->line_start,
                                  .line_end = tail->line_end};

    if (!joinable(head, tail))
        return false;
    joined.strings = strings_room(pool, (size_t)head->count * tail->count);
    if (!joined.strings)
        return false;
    for (size_t i = 0; i < head->count; i++) {
        for (size_t j = 0; j < tail->count; j++) {
            struct literal string;

            if (!put_together(pool, &head->strings[i], &tail->strings[j], &string))
                return false;
            add_once(&joined, &string);
        }
    }
    *set = joined;
    return true;
}

bool alternatives_begin(struct alternatives_pool *pool, const struct alternatives *head,
                        const struct alternatives *tail, struct alternatives *set)
{
    struct alternatives either = {.line_start = head->line_start || tail->line_start,
                                  .line_end = head->line_end || tail->line_end};
    const struct literal *empty = NULL;

    for (size_t i = 0; i < head->count && !empty; i++) {
        if (head->strings[i].length == 0)
            empty = &head->strings[i];
    }
    if (!empty || head->count + tail->count > ALTERNATIVES_LISTED)
        return false;
    either.strings = strings_room(pool, head->count + tail->count);
    if (!either.strings)
        return false;
    for (size_t i = 0; i < head->count; i++) {
        struct literal string = head->strings[i];

        /* what follows is TAIL's to say */
        string.after = MARGIN_ANY;
        if (string.length > 0)
            add_once(&either, &string);
    }
    for (size_t i = 0; i < tail->count; i++) {
        struct literal string = tail->strings[i];

        string.before = stronger(string.before, empty->before);
        add_once(&either, &string);
    }
    *set = either;
    return true;
}

/* The array of a list has room for a power of two, so that its count tells its size. */
static size_t list_capacity(size_t count)
{
    size_t capacity = count > 0 ? LIST_CAPACITY : 0;

    while (capacity < count)
        capacity *= 2;
    return capacity;
}

bool alternatives_add(struct alternatives_pool *pool, struct alternatives *list,
                      const struct alternatives *set, size_t limit)
{
    size_t capacity = list_capacity((size_t)list->count + set->count);

    if (set->count == 0 || set->count > limit || list->count > limit - set->count)
        return false;
    if (capacity > list_capacity(list->count)) {
        struct literal *strings = strings_room(pool, capacity);

        if (!strings)
            return false;
        if (list->count > 0)
            memcpy(strings, list->strings, list->count * sizeof *strings);
        list->strings = strings;
    }
    for (size_t i = 0; i < set->count; i++) {
        if (list->count < COMPARED)
            add_once(list, &set->strings[i]);
        else
            list->strings[list->count++] = set->strings[i];
    }
    if (set->longest > list->longest)
        list->longest = set->longest;
    list->line_start |= set->line_start;
    list->line_end |= set->line_end;
    return true;
}

static enum margin margin_before(const struct literal *string)
{
    if (string->before != MARGIN_EDGE)
        return (enum margin)string->before;
    return string->length > 0 && alternatives_is_word(string->bytes[0]) ? MARGIN_SIGN : MARGIN_ANY;
}

static enum margin margin_after(const struct literal *string)
{
    if (string->after != MARGIN_EDGE)
        return (enum margin)string->after;
    return string->length > 0 && alternatives_is_word(string->bytes[string->length - 1])
               ? MARGIN_SIGN
               : MARGIN_ANY;
}

enum trait {
    TRAIT_WORD_BYTE = 1,  /* has one */
    TRAIT_WORD_FIRST = 2, /* begins with one, and has three bytes */
    TRAIT_WORD_INSIDE = 4 /* has a word's beginning that three bytes or more follow */
};

static unsigned char traits_of(const struct literal *string)
{
    uint32_t words = 0, beginnings; /* a bit for each byte */
    unsigned traits = 0;

    for (size_t i = 0; i < string->length; i++)
        words |= (uint32_t)alternatives_is_word(string->bytes[i]) << i;
    beginnings = words & ~(words << 1) & ~UINT32_C(1);
    if (words)
        traits |= TRAIT_WORD_BYTE;
    if (words & 1 && string->length > 2)
        traits |= TRAIT_WORD_FIRST;
    if (string->length > 2 &&
        beginnings & (UINT32_MAX >> (LITERAL_MAX_LENGTH + 2 - string->length)))
        traits |= TRAIT_WORD_INSIDE;
    return (unsigned char)traits;
}

/* Where it can be looked for counts for as much as what it is made of. */
static unsigned rarity_of_string(struct literal *string)
{
    static const unsigned char bonus[] = {[MARGIN_ANY] = 0, [MARGIN_SIGN] = 4, [MARGIN_LINE] = 28};
    enum margin before = margin_before(string), after = margin_after(string);
    unsigned rarity = string->rarity;

    if (rarity == 0) {
        rarity = rarity_of(string->bytes, string->length, RARITY_ENOUGH);
        if (rarity > RARITY_ENOUGH)
            rarity = RARITY_ENOUGH;
        if (rarity > RARITY_COMMON && rarity < RARITY_ENOUGH &&
            rarity_is_common(string->bytes, string->length))
            rarity = RARITY_COMMON;
        string->rarity = (unsigned char)rarity;
        string->traits = traits_of(string);
    }
    if (!(string->traits & TRAIT_WORD_BYTE))
        return rarity;
    if (string->traits & TRAIT_WORD_INSIDE ||
        (string->traits & TRAIT_WORD_FIRST && before != MARGIN_ANY))
        rarity += BONUS_WORD;
    return rarity + bonus[before] + bonus[after];
}

unsigned alternatives_rarity(const struct alternatives *set, unsigned floor)
{
    unsigned least = UINT32_MAX, penalty = 0;

    for (size_t count = set->count; count > 1; count /= 2)
        penalty += COUNT_PENALTY;
    for (size_t i = 0; i < set->count; i++) {
        struct literal *string = &set->strings[i];
        unsigned rarity;

        if (string->length == 0 || (string->length == 1 && string->bytes[0] == LINE_END))
            return 0;
        rarity = rarity_of_string(string);
        if (rarity < RARITY_LEAST || (floor > 0 && rarity <= floor + penalty))
            return 0;
        if (rarity < least)
            least = rarity;
    }
    if (set->count == 0)
        return 0;
    return least > penalty ? least - penalty : 1;
}

/* Whether STRING, where it is found, holds PART with the margins that PART asks for. */
static bool contains(const struct literal *string, const struct literal *part)
{
    size_t from = 0, to;

    if (part->length > string->length)
        return false;
    to = string->length - part->length;
    if (part->before != MARGIN_ANY)
        to = 0;
    if (part->after != MARGIN_ANY)
        from = string->length - part->length;
    if ((part->before != MARGIN_ANY && string->before < part->before) ||
        (part->after != MARGIN_ANY && string->after < part->after))
        return false;
    for (size_t at = from; at <= to; at++) {
        if (string->bytes[at] == part->bytes[0] &&
            memcmp(string->bytes + at, part->bytes, part->length) == 0)
            return true;
    }
    return false;
}

/* A bit for each byte, by its value: who holds a string has its bits. */
static uint64_t bytes_held(const struct literal *string)
{
    uint64_t held = 0;

    for (size_t i = 0; i < string->length; i++)
        held |= UINT64_C(1) << string->bytes[i] % 64;
    return held;
}

bool alternatives_finish(struct alternatives_pool *pool, struct alternatives *set)
{
    uint64_t held[COMPARED];
    struct literal *strings;
    uint16_t count = 0;

    if (!alternatives_copy(pool, set, set))
        return false;
    strings = set->strings;
    for (size_t i = 0; i < set->count; i++) {
        strings[i].before = (unsigned char)margin_before(&strings[i]);
        strings[i].after = (unsigned char)margin_after(&strings[i]);
    }
    if (set->count == 1 || set->count > COMPARED)
        return true;
    for (size_t i = 0; i < set->count; i++)
        held[i] = bytes_held(&strings[i]);
    strings = strings_room(pool, set->count);
    if (!strings)
        return false;
    for (size_t i = 0; i < set->count; i++) {
        const struct literal *string = &set->strings[i];
        uint64_t lacking = ~held[i];
        size_t j = 0;

        while (j < set->count &&
               (held[j] & lacking || i == j || !contains(string, &set->strings[j])))
            j++;
        if (j == set->count)
            strings[count++] = *string;
    }
    set->strings = strings;
    set->count = count;
    return true;
}
