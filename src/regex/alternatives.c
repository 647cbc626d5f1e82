/*
 * A set is an array of strings, a string points to its bytes, and both lie in the pool: bytes at
 * its front, arrays at its back. Nothing is freed before the next regex. A set is copied by its
 * array alone, or not at all, since strings never change once others may have them.
 *
 * To join sets is most of the work, and most of that is spared: the hash, the word bytes and the
 * rarity of a joined string follow from those of its parts (literal_describe_joined), and where the
 * tail's bytes were put right behind the head's, as they are when one was read after the other, the
 * string is the head made longer, without a copy. Elsewhere LITERAL_MAX_LENGTH bytes are copied at
 * once, however many are meant: therefore so many are kept free behind the front.
 *
 * A string that comes twice is listed once, with what is certain of both: their weaker margins. A
 * bit for each hash tells most strings to be new. Strings that hold another one of the set are
 * dropped at the end only (alternatives_finish), of the one set that the regex requires.
 */
#include "regex/alternatives.h"

#include "base/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Below this a string is in most lines: looking for it costs more than it saves. */
#define RARITY_LEAST 12
/* Each doubling of their number costs as much, in half bits. */
#define COUNT_PENALTY 4
/* Larger sets may hold a string twice: comparing each with each takes the square of the time. */
#define COMPARED 64
/* Of a list that has just begun. */
#define LIST_CAPACITY 8

