#include "sequence.h"

/* A repetition of exact strings is written out up to this many times. */
#define UNROLLED 8
#define MIN_LENGTH_LIMIT 0x40000000u
#define WEIGHT_BRANCH 24

static bool lose(struct cursor *cursor)
{
    cursor->lost = true;
    return false;
}

static uint32_t add(uint32_t one, uint32_t other)
{
    return one > UINT32_MAX - other ? UINT32_MAX : one + other;
}

static uint32_t multiply(uint32_t length, uint32_t times)
{
    uint64_t product = (uint64_t)length * times;

    if (length == 0 || times == 0)
        return 0;
    return product > UINT32_MAX || times == UINT32_MAX ? UINT32_MAX : (uint32_t)product;
}

static uint32_t smaller(uint32_t one, uint32_t other)
{
    return one < other ? one : other;
}

const struct alternatives *sequence_required(const struct part *part)
{
    unsigned rarity = alternatives_rarity(&part->exact);

    if (rarity > 0 && rarity >= part->rarity)
        return &part->exact;
    return part->rarity > 0 ? &part->required : NULL;
}

/* AND: of two sets that are both required, the rarer one is kept. */
static void require(struct part *part, const struct alternatives *set)
{
    unsigned rarity = alternatives_rarity(set);

    if (rarity > part->rarity) {
        part->rarity = rarity;
        part->required = *set;
    }
}

void sequence_require(struct part *part, const struct part *other)
{
    if (other->exact.count > 0)
        require(part, &other->exact);
    if (other->rarity > part->rarity) {
        part->rarity = other->rarity;
        part->required = other->required;
    }
}

static bool is_empty_string(const struct alternatives *set)
{
    return set->count == 1 && set->strings[0].length == 0;
}

static bool sequence_break(struct cursor *cursor, struct sequence *sequence)
{
    struct part empty;

    if (!is_empty_string(&sequence->tail)) {
        require(&sequence->part, &sequence->tail);
        if (!atoms_empty(cursor, &empty))
            return false;
        sequence->tail = empty.exact;
    }
    sequence->whole = false;
    return true;
}

static bool sequence_strings(struct cursor *cursor, struct sequence *sequence,
                             const struct alternatives *strings)
{
    struct alternatives joined;

    if (is_empty_string(strings))
        return true;
    if (is_empty_string(&sequence->tail)) {
        sequence->tail = *strings;
        return true;
    }
    if (strings->count > 1)
        require(&sequence->part, &sequence->tail);
    if (alternatives_join(cursor->pool, &sequence->tail, strings, &joined)) {
        sequence->tail = joined;
        return true;
    }
    if (cursor->pool->full)
        return lose(cursor);
    require(&sequence->part, &sequence->tail);
    sequence->tail = *strings;
    sequence->whole = false;
    return true;
}

/* X or nothing. */
static bool sequence_optional(struct cursor *cursor, struct sequence *sequence,
                              const struct alternatives *strings)
{
    struct alternatives either = {0};
    struct part empty;

    if (!atoms_empty(cursor, &empty))
        return false;
    if (alternatives_add(cursor->pool, &either, strings, ALTERNATIVES_JOINED) &&
        alternatives_add(cursor->pool, &either, &empty.exact, ALTERNATIVES_JOINED))
        return sequence_strings(cursor, sequence, &either);
    return !cursor->pool->full ? sequence_break(cursor, sequence) : lose(cursor);
}

/* X{least,most}: X is written out LEAST times; what may follow is known only for X? */
static bool sequence_repeated(struct cursor *cursor, struct sequence *sequence,
                              const struct part *part, uint32_t least, uint32_t most)
{
    if (part->exact.count == 0) {
        if (least > 0)
            sequence_require(&sequence->part, part);
        return most == 0 || sequence_break(cursor, sequence);
    }
    if (least == 0 && most == 1)
        return sequence_optional(cursor, sequence, &part->exact);
    for (uint32_t i = 0; i < least && i < UNROLLED; i++) {
        if (!sequence_strings(cursor, sequence, &part->exact))
            return false;
    }
    /* The strings go on in the tail; what assertions among them ask for does not. */
    if (least > 0 && part->rarity > sequence->part.rarity) {
        sequence->part.rarity = part->rarity;
        sequence->part.required = part->required;
    }
    return (least == most && least <= UNROLLED) || sequence_break(cursor, sequence);
}

bool sequence_append(struct cursor *cursor, struct sequence *sequence, const struct part *part,
                     uint32_t least, uint32_t most)
{
    struct part *whole = &sequence->part;
    uint32_t copies = !part->grouped ? 1 : most == UINT32_MAX ? least + 1 : most;
    uint32_t longest = multiply(part->max_length, most);

    if (least > 0 && part->line_start && whole->max_length == 0)
        whole->line_start = true;
    if (longest > 0)
        whole->line_end = false;
    if (least > 0 && part->line_end)
        whole->line_end = true;
    whole->min_length =
        smaller(add(whole->min_length, multiply(part->min_length, least)), MIN_LENGTH_LIMIT);
    whole->max_length = add(whole->max_length, longest);
    whole->characters = part->characters == PART_VARIES || least != most
                            ? PART_VARIES
                            : add(whole->characters, multiply(part->characters, least));
    whole->weight = add(whole->weight, multiply(part->weight, copies > 0 ? copies : 1));
    return sequence_repeated(cursor, sequence, part, least, most);
}

bool sequence_start(struct cursor *cursor, struct sequence *sequence)
{
    struct part empty;

    if (!atoms_empty(cursor, &empty))
        return false;
    *sequence = (struct sequence){.tail = empty.exact, .whole = true};
    return true;
}

void sequence_end(struct sequence *sequence, struct part *part)
{
    if (sequence->whole)
        sequence->part.exact = sequence->tail;
    else
        require(&sequence->part, &sequence->tail);
    *part = sequence->part;
}

/* One part that is not listed, or requires nothing, spoils it for all. */
static bool unite(struct cursor *cursor, struct choice *choice, const struct part *part)
{
    const struct alternatives *set = sequence_required(part);

    choice->is_exact =
        choice->is_exact && part->exact.count > 0 &&
        alternatives_add(cursor->pool, &choice->exact, &part->exact, ALTERNATIVES_LISTED);
    choice->requires = choice->requires && set &&
                       alternatives_add(cursor->pool, &choice->required, set, SEQUENCE_REQUIRED);
    return !cursor->pool->full || lose(cursor);
}

bool choice_start(struct cursor *cursor, struct choice *choice, const struct part *part)
{
    *choice = (struct choice){.part = *part, .is_exact = true, .requires = true};
    return unite(cursor, choice, part);
}

bool choice_add(struct cursor *cursor, struct choice *choice, const struct part *part)
{
    struct part *whole = &choice->part;

    whole->min_length = smaller(whole->min_length, part->min_length);
    if (part->max_length > whole->max_length)
        whole->max_length = part->max_length;
    whole->weight = add(whole->weight, add(part->weight, WEIGHT_BRANCH));
    if (part->characters != whole->characters)
        whole->characters = PART_VARIES;
    whole->line_start = whole->line_start && part->line_start;
    whole->line_end = whole->line_end && part->line_end;
    return unite(cursor, choice, part);
}

void choice_end(struct choice *choice, struct part *part)
{
    *part = choice->part;
    part->exact = choice->is_exact ? choice->exact : (struct alternatives){0};
    part->required = choice->requires ? choice->required : (struct alternatives){0};
    part->rarity = alternatives_rarity(&part->required);
}
