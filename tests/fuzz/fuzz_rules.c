/*
 * fuzz_rules -- no rule file can crash, hang or leak, and the prefilter finds
 * what the plain loop finds.
 *
 * Input:     the text of a rule file; a line "%%" ends it, and what follows are the lines of a
 *            document. Without that line the rules are tried on their own text.
 * Limits:    a low match-limit goes first, so that a regex that backtracks costs little.
 */
#include "match/match.h"
#include "rules/load.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What libFuzzer calls; it has no header for it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_limited(const struct rules *rules, const struct match *fast,
                       const struct match *plain)
{
    bool any = false;

    for (uint32_t rule = 0; rule < rules->count; rule++) {
        if (match_limited(fast, rule) != match_limited(plain, rule))
            abort();
        any |= match_limited(fast, rule) > 0;
    }
    return any;
}

static bool is_same(const struct matched *a, const struct matched *b)
{
    if (a->length != b->length || memcmp(a->text, b->text, a->length) != 0)
        return false;
    if (a->edited_by != b->edited_by || a->is_protected != b->is_protected ||
        a->hit_count != b->hit_count)
        return false;
    if (a->is_protected && a->protector != b->protector)
        return false;
    return memcmp(a->hits, b->hits, a->hit_count * sizeof *a->hits) == 0;
}

static void filter(const struct rules *rules, const char *text, size_t length)
{
    struct engine *engine = engine_create(rules);
    struct match *fast = engine != NULL ? match_create(engine, MATCH_PREFILTER) : NULL;
    struct match *plain = engine != NULL ? match_create(engine, MATCH_PLAIN) : NULL;
    struct position position = {.line = 0};
    const char *end = text + length;

    if (fast == NULL || plain == NULL)
        abort();
    match_document(fast, "www.example.com", "de-AT");
    match_document(plain, "www.example.com", "de-AT");
    while (text < end) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t line_length = (size_t)((newline != NULL ? newline : end) - text);
        struct matched by_fast = {0};
        struct matched by_plain = {0};

        position.line++;
        if (!match_line(fast, text, line_length, &position, &by_fast) ||
            !match_line(plain, text, line_length, &position, &by_plain))
            abort();
        if (!is_same(&by_fast, &by_plain))
            abort();
        if (is_limited(rules, fast, plain))
            break; /* it costs too much to go on */
        position.words += line_length / 6;
        text = newline != NULL ? newline + 1 : end;
    }
    match_destroy(fast);
    match_destroy(plain);
    engine_destroy(engine);
}

/* The lines that follow the rules; cuts the rules off there. */
static char *split(char *text)
{
    char *mark = strncmp(text, "%%\n", 3) == 0 ? text : strstr(text, "\n%%\n");

    if (mark == NULL)
        return NULL;
    char *lines = strchr(mark + 1, '\n') + 1;
    *mark = '\0';
    return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    struct paths *paths = paths_create("fuzz", true);
    struct rules *rules = rules_create();
    struct diagnostics diagnostics = {0};
    struct load *load = load_create(rules, paths, &diagnostics, true);

    if (text == NULL || paths == NULL || rules == NULL || load == NULL)
        abort();
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';

    const char *lines = split(text);
    size_t length = lines != NULL ? size - (size_t)(lines - text) : strlen(text);
    if (lines == NULL)
        lines = text;
    if (!load_text(load, "set match-limit 1000") || !load_text(load, text) ||
        !rules_finish(rules, &diagnostics))
        abort();
    free(diag_text(&diagnostics));
    if (diagnostics.errors == 0)
        filter(rules, lines, length);

    diag_free(&diagnostics);
    load_destroy(load);
    rules_destroy(rules);
    paths_destroy(paths);
    free(text);
    return 0;
}
