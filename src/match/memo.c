#include "match/memo.h"

#include "base/bits.h"
#include "base/table.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS ((size_t)1 << 16)
#define WAYS 4    /* slots for one hash */
#define GUESSES 3 /* a line that comes often leads away from where its page's others are */

/* Behind an entry stand the set of the rules that weigh its line, then the bytes of the line. */
struct entry {
    uint64_t hash;
    uint64_t size; /* to the next; 0: the ring's end is unused from here on */
    struct memo_span span;
    struct matched matched;
};

/* Bits for the lines that came; after a quarter as many lines all are forgotten. */
#define SEEN (1u << 17)

struct memo {
    uint64_t *slots; /* by hash: 1 + where its entry is, 0: none */
    char *ring;
    size_t weighs;             /* bytes of a set */
    size_t longest;            /* line that is remembered, in bytes */
    uint64_t guesses[GUESSES]; /* where the next line's entry may be */
    unsigned oldest_guess;
    uint64_t seen[SEEN / 64]; /* a bit for the hash of each line that came */
    unsigned seen_count;
    uint64_t asked; /* the hash of the line that was looked for last */
    uint64_t next;  /* where the next entry goes, counted on over the ring's end */
    uint64_t first; /* what lies before is forgotten */
};

struct memo *memo_create(size_t weighs, size_t longest)
{
    struct memo *memo = calloc(1, sizeof *memo);

    if (!memo)
        return NULL;
    memo->weighs = weighs * sizeof(uint64_t);
    memo->longest = longest;
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

void memo_clear(struct memo *memo, size_t weighs)
{
    memo->weighs = weighs * sizeof(uint64_t);
    memo->first = memo->next;
}

static bool has_come(const struct memo *memo, uint64_t hash)
{
    return bits_has(memo->seen, hash % SEEN);
}

/* The first time a line comes, nothing but this is kept of it. */
static void note_coming(struct memo *memo, uint64_t hash)
{
    if (memo->seen_count++ == SEEN / 4) {
        memset(memo->seen, 0, sizeof memo->seen);
        memo->seen_count = 0;
    }
    bits_add(memo->seen, hash % SEEN);
}

static size_t slot_of(uint64_t hash)
{
    return (hash >> 20) & (SLOTS - 1) & ~(size_t)(WAYS - 1);
}

/* The entry at a place, counted on over the ring's end, or NULL if there is none (any more). */
static const struct entry *entry_at(const struct memo *memo, uint64_t place)
{
    const struct entry *entry = (const void *)(memo->ring + place % MEMO_BYTES);

    if (place >= memo->next || place < memo->first || place + MEMO_BYTES < memo->next ||
        MEMO_BYTES - place % MEMO_BYTES < sizeof *entry || entry->size == 0)
        return NULL;
    return entry;
}

static bool is_within(struct memo_place place, const struct memo_span *span)
{
    return place.line >= span->least.line && place.line <= span->most.line &&
           place.words >= span->least.words && place.words <= span->most.words;
}

/* Whether the entry is about the line, and what it says holds at PLACE. */
static bool is_of(const struct memo *memo, const struct entry *entry, const char *text,
                  size_t length, struct memo_place place)
{
    const char *weighs = (const char *)(entry + 1);

    return entry->matched.length == length && is_within(place, &entry->span) &&
           memcmp(weighs + memo->weighs, text, length) == 0;
}

static bool give(const struct memo *memo, const struct entry *entry, const char *text,
                 struct matched *matched)
{
    const uint64_t *weighs = memo->weighs ? (const void *)(entry + 1) : NULL;

    *matched = entry->matched;
    matched->text = text;
    matched->weighs = weighs;
    return true;
}

bool memo_find(struct memo *memo, const char *text, size_t length, struct memo_place place,
               struct matched *matched)
{
    const struct entry *entry;
    const uint64_t *slots;
    uint64_t hash;

    if (length > memo->longest)
        return false;
    for (int i = 0; i < GUESSES; i++) {
        entry = entry_at(memo, memo->guesses[i]);
        if (entry && is_of(memo, entry, text, length, place)) {
            memo->guesses[i] += entry->size;
            return give(memo, entry, text, matched);
        }
    }
    hash = memo->asked = table_hash_bytes(TABLE_HASH, text, length);
    if (!has_come(memo, hash))
        return false;
    slots = memo->slots + slot_of(hash);
    for (size_t way = 0; way < WAYS && slots[way]; way++) {
        entry = entry_at(memo, slots[way] - 1);
        if (!entry || entry->hash != hash || !is_of(memo, entry, text, length, place))
            continue;
        memo->guesses[memo->oldest_guess] = slots[way] - 1 + entry->size;
        memo->oldest_guess = (memo->oldest_guess + 1) % GUESSES;
        return give(memo, entry, text, matched);
    }
    return false;
}

/* Room for an entry, which is never in two parts: the last bytes of the ring may stay unused. */
static char *take(struct memo *memo, size_t size)
{
    uint64_t left = MEMO_BYTES - memo->next % MEMO_BYTES;
    const struct entry end = {0};
    char *place;

    if (left < size) {
        if (left >= sizeof end)
            memcpy(memo->ring + memo->next % MEMO_BYTES, &end, sizeof end);
        memo->next += left;
    }
    place = memo->ring + memo->next % MEMO_BYTES;
    memo->next += size;
    return place;
}

void memo_add(struct memo *memo, const struct memo_span *span, const struct matched *matched)
{
    struct entry entry = {.hash = memo->asked, .span = *span, .matched = *matched};
    size_t size = (sizeof entry + memo->weighs + matched->length + 7) & ~(size_t)7;
    uint64_t *slots;
    char *at;

    if (matched->length > memo->longest || size > MEMO_BYTES / 2)
        return;
    if (!has_come(memo, entry.hash)) {
        note_coming(memo, entry.hash);
        return;
    }
    entry.size = size;
    at = take(memo, size);
    memcpy(at, &entry, sizeof entry);
    if (memo->weighs)
        memcpy(at + sizeof entry, matched->weighs, memo->weighs);
    memcpy(at + sizeof entry + memo->weighs, matched->text, matched->length);
    /* the newest in front */
    slots = memo->slots + slot_of(entry.hash);
    memmove(slots + 1, slots, (WAYS - 1) * sizeof *slots);
    *slots = 1 + memo->next - size;
}
