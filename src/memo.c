#include "memo.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS ((size_t)1 << 16)
#define WAYS 4 /* slots for one hash */

/* The line's bytes stand behind it, and before them the rules that weigh it. */
struct entry {
    uint64_t hash;
    struct memo_span span;
    struct matched matched;
};

struct memo {
    uint64_t *slots; /* by hash: 1 + where its entry is, 0: none */
    char *ring;
    size_t weighs; /* bytes of a set */
    uint64_t next; /* where the next entry goes, counted on over the ring's end */
};

struct memo *memo_create(size_t weighs)
{
    struct memo *memo = calloc(1, sizeof *memo);

    if (!memo)
        return NULL;
    memo->weighs = weighs * sizeof(uint64_t);
    memo->slots = calloc(SLOTS, sizeof *memo->slots);
    memo->ring = malloc(MEMO_BYTES);
    if (!memo->slots || !memo->ring) {
        memo_destroy(memo);
        return NULL;
    }
    return memo;
}

void memo_destroy(struct memo *memo)
{
    if (!memo)
        return;
    free(memo->slots);
    free(memo->ring);
    free(memo);
}

void memo_clear(struct memo *memo)
{
    if (memo->next)
        memset(memo->slots, 0, SLOTS * sizeof *memo->slots);
    memo->next = 0;
}

/* Eight bytes at a time, each mixed in by a multiplication (as FNV-1a does for one). */
static uint64_t hash_of(const char *text, size_t length)
{
    uint64_t sum = length * UINT64_C(0x9E3779B97F4A7C15), word;

    for (; length >= sizeof word; text += sizeof word, length -= sizeof word) {
        memcpy(&word, text, sizeof word);
        sum = (sum ^ word) * UINT64_C(0xFF51AFD7ED558CCD);
        sum ^= sum >> 32;
    }
    word = 0;
    memcpy(&word, text, length);
    sum = (sum ^ word) * UINT64_C(0xFF51AFD7ED558CCD);
    return sum ^ sum >> 32;
}

static size_t slot_of(uint64_t hash)
{
    return hash & (SLOTS - 1) & ~(size_t)(WAYS - 1);
}

/* The entry in the slot, if it was not overwritten and is the line's. */
static const char *entry_at(const struct memo *memo, uint64_t slot, uint64_t hash, const char *text,
                            size_t length, struct entry *entry)
{
    const char *at = memo->ring + (slot - 1) % MEMO_BYTES;

    if (slot == 0 || slot - 1 + MEMO_BYTES < memo->next)
        return NULL;
    memcpy(entry, at, sizeof *entry);
    if (entry->hash != hash || entry->matched.length != length)
        return NULL;
    at += sizeof *entry;
    return memcmp(at + memo->weighs, text, length) == 0 ? at : NULL;
}

static bool is_within(struct memo_place place, const struct memo_span *span)
{
    return place.line >= span->least.line && place.line <= span->most.line &&
           place.words >= span->least.words && place.words <= span->most.words;
}

bool memo_find(const struct memo *memo, const char *text, size_t length, struct memo_place place,
               struct matched *matched)
{
    uint64_t hash;
    struct entry entry;

    if (length > MEMO_LINE)
        return false;
    hash = hash_of(text, length);
    for (size_t way = 0; way < WAYS; way++) {
        const char *weighs =
            entry_at(memo, memo->slots[slot_of(hash) + way], hash, text, length, &entry);

        if (!weighs || !is_within(place, &entry.span))
            continue;
        *matched = entry.matched;
        matched->text = text;
        matched->weighs = (const uint64_t *)(const void *)weighs;
        return true;
    }
    return false;
}

/* An entry is whole, so that the last bytes of the ring may stay unused. */
static char *take(struct memo *memo, size_t size)
{
    uint64_t left = MEMO_BYTES - memo->next % MEMO_BYTES;
    char *place;

    if (left < size)
        memo->next += left;
    place = memo->ring + memo->next % MEMO_BYTES;
    memo->next += size;
    return place;
}

void memo_add(struct memo *memo, const struct memo_span *span, const struct matched *matched)
{
    struct entry entry = {hash_of(matched->text, matched->length), *span, *matched};
    size_t size = (sizeof entry + memo->weighs + matched->length + 7) & ~(size_t)7;
    uint64_t *slots;
    char *at;

    if (size > MEMO_BYTES / 2)
        return;
    at = take(memo, size);
    memcpy(at, &entry, sizeof entry);
    memcpy(at + sizeof entry, matched->weighs, memo->weighs);
    memcpy(at + sizeof entry + memo->weighs, matched->text, matched->length);
    /* the newest in front */
    slots = memo->slots + slot_of(entry.hash);
    memmove(slots + 1, slots, (WAYS - 1) * sizeof *slots);
    *slots = 1 + memo->next - size;
}
