#include "format/json.h"

#include "base/bits.h"
#include "format/json_string.h"

#include <stdlib.h>

/* What may come next. */
enum state { VALUE, NAME, AFTER, DONE };

struct json {
    uint64_t *levels; /* a bit each, set for an object */
    size_t words;     /* of them */
    size_t depth;

    const char *text;
    size_t length;
    size_t at;
    enum state state;
    struct json_fault fault;
    bool no_memory;

    const struct json_path *paths;
    struct json_value *values;
    uint32_t count;
    uint32_t longest;             /* of the paths */
    uint32_t matched[JSON_PATHS]; /* how many of a path's names the objects around `at` have */
    struct span name;             /* of the last member of the outermost object */
    struct span longest_name;     /* see json_longest */
    size_t longest_length;
    uint32_t awaited; /* a bit for each path whose value comes next */
};

struct json *json_create(void)
{
    return calloc(1, sizeof(struct json));
}

void json_destroy(struct json *json)
{
    if (!json)
        return;
    free(json->levels);
    free(json);
}

static bool fail(struct json *json, const char *reason)
{
    if (!json->fault.reason)
        json->fault = (struct json_fault){reason, json->at};
    return false;
}

/* The byte to be read next; 0, which JSON has nowhere, at the end. */
static char peek(const struct json *json)
{
    return json->at < json->length ? json->text[json->at] : '\0';
}

static void skip_white_space(struct json *json)
{
    while (json->at < json->length) {
        char byte = json->text[json->at];

        if (byte != ' ' && byte != '\t' && byte != '\n' && byte != '\r')
            return;
        json->at++;
    }
}

static bool push(struct json *json, bool is_object)
{
    size_t word = json->depth / 64;
    uint64_t bit = UINT64_C(1) << (json->depth % 64);

    if (word == json->words) {
        size_t words = json->words + json->words / 2 + 16;
        uint64_t *levels = realloc(json->levels, words * sizeof *levels);

        if (!levels) {
            json->no_memory = true;
            return false;
        }
        json->levels = levels;
        json->words = words;
    }
    json->levels[word] = is_object ? json->levels[word] | bit : json->levels[word] & ~bit;
    json->depth++;
    return true;
}

static bool is_in_object(const struct json *json)
{
    return bits_has(json->levels, json->depth - 1);
}

static void pop(struct json *json)
{
    json->depth--;
    json->state = AFTER;
}

/* Notes the value for the paths that await one. */
static void note(struct json *json, enum json_type type, size_t begin, size_t end)
{
    for (uint32_t i = 0; json->awaited; i++, json->awaited >>= 1)
        if (json->awaited & 1)
            json->values[i] = (struct json_value){type, begin, end};
}

