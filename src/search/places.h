/*
 * places -- literals that can only be where a word begins, or at a line's first or last word.
 *
 * Model:     a window is eight bytes of a line in plain spelling: ASCII letters small, and a blank
 *            for each byte that is no word byte. It begins with a word, or ends with the line's
 *            last one. Its four bytes beside that place are its key: a filter of bits refuses
 *            most keys, a table lists the literals of the others, with all they tell of the eight
 *            bytes. A literal that tells three bytes of the key is listed under every key there
 *            is; one that tells fewer is tried wherever its first one is seen.
 * Ownership: the arena's; never changed once made. They keep nothing of what they were made of.
 * Errors:    NULL for a lack of memory.
 */
#ifndef DECHAFF_SEARCH_PLACES_H
#define DECHAFF_SEARCH_PLACES_H

#include "base/arena.h"
#include "base/bits.h"
#include "base/table.h"
#include "regex/literal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLACES_WINDOW sizeof(uint64_t)
#define PLACES_KEY sizeof(uint32_t)

/* What a literal tells of the window at its place. */
struct places_literal {
    uint64_t bytes; /* in plain spelling, the lowest first; 0 where nothing is told */
    uint64_t mask;  /* ones where it is */
    uint32_t literal;
};

struct places {
    unsigned key_shift; /* of a window, to its key */
    unsigned bit_shift; /* of a hash, to its bit */
    unsigned bucket_shift;
    uint64_t *bits;   /* a set of hashes, shifted */
    uint32_t *starts; /* into `listed`, by bucket */
    struct places_literal *listed;
    uint32_t *short_starts; /* into `shorts`, by the byte at the place; NULL: there are none */
    struct places_literal *shorts;
};

/*
 * What a literal, described and without line ends, tells of the window that begins at its byte AT
 * or, if it is BACKWARD, ends there: signs beside it are told by its margins. PLACES_WINDOW bytes
 * can be read from each of its bytes on.
 */
struct places_literal places_tell(const struct literal *literal, size_t at, bool backward);

/* AT_END: windows end with the line's last word. */
struct places *places_create(struct arena *arena, const struct places_literal *literals,
                             size_t count, bool at_end);

static inline uint32_t places_window_hash(const struct places *places, uint64_t window)
{
    return table_hash_short((uint32_t)(window >> places->key_shift));
}

/* Whether a literal may be listed under the hash. */
static inline bool places_may_hold(const struct places *places, uint32_t hash)
{
    return bits_has(places->bits, hash >> places->bit_shift);
}

#endif
