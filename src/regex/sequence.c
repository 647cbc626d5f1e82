/*
 * A sequence is read part by part. Its tail is the set of strings that its last parts match, one
 * after the other, exactly. A part that is listed is joined to the tail: of "colou?r" two strings
 * come. Where the product would be too large, or the part is not listed (\w+), the tail breaks: it
 * is offered as what the regex requires, and a new tail begins as the empty string. What is offered
 * replaces what is required if it is rarer. Besides, the rarest set from the other side of the line
 * is kept: many lines begin as /^(?:the|this) .*\b(?:ad|advert)\b/ does, but few have both.
 *
 * The strings of a broken tail stay for a while as the open end, since the next parts may still say
 * what stands behind them, which makes them rarer: in /rss\W*$/ no word follows "rss". They are
 * then offered again with that margin. What stands before a string is known when it is read
 * (cursor->before): context_after carries it from part to part.
 *
 * Of a choice that is not listed as a whole, those strings that its parts end with are kept open in
 * the same way: in /(?:rss|\w+ feeds?)\W*$/ no word follows "rss". The others are inside of it.
 *
 * A choice unites what its parts match, while all of them are listed, and what they require; one
 * that requires nothing leaves nothing required. The two sets are one and the same until the first
 * part that is not listed comes (part_ways), since most choices are lists of words.
 */
#include "regex/sequence.h"

#include "base/number.h"
#include "regex/digits.h"
#include "regex/opening.h"

/* A repetition of exact strings is written out up to this many times. */
#define UNROLLED 8
#define MIN_LENGTH_LIMIT 0x40000000u
#define WEIGHT_BRANCH 8

static uint32_t add(uint32_t one, uint32_t other)
{
    uint32_t sum = one + other;

    return sum < one ? UINT32_MAX : sum;
}

static uint32_t multiply(uint32_t length, uint32_t times)
{
    uint64_t product = (uint64_t)length * times;

    if (times == 1)
        return length;
    if (length == 0 || times == 0)
        return 0;
    return product > UINT32_MAX || times == UINT32_MAX ? UINT32_MAX : (uint32_t)product;
}

const struct alternatives *sequence_required(const struct part *part)
{
    /* of two sets that are equally rare, the exact one */
    if (alternatives_rarity(&part->exact, part->rarity > 0 ? part->rarity - 1 : 0) > 0)
        return &part->exact;
    return part->rarity > 0 ? &part->required : NULL;
}

static enum side side_of(const struct alternatives *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->strings[i].before != MARGIN_LINE)
            return SIDE_LATER;
    return SIDE_FRONT;
}

/* AND: of the sets that are required of each side of a line, the rarer one is kept. */
static void keep_rarer(struct part *part, const struct alternatives *set, unsigned rarity)
{
    bool is_beside = part->rarity > 0 && side_of(set) != side_of(&part->required);

    if (rarity > part->rarity) {
        if (is_beside) {
            part->besides = part->required;
            part->besides_rarity = part->rarity;
        }
        part->required = *set;
        part->rarity = (unsigned char)rarity;
    } else if (is_beside && rarity > part->besides_rarity) {
        part->besides = *set;
        part->besides_rarity = (unsigned char)rarity;
    }
}

static void require(struct part *part, const struct alternatives *set)
{
    unsigned floor = part->besides_rarity < part->rarity ? part->besides_rarity : part->rarity;
    unsigned rarity = alternatives_rarity(set, floor);

    if (rarity > 0)
        keep_rarer(part, set, rarity);
}

static void require_both(struct part *part, const struct part *other)
{
    if (other->rarity > 0)
        keep_rarer(part, &other->required, other->rarity);
    if (other->besides_rarity > 0)
        keep_rarer(part, &other->besides, other->besides_rarity);
}

void sequence_require(struct part *part, const struct part *other)
{
    if (other->exact.count > 0)
        require(part, &other->exact);
    require_both(part, other);
}

/* What is known before that which follows the repeated part. */
static enum margin context_after(enum margin before, const struct part *part, uint32_t least,
                                 uint32_t most)
{
    bool empty = least == 0 || part->min_length == 0;
    enum margin after = MARGIN_ANY;

    if (most == 0)
        return before;
    if (part->signs && (empty || before == MARGIN_LINE))
        after = before;
    else if (part->ends_sign)
        after = empty && before < MARGIN_SIGN ? before : MARGIN_SIGN;
    if (most == 1) {
        enum margin context = least == 0 && before < part->context ? before : part->context;

        after = context > after ? context : after;
    }
    return after;
}

