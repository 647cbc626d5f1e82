#include "regex/required.h"

#include "base/span.h"
#include "regex/atoms.h"
#include "regex/characters.h"
#include "regex/opening.h"
#include "regex/sequence.h"

#include <stdlib.h>
#include <string.h>

/* What PCRE2 refuses takes 64 KiB compiled; well below it none comes near. */
#define WEIGHT_MAX 40000
#define WEIGHT_GROUP 24
/* Named groups that are told apart, and the bytes of such a name. */
#define NAMES_MAX 8
#define NAME_LONGEST 32

struct required_analyser {
    struct arena *arena;
    struct alternatives_pool pool;
};

/* Recursive descent: zeroed but for the cursor. */
struct parser {
    struct cursor cursor;
    unsigned depth;
    unsigned groups;
    struct span names[NAMES_MAX];
    size_t names_count;
};

static bool parse_alternation(struct parser *parser, struct part *part);

/* The cursor is behind the opening bracket of a group's name. */
static bool parse_name(struct parser *parser, unsigned char close)
{
    struct cursor *cursor = &parser->cursor;
    const unsigned char *first = cursor->next;
    struct span name = {(const char *)first, 0};

    while (literal_is_word(cursor_peek(cursor)))
        cursor->next++;
    name.length = (size_t)(cursor->next - first);
    if (name.length == 0 || !cursor_accept(cursor, close) || cursor_is_digit(*first))
        return cursor_lose(cursor);
    parser->groups++;
    if (name.length > NAME_LONGEST || parser->names_count == NAMES_MAX) {
        cursor->certain = false;
        return true;
    }
    for (size_t i = 0; i < parser->names_count; i++) {
        if (span_equal(parser->names[i], name))
            cursor->certain = false;
    }
    parser->names[parser->names_count++] = name;
    return true;
}

static bool anything(struct part *part)
{
    *part = (struct part){.max_length = REGEX_UNBOUNDED,
                          .characters = PART_VARIES,
                          .weight = WEIGHT_GROUP,
                          .repeatable = true};
    return true;
}

/* Recursion, and references by name: how far they reach is not followed up. */
static bool parse_reference(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;
    const unsigned char *close = memchr(cursor->next, ')', (size_t)(cursor->end - cursor->next));

    if (!close)
        return cursor_lose(cursor);
    cursor->next = close + 1;
    cursor->certain = false;
    return anything(part);
}

static bool parse_body(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;
    bool caseless = cursor->caseless, extended = cursor->extended;

    if (!parse_alternation(parser, part) || !cursor_accept(cursor, ')'))
        return cursor_lose(cursor);
    cursor->caseless = caseless;
    cursor->extended = extended;
    part->weight += part->weight < WEIGHT_MAX ? WEIGHT_GROUP : 0;
    part->repeatable = true;
    part->grouped = true;
    return true;
}

static unsigned char most_digits(const struct part *part)
{
    return part->digits > part->digits_around ? part->digits : part->digits_around;
}

/* What an assertion asks for is in the line, but it consumes nothing. */
static bool parse_assertion(struct parser *parser, struct part *part, bool behind)
{
    struct cursor *cursor = &parser->cursor;
    bool negative = *cursor->next++ == '!';
    enum margin before = cursor->before;
    struct part body;

    cursor->before = MARGIN_ANY;
    if (!parse_body(parser, &body))
        return false;
    cursor->before = before;
    if (!cursor_empty(cursor, part))
        return false;
    /* PCRE2 refuses a lookbehind whose length is not fixed; some versions allow 255 at most. */
    if (behind && body.characters > UINT8_MAX)
        cursor->certain = false;
    if (!negative) {
        sequence_require(part, &body);
        part->digits_around = most_digits(&body);
    }
    if (!negative && behind && body.ends_sign && body.min_length > 0)
        part->context = before > MARGIN_SIGN ? (unsigned char)before : MARGIN_SIGN;
    part->weight = body.weight;
    return true;
}

static bool parse_group(struct parser *parser, struct part *part);

/* (?(condition)yes|no): only read over. The cursor is at the condition's bracket. */
static bool parse_conditional(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;
    struct part ignored;

    cursor_accept(cursor, '(');
    if (cursor_peek(cursor) == '?') {
        if (!parse_group(parser, &ignored))
            return false;
    } else if (!parse_reference(parser, &ignored)) {
        return false;
    }
    cursor->certain = false;
    return parse_body(parser, &ignored) && anything(part);
}

