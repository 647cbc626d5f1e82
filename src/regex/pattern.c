#define PCRE2_CODE_UNIT_WIDTH 8
#include "regex/pattern.h"

#include "base/utf8.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#define COMPILE_OPTIONS                                                                            \
    (PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_DOLLAR_ENDONLY |                      \
     PCRE2_NEVER_BACKSLASH_C)
#define JIT_STACK_START ((size_t)32 * 1024)

struct pattern_matcher {
    pcre2_match_context *context;
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
    uint32_t limit;
    const char *text; /* the subject last looked at from its start, and whether it is valid */
    size_t length;
    bool is_valid;
};

void pattern_matcher_destroy(struct pattern_matcher *matcher)
{
    if (!matcher)
        return;
    pcre2_jit_stack_free(matcher->stack);
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    free(matcher);
}

struct pattern_matcher *pattern_matcher_create(uint32_t match_limit)
{
    struct pattern_matcher *matcher = calloc(1, sizeof *matcher);
    uint32_t jit = 0;

    if (!matcher)
        return NULL;
    matcher->context = pcre2_match_context_create(NULL);
    matcher->data = pcre2_match_data_create(1, NULL);
    if (!matcher->context || !matcher->data)
        goto no_memory;
    pcre2_config(PCRE2_CONFIG_JIT, &jit);
    if (jit) {
        matcher->stack = pcre2_jit_stack_create(JIT_STACK_START, PATTERN_JIT_STACK, NULL);
        if (!matcher->stack)
            goto no_memory;
        pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    }
    matcher->limit = match_limit;
    pcre2_set_depth_limit(matcher->context, match_limit);
    pcre2_set_heap_limit(matcher->context, PATTERN_HEAP_KIB);
    return matcher;

no_memory:
    pattern_matcher_destroy(matcher);
    return NULL;
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
    context = pcre2_compile_context_create(NULL);
    if (!context)
        return PATTERN_NO_MEMORY;
    /* Not the build's own choice: a CR inside a line is a character like any other. */
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    if (regex->flags & REGEX_CASELESS)
        options |= PCRE2_CASELESS;
    if (regex->flags & REGEX_EXTENDED)
        options |= PCRE2_EXTENDED;
    pattern->code =
        pcre2_compile((PCRE2_SPTR)regex->text, regex->length, options, &number, &offset, context);
    pcre2_compile_context_free(context);
    if (pattern->code) {
        uint32_t all = 0;

        pcre2_pattern_info(pattern->code, PCRE2_INFO_ALLOPTIONS, &all);
        pattern->is_anchored = (all & PCRE2_ANCHORED) != 0;
        return PATTERN_MATCH;
    }
    if (number == PCRE2_ERROR_HEAP_FAILED)
        return PATTERN_NO_MEMORY;
    if (error) {
        error->offset = offset < regex->length ? offset : regex->length;
        pcre2_get_error_message(number, (PCRE2_UCHAR *)error->message, sizeof error->message);
    }
    return PATTERN_INVALID;
}

/* Without a JIT, or where it refuses a pattern, the interpreter goes on alone. */
static void heat(struct pattern *pattern)
{
    size_t size = 0;

    if (pattern->jit_tried)
        return;
    pattern->jit_tried = true;
    if (pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0)
        pattern->has_jit =
            pcre2_pattern_info(pattern->code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
}

static int run(struct pattern_matcher *matcher, const struct pattern *pattern, const char *text,
               size_t length, size_t from, uint32_t options)
{
    if (matcher->is_valid)
        options |= PCRE2_NO_UTF_CHECK;
    return pcre2_match(pattern->code, (PCRE2_SPTR)text, length, from, options, matcher->data,
                       matcher->context);
}

/* Sets what holds for one subject: its share of the budget, and whether it is valid UTF-8. */
static void prepare(struct pattern_matcher *matcher, const struct pattern *pattern,
                    const char *text, size_t length, size_t from)
{
    uint64_t share = PATTERN_BUDGET / (length + 1);
    bool has_share = !pattern->is_anchored && matcher->limit <= PATTERN_BUDGET;

    pcre2_set_match_limit(matcher->context,
                          has_share && share < matcher->limit ? (uint32_t)share : matcher->limit);
    if (from > 0 && text == matcher->text && length == matcher->length)
        return;
    matcher->text = text;
    matcher->length = length;
    matcher->is_valid = utf8_is_valid(text, length);
}

static bool hit_a_limit(int result)
{
    return result < 0 && result != PCRE2_ERROR_NOMATCH;
}

enum pattern_status pattern_match(struct pattern_matcher *matcher, struct pattern *pattern,
                                  const struct regex *regex, const char *text, size_t length,
                                  size_t from, struct pattern_span *span)
{
    enum pattern_status compiled;
    int result;

    if (!pattern->code) {
        compiled = pattern_compile(pattern, regex, NULL);
        if (compiled != PATTERN_MATCH)
            return compiled;
    }
    if (pattern->uses < PATTERN_HOT && ++pattern->uses == PATTERN_HOT)
        heat(pattern);
    prepare(matcher, pattern, text, length, from);
    if (!pattern->has_jit || !matcher->is_valid) {
        result = run(matcher, pattern, text, length, from, PCRE2_NO_JIT);
        if (hit_a_limit(result) && matcher->is_valid) {
            heat(pattern);
            if (pattern->has_jit)
                result = run(matcher, pattern, text, length, from, 0);
        }
    } else {
        result = run(matcher, pattern, text, length, from, 0);
        if (hit_a_limit(result))
            result = run(matcher, pattern, text, length, from, PCRE2_NO_JIT);
    }
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
    }
    return PATTERN_MATCH;
}

void pattern_release(struct pattern *pattern)
{
    pcre2_code_free(pattern->code);
    *pattern = (struct pattern){0};
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
