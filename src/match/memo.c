/*
 * Most lines never come again. For such a one only its bucket is looked at, eight bytes of a table
 * that stays in the cache: they have a byte of the hash of each entry's line, so that it hardly
 * ever leads to an entry. An entry has its line and what is said of it that is not said of most
 * lines: the smaller entries are, the more lines are found in a ring that the cache takes.
 */
#include "match/memo.h"

#include "base/bits.h"
#include "base/table.h"
#include "rules/rule.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS ((size_t)1 << 13)
#define WAYS 7
#define UNIT ((size_t)8) /* bytes, of which an entry and what stands in it are whole multiples */

/* The entries whose lines' hashes have some bits in common. */
struct bucket {
    uint8_t tags[WAYS]; /* others of their bits */
    uint8_t oldest;     /* of them */
};

/* Behind an entry stand the bytes of its line, then, if it has them, in this order: */
enum part { SPAN = 1, LIKENESS = 2, MARKS = 4, HITS = 8 };

/* and then the set of the rules that weigh the line. */
struct entry {
    uint16_t length; /* of the line */
    uint8_t parts;   /* a set */
    uint8_t speaks;  /* FACT_SPEAKS */
    uint32_t headline;
};

struct hits {
    uint32_t protector;
    uint32_t head;
    uint32_t speaker;
    uint16_t count;
    uint16_t is_protected;
    uint32_t hits[MATCH_HITS];
};

struct memo {
    size_t weighs;  /* bytes of a set */
    size_t longest; /* line that is remembered, in bytes */
    uint64_t asked; /* the hash of the line that was looked for last */
    uint64_t next;  /* where the next entry goes, in bytes, counted on over the ring's end */
    uint64_t first; /* what lies before is forgotten */
    char *ring;
    struct bucket buckets[BUCKETS];
    uint64_t places[BUCKETS][WAYS]; /* of their entries, each + 1; 0: none */
};

_Static_assert(sizeof(struct entry) % UNIT == 0 && sizeof(struct memo_span) % UNIT == 0 &&
                   sizeof(struct likeness) % UNIT == 0 && sizeof(struct hits) % UNIT == 0,
               "what stands in an entry is aligned");
_Static_assert(MEMO_LINE <= UINT16_MAX, "an entry's length has 16 bits");

struct memo *memo_create(size_t weighs, size_t longest)
{
    struct memo *memo = calloc(1, sizeof *memo);

    if (!memo)
        return NULL;
    memo->weighs = weighs * sizeof(uint64_t);
    memo->longest = longest;
    memo->ring = malloc(MEMO_BYTES);
    if (memo->ring)
        return memo;
    free(memo);
    return NULL;
}

void memo_destroy(struct memo *memo)
{
    if (!memo)
        return;
    free(memo->ring);
    free(memo);
}

void memo_clear(struct memo *memo, size_t weighs)
{
    memo->weighs = weighs * sizeof(uint64_t);
    memo->first = memo->next;
}

static size_t bucket_of(uint64_t hash)
{
    return hash & (BUCKETS - 1);
}

static uint8_t tag_of(uint64_t hash)
{
    return (uint8_t)(hash >> 56);
}

/* Whether one of its eight bytes is the tag. */
static bool has_tag(const struct bucket *bucket, uint8_t tag)
{
    uint64_t bytes;

    _Static_assert(sizeof bytes == sizeof *bucket, "a bucket has eight bytes");
    memcpy(&bytes, bucket, sizeof bytes);
    bytes ^= BITS_EACH_BYTE * tag;
    return ((bytes - BITS_EACH_BYTE) & ~bytes & BITS_EACH_HIGH) != 0;
}

/* The entry at a place, + 1, or NULL if there is none (any more). */
static const struct entry *entry_at(const struct memo *memo, uint64_t place)
{
    if (place-- == 0 || place < memo->first || place + MEMO_BYTES < memo->next)
        return NULL;
    return (const void *)(memo->ring + place % MEMO_BYTES);
}

static size_t whole_units(size_t bytes)
{
    return (bytes + UNIT - 1) & ~(UNIT - 1);
}

static bool is_of(const struct entry *entry, const char *text, size_t length)
{
    return entry->length == length && memcmp(entry + 1, text, length) == 0;
}

static bool is_within(struct memo_place place, const struct memo_span *span)
{
    return place.line >= span->least.line && place.line <= span->most.line &&
           place.words >= span->least.words && place.words <= span->most.words;
}

static const char *get(const char *at, void *part, size_t size)
{
    memcpy(part, at, size);
    return at + size;
}

/* What the entry says, if it holds at PLACE. */
static bool give(const struct memo *memo, const struct entry *entry, struct memo_place place,
                 struct matched *matched)
{
    const char *at = (const char *)(entry + 1) + whole_units(entry->length);
    struct memo_span span = MEMO_EVERYWHERE;
    struct hits hits = {.protector = NO_RULE, .head = NO_RULE, .speaker = NO_RULE};

