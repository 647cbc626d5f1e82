#define PCRE2_CODE_UNIT_WIDTH 8
#include "regex/pattern.h"

#include "base/utf8.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COMPILE_OPTIONS (PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C)
#define JIT_STACK_START ((size_t)32 * 1024)
#define RECHECKS 1000
#define HOTTEST 32 /* doublings */
/* So often something is compiled before the memory that it was read from is given back; not yet for
 * a short text, which would only wait for it. */
#define GIVEN_BACK 4
#define KEPT_BACK 64

/* From how many places a match may start; each number has a limit of its own. */
enum starts { ONE, MANY, STARTS };

struct pattern_matcher {
    pcre2_match_context *contexts[STARTS];
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
    uint32_t limit;
    const char *text;
    size_t length;
    bool is_known_valid;
    bool is_read;              /* what follows and the limits are of this subject */
    struct pattern_span first; /* piece of valid bytes */
    struct pattern_span piece; /* the one last looked at */
    size_t rechecks;           /* how often PCRE2 has checked an invalid subject itself */
    struct pages once;
    unsigned compiled; /* patterns */
    size_t written;    /* bytes by the JIT */
};

void pattern_matcher_destroy(struct pattern_matcher *matcher)
{
    if (!matcher)
        return;
    pcre2_jit_stack_free(matcher->stack);
    pcre2_match_data_free(matcher->data);
    for (int starts = 0; starts < STARTS; starts++)
        pcre2_match_context_free(matcher->contexts[starts]);
    free(matcher);
}

struct pattern_matcher *pattern_matcher_create(uint32_t match_limit)
{
    struct pattern_matcher *matcher = calloc(1, sizeof *matcher);
    uint32_t jit = 0;

    if (!matcher)
        return NULL;
    matcher->limit = match_limit;
    matcher->data = pcre2_match_data_create(1, NULL);
    if (!matcher->data)
        goto no_memory;
    pcre2_config(PCRE2_CONFIG_JIT, &jit);
    if (jit) {
        matcher->stack = pcre2_jit_stack_create(JIT_STACK_START, PATTERN_JIT_STACK, NULL);
        if (!matcher->stack)
            goto no_memory;
    }
    for (int starts = 0; starts < STARTS; starts++) {
        matcher->contexts[starts] = pcre2_match_context_create(NULL);
        if (!matcher->contexts[starts])
            goto no_memory;
        pcre2_set_heap_limit(matcher->contexts[starts], PATTERN_HEAP_KIB);
        if (jit)
            pcre2_jit_stack_assign(matcher->contexts[starts], NULL, matcher->stack);
    }
    return matcher;

no_memory:
    pattern_matcher_destroy(matcher);
    return NULL;
}

void pattern_matcher_reads(struct pattern_matcher *matcher, struct pages once)
{
    matcher->once = once;
}

/* Whether it may ask for an end of the subject that PCRE2_NOTBOL and PCRE2_NOTEOL don't deny. Such
 * a one is compiled for invalid text, and told by that. */
static bool asks_for_ends(const struct regex *regex)
{
    for (size_t i = 0; i + 1 < regex->length; i++) {
        char next = regex->text[i + 1];

        if (regex->text[i] != '\\')
            continue;
        if (next == 'A' || next == 'G' || next == 'Z' || next == 'z')
            return true;
        i++;
    }
    return false;
}

/* Notes what its code tells of it. */
static enum pattern_status describe(struct pattern *pattern)
{
    uint32_t all = 0;
    size_t size = 0;

    pcre2_pattern_info(pattern->code, PCRE2_INFO_SIZE, &size);
    pattern->size = (uint32_t)size; /* compiled from 64 KiB at most */
    pcre2_pattern_info(pattern->code, PCRE2_INFO_ALLOPTIONS, &all);
    pattern->is_anchored = (all & PCRE2_ANCHORED) != 0;
    pattern->is_whole = (all & PCRE2_MATCH_INVALID_UTF) != 0;
    return PATTERN_MATCH;
}

