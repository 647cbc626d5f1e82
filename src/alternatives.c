#include "alternatives.h"

#include "rarity.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Below this a string is in most lines: looking for it costs more than it saves. */
#define RARITY_LEAST 12
/* Such a string is hardly ever there by chance: fewer strings are then better than rarer ones. */
#define RARITY_ENOUGH 80
/* Each doubling of their number costs as much, in half bits. */
#define COUNT_PENALTY 4
/* Larger sets may hold a string twice: comparing each with each takes the square of the time. */
#define COMPARED 64

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

bool alternatives_single(struct alternatives_pool *pool, size_t length, struct alternatives *set)
{
    unsigned char *bytes = pool->memory + pool->front;
    struct literal *string = strings_room(pool, 1);

    if (!string)
        return false;
    pool->front += length;
    *string = (struct literal){bytes, length};
    *set = (struct alternatives){string, 1, false, false};
    return true;
}

static bool same(const struct literal *one, const struct literal *other)
{
    return one->length == other->length && memcmp(one->bytes, other->bytes, one->length) == 0;
}

static size_t add_once(struct literal *strings, size_t count, const struct literal *string)
{
    for (size_t i = 0; i < count; i++) {
        if (same(&strings[i], string))
            return count;
    }
    strings[count] = *string;
    return count + 1;
}

static size_t longest(const struct alternatives *set)
{
    size_t length = 0;

    for (size_t i = 0; i < set->count; i++) {
        if (set->strings[i].length > length)
            length = set->strings[i].length;
    }
    return length;
}

/* Nothing can follow the line's end, and its start cannot come twice: such sets stay apart. */
static bool joinable(const struct alternatives *head, const struct alternatives *tail)
{
    size_t product = head->count * tail->count;
    size_t limit = head->count == 1 || tail->count == 1 ? ALTERNATIVES_LISTED : ALTERNATIVES_JOINED;

    return head->count > 0 && tail->count > 0 && product <= limit && !head->line_end &&
           !(head->line_start && tail->line_start) &&
           longest(head) + longest(tail) <= LITERAL_MAX_LENGTH;
}

static bool put_together(struct alternatives_pool *pool, const struct literal *head,
                         const struct literal *tail, struct literal *string)
{
    unsigned char *bytes;

    *string = *head;
    if (tail->length == 0)
        return true;
    string->length += tail->length;
    if (head->length == 0) {
        string->bytes = tail->bytes;
        return true;
    }
    if (head->bytes + head->length == tail->bytes)
        return true;
    bytes = alternatives_room(pool, string->length);
    if (!bytes)
        return false;
    memcpy(bytes, head->bytes, head->length);
    memcpy(bytes + head->length, tail->bytes, tail->length);
    pool->front += string->length;
    string->bytes = bytes;
    return true;
}

bool alternatives_join(struct alternatives_pool *pool, const struct alternatives *head,
                       const struct alternatives *tail, struct alternatives *set)
{
    struct literal *strings;
    size_t count = 0;

    if (!joinable(head, tail))
        return false;
    strings = strings_room(pool, head->count * tail->count);
    if (!strings)
        return false;
    for (size_t i = 0; i < head->count; i++) {
        for (size_t j = 0; j < tail->count; j++) {
            struct literal string;

            if (!put_together(pool, &head->strings[i], &tail->strings[j], &string))
                return false;
            count = add_once(strings, count, &string);
        }
    }
    *set =
        (struct alternatives){strings, count, head->line_start || tail->line_start, tail->line_end};
    return true;
}

/* The array of a list has room for a power of two, so that its count tells its size. */
static size_t list_capacity(size_t count)
{
    size_t capacity = count > 0;

    while (capacity < count)
        capacity *= 2;
    return capacity;
}

bool alternatives_add(struct alternatives_pool *pool, struct alternatives *list,
                      const struct alternatives *set, size_t limit)
{
    size_t capacity = list_capacity(list->count + set->count);

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
            list->count = add_once(list->strings, list->count, &set->strings[i]);
        else
            list->strings[list->count++] = set->strings[i];
    }
    list->line_start |= set->line_start;
    list->line_end |= set->line_end;
    return true;
}

unsigned alternatives_rarity(const struct alternatives *set)
{
    unsigned least = UINT32_MAX, penalty = 0;

    for (size_t i = 0; i < set->count; i++) {
        const struct literal *string = &set->strings[i];
        unsigned rarity = rarity_of(string->bytes, string->length, RARITY_ENOUGH);

        if (string->length == 1 && string->bytes[0] == LINE_END)
            return 0;
        if (rarity < least)
            least = rarity;
    }
    if (set->count == 0 || least < RARITY_LEAST)
        return 0;
    if (least > RARITY_ENOUGH)
        least = RARITY_ENOUGH;
    for (size_t count = set->count; count > 1; count /= 2)
        penalty += COUNT_PENALTY;
    return least > penalty ? least - penalty : 1;
}

static bool contains(const struct literal *string, const struct literal *part)
{
    for (size_t at = 0; at + part->length <= string->length; at++) {
        if (memcmp(string->bytes + at, part->bytes, part->length) == 0)
            return true;
    }
    return false;
}

bool alternatives_minimise(struct alternatives_pool *pool, struct alternatives *set)
{
    struct literal *strings;
    size_t count = 0;

    if (set->count < 2 || set->count > COMPARED)
        return true;
    strings = strings_room(pool, set->count);
    if (!strings)
        return false;
    for (size_t i = 0; i < set->count; i++) {
        bool needed = true;

        for (size_t j = 0; j < set->count && needed; j++)
            needed = i == j || !contains(&set->strings[i], &set->strings[j]);
        if (needed)
            strings[count++] = set->strings[i];
    }
    set->strings = strings;
    set->count = count;
    return true;
}