static bool parse_flagged(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;
    bool caseless = cursor->caseless, extended = cursor->extended;

    if (!cursor_flags(cursor))
        return false;
    if (cursor_accept(cursor, ')'))
        return cursor_empty(cursor, part); /* in force up to the group's end */
    cursor->next++;
    if (!parse_body(parser, part))
        return false;
    cursor->caseless = caseless;
    cursor->extended = extended;
    return true;
}

/* The cursor is behind `(?<` or `(?P<`. */
static bool parse_angle(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;

    if (cursor_peek(cursor) != '=' && cursor_peek(cursor) != '!')
        return parse_name(parser, '>') && parse_body(parser, part);
    return parse_assertion(parser, part, true);
}

static bool parse_special(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;

    switch (cursor_peek(cursor)) {
    case ':':
    case '>':
        cursor->next++;
        return parse_body(parser, part);
    case '|': /* groups in it share their numbers */
        cursor->next++;
        cursor->certain = false;
        return parse_body(parser, part);
    case '=':
    case '!':
        return parse_assertion(parser, part, false);
    case '<':
        cursor->next++;
        return parse_angle(parser, part);
    case '\'':
        cursor->next++;
        return parse_name(parser, '\'') && parse_body(parser, part);
    case 'P':
        cursor->next++;
        if (cursor_accept(cursor, '<'))
            return parse_name(parser, '>') && parse_body(parser, part);
        return parse_reference(parser, part);
    case '(':
        return parse_conditional(parser, part);
    case '-':
        if (cursor->end - cursor->next < 2 || !cursor_is_digit(cursor->next[1]))
            return parse_flagged(parser, part);
        return parse_reference(parser, part);
    case 'i':
    case 'm':
    case 's':
    case 'x':
    case ')':
        return parse_flagged(parser, part);
    case '+':
    case '&':
    case 'R':
        return parse_reference(parser, part);
    default:
        return cursor_is_digit(cursor_peek(cursor)) ? parse_reference(parser, part)
                                                    : cursor_lose(cursor);
    }
}

/* The cursor is behind the opening bracket. */
static bool parse_group(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;
    bool done;

    if (cursor_peek(cursor) == '*' || parser->depth == REQUIRED_MAX_DEPTH)
        return cursor_lose(cursor);
    parser->depth++;
    if (cursor_accept(cursor, '?')) {
        done = parse_special(parser, part);
    } else {
        parser->groups++;
        done = parse_body(parser, part);
    }
    parser->depth--;
    return done;
}

static bool at_branch_end(const struct cursor *cursor)
{
    return cursor_at_end(cursor) ||
           (!cursor->quoted && (cursor_peek(cursor) == '|' || cursor_peek(cursor) == ')'));
}

static bool parse_item(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;

    if (cursor->quoted || !cursor_accept(cursor, '('))
        return atoms_read(cursor, part);
    return parse_group(parser, part);
}

/* PART is the first of its items. */
static bool parse_rest(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;
    struct sequence sequence;
    struct part item = *part;

    if (!sequence_start(cursor, &sequence))
        return false;
    for (;;) {
        uint32_t least, most;

        if (!cursor_quantifier(cursor, item.repeatable, &least, &most) ||
            !sequence_append(cursor, &sequence, &item, least, most))
            return false;
        cursor_skip(cursor);
        if (cursor->lost)
            return false;
        if (at_branch_end(cursor))
            break;
        if (!parse_item(parser, &item))
            return false;
    }
    sequence_end(cursor, &sequence, part);
    return true;
}

static bool parse_sequence(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;

    cursor_skip(cursor);
    if (cursor->lost)
        return false;
    if (at_branch_end(cursor)) {
        if (!cursor_empty(cursor, part))
            return false;
    } else if (!parse_item(parser, part)) {
        return false;
    } else if (!at_branch_end(cursor)) {
        return parse_rest(parser, part);
    }
    sequence_single(cursor, part);
    return true;
}

/* Most are words. */
static bool parse_branch(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;

    if (!characters_read_plain(cursor, part))
        return !cursor->lost && parse_sequence(parser, part);
    if (!at_branch_end(cursor))
        return parse_rest(parser, part);
    sequence_single(cursor, part);
    return true;
}

/* Leaves the cursor's context as it was: part->context is that behind it. */
static bool parse_alternation(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;
    enum margin before = cursor->before;
    struct choice choice;
    struct part next;

    if (!parse_sequence(parser, part))
        return false;
    cursor->before = before;
    if (cursor_peek(cursor) != '|')
        return true;
    if (!choice_start(cursor, &choice, part))
        return false;
    while (cursor_accept(cursor, '|')) {
        if (!parse_branch(parser, &next) || !choice_add(cursor, &choice, &next))
            return false;
        cursor->before = before;
    }
    choice_end(&choice, part);
    return true;
}