/* Reads what an image has of it; another version of PCRE2 refuses that. */
static bool take_compiled(struct pattern *pattern, const struct compiled *compiled)
{
    size_t start = compiled->start_length;
    uint8_t *bytes = malloc(start + compiled->length);
    bool good;

    if (!bytes)
        return false;
    memcpy(bytes, compiled->start, start);
    memcpy(bytes + start, compiled->rest, compiled->length);
    good = pcre2_serialize_decode(&pattern->code, 1, bytes, NULL) == 1;
    free(bytes);
    return good;
}

static size_t common_length(const uint8_t *bytes, const uint8_t *others, size_t length)
{
    size_t common = 0;

    while (common < length && bytes[common] == others[common])
        common++;
    return common;
}

static struct compiled *keep(const uint8_t *bytes, size_t size, const struct compiled *first,
                             struct arena *arena)
{
    size_t most = first ? first->start_length : 0;
    size_t common = first ? common_length(bytes, first->start, size < most ? size : most) : 0;
    struct compiled *compiled = arena_take(arena, sizeof *compiled + (size - common));

    if (!compiled)
        return NULL;
    memcpy(compiled->rest, bytes + common, size - common);
    if (first)
        *compiled = (struct compiled){first->start, common, size - common};
    else
        *compiled = (struct compiled){compiled->rest, size, 0};
    return compiled;
}

struct compiled *pattern_serialize(const struct regex *regex, const struct compiled *first,
                                   struct arena *arena)
{
    struct pattern pattern = {0};
    struct compiled *compiled = NULL;
    const pcre2_code *code;
    uint8_t *bytes = NULL;
    PCRE2_SIZE size;

    if (pattern_compile(&pattern, regex, NULL) != PATTERN_MATCH)
        return NULL;
    code = pattern.code;
    if (pcre2_serialize_encode(&code, 1, &bytes, &size, NULL) == 1)
        compiled = keep(bytes, size, first, arena);
    pcre2_serialize_free(bytes);
    pattern_release(&pattern);
    return compiled;
}

enum pattern_status pattern_compile(struct pattern *pattern, const struct regex *regex,
                                    struct pattern_error *error)
{
    uint32_t options = COMPILE_OPTIONS;
    pcre2_compile_context *context;
    int number;
    PCRE2_SIZE offset;

    if (pattern->code)
        return PATTERN_MATCH;
    if (regex->compiled && take_compiled(pattern, regex->compiled))
        return describe(pattern);
    context = pcre2_compile_context_create(NULL);
    if (!context)
        return PATTERN_NO_MEMORY;
    /* Not the build's own choice: a CR inside a line is a character like any other. */
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    if (asks_for_ends(regex))
        options |= PCRE2_MATCH_INVALID_UTF;
    if (regex->flags & REGEX_CASELESS)
        options |= PCRE2_CASELESS;
    if (regex->flags & REGEX_EXTENDED)
        options |= PCRE2_EXTENDED;
    pattern->code =
        pcre2_compile((PCRE2_SPTR)regex->text, regex->length, options, &number, &offset, context);
    pcre2_compile_context_free(context);
    if (pattern->code)
        return describe(pattern);
    if (number == PCRE2_ERROR_HEAP_FAILED)
        return PATTERN_NO_MEMORY;
    if (error) {
        error->offset = offset < regex->length ? offset : regex->length;
        pcre2_get_error_message(number, (PCRE2_UCHAR *)error->message, sizeof error->message);
    }
    return PATTERN_INVALID;
}

/* Whether it has looked at enough. The more the JIT has written, the less of use it writes next. */
static bool is_hot(const struct pattern_matcher *matcher, const struct pattern *pattern)
{
    size_t doublings = matcher->written / PATTERN_WRITTEN;

    return doublings < HOTTEST && pattern->looked_at >> doublings >= PATTERN_HOT + pattern->size;
}

