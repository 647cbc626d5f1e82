#include "literals.h"

#include "arena.h"
#include "fold.h"
#include "sequence.h"

#include <stdlib.h>
#include <string.h>

/* PCRE2 refuses a regex that takes 64 KiB compiled; well below it none comes near. */
#define WEIGHT_LIMIT 30000
#define WEIGHT_GROUP 24
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
    *part = (struct part){.max_length = LITERALS_UNBOUNDED,
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
    part->weight += part->weight < WEIGHT_LIMIT ? WEIGHT_GROUP : 0;
    part->repeatable = true;
    part->grouped = true;
    return true;
}

/* What an assertion asks for is in the line, but it consumes nothing. */
static bool parse_assertion(struct parser *parser, struct part *part, bool behind)
{
    bool negative = *parser->cursor.next++ == '!';
    enum margin before = parser->cursor.before;
    struct part body;

    parser->cursor.before = MARGIN_ANY;
    if (!parse_body(parser, &body))
        return false;
    parser->cursor.before = before;
    if (!atoms_empty(&parser->cursor, part))
        return false;
    /* PCRE2 refuses a lookbehind whose length is not fixed; some versions allow 255 at most. */
    if (behind && body.characters > UINT8_MAX)
        parser->cursor.certain = false;
    if (!negative)
        sequence_require(part, &body);
    if (!negative && behind && body.ends_sign && body.min_length > 0)
        part->context = before > MARGIN_SIGN ? before : MARGIN_SIGN;
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
    return parse_assertion(parser, part, true);
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
        return parse_assertion(parser, part, false);
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
        return parse_reference(parser, part);
    default:
        return peek(parser) >= '0' && peek(parser) <= '9' ? parse_reference(parser, part)
                                                          : lose(parser);
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
    struct sequence sequence;
    struct part item;

    if (!sequence_start(cursor, &sequence))
        return false;
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
            !sequence_append(cursor, &sequence, &item, least, most))
            return false;
    }
    sequence_end(cursor, &sequence, part);
    return true;
}

/* Leaves the cursor's context as it was: part->context is that behind it. */
static bool parse_alternation(struct parser *parser, struct part *part)
{
    enum margin before = parser->cursor.before;
    struct choice choice;
    struct part next;

    if (!parse_sequence(parser, part))
        return false;
    parser->cursor.before = before;
    if (peek(parser) != '|')
        return true;
    if (!choice_start(&parser->cursor, &choice, part))
        return false;
    while (accept(parser, '|')) {
        if (!parse_sequence(parser, &next) || !choice_add(&parser->cursor, &choice, &next))
            return false;
        parser->cursor.before = before;
    }
    choice_end(&choice, part);
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
        strings[i] = set->strings[i];
        strings[i].bytes = bytes;
        bytes += length;
    }
    facts->literals = strings;
    facts->count = set->count;
    return true;
}

static bool is_utf8(const unsigned char *text, size_t length)
{
    while (length > 0) {
        uint32_t character;
        size_t size = *text < 0x80 ? 1 : fold_decode(text, length, &character);

        if (size == 0)
            return false;
        text += size;
        length -= size;
    }
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
    if (!is_utf8(cursor->next, regex->length) || !parse_alternation(&parser, &part) ||
        !at_end(&parser))
        return LITERALS_OK;
    set = sequence_required(&part);
    if (set) {
        least = *set;
        if (!alternatives_finish(&literals->pool, &least))
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
