#include "regex/parser.h"

#include "regex/characters.h"
#include "regex/sequence.h"

#include <string.h>

#define WEIGHT_GROUP 24
#define NAME_LENGTH_MAX 32

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

/* The cursor is behind the opening bracket of a group's name. */
static bool parse_name(struct parser *parser, unsigned char close)
{
    struct cursor *cursor = &parser->cursor;
    struct parser_name name = {cursor->next, 0};

    while (!at_end(parser) && literal_is_word(*cursor->next))
        cursor->next++;
    name.length = (size_t)(cursor->next - name.text);
    if (name.length == 0 || !accept(parser, close) || (*name.text >= '0' && *name.text <= '9'))
        return lose(parser);
    parser->groups++;
    if (name.length > NAME_LENGTH_MAX || parser->names_count == PARSER_NAMES_MAX) {
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
    *part = (struct part){.max_length = LENGTH_UNBOUNDED,
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
    part->weight += part->weight < PARSER_WEIGHT_MAX ? WEIGHT_GROUP : 0;
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
        part->context = before > MARGIN_SIGN ? (unsigned char)before : MARGIN_SIGN;
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
static bool parse_any_group(struct parser *parser, struct part *part)
{
    bool done;

    if (peek(parser) == '*' || parser->depth == PARSER_MAX_DEPTH)
        return lose(parser);
    parser->depth++;
    if (parser->deepest < parser->depth)
        parser->deepest = parser->depth;
    if (accept(parser, '?')) {
        done = parse_special(parser, part);
    } else {
        parser->groups++;
        done = parse_body(parser, part);
    }
    parser->depth--;
    return done;
}

/* Reads the group that PIECE is, and notes what is known of it if that holds wherever it stands. */
static bool parse_piece(struct parser *parser, struct piece *piece, struct part *part)
{
    struct cursor *cursor = &parser->cursor;
    struct cursor start = *cursor;
    unsigned deepest = parser->deepest, groups = parser->groups;
    size_t names = parser->names_count;

    parser->deepest = parser->depth;
    if (!parse_any_group(parser, part))
        return false;
    /* A quotation or a comment can go beyond its end. */
    if (cursor->next == start.next + piece->length && cursor->certain &&
        cursor->references == start.references && parser->names_count == names &&
        !pieces_learn(parser->pieces, piece, &start, part, parser->groups - groups,
                      parser->deepest - parser->depth))
        return lose(parser);
    if (parser->deepest < deepest)
        parser->deepest = deepest;
    return true;
}

static bool parse_group(struct parser *parser, struct part *part)
{
    struct piece *piece = pieces_find(parser->pieces, &parser->cursor);
    const struct piece_facts *facts;

    if (!piece)
        return parse_any_group(parser, part);
    facts = pieces_facts(piece, &parser->cursor);
    if (!facts || parser->depth + facts->depth > PARSER_MAX_DEPTH)
        return parse_piece(parser, piece, part);
    *part = facts->part;
    parser->cursor.next += piece->length;
    parser->groups += facts->groups;
    if (parser->deepest < parser->depth + facts->depth)
        parser->deepest = parser->depth + facts->depth;
    return true;
}

static bool at_branch_end(const struct parser *parser)
{
    return at_end(parser) ||
           (!parser->cursor.quoted && (peek(parser) == '|' || peek(parser) == ')'));
}

static bool parse_item(struct parser *parser, struct part *part)
{
    if (parser->cursor.quoted || !accept(parser, '('))
        return atoms_read(&parser->cursor, part);
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

        if (!parse_quantifier(parser, item.repeatable, &least, &most) ||
            !sequence_append(cursor, &sequence, &item, least, most))
            return false;
        atoms_skip(cursor);
        if (cursor->lost)
            return false;
        if (at_branch_end(parser))
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

    atoms_skip(cursor);
    if (cursor->lost)
        return false;
    if (at_branch_end(parser)) {
        if (!atoms_empty(cursor, part))
            return false;
    } else if (!parse_item(parser, part)) {
        return false;
    } else if (!at_branch_end(parser)) {
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
    if (!at_branch_end(parser))
        return parse_rest(parser, part);
    sequence_single(cursor, part);
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
        if (!parse_branch(parser, &next) || !choice_add(&parser->cursor, &choice, &next))
            return false;
        parser->cursor.before = before;
    }
    choice_end(&choice, part);
    return true;
}

bool parser_read(struct parser *parser, struct part *part)
{
    return parse_alternation(parser, part) && at_end(parser);
}
