#include "regex/literal.h"

#include "regex/rarity.h"

/* That of a word like "the". */
#define RARITY_COMMON 12
/* For a string that is looked for only where words begin. */
#define BONUS_WORD 12
/* Such a string is hardly ever there by chance: fewer strings are then better than rarer ones. */
#define RARITY_ENOUGH 64
#define HASH_BASE UINT32_C(0x01000193)

const char literal_words[0x100 + 1] =
    "0000000000000000000000000000000000000000000000001111111111000000"
    "0111111111111111111111111110000101111111111111111111111111100000"
    "0000000000000000000000000000000000000000000000000000000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000";

/* The hash is Rabin and Karp's: that of two joined strings follows from theirs. */
void literal_describe(struct literal *literal)
{
    const unsigned char *bytes = literal->bytes;
    uint32_t hash = bytes[0], words = literal_is_word(bytes[0]);
    unsigned previous = rarity_class(bytes[0]), rarity = rarity_of_first(previous);

    for (size_t i = 1; i < literal->length; i++) {
        unsigned next = rarity_class(bytes[i]);

        hash = hash * HASH_BASE + bytes[i];
        words |= (uint32_t)literal_is_word(bytes[i]) << i;
        rarity += rarity_of_next(previous, next);
        previous = next;
    }
    literal->hash = hash;
    literal->words = words;
    literal->rarity = (uint16_t)rarity;
}

/* HASH_BASE to the n-th power. */
static uint32_t hash_power(size_t n)
{
    static const uint32_t powers[LITERAL_MAX_LENGTH + 1] = {
        0x00000001, 0x01000193, 0x26027A69, 0x3EE6B34B, 0x502C3F11, 0x46A747C3, 0xFC55F7F9,
        0x34555CFB, 0x5D615F21, 0x2148C0F3, 0x5887BE89, 0xE6B0F1AB, 0xD38C7031, 0x37149D23,
        0xD8735E19, 0xD69D215B, 0x345B8241, 0xAD0E0C53, 0xC01D66A9, 0x17489C0B, 0xB24DA551,
        0x013B3E83, 0x73436839, 0xAC1D11BB, 0xACC2E961, 0x57D563B3, 0xF7EBF2C9, 0x116F326B,
        0xDD0C5E71, 0x6B78ABE3, 0x11F69659, 0xA02EAE1B, 0x447C1481,
    };

    return powers[n];
}

void literal_describe_joined(const struct literal *head, const struct literal *tail,
                             struct literal *joined)
{
    int more = rarity_joined(head->bytes[head->length - 1], tail->bytes[0]);

    joined->hash = head->hash * hash_power(tail->length) + tail->hash;
    joined->words = head->words | tail->words << head->length;
    joined->rarity = (uint16_t)(head->rarity + tail->rarity + more);
}

enum margin literal_before(const struct literal *literal)
{
    if (literal->before != MARGIN_EDGE)
        return (enum margin)literal->before;
    return literal->words & 1 ? MARGIN_SIGN : MARGIN_ANY;
}

enum margin literal_after(const struct literal *literal)
{
    if (literal->after != MARGIN_EDGE)
        return (enum margin)literal->after;
    return literal->length > 0 && literal->words >> (literal->length - 1) & 1 ? MARGIN_SIGN
                                                                              : MARGIN_ANY;
}

/* Whether a word begins at a place that three bytes or more are told of. */
static bool tells_word(const struct literal *literal, enum margin before)
{
    uint32_t beginnings = literal->words & ~(literal->words << 1);

    if (before == MARGIN_ANY)
        beginnings &= ~UINT32_C(1);
    return literal->length > 2 &&
           beginnings & (UINT32_MAX >> (LITERAL_MAX_LENGTH + 2 - literal->length));
}

/* Where a literal can be looked for counts for as much as its bytes. */
unsigned literal_rarity(const struct literal *literal)
{
    static const unsigned char bonus[] = {[MARGIN_ANY] = 0, [MARGIN_SIGN] = 4, [MARGIN_LINE] = 28};
    enum margin before = literal_before(literal), after = literal_after(literal);
    unsigned rarity = literal->rarity;

    if (rarity >= RARITY_ENOUGH)
        rarity = RARITY_ENOUGH;
    else if (rarity > RARITY_COMMON && rarity_is_common(literal->bytes, literal->length))
        rarity = RARITY_COMMON;
    if (!literal->words)
        return rarity;
    if (tells_word(literal, before))
        rarity += BONUS_WORD;
    return rarity + bonus[before] + bonus[after];
}

bool literal_holds(const struct literal *literal, const struct literal *part)
{
    size_t from = 0, to;

    if (part->length > literal->length)
        return false;
    to = literal->length - part->length;
    if (part->before != MARGIN_ANY)
        to = 0;
    if (part->after != MARGIN_ANY)
        from = literal->length - part->length;
    if ((part->before != MARGIN_ANY && literal->before < part->before) ||
        (part->after != MARGIN_ANY && literal->after < part->after))
        return false;
    for (size_t at = from; at <= to; at++) {
        if (literal->bytes[at] == part->bytes[0] &&
            memcmp(literal->bytes + at, part->bytes, part->length) == 0)
            return true;
    }
    return false;
}