bool alternatives_pool_init(struct alternatives_pool *pool)
{
    pool->memory = malloc(ALTERNATIVES_POOL + LITERAL_MAX_LENGTH);
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
    if (size + LITERAL_MAX_LENGTH > pool->back - pool->front) {
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

static uint64_t hash_bit(const struct literal *string)
{
    return UINT64_C(1) << (table_hash_short(string->hash) >> 26);
}

bool alternatives_single(struct alternatives_pool *pool, size_t length, enum margin before,
                         struct alternatives *set)
{
    unsigned char *bytes = pool->memory + pool->front;
    struct literal *string = strings_room(pool, 1);

    if (!string)
        return false;
    pool->front += length;
    *string = (struct literal){
        .bytes = bytes, .length = (uint8_t)length, .before = (unsigned char)before};
    if (length > 0)
        literal_describe(string);
    *set = (struct alternatives){
        .strings = string, .hashes = hash_bit(string), .count = 1, .longest = (uint8_t)length};
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

bool alternatives_enclose(struct alternatives_pool *pool, const struct alternatives *set,
                          struct alternatives *copy)
{
    if (!alternatives_copy(pool, set, copy))
        return false;
    for (size_t i = 0; i < copy->count; i++)
        copy->strings[i].is_inside = true;
    return true;
}

void alternatives_follow(struct alternatives *set, enum margin after)
{
    for (size_t i = 0; i < set->count; i++) {
        if (!set->strings[i].is_inside && set->strings[i].after < after)
            set->strings[i].after = (unsigned char)after;
    }
}

static unsigned char weaker(unsigned char one, unsigned char other)
{
    return one < other ? one : other;
}

static unsigned char stronger(unsigned char one, unsigned char other)
{
    return one > other ? one : other;
}

/* Whether STRING is one of the list already: then its margins are seen to. */
static bool is_known(struct alternatives *list, const struct literal *string)
{
    for (size_t i = 0; i < list->count; i++) {
        if (literal_is_same(&list->strings[i], string)) {
            list->strings[i].before = weaker(list->strings[i].before, string->before);
            list->strings[i].after = weaker(list->strings[i].after, string->after);
            list->strings[i].is_inside |= string->is_inside;
            return true;
        }
    }
    return false;
}

/* The list has room for it; STRING may lie there, behind the last one. */
static inline void add_once(struct alternatives *list, const struct literal *string)
{
    uint64_t bit = hash_bit(string);

    if (list->hashes & bit && is_known(list, string))
        return;
    list->hashes |= bit;
    if (string->length > list->longest)
        list->longest = string->length;
    list->strings[list->count++] = *string;
}

/* Nothing can follow the line's end, and its start cannot come twice: such sets stay apart. */
static bool joinable(const struct alternatives *head, const struct alternatives *tail)
{
    size_t product = (size_t)head->count * tail->count;
    size_t limit = head->count == 1 || tail->count == 1 ? ALTERNATIVES_SINGLE : ALTERNATIVES_JOINED;

    if (alternatives_is_empty_string(head) || alternatives_is_empty_string(tail))
        limit = ALTERNATIVES_LISTED;

    return head->count > 0 && tail->count > 0 && product <= limit && !head->line_end &&
           !(head->line_start && tail->line_start) &&
           head->longest + tail->longest <= LITERAL_MAX_LENGTH;
}

/* More than the bytes that are asked for: that is quicker. There is room for them, and so much lies
 * behind each string of a pool. */
static void copy_bytes(unsigned char *to, const unsigned char *from)
{
    unsigned char bytes[LITERAL_MAX_LENGTH];

    memcpy(bytes, from, sizeof bytes);
    memcpy(to, bytes, sizeof bytes);
}

/* Neither is empty. */
static bool put_bytes_together(struct alternatives_pool *pool, const struct literal *head,
                               const struct literal *tail, struct literal *string)
{
    literal_describe_joined(head, tail, string);
    if (head->bytes + head->length != tail->bytes) {
        unsigned char *bytes = alternatives_room(pool, string->length);

        if (!bytes)
            return false;
        copy_bytes(bytes, head->bytes);
        copy_bytes(bytes + head->length, tail->bytes);
        pool->front += string->length;
        string->bytes = bytes;
    }
    return true;
}

static bool put_together(struct alternatives_pool *pool, const struct literal *head,
                         const struct literal *tail, struct literal *string)
{
    if (head->length == 0) {
        *string = *tail;
        string->before = stronger(head->before, tail->before);
        if (tail->length == 0)
            string->after = stronger(head->after, tail->after);
        return true;
    }
    *string = *head;
    if (tail->length == 0) {
        string->after = stronger(head->after, tail->after);
        return true;
    }
    string->after = tail->after;
    string->length = (uint8_t)(head->length + tail->length);
    return put_bytes_together(pool, head, tail, string);
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
            struct literal *string = &joined.strings[joined.count];

            if (!put_together(pool, &head->strings[i], &tail->strings[j], string))
                return false;
            add_once(&joined, string);
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
    if (!empty || head->count + tail->count > ALTERNATIVES_SINGLE)
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

/* Room for COUNT more strings. */
static bool grow(struct alternatives_pool *pool, struct alternatives *list, size_t count)
{
    size_t capacity = list->capacity > 0 ? list->capacity : LIST_CAPACITY;
    struct literal *strings;

    while (capacity < list->count + count)
        capacity *= 2;
    strings = strings_room(pool, capacity);
    if (!strings)
        return false;
    if (list->count > 0)
        memcpy(strings, list->strings, list->count * sizeof *strings);
    list->strings = strings;
    list->capacity = (uint16_t)capacity;
    return true;
}

bool alternatives_add(struct alternatives_pool *pool, struct alternatives *list,
                      const struct alternatives *set, size_t limit)
{
    size_t total = (size_t)list->count + set->count;

    if (set->count == 0 || total > limit ||
        (total > list->capacity && !grow(pool, list, set->count)))
        return false;
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

unsigned alternatives_rarity(const struct alternatives *set, unsigned floor)
{
    unsigned least = UINT32_MAX, penalty = 0;

    for (size_t count = set->count; count > 1; count /= 2)
        penalty += COUNT_PENALTY;
    for (size_t i = 0; i < set->count; i++) {
        const struct literal *string = &set->strings[i];
        unsigned rarity;

        if (string->length == 0 || (string->length == 1 && string->bytes[0] == LITERAL_LINE_END))
            return 0;
        rarity = literal_rarity(string);
        if (rarity < RARITY_LEAST || (floor > 0 && rarity <= floor + penalty))
            return 0;
        if (rarity < least)
            least = rarity;
    }
    if (set->count == 0)
        return 0;
    return least > penalty ? least - penalty : 1;
}

/* With margins on both sides it cannot be a part of a longer one. */
static bool may_be_part(const struct literal *string)
{
    return string->before == MARGIN_ANY || string->after == MARGIN_ANY;
}

/* A bit for each byte, by its value: who holds a string has its bits. */
static uint64_t bytes_held(const struct literal *string)
{
    uint64_t held = 0;

    for (size_t i = 0; i < string->length; i++)
        held |= UINT64_C(1) << string->bytes[i] % 64;
    return held;
}

/* Strings that others of the set may hold, and the bytes of each. */
struct parts {
    const struct literal *strings[COMPARED];
    uint64_t held[COMPARED];
    size_t count;
};

static void find_parts(const struct alternatives *set, struct parts *parts)
{
    parts->count = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (!may_be_part(&set->strings[i]))
            continue;
        parts->strings[parts->count] = &set->strings[i];
        parts->held[parts->count++] = bytes_held(&set->strings[i]);
    }
}

static bool holds_part(const struct literal *string, const struct parts *parts)
{
    uint64_t lacking = ~bytes_held(string);

    for (size_t i = 0; i < parts->count; i++) {
        if (!(parts->held[i] & lacking) && parts->strings[i] != string &&
            literal_holds(string, parts->strings[i]))
            return true;
    }
    return false;
}

bool alternatives_finish(struct alternatives_pool *pool, struct alternatives *set)
{
    struct parts parts;
    struct literal *strings;
    uint16_t count = 0;

    if (!alternatives_copy(pool, set, set))
        return false;
    strings = set->strings;
    for (size_t i = 0; i < set->count; i++) {
        strings[i].before = (unsigned char)literal_before(&strings[i]);
        strings[i].after = (unsigned char)literal_after(&strings[i]);
    }
    if (set->count == 1 || set->count > COMPARED)
        return true;
    find_parts(set, &parts);
    if (parts.count == 0)
        return true;
    strings = strings_room(pool, set->count);
    if (!strings)
        return false;
    for (size_t i = 0; i < set->count; i++) {
        if (!holds_part(&set->strings[i], &parts))
            strings[count++] = set->strings[i];
    }
    set->strings = strings;
    set->count = count;
    return true;
}
