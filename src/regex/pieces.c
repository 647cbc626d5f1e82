#include "regex/pieces.h"

#include <string.h>

/* What a group has around its text, behind its opening bracket. */
static const char group_open[] = {'?', ':'};
static const char group_close[] = {')'};

/* A shorter one is read as quickly as it is found. */
#define LEAST_LENGTH ((size_t)16)

static size_t bucket_of(const void *text)
{
    uint64_t first;
    uint16_t last;

    memcpy(&first, text, sizeof first);
    memcpy(&last, (const char *)text + sizeof first, sizeof last);
    return (size_t)((first ^ last) * UINT64_C(0x9E3779B97F4A7C15) >> 58);
}

bool pieces_add(struct pieces *pieces, struct span text)
{
    struct piece *piece;
    char *group;
    size_t length = sizeof group_open + text.length + sizeof group_close;

    if (length < LEAST_LENGTH)
        return true;
    piece = arena_alloc(pieces->arena, sizeof *piece + length);
    if (!piece)
        return false;
    group = (char *)(piece + 1);
    memcpy(group, group_open, sizeof group_open);
    memcpy(group + sizeof group_open, text.text, text.length);
    memcpy(group + sizeof group_open + text.length, group_close, sizeof group_close);
    piece->text = group;
    piece->length = length;
    piece->next = pieces->buckets[bucket_of(group)];
    pieces->buckets[bucket_of(group)] = piece;
    return true;
}

struct piece *pieces_find(const struct pieces *pieces, const struct cursor *cursor)
{
    size_t left = (size_t)(cursor->end - cursor->next);

    if (left < LEAST_LENGTH)
        return NULL;
    for (struct piece *piece = pieces->buckets[bucket_of(cursor->next)]; piece; piece = piece->next)
        if (piece->length <= left && memcmp(piece->text, cursor->next, piece->length) == 0)
            return piece;
    return NULL;
}

const struct piece_facts *pieces_facts(const struct piece *piece, const struct cursor *cursor)
{
    const struct piece_facts *facts = piece->facts;

    while (facts && (facts->caseless != cursor->caseless || facts->extended != cursor->extended ||
                     facts->before != cursor->before))
        facts = facts->next;
    return facts;
}

bool pieces_learn(struct pieces *pieces, struct piece *piece, const struct cursor *start,
                  const struct part *part, unsigned groups, unsigned depth)
{
    struct piece_facts *facts = arena_take(pieces->arena, sizeof *facts);

    if (!facts)
        return false;
    *facts = (struct piece_facts){.next = piece->facts,
                                  .caseless = start->caseless,
                                  .extended = start->extended,
                                  .before = start->before,
                                  .part = *part,
                                  .groups = groups,
                                  .depth = depth};
    if ((part->exact.count > 0 &&
         !alternatives_keep(pieces->arena, &part->exact, LITERAL_MAX_LENGTH, &facts->part.exact)) ||
        (part->rarity > 0 && !alternatives_keep(pieces->arena, &part->required, LITERAL_MAX_LENGTH,
                                                &facts->part.required)))
        return false;
    piece->facts = facts;
    return true;
}
