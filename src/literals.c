#include "literals.h"

#include "arena.h"

#include <stdlib.h>
#include <string.h>

/* A repetition of exact strings is written out up to this many times. */
#define UNROLLED 8
/* PCRE2 refuses a regex that takes 64 KiB compiled; well below it none comes near. */
#define WEIGHT_LIMIT 30000
#define WEIGHT_GROUP 24
#define MIN_LENGTH_LIMIT 0x40000000u
#define NAMES_MAX 8
#define NAME_LENGTH_MAX 32

struct name {
    const unsigned char *text;
    size_t length;
};

struct parser {
    struct cursor cursor;
    unsigned depth;
    unsigned groups;
    struct name names[NAMES_MAX];
    size_t names_count;
};

struct literals {
    struct arena arena;
    struct alternatives_pool pool;
};

/* What is known of a concatenation so far. */
struct sequence {
    struct alternatives tail; /* the strings that its end matches exactly */
    bool whole;               /* `tail` is all of it */
    struct part part;         /* but for `exact` */
};

static bool parse_alternation(struct parser *parser, struct part *part);

static bool lose(struct parser *parser)
{
    parser->cursor.lost = true;
    return false;
}

static bool at_end(const struct parser *parser)
{
    return parser->cursor.next == parser->cursor.end;
}

static unsigned char peek(const struct parser *parser)
{
    return at_end(parser) ? '\0' : *parser->cursor.next;
}