/* AFTER, at least, comes behind the strings of the open end. */
static void close_end(struct sequence *sequence, enum margin after)
{
    struct part *part = &sequence->part;

    alternatives_follow(&sequence->open.set, after);
    if (part->required.strings == sequence->open.set.strings)
        part->rarity = (unsigned char)alternatives_rarity(&part->required, 0);
    else if (part->besides_rarity > 0 && part->besides.strings == sequence->open.set.strings)
        part->besides_rarity = (unsigned char)alternatives_rarity(&part->besides, 0);
    else
        require(part, &sequence->open.set);
}

/* A part comes after the strings of the open end. */
static void follow(struct sequence *sequence, const struct part *part, uint32_t least)
{
    struct open_end *open = &sequence->open;
    enum margin after = MARGIN_ANY;

    if (open->set.count == 0)
        return;
    if (open->adjacent && least > 0 && alternatives_is_empty_string(&part->exact))
        close_end(sequence, part->exact.strings[0].after);
    open->signs = open->signs && part->signs;
    if (part->line_end && least > 0 && open->signs)
        after = MARGIN_LINE;
    else if (open->adjacent && part->starts_sign && least > 0 &&
             (part->min_length > 0 || part->line_end))
        after = MARGIN_SIGN;
    open->adjacent = open->adjacent && part->starts_sign && after == MARGIN_ANY;
    if (after != MARGIN_ANY)
        close_end(sequence, after);
    if ((!open->adjacent && !open->signs) || after == MARGIN_LINE)
        open->set.count = 0;
}

/* The tail ends, and PART comes after it, perhaps. */
static bool sequence_break(struct cursor *cursor, struct sequence *sequence,
                           const struct part *part, bool certain)
{
    struct part empty;

    if (!alternatives_is_empty_string(&sequence->tail)) {
        require(&sequence->part, &sequence->tail);
        sequence->open = (struct open_end){.adjacent = true, .signs = true};
        if (!alternatives_copy(cursor->pool, &sequence->tail, &sequence->open.set))
            return cursor_lose(cursor);
        follow(sequence, part, certain);
    }
    if (!cursor_empty(cursor, &empty))
        return false;
    sequence->tail = empty.exact;
    sequence->whole = false;
    return true;
}

static bool sequence_strings(struct cursor *cursor, struct sequence *sequence,
                             const struct alternatives *strings)
{
    struct alternatives joined;

    if (alternatives_is_empty_string(strings) && strings->strings[0].after == MARGIN_ANY)
        return true;
    if (alternatives_is_empty_string(&sequence->tail)) {
        sequence->tail = *strings;
        return true;
    }
    if (strings->count > 1) {
        require(&sequence->part, &sequence->tail);
        if (sequence->tail.count > 1)
            require(&sequence->part, strings);
    }
    if (alternatives_join(cursor->pool, &sequence->tail, strings, &joined)) {
        sequence->tail = joined;
        return true;
    }
    if (cursor->pool->full)
        return cursor_lose(cursor);
    require(&sequence->part, &sequence->tail);
    if (alternatives_begin(cursor->pool, &sequence->tail, strings, &joined))
        require(&sequence->part, &joined);
    sequence->tail = *strings;
    sequence->whole = false;
    return true;
}

/* X or nothing. */
static bool sequence_optional(struct cursor *cursor, struct sequence *sequence,
                              const struct part *part, enum margin after)
{
    struct alternatives either = {0};
    struct part empty;

    if (!cursor_empty(cursor, &empty))
        return false;
    if (alternatives_add(cursor->pool, &either, &part->exact, ALTERNATIVES_JOINED) &&
        alternatives_add(cursor->pool, &either, &empty.exact, ALTERNATIVES_JOINED))
        return sequence_strings(cursor, sequence, &either);
    cursor->before = after;
    return !cursor->pool->full ? sequence_break(cursor, sequence, part, false)
                               : cursor_lose(cursor);
}

/* What PART requires may be the end of what was read, as far as the part tells. */
static bool open_required(struct cursor *cursor, struct sequence *sequence, const struct part *part)
{
    struct alternatives strings;

    if (!part->tells_ends || part->required.count == 0 || sequence->open.set.count > 0 ||
        sequence->part.required.strings != part->required.strings)
        return true;
    if (!alternatives_copy(cursor->pool, &part->required, &strings))
        return cursor_lose(cursor);
    sequence->part.required = strings;
    sequence->open = (struct open_end){.set = strings, .adjacent = true, .signs = true};
    return true;
}