/* A string is the value of the outermost object's last member. */
static void note_longest(struct json *json, size_t begin, size_t end)
{
    if (json->depth != 1 || json->name.length == 0 || end - begin <= json->longest_length ||
        !memchr(json->text + begin, ' ', end - begin))
        return;
    json->longest_length = end - begin;
    json->longest_name = json->name;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_hex(char byte)
{
    return is_digit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

static bool is_escape(char byte)
{
    switch (byte) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return true;
    default:
        return false;
    }
}

/* The backslash is the next byte. */
static bool read_escape(struct json *json)
{
    char byte = json->at + 1 < json->length ? json->text[json->at + 1] : '\0';

    if (byte == 'u') {
        for (size_t i = 2; i < 6; i++)
            if (json->at + i >= json->length || !is_hex(json->text[json->at + i]))
                return fail(json, "\\u needs four hexadecimal digits");
        json->at += 6;
        return true;
    }
    if (!is_escape(byte))
        return fail(json, "unknown escape; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX");
    json->at += 2;
    return true;
}

/* The quote is the next byte; *begin and *end are what stands between the two. */
static bool read_string(struct json *json, size_t *begin, size_t *end)
{
    *begin = ++json->at;
    for (;;) {
        json->at += json_plain_length(json->text + json->at, json->length - json->at);
        if (json->at == json->length)
            return fail(json, "a string has no closing quote");
        if (json->text[json->at] == '"')
            break;
        if (json->text[json->at] != '\\')
            return fail(json, "a control character in a string; it must be escaped");
        if (!read_escape(json))
            return false;
    }
    *end = json->at++;
    return true;
}

static bool skip_digits(struct json *json)
{
    size_t from = json->at;

    while (is_digit(peek(json)))
        json->at++;
    return json->at > from;
}

static bool read_number(struct json *json)
{
    size_t begin = json->at;

    if (peek(json) == '-')
        json->at++;
    if (peek(json) == '0')
        json->at++;
    else if (!skip_digits(json))
        return fail(json, "a digit must follow the minus sign");
    if (peek(json) == '.') {
        json->at++;
        if (!skip_digits(json))
            return fail(json, "a digit must follow the decimal point");
    }
    if (peek(json) == 'e' || peek(json) == 'E') {
        json->at++;
        if (peek(json) == '+' || peek(json) == '-')
            json->at++;
        if (!skip_digits(json))
            return fail(json, "the exponent has no digits");
    }
    note(json, JSON_NUMBER, begin, json->at);
    json->state = AFTER;
    return true;
}

static bool read_literal(struct json *json)
{
    static const char *const literals[] = {"true", "false", "null"};

    for (size_t i = 0; i < sizeof literals / sizeof *literals; i++) {
        size_t length = strlen(literals[i]);

        if (json->length - json->at < length ||
            memcmp(json->text + json->at, literals[i], length) != 0)
            continue;
        note(json, JSON_LITERAL, json->at, json->at + length);
        json->at += length;
        json->state = AFTER;
        return true;
    }
    return fail(json, "expected a value: an object, array, string, number, true, false or null");
}

static bool open_container(struct json *json, bool is_object)
{
    note(json, is_object ? JSON_OBJECT : JSON_ARRAY, json->at, json->at);
    json->at++;
    if (!push(json, is_object))
        return false;
    skip_white_space(json);
    json->state = is_object ? NAME : VALUE;
    if (peek(json) == (is_object ? '}' : ']')) {
        json->at++;
        pop(json);
    }
    return true;
}

static bool read_value(struct json *json)
{
    size_t begin, end;

    switch (peek(json)) {
    case '{':
        return open_container(json, true);
    case '[':
        return open_container(json, false);
    case '"':
        if (!read_string(json, &begin, &end))
            return false;
        note(json, JSON_STRING, begin, end);
        note_longest(json, begin, end);
        json->state = AFTER;
        return true;
    default:
        return peek(json) == '-' || is_digit(peek(json)) ? read_number(json) : read_literal(json);
    }
}

/* Finds the paths that go on with NAME, the name of a member at this depth. */
static void follow(struct json *json, struct span name)
{
    uint32_t depth = (uint32_t)json->depth;

    for (uint32_t i = 0; i < json->count; i++) {
        if (json->matched[i] >= depth)
            json->matched[i] = depth - 1;
        if (json->matched[i] != depth - 1 || depth > json->paths[i].count ||
            !json_string_is(name, json->paths[i].names[depth - 1]))
            continue;
        json->matched[i] = depth;
        json->values[i].type = JSON_NONE;
        if (depth == json->paths[i].count)
            json->awaited |= 1u << i;
    }
}

static bool read_name(struct json *json)
{
    size_t begin, end;

    if (peek(json) != '"')
        return fail(json, "expected a name in double quotes");
    if (!read_string(json, &begin, &end))
        return false;
    if (json->depth == 1)
        json->name = (struct span){json->text + begin, end - begin};
    if (json->depth <= json->longest)
        follow(json, (struct span){json->text + begin, end - begin});
    skip_white_space(json);
    if (peek(json) != ':')
        return fail(json, "expected ':' after a name");
    json->at++;
    json->state = VALUE;
    return true;
}

static bool read_after(struct json *json)
{
    bool is_object;

    if (json->depth == 0) {
        json->state = DONE;
        return json->at == json->length || fail(json, "something follows the value");
    }
    is_object = is_in_object(json);
    if (peek(json) == ',') {
        json->at++;
        json->state = is_object ? NAME : VALUE;
        return true;
    }
    if (peek(json) != (is_object ? '}' : ']'))
        return fail(json, is_object ? "expected ',' or '}' after a value"
                                    : "expected ',' or ']' after a value");
    json->at++;
    pop(json);
    return true;
}

static bool step(struct json *json)
{
    skip_white_space(json);
    switch (json->state) {
    case VALUE:
        return read_value(json);
    case NAME:
        return read_name(json);
    case AFTER:
        return read_after(json);
    case DONE:
        break;
    }
    return false;
}

enum json_status json_read(struct json *json, struct span text, const struct json_path *paths,
                           struct json_value *values, uint32_t count, struct json_fault *fault)
{
    json->text = text.text;
    json->length = text.length;
    json->at = json->depth = 0;
    json->state = VALUE;
    json->fault.reason = NULL;
    json->no_memory = false;
    json->paths = paths;
    json->values = values;
    json->count = count;
    json->longest = json->awaited = 0;
    json->name = json->longest_name = (struct span){"", 0};
    json->longest_length = 0;
    for (uint32_t i = 0; i < count; i++) {
        json->matched[i] = 0;
        values[i].type = JSON_NONE;
        if (json->longest < paths[i].count)
            json->longest = paths[i].count;
    }
    while (json->state != DONE && step(json))
        ;
    if (json->no_memory)
        return JSON_NO_MEMORY;
    *fault = json->fault;
    return json->fault.reason ? JSON_BAD : JSON_GOOD;
}

struct span json_longest(const struct json *json)
{
    return json->longest_name;
}
