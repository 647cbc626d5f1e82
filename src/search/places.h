/*
 * places -- literals that can only be at certain places of a line.
 *
 * Model:     a window is eight bytes of a line, from the place on or up to it, in a spelling in
 *            which ASCII letters are small. The few bytes beside the place are its key: a filter of
 *            bits refuses most keys, a table lists the literals of the others, with all they tell
 *            of the eight bytes and, for those that go on beyond these, two bytes more. A literal
 *            that tells all of a plain key but one byte is listed under every key there is. Those
 *            that tell less are short: a second filter knows two bytes of them, and they are listed
 *            by one.
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
#include <string.h>

#define PLACES_WINDOW sizeof(uint64_t)
#define PLACES_KEY ((size_t)4)        /* of plain spellings */
#define PLACES_CHARACTERS ((size_t)6) /* the key of characters: two or three */
#define PLACES_SHORTS 64
#define PLACES_CASE 0x2020 /* what a letter's two cases differ in, of two bytes */

/* Plain spelling has a blank for each byte that is no word byte. */
enum places_form {
    PLACES_PLAIN,     /* a window begins at the place */
    PLACES_LAST,      /* plain as well, but a window ends at the place */
    PLACES_CHARACTER, /* as it is, but for capitals, and begins with a character beyond ASCII */
    PLACES_BYTE,      /* the same with any byte, and all literals are short */
};

/* What a literal tells of the window at its place. */
struct places_literal {
    uint64_t bytes; /* in the spelling, the lowest first; 0 where nothing is told */
    uint64_t mask;  /* ones where it is */
    uint32_t literal;
    uint16_t pair; /* two of its bytes side by side, each with PLACES_CASE; 0: none are known */
    int8_t far;    /* where these are, counted from the place */
    bool is_whole; /* there is no more to be known of it */
};

struct places {
    enum places_form form;
    unsigned bit_shift; /* of a hash, to its bit */
    unsigned bucket_shift;
    uint64_t *bits;   /* a set of hashes, shifted */
    uint32_t *starts; /* into `listed`, by bucket */
    struct places_literal *listed;
    /* NULL, all three, if no literal is short. */
    uint64_t *short_bits;   /* a set of pairs of bytes: see places_hold_short */
    uint32_t *short_starts; /* into `shorts`, by places_short_byte */
    struct places_literal *shorts;
};

/*
 * What a literal, described and without line ends, tells of the window at its byte AT; of plain
 * ones its margins tell signs beside it. PLACES_WINDOW bytes can be read from each of its bytes on.
 */
struct places_literal places_tell(const struct literal *literal, size_t at, enum places_form form);

/* The two bytes that begin at BYTES, whatever their case: see `pair`. */
static inline uint16_t places_pair(const unsigned char *bytes)
{
    uint16_t pair;

    memcpy(&pair, bytes, sizeof pair);
    return pair | PLACES_CASE;
}

struct places *places_create(struct arena *arena, const struct places_literal *literals,
                             size_t count, enum places_form form);

/* Of a character beyond ASCII, the last of its first three bytes. */
static inline unsigned char places_last_of(uint64_t window)
{
    return (unsigned char)(window >> ((window & UINT8_MAX) < 0xE0 ? 8 : 16));
}

/* The byte that the window's short literals are listed by. */
static inline unsigned char places_short_byte(enum places_form form, uint64_t window)
{
    return form == PLACES_LAST        ? (unsigned char)(window >> 8 * (PLACES_WINDOW - 1))
           : form == PLACES_CHARACTER ? places_last_of(window)
                                      : (unsigned char)window;
}

/* Whether short literals may be there; for all forms but PLACES_LAST. */
static inline bool places_hold_short(const uint64_t *short_bits, enum places_form form,
                                     uint64_t window)
{
    unsigned next = form == PLACES_CHARACTER ? places_last_of(window) : (uint8_t)(window >> 8);

    return short_bits[next % PLACES_SHORTS] >> window % PLACES_SHORTS & 1;
}

/* Of the window's key. */
static inline uint32_t places_hash(enum places_form form, uint64_t window)
{
    uint64_t key = form == PLACES_LAST        ? window & ~(uint64_t)UINT32_MAX
                   : form == PLACES_CHARACTER ? window << 8 * (PLACES_WINDOW - PLACES_CHARACTERS)
                                              : window << 8 * (PLACES_WINDOW - PLACES_KEY);

    return (uint32_t)(key * TABLE_GOLDEN >> 32);
}

#endif