/* Without a JIT, or where it refuses a pattern, the interpreter goes on alone. */
static void heat(struct pattern_matcher *matcher, struct pattern *pattern)
{
    size_t size = 0;

    if (pattern->jit_tried)
        return;
    pattern->jit_tried = true;
    if (pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0)
        pattern->has_jit =
            pcre2_pattern_info(pattern->code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
    matcher->written += size;
}

static bool is_valid(const struct pattern_matcher *matcher)
{
    return matcher->first.end - matcher->first.start == matcher->length;
}

static int run(struct pattern_matcher *matcher, const struct pattern *pattern, size_t from,
               bool by_jit)
{
    struct pattern_span piece = matcher->piece;
    pcre2_match_context *context = matcher->contexts[pattern->is_anchored ? ONE : MANY];
    uint32_t options = PCRE2_NO_UTF_CHECK;
    PCRE2_SPTR text;

    if (pattern->is_whole) {
        piece = (struct pattern_span){0, matcher->length};
        if (!is_valid(matcher))
            options = 0;
        if (!is_valid(matcher) && from > 0 && ++matcher->rechecks > RECHECKS)
            return PCRE2_ERROR_MATCHLIMIT;
    } else {
        if (piece.start > 0)
            options |= PCRE2_NOTBOL;
        if (piece.end < matcher->length)
            options |= PCRE2_NOTEOL;
    }
    text = (PCRE2_SPTR)matcher->text + piece.start;
    /* The JIT is never given invalid bytes: there is nothing for pcre2_match to check. */
    return by_jit ? pcre2_jit_match(pattern->code, text, piece.end - piece.start,
                                    from - piece.start, options, matcher->data, context)
                  : pcre2_match(pattern->code, text, piece.end - piece.start, from - piece.start,
                                options | PCRE2_NO_JIT, matcher->data, context);
}

/* The piece that begins at AT, or behind bytes there that only go on with a character. */
static void begin_piece(struct pattern_matcher *matcher, size_t at)
{
    while (at < matcher->length && utf8_continues((unsigned char)matcher->text[at]))
        at++;
    matcher->piece.start = at;
    matcher->piece.end = at + utf8_valid_length(matcher->text + at, matcher->length - at);
}

/* Goes on to the piece behind the bytes that end this one; false: only invalid ones follow. */
static bool next_piece(struct pattern_matcher *matcher)
{
    while (matcher->piece.end < matcher->length) {
        begin_piece(matcher, matcher->piece.end + 1);
        if (matcher->piece.end > matcher->piece.start)
            return true;
    }
    return false;
}

void pattern_subject(struct pattern_matcher *matcher, const char *text, size_t length,
                     bool is_valid)
{
    matcher->text = text;
    matcher->length = length;
    matcher->is_known_valid = is_valid;
    matcher->is_read = false;
}

/* Finds the subject's first valid bytes, and sets the steps that a starting point may take. */
static void read_subject(struct pattern_matcher *matcher)
{
    uint64_t steps = matcher->limit + (uint64_t)matcher->limit * matcher->length / PATTERN_STRETCH;
    uint64_t limits[STARTS] = {
        [ONE] = steps, [MANY] = steps / (matcher->length + 1) + PATTERN_STEPS_LEAST};

    for (int starts = 0; starts < STARTS; starts++)
        pcre2_set_match_limit(matcher->contexts[starts],
                              limits[starts] < UINT32_MAX ? (uint32_t)limits[starts] : UINT32_MAX);
    matcher->piece = (struct pattern_span){0, matcher->length};
    if (!matcher->is_known_valid)
        begin_piece(matcher, 0);
    matcher->first = matcher->piece;
    matcher->is_read = true;
}

static bool hit_a_limit(int result)
{
    return result < 0 && result != PCRE2_ERROR_NOMATCH;
}

static int run_either(struct pattern_matcher *matcher, struct pattern *pattern, size_t from)
{
    bool trusts_jit = !pattern->is_whole || is_valid(matcher);
    bool by_jit = pattern->has_jit && trusts_jit;
    int result = run(matcher, pattern, from, by_jit);

    if (!hit_a_limit(result) || !trusts_jit)
        return result;
    heat(matcher, pattern);
    return pattern->has_jit ? run(matcher, pattern, from, !by_jit) : result;
}

/* One piece after the other, as PCRE2_MATCH_INVALID_UTF would, which checks the text behind FROM
 * for each match. */
static int run_pieces(struct pattern_matcher *matcher, struct pattern *pattern, size_t from)
{
    int result = PCRE2_ERROR_NOMATCH;

    while (from > matcher->piece.end) {
        if (!next_piece(matcher))
            return result;
    }
    do {
        if (from < matcher->piece.start)
            from = matcher->piece.start;
        result = run_either(matcher, pattern, from);
    } while (result == PCRE2_ERROR_NOMATCH && next_piece(matcher));
    return result;
}

static enum pattern_status compile(struct pattern_matcher *matcher, struct pattern *pattern,
                                   const struct regex *regex)
{
    enum pattern_status compiled = pattern_compile(pattern, regex, NULL);

    if (++matcher->compiled > KEPT_BACK && matcher->compiled % GIVEN_BACK == 0)
        pages_give_back(matcher->once);
    return compiled;
}

enum pattern_status pattern_match(struct pattern_matcher *matcher, struct pattern *pattern,
                                  const struct regex *regex, size_t from, struct pattern_span *span)
{
    enum pattern_status compiled;
    int result;

    if (!pattern->code) {
        compiled = compile(matcher, pattern, regex);
        if (compiled != PATTERN_MATCH)
            return compiled;
    }
    if (!pattern->jit_tried) {
        pattern->looked_at += matcher->length - from;
        if (is_hot(matcher, pattern))
            heat(matcher, pattern);
    }
    if (!matcher->is_read)
        read_subject(matcher);
    if (from == 0) {
        matcher->piece = matcher->first;
        matcher->rechecks = 0;
    }
    result =
        pattern->is_whole ? run_either(matcher, pattern, from) : run_pieces(matcher, pattern, from);
    if (result == PCRE2_ERROR_NOMATCH)
        return PATTERN_NO_MATCH;
    if (result == PCRE2_ERROR_NOMEMORY)
        return PATTERN_NO_MEMORY;
    if (result < 0)
        return PATTERN_LIMIT;
    if (span) {
        const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(matcher->data);

        /* \K in a lookahead can put the start behind the end. */
        span->end = offsets[1];
        span->start = offsets[0] < offsets[1] ? offsets[0] : offsets[1];
        if (!pattern->is_whole) {
            span->end += matcher->piece.start;
            span->start += matcher->piece.start;
        }
    }
    return PATTERN_MATCH;
}

void pattern_release(struct pattern *pattern)
{
    pcre2_code_free(pattern->code);
    *pattern = (struct pattern){0};
}

void pattern_forget(struct pattern *pattern)
{
    struct pattern known = {.looked_at = pattern->looked_at, .jit_tried = pattern->jit_tried};

    pattern_release(pattern);
    *pattern = known;
}

void pattern_version(char *buffer, size_t size)
{
    char version[64] = "", unicode[64] = "";
    uint32_t jit = 0;

    if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) < (int)sizeof version)
        pcre2_config(PCRE2_CONFIG_VERSION, version);
    if (pcre2_config(PCRE2_CONFIG_UNICODE_VERSION, NULL) < (int)sizeof unicode)
        pcre2_config(PCRE2_CONFIG_UNICODE_VERSION, unicode);
    pcre2_config(PCRE2_CONFIG_JIT, &jit);
    snprintf(buffer, size, "PCRE2 %s, Unicode %s, JIT %s", version, unicode, jit ? "yes" : "no");
}