/* X{least,most}: X is written out LEAST times; what may follow is known only for X? */
static bool sequence_repeated(struct cursor *cursor, struct sequence *sequence,
                              const struct part *part, uint32_t least, uint32_t most)
{
    enum margin after = context_after(cursor->before, part, least, most);
    struct alternatives strings = part->exact;

    if (part->exact.count == 0) {
        if (least > 0)
            sequence_require(&sequence->part, part);
        cursor->before = after;
        return most == 0 || (sequence_break(cursor, sequence, part, least > 0) &&
                             (least != 1 || most != 1 || open_required(cursor, sequence, part)));
    }
    if (least == 0 && most == 1) {
        if (!sequence_optional(cursor, sequence, part, after))
            return false;
        cursor->before = after;
        return true;
    }
    for (uint32_t i = 0; i < least && i < UNROLLED; i++) {
        if (!sequence_strings(cursor, sequence, &strings))
            return false;
        /* Only the first one stands where the part did. */
        if (i == 0 && least > 1 && !alternatives_forget(cursor->pool, &part->exact, &strings))
            return cursor_lose(cursor);
    }
    /* The strings go on in the tail; what assertions among them ask for does not. */
    if (least > 0)
        require_both(&sequence->part, part);
    cursor->before = after;
    return (least == most && least <= UNROLLED) || sequence_break(cursor, sequence, part, false);
}

/* Before the part is counted in. */
static void note_signs(struct part *whole, const struct part *part, uint32_t least, uint32_t most)
{
    if (most == 0)
        return;
    if (whole->min_length == 0)
        whole->starts_sign = whole->starts_sign && part->starts_sign;
    if (least > 0 && part->min_length > 0)
        whole->ends_sign = part->ends_sign;
    else
        whole->ends_sign = whole->ends_sign && part->ends_sign;
    whole->signs = whole->signs && part->signs;
}

bool sequence_append(struct cursor *cursor, struct sequence *sequence, const struct part *part,
                     uint32_t least, uint32_t most)
{
    struct part *whole = &sequence->part;
    uint32_t copies = !part->grouped ? 1 : most == UINT32_MAX ? least + 1 : most;
    uint32_t longest = multiply(part->max_length, most);

    if (most > 0)
        whole->barred =
            opening_followed(whole->barred, least > 0 ? part->barred : part->barred & OPENING_WORD);
    if (least > 0 && part->line_start && whole->max_length == 0)
        whole->line_start = true;
    if (longest > 0)
        whole->line_end = false;
    if (least > 0 && part->line_end)
        whole->line_end = true;
    note_signs(whole, part, least, most);
    whole->min_length = (uint32_t)number_smaller(
        add(whole->min_length, multiply(part->min_length, least)), MIN_LENGTH_LIMIT);
    whole->max_length = add(whole->max_length, longest);
    whole->digits = digits_added(whole->digits, part->digits, least);
    if (least > 0 && part->digits_around > whole->digits_around)
        whole->digits_around = part->digits_around;
    whole->characters = part->characters == PART_VARIES || least != most
                            ? PART_VARIES
                            : add(whole->characters, multiply(part->characters, least));
    whole->weight = add(whole->weight, multiply(part->weight, copies > 0 ? copies : 1));
    if (most > 0)
        follow(sequence, part, least);
    return sequence_repeated(cursor, sequence, part, least, most);
}

bool sequence_start(struct cursor *cursor, struct sequence *sequence)
{
    struct part empty;

    if (!cursor_empty(cursor, &empty))
        return false;
    *sequence = (struct sequence){.tail = empty.exact,
                                  .whole = true,
                                  .part = {.barred = OPENING_WORD,
                                           .starts_sign = true,
                                           .ends_sign = true,
                                           .signs = true,
                                           .context = (unsigned char)cursor->before}};
    return true;
}

void sequence_single(const struct cursor *cursor, struct part *part)
{
    part->context = (unsigned char)context_after(cursor->before, part, 1, 1);
    part->repeatable = false;
}

void sequence_end(const struct cursor *cursor, struct sequence *sequence, struct part *part)
{
    sequence->part.context = (unsigned char)cursor->before;
    if (sequence->whole)
        sequence->part.exact = sequence->tail;
    else
        require(&sequence->part, &sequence->tail);
    *part = sequence->part;
}