    if (entry->parts & SPAN)
        at = get(at, &span, sizeof span);
    if (!is_within(place, &span))
        return false;
    *matched = (struct matched){.edited_by = NO_RULE,
                                .document = NO_RULE,
                                .length = entry->length,
                                .headline = entry->headline,
                                .speaks = entry->speaks};
    if (entry->parts & LIKENESS)
        at = get(at, &matched->likeness, sizeof matched->likeness);
    if (entry->parts & MARKS)
        at = get(at, &matched->marks, sizeof matched->marks);
    if (entry->parts & HITS)
        at = get(at, &hits, sizeof hits);
    matched->protector = hits.protector;
    matched->is_protected = hits.is_protected;
    matched->head = hits.head;
    matched->speaker = hits.speaker;
    matched->hit_count = hits.count;
    memcpy(matched->hits, hits.hits, sizeof hits.hits);
    matched->weighs = memo->weighs ? (const void *)at : NULL;
    return true;
}

bool memo_find(struct memo *memo, const char *text, size_t length, struct memo_place place,
               struct matched *matched)
{
    const struct bucket *bucket;
    uint64_t hash;

    if (length > memo->longest)
        return false;
    hash = memo->asked = table_hash_bytes(TABLE_HASH, text, length);
    bucket = &memo->buckets[bucket_of(hash)];
    for (size_t way = 0; has_tag(bucket, tag_of(hash)) && way < WAYS; way++) {
        const struct entry *entry = bucket->tags[way] == tag_of(hash)
                                        ? entry_at(memo, memo->places[bucket_of(hash)][way])
                                        : NULL;

        if (entry && is_of(entry, text, length) && give(memo, entry, place, matched)) {
            matched->text = text;
            return true;
        }
    }
    return false;
}

/* Where an entry goes, which is never in two parts: the last bytes of the ring may stay unused. */
static uint64_t take(struct memo *memo, size_t size)
{
    uint64_t left = MEMO_BYTES - memo->next % MEMO_BYTES;
    uint64_t place = left < size ? memo->next + left : memo->next;

    memo->next = place + size;
    return place;
}

static bool is_like_nothing(const struct likeness *likeness)
{
    return !likeness->letters && !likeness->beginning && !likeness->indent && !likeness->words;
}

static uint8_t parts_of(const struct memo_span *span, const struct matched *matched)
{
    static const struct memo_span everywhere = MEMO_EVERYWHERE;
    unsigned parts = 0;

    if (memcmp(span, &everywhere, sizeof everywhere) != 0)
        parts |= SPAN;
    if (!is_like_nothing(&matched->likeness))
        parts |= LIKENESS;
    if (matched->marks)
        parts |= MARKS;
    if (matched->hit_count || matched->is_protected || matched->head != NO_RULE ||
        matched->speaker != NO_RULE)
        parts |= HITS;
    return (uint8_t)parts;
}

static char *put(char *at, const void *part, size_t size)
{
    memcpy(at, part, size);
    return at + size;
}

void memo_add(struct memo *memo, const struct memo_span *span, const struct matched *matched)
{
    struct entry entry = {.length = (uint16_t)matched->length,
                          .parts = parts_of(span, matched),
                          .speaks = (uint8_t)matched->speaks,
                          .headline = matched->headline};
    struct hits hits = {.protector = matched->protector,
                        .head = matched->head,
                        .speaker = matched->speaker,
                        .count = (uint16_t)matched->hit_count,
                        .is_protected = matched->is_protected};
    size_t size = sizeof entry + whole_units(matched->length) + memo->weighs;
    struct bucket *bucket = &memo->buckets[bucket_of(memo->asked)];
    uint64_t place;
    char *at;

    size += entry.parts & SPAN ? sizeof *span : 0;
    size += entry.parts & LIKENESS ? sizeof matched->likeness : 0;
    size += entry.parts & MARKS ? sizeof matched->marks : 0;
    size += entry.parts & HITS ? sizeof hits : 0;
    if (matched->length > memo->longest || size > MEMO_BYTES / 2)
        return;
    memcpy(hits.hits, matched->hits, matched->hit_count * sizeof *hits.hits);
    place = take(memo, size);
    at = put(memo->ring + place % MEMO_BYTES, &entry, sizeof entry);
    memcpy(at, matched->text, matched->length);
    at += whole_units(matched->length);
    if (entry.parts & SPAN)
        at = put(at, span, sizeof *span);
    if (entry.parts & LIKENESS)
        at = put(at, &matched->likeness, sizeof matched->likeness);
    if (entry.parts & MARKS)
        at = put(at, &matched->marks, sizeof matched->marks);
    if (entry.parts & HITS)
        at = put(at, &hits, sizeof hits);
    if (memo->weighs)
        memcpy(at, matched->weighs, memo->weighs);
    bucket->tags[bucket->oldest] = tag_of(memo->asked);
    memo->places[bucket_of(memo->asked)][bucket->oldest] = place + 1;
    bucket->oldest = (uint8_t)((bucket->oldest + 1) % WAYS);
}
