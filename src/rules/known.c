#include "rules/known.h"

#include <string.h>

static uint64_t hash_of(const struct regex *regex)
{
    return table_hash_bytes(table_hash_number(TABLE_HASH, regex->flags), regex->text,
                            regex->length);
}

static bool is_same(const struct regex *one, const struct regex *other)
{
    return one->flags == other->flags && one->length == other->length &&
           memcmp(one->text, other->text, one->length) == 0;
}

bool known_build(struct known *known, const struct rule *items, uint32_t count, struct arena *arena)
{
    struct table own;
    bool good = true;

    known->items = items;
    for (uint32_t i = 0; good && i < count; i++)
        if (items[i].regex.text && !known_find(known, &items[i].regex))
            good = table_add(&known->by_regex, hash_of(&items[i].regex), i);
    own = known->by_regex;
    good = good && table_copy(&known->by_regex, arena);
    table_release(&own);
    return good;
}

const struct rule *known_find(const struct known *known, const struct regex *regex)
{
    uint64_t hash = hash_of(regex);
    size_t probe = 0;
    uint32_t number;

    while ((number = table_next(&known->by_regex, hash, &probe)) != TABLE_END)
        if (is_same(&known->items[number].regex, regex))
            return &known->items[number];
    return NULL;
}