static bool accept(struct parser *parser, unsigned char byte)
{
    if (at_end(parser) || *parser->cursor.next != byte)
        return false;
    parser->cursor.next++;
    return true;
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

/* AND: of two sets that are both required, the rarer one is kept. */
static void require(struct part *part, const struct alternatives *set)
{
    unsigned rarity = alternatives_rarity(set);

    if (rarity > part->rarity) {
        part->rarity = rarity;
        part->required = *set;
    }
}

static void require_part(struct part *part, const struct part *other)
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

static bool sequence_break(struct parser *parser, struct sequence *sequence)
{
    struct part empty;

    if (!is_empty_string(&sequence->tail)) {
        require(&sequence->part, &sequence->tail);
        if (!atoms_empty(&parser->cursor, &empty))
            return false;
        sequence->tail = empty.exact;
    }
    sequence->whole = false;
    return true;
}

static bool sequence_strings(struct parser *parser, struct sequence *sequence,
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
    if (alternatives_join(parser->cursor.pool, &sequence->tail, strings, &joined)) {
        sequence->tail = joined;
        return true;
    }
    if (parser->cursor.pool->full)
        return lose(parser);
    require(&sequence->part, &sequence->tail);
    sequence->tail = *strings;
    sequence->whole = false;
    return true;
}

/* X or nothing. */
static bool sequence_optional(struct parser *parser, struct sequence *sequence,
                              const struct alternatives *strings)
{
    struct alternatives either = {0};
    struct part empty;

    if (!atoms_empty(&parser->cursor, &empty))
        return false;
    if (alternatives_add(parser->cursor.pool, &either, strings, ALTERNATIVES_JOINED) &&
        alternatives_add(parser->cursor.pool, &either, &empty.exact, ALTERNATIVES_JOINED))
        return sequence_strings(parser, sequence, &either);
    return !parser->cursor.pool->full ? sequence_break(parser, sequence) : lose(parser);
}

/* X{least,most}: X is written out LEAST times; what may follow is known only for X? */
static bool sequence_repeated(struct parser *parser, struct sequence *sequence,
                              const struct part *part, uint32_t least, uint32_t most)
{
    if (part->exact.count == 0) {
        if (least > 0)
            require_part(&sequence->part, part);
        return most == 0 || sequence_break(parser, sequence);
    }
    if (least == 0 && most == 1)
        return sequence_optional(parser, sequence, &part->exact);
    for (uint32_t i = 0; i < least && i < UNROLLED; i++) {
        if (!sequence_strings(parser, sequence, &part->exact))
            return false;
    }
    /* The strings go on in the tail; what assertions among them ask for does not. */
    if (least > 0 && part->rarity > sequence->part.rarity) {
        sequence->part.rarity = part->rarity;
        sequence->part.required = part->required;
    }
    return (least == most && least <= UNROLLED) || sequence_break(parser, sequence);
}

static bool sequence_append(struct parser *parser, struct sequence *sequence,
                            const struct part *part, uint32_t least, uint32_t most)
{
    struct part *whole = &sequence->part;
    uint32_t copies = most == UINT32_MAX ? least + 1 : most;
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
    whole->weight = add(whole->weight, multiply(part->weight, copies > 0 ? copies : 1));
    return sequence_repeated(parser, sequence, part, least, most);
}

/* {n}, {n,} or {n,m}; the cursor is behind the brace. */
static bool parse_counts(struct parser *parser, uint32_t *least, uint32_t *most)
{
    struct cursor *cursor = &parser->cursor;

    if (!atoms_number(cursor, least))
        return lose(parser);
    *most = *least;
    if (accept(parser, ',')) {
        *most = UINT32_MAX;
        if (peek(parser) != '}' && !atoms_number(cursor, most))
            return lose(parser);
    }
    return (accept(parser, '}') && *least <= *most) || lose(parser);
}

static bool parse_quantifier(struct parser *parser, bool repeatable, uint32_t *least,
                             uint32_t *most)
{
    struct cursor *cursor = &parser->cursor;

    *least = *most = 1;
    if (!atoms_quantifier_follows(cursor))
        return true;
    atoms_skip(cursor);
    /* A brace that opens no quantifier stands for itself. */
    if (*cursor->next == '{' &&
        (cursor->end - cursor->next < 2 || cursor->next[1] < '0' || cursor->next[1] > '9'))
        return true;
    if (!repeatable)
        return lose(parser);
    switch (*cursor->next++) {
    case '*':
        *least = 0;
        *most = UINT32_MAX;
        break;
    case '+':
        *most = UINT32_MAX;
        break;
    case '?':
        *least = 0;
        break;
    default:
        if (!parse_counts(parser, least, most))
            return false;
        break;
    }
    if (!accept(parser, '+'))
        accept(parser, '?');
    return !atoms_quantifier_follows(cursor) || lose(parser);
}

/* Letters of (?imsx-imsx); the cursor stops at the `)` or `:` behind them. */
static bool parse_flags(struct parser *parser)
{
    struct cursor *cursor = &parser->cursor;
    bool on = true;

    for (; !at_end(parser); cursor->next++) {
        switch (*cursor->next) {
        case 'i':
            cursor->caseless = on;
            break;
        case 'x':
            if (cursor->next[-1] == 'x') /* white space in classes, too */
                return lose(parser);
            cursor->extended = on;
            break;
        case 'm':
        case 's':
            break;
        case '-':
            if (!on)
                return lose(parser);
            on = false;
            break;
        case ')':
        case ':':
            return true;
        default:
            return lose(parser);
        }
    }
    return lose(parser);
}

static bool is_word(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '_';
}

/* The cursor is behind the opening bracket of a group's name. */
static bool parse_name(struct parser *parser, unsigned char close)
{
    struct cursor *cursor = &parser->cursor;
    struct name name = {cursor->next, 0};

    while (!at_end(parser) && is_word(*cursor->next))
        cursor->next++;
    name.length = (size_t)(cursor->next - name.text);
    if (name.length == 0 || !accept(parser, close) || (*name.text >= '0' && *name.text <= '9'))
        return lose(parser);
    parser->groups++;
    if (name.length > NAME_LENGTH_MAX || parser->names_count == NAMES_MAX) {
        cursor->certain = false;
        return true;
    }
    for (size_t i = 0; i < parser->names_count; i++) {
        if (parser->names[i].length == name.length &&
            memcmp(parser->names[i].text, name.text, name.length) == 0)
            cursor->certain = false;
    }
    parser->names[parser->names_count++] = name;
    return true;
}

static bool anything(struct part *part)
{
    *part =
        (struct part){.max_length = LITERALS_UNBOUNDED, .weight = WEIGHT_GROUP, .repeatable = true};
    return true;
}

/* Recursion, and references by name: how far they reach is not followed up. */
static bool parse_reference(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;
    const unsigned char *close = memchr(cursor->next, ')', (size_t)(cursor->end - cursor->next));

    if (!close)
        return lose(parser);
    cursor->next = close + 1;
    cursor->certain = false;
    return anything(part);
}

static bool parse_body(struct parser *parser, struct part *part)
{
    bool caseless = parser->cursor.caseless, extended = parser->cursor.extended;

    if (!parse_alternation(parser, part) || !accept(parser, ')'))
        return lose(parser);
    parser->cursor.caseless = caseless;
    parser->cursor.extended = extended;
    part->weight = add(part->weight, WEIGHT_GROUP);
    part->repeatable = true;
    return true;
}

/* What an assertion asks for is in the line, but it consumes nothing. */
static bool parse_assertion(struct parser *parser, struct part *part, bool negative)
{
    struct part body;

    if (!parse_body(parser, &body) || !atoms_empty(&parser->cursor, part))
        return false;
    if (!negative)
        require_part(part, &body);
    part->weight = body.weight;
    return true;
}

static bool parse_group(struct parser *parser, struct part *part);

/* (?(condition)yes|no): only read over. The cursor is at the condition's bracket. */
static bool parse_conditional(struct parser *parser, struct part *part)
{
    struct part ignored;

    accept(parser, '(');
    if (peek(parser) == '?') {
        if (!parse_group(parser, &ignored))
            return false;
    } else if (!parse_reference(parser, &ignored)) {
        return false;
    }
    parser->cursor.certain = false;
    return parse_body(parser, &ignored) && anything(part);
}

static bool parse_flagged(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;
    bool caseless = cursor->caseless, extended = cursor->extended;

    if (!parse_flags(parser))
        return false;
    if (accept(parser, ')'))
        return atoms_empty(cursor, part); /* in force up to the group's end */
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
    if (peek(parser) != '=' && peek(parser) != '!')
        return parse_name(parser, '>') && parse_body(parser, part);
    /* PCRE2 refuses a lookbehind whose length is not fixed. */
    parser->cursor.certain = false;
    return parse_assertion(parser, part, *parser->cursor.next++ == '!');
}

static bool parse_special(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;

    switch (peek(parser)) {
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
        return parse_assertion(parser, part, *cursor->next++ == '!');
    case '<':
        cursor->next++;
        return parse_angle(parser, part);
    case '\'':
        cursor->next++;
        return parse_name(parser, '\'') && parse_body(parser, part);
    case 'P':
        cursor->next++;
        if (accept(parser, '<'))
            return parse_name(parser, '>') && parse_body(parser, part);
        return parse_reference(parser, part);
    case '(':
        return parse_conditional(parser, part);
    case '-':
        if (cursor->end - cursor->next < 2 || cursor->next[1] < '0' || cursor->next[1] > '9')
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
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return parse_reference(parser, part);
    default:
        return lose(parser);
    }
}

/* The cursor is behind the opening bracket. */
static bool parse_group(struct parser *parser, struct part *part)
{
    bool done;

    if (peek(parser) == '*' || parser->depth == LITERALS_MAX_DEPTH)
        return lose(parser);
    parser->depth++;
    if (accept(parser, '?')) {
        done = parse_special(parser, part);
    } else {
        parser->groups++;
        done = parse_body(parser, part);
    }
    parser->depth--;
    return done;
}

static bool parse_sequence(struct parser *parser, struct part *part)
{
    struct cursor *cursor = &parser->cursor;
    struct sequence sequence = {.whole = true};
    struct part item;

    if (!atoms_empty(cursor, &item))
        return false;
    sequence.tail = item.exact;
    for (;;) {
        uint32_t least, most;

        atoms_skip(cursor);
        if (cursor->lost)
            return false;
        if (at_end(parser) || (!cursor->quoted && (peek(parser) == '|' || peek(parser) == ')')))
            break;
        if (!cursor->quoted && peek(parser) == '(') {
            cursor->next++;
            if (!parse_group(parser, &item))
                return false;
        } else if (!atoms_read(cursor, &item)) {
            return false;
        }
        if (!parse_quantifier(parser, item.repeatable, &least, &most) ||
            !sequence_append(parser, &sequence, &item, least, most))
            return false;
    }
    if (sequence.whole)
        sequence.part.exact = sequence.tail;
    else
        require(&sequence.part, &sequence.tail);
    *part = sequence.part;
    return true;
}

/* The strings that one alternative requires, or NULL. */
static const struct alternatives *required(const struct part *part)
{
    unsigned rarity = alternatives_rarity(&part->exact);

    if (rarity > 0 && rarity >= part->rarity)
        return &part->exact;
    return part->rarity > 0 ? &part->required : NULL;
}

/* OR: one alternative that is not listed, or requires nothing, spoils it for all. */
struct choice {
    struct alternatives exact;
    struct alternatives required;
    bool is_exact;
    bool requires;
};

static bool choose(struct parser *parser, struct choice *choice, const struct part *part)
{
    struct alternatives_pool *pool = parser->cursor.pool;
    const struct alternatives *set = required(part);

    choice->is_exact = choice->is_exact && part->exact.count > 0 &&
                       alternatives_add(pool, &choice->exact, &part->exact, ALTERNATIVES_LISTED);
    choice->requires = choice->requires && set &&
                       alternatives_add(pool, &choice->required, set, LITERALS_MAX_COUNT);
    return !pool->full || lose(parser);
}

static bool parse_alternation(struct parser *parser, struct part *part)
{
    struct choice choice = {.is_exact = true, .requires = true};
    struct part next;

    if (!parse_sequence(parser, part))
        return false;
    if (peek(parser) != '|')
        return true;
    if (!choose(parser, &choice, part))
        return false;
    while (accept(parser, '|')) {
        if (!parse_sequence(parser, &next) || !choose(parser, &choice, &next))
            return false;
        part->min_length = smaller(part->min_length, next.min_length);
        if (next.max_length > part->max_length)
            part->max_length = next.max_length;
        part->weight = add(part->weight, add(next.weight, WEIGHT_GROUP));
        part->line_start = part->line_start && next.line_start;
        part->line_end = part->line_end && next.line_end;
    }
    part->exact = choice.is_exact ? choice.exact : (struct alternatives){0};
    part->required = choice.requires ? choice.required : (struct alternatives){0};
    part->rarity = alternatives_rarity(&part->required);
    return true;
}

struct literals *literals_create(void)
{
    struct literals *literals = calloc(1, sizeof *literals);

    if (literals && !alternatives_pool_init(&literals->pool)) {
        free(literals);
        return NULL;
    }
    return literals;
}

void literals_destroy(struct literals *literals)
{
    if (!literals)
        return;
    arena_free(&literals->arena);
    alternatives_pool_release(&literals->pool);
    free(literals);
}

/* From the pool, which the next regex empties, to where the facts stay. */
static bool keep(struct literals *literals, const struct alternatives *set,
                 struct literals_facts *facts)
{
    struct literal *strings;
    unsigned char *bytes;
    size_t size = 0;

    for (size_t i = 0; i < set->count; i++)
        size += set->strings[i].length;
    strings = arena_alloc(&literals->arena, set->count * sizeof *strings + size);
    if (!strings)
        return false;
    bytes = (unsigned char *)(strings + set->count);
    for (size_t i = 0; i < set->count; i++) {
        size_t length = set->strings[i].length;

        memcpy(bytes, set->strings[i].bytes, length);
        strings[i] = (struct literal){bytes, length};
        bytes += length;
    }
    facts->literals = strings;
    facts->count = set->count;
    return true;
}

enum literals_status literals_analyse(struct literals *literals, const struct regex *regex,
                                      struct literals_facts *facts)
{
    struct parser parser = {0};
    struct cursor *cursor = &parser.cursor;
    const struct alternatives *set;
    struct alternatives least;
    struct part part;

    *facts = (struct literals_facts){.matches_empty = true, .max_length = LITERALS_UNBOUNDED};
    alternatives_pool_empty(&literals->pool);
    cursor->next = (const unsigned char *)regex->text;
    cursor->end = cursor->next + regex->length;
    cursor->caseless = regex->flags & REGEX_CASELESS;
    cursor->extended = regex->flags & REGEX_EXTENDED;
    cursor->certain = true;
    cursor->pool = &literals->pool;
    if (!parse_alternation(&parser, &part) || !at_end(&parser))
        return LITERALS_OK;
    set = required(&part);
    if (set) {
        least = *set;
        if (!alternatives_minimise(&literals->pool, &least))
            return LITERALS_OK;
        if (!keep(literals, &least, facts))
            return LITERALS_NO_MEMORY;
    }
    facts->understood =
        cursor->certain && part.weight <= WEIGHT_LIMIT && cursor->references <= parser.groups;
    facts->anchored = part.line_start;
    facts->min_length = part.min_length;
    facts->matches_empty = part.min_length == 0;
    if (part.line_start && part.line_end)
        facts->max_length = part.max_length;
    return LITERALS_OK;
}