struct required_analyser *required_create(struct arena *arena)
{
    struct required_analyser *analyser = calloc(1, sizeof *analyser);

    if (!analyser || !alternatives_pool_init(&analyser->pool)) {
        free(analyser);
        return NULL;
    }
    analyser->arena = arena;
    return analyser;
}

void required_destroy(struct required_analyser *analyser)
{
    if (!analyser)
        return;
    alternatives_pool_release(&analyser->pool);
    free(analyser);
}

/* Reads the whole regex; false: it is not understood. */
static bool read_whole(struct required_analyser *analyser, const struct regex *regex,
                       struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;

    alternatives_pool_empty(&analyser->pool);
    *parser = (struct parser){0};
    cursor->next = (const unsigned char *)regex->text;
    cursor->end = cursor->next + regex->length;
    cursor->caseless = regex->flags & REGEX_CASELESS;
    cursor->extended = regex->flags & REGEX_EXTENDED;
    cursor->certain = true;
    cursor->pool = &analyser->pool;
    return parse_alternation(parser, part) && cursor_at_end(cursor);
}

struct worth required_worth(struct required_analyser *analyser, const struct regex *regex)
{
    const struct alternatives *set;
    struct parser parser;
    struct part part;

    if (!read_whole(analyser, regex, &parser, &part))
        return (struct worth){0};
    set = sequence_required(&part);
    return (struct worth){.rarity = set ? alternatives_rarity(set, 0) : 0,
                          .is_anchored = part.line_start};
}

/* What a line has one of, in the arena; false: no memory. A set that does not fit into the pool any
 * more is left out. */
static bool keep(struct required_analyser *analyser, struct alternatives set,
                 const struct literal **literals, size_t *count)
{
    if (!alternatives_finish(&analyser->pool, &set))
        return true;
    if (!alternatives_keep(analyser->arena, &set, &set))
        return false;
    *literals = set.strings;
    *count = set.count;
    return true;
}

/* Whether nothing else of the literal can be looked for than letters that may be inside of words.
 */
static bool is_loose(const struct literal *literal)
{
    uint32_t beginnings = literal->words & ~(literal->words << 1);

    if (literal->before >= MARGIN_SIGN || literal->after == MARGIN_LINE || beginnings != 1)
        return false;
    for (size_t i = 0; i < literal->length; i++) {
        if (literal->bytes[i] != ' ' && !(literal->words >> i & 1))
            return false;
    }
    return true;
}

static bool are_loose(const struct literal *literals, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_loose(&literals[i]))
            return true;
    return false;
}

/* A string that may be inside of words is asked for at each letter of all lines, which costs more
 * than to let through the few lines that have the shape; what else a line has one of will do. */
static void forget_loose(struct required *required)
{
    if (!are_loose(required->literals, required->count))
        return;
    required->literals = required->besides;
    required->count = required->besides_count;
    required->besides = NULL;
    required->besides_count = 0;
    if (are_loose(required->literals, required->count))
        required->count = 0;
}

bool required_has_shape(const struct required *required)
{
    return required->digits >= 2 || (required->barred & OPENING_LETTERS) == OPENING_LETTERS;
}

bool required_analyse(struct required_analyser *analyser, const struct regex *regex,
                      struct required *required)
{
    const struct alternatives *set;
    struct parser parser;
    struct part part;

    *required = (struct required){.max_length = REGEX_UNBOUNDED};
    if (!read_whole(analyser, regex, &parser, &part))
        return true;
    set = sequence_required(&part);
    if (set && !keep(analyser, *set, &required->literals, &required->count))
        return false;
    if (set && !required->count)
        return true;
    if (set == &part.required && part.besides_rarity > 0 &&
        !keep(analyser, part.besides, &required->besides, &required->besides_count))
        return false;
    required->understood = parser.cursor.certain && part.weight <= WEIGHT_MAX &&
                           parser.cursor.references <= parser.groups;
    required->min_length = part.min_length;
    required->digits = most_digits(&part);
    required->is_anchored = part.line_start;
    if (part.line_start && part.barred & OPENING_NONE)
        required->barred = part.barred;
    if (part.line_start && part.line_end)
        required->max_length = part.max_length;
    if (required_has_shape(required))
        forget_loose(required);
    return true;
}