/* The choice requires what its parts so far required, their strings. */
static bool part_ways(struct cursor *cursor, struct choice *choice)
{
    enum side side;

    choice->is_required_exact = false;
    if (choice->exact.count > 0) {
        choice->requires =
            alternatives_rarity(&choice->exact, 0) > 0 &&
            alternatives_add(cursor->pool, &choice->required, &choice->exact, SEQUENCE_REQUIRED);
        side = side_of(&choice->exact);
        choice->has_side[!side] = false;
        choice->has_side[side] =
            alternatives_add(cursor->pool, &choice->sides[side], &choice->exact, SEQUENCE_REQUIRED);
    }
    return !cursor->pool->full || cursor_lose(cursor);
}

/* What the part requires on that side of a line, or NULL. */
static const struct alternatives *required_at(const struct part *part, enum side side)
{
    if (part->exact.count > 0)
        return side_of(&part->exact) == side ? &part->exact : NULL;
    if (part->rarity > 0 && side_of(&part->required) == side)
        return &part->required;
    return part->besides_rarity > 0 && side_of(&part->besides) == side ? &part->besides : NULL;
}

static void unite_sides(struct cursor *cursor, struct choice *choice, const struct part *part)
{
    for (int side = 0; side < SIDES; side++) {
        const struct alternatives *set = required_at(part, (enum side)side);

        choice->has_side[side] =
            choice->has_side[side] && set &&
            alternatives_add(cursor->pool, &choice->sides[side], set, SEQUENCE_REQUIRED);
    }
}

/* One part that is not listed, or requires nothing, spoils it for all. */
static bool unite(struct cursor *cursor, struct choice *choice, const struct part *part)
{
    const struct alternatives *set = NULL;
    struct alternatives inside;

    if (choice->is_required_exact) {
        if (part->rarity == 0 &&
            alternatives_add(cursor->pool, &choice->exact, &part->exact, ALTERNATIVES_LISTED))
            return true;
        if (!part_ways(cursor, choice))
            return false;
    }
    /* whether it is worth looking for is seen when the choice is complete */
    if (choice->requires)
        set = part->rarity > 0 ? sequence_required(part) : &part->exact;
    if (set && set == &part->required && !part->tells_ends) {
        if (!alternatives_enclose(cursor->pool, set, &inside))
            return cursor_lose(cursor);
        set = &inside;
    }
    unite_sides(cursor, choice, part);
    choice->is_exact =
        choice->is_exact && part->exact.count > 0 &&
        alternatives_add(cursor->pool, &choice->exact, &part->exact, ALTERNATIVES_LISTED);
    choice->requires =
        set && alternatives_add(cursor->pool, &choice->required, set, SEQUENCE_REQUIRED);
    return !cursor->pool->full || cursor_lose(cursor);
}

bool choice_start(struct cursor *cursor, struct choice *choice, const struct part *part)
{
    *choice = (struct choice){.part = *part,
                              .has_side = {true, true},
                              .is_exact = true,
                              .requires = true,
                              .is_required_exact = true};
    return unite(cursor, choice, part);
}

bool choice_add(struct cursor *cursor, struct choice *choice, const struct part *part)
{
    struct part *whole = &choice->part;

    whole->barred &= part->barred;
    whole->min_length = (uint32_t)number_smaller(whole->min_length, part->min_length);
    if (part->max_length > whole->max_length)
        whole->max_length = part->max_length;
    if (part->digits < whole->digits)
        whole->digits = part->digits;
    if (part->digits_around < whole->digits_around)
        whole->digits_around = part->digits_around;
    whole->weight = add(whole->weight, add(part->weight, WEIGHT_BRANCH));
    if (part->characters != whole->characters)
        whole->characters = PART_VARIES;
    whole->line_start = whole->line_start && part->line_start;
    whole->line_end = whole->line_end && part->line_end;
    whole->starts_sign = whole->starts_sign && part->starts_sign;
    whole->ends_sign = whole->ends_sign && part->ends_sign;
    whole->signs = whole->signs && part->signs;
    if (part->context < whole->context)
        whole->context = part->context;
    return unite(cursor, choice, part);
}

void choice_end(struct choice *choice, struct part *part)
{
    enum side other;

    *part = choice->part;
    part->exact = choice->is_exact ? choice->exact : (struct alternatives){0};
    part->required = choice->requires && !choice->is_required_exact ? choice->required
                                                                    : (struct alternatives){0};
    part->rarity = (unsigned char)alternatives_rarity(&part->required, 0);
    part->besides_rarity = 0;
    other = part->rarity > 0 && side_of(&part->required) == SIDE_LATER ? SIDE_FRONT : SIDE_LATER;
    if (part->rarity > 0 && choice->has_side[other]) {
        part->besides = choice->sides[other];
        part->besides_rarity = (unsigned char)alternatives_rarity(&part->besides, 0);
    }
    part->tells_ends = true;
}
