/*
 * fuzz_rules -- no rule file can crash, hang or leak, as rules of a text or under --check, and the
 * prefilter finds what the plain loop finds.
 *
 * Input:     the text of a rule file; a line "%%" ends it, and what follows are the lines of a
 *            document. Without that line the rules are tried on their own text.
 * Limits:    a low match-limit goes first, so that a regex that backtracks costs little.
 */
#include "harness.h"
#include "match/lint.h"
#include "match/match.h"
#include "rules/load.h"

#include <stdlib.h>
#include <string.h>

static bool is_limited(const struct rules *rules, const struct match *fast,
                       const struct match *plain)
{
    bool any = false;

    for (uint32_t rule = 0; rule < rules->count; rule++) {
        harness_must(match_limited(fast, rule) == match_limited(plain, rule),
                     "the engines come to different limits");
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

/* Both ways find the same on each line, also where a search is given up. */
static void compare_lines(struct match *fast, struct match *plain, const struct rules *rules,
                          const char *text, size_t length)
{
    struct position position = {.line = 0};
    const char *end = text + length;

    match_document(fast, "www.example.com", "de-AT");
    match_document(plain, "www.example.com", "de-AT");
    while (text < end) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t line_length = (size_t)((newline != NULL ? newline : end) - text);
        struct matched by_fast = {0};
        struct matched by_plain = {0};

        position.line++;
        harness_must(match_line(fast, text, line_length, &position, &by_fast) &&
                         match_line(plain, text, line_length, &position, &by_plain),
                     "no memory for a line");
        harness_must(is_same(&by_fast, &by_plain), "the engines find different rules");
        if (is_limited(rules, fast, plain))
            break; /* it costs too much to go on */
        position.words += line_length / 6;
        text = newline != NULL ? newline + 1 : end;
    }
}

/* The same of what comes out of the text. */
static void filter(const struct rules *rules, const char *text, size_t length)
{
    struct engine *engine = engine_create(rules);
    struct stream_wishes wishes = {.show = SHOW_EXPLAINED,
                                   .buffer_size = READER_CHUNK,
                                   .max_line = READER_MAX_LINE,
                                   .host = "www.example.com",
                                   .language = "de-AT",
                                   .splice = {.max_drop = SPLICE_ALL}};
    struct stream *streams[2];
    struct writer *outs[2];

    harness_must(engine != NULL, "no memory for an engine");
    for (int way = 0; way < 2; way++) {
        wishes.way = way ? MATCH_PLAIN : MATCH_PREFILTER;
        streams[way] = stream_create(engine, &wishes);
        outs[way] = writer_create(WRITER_MEMORY, 0);
        harness_must(streams[way] && outs[way], "no memory for a stream");
        harness_stream(streams[way], (struct input){text, length}, outs[way]);
    }
    harness_must(outs[0]->used == outs[1]->used &&
                     memcmp(outs[0]->buffer, outs[1]->buffer, outs[0]->used) == 0,
                 "the engines write different texts");
    if (!is_limited(rules, streams[0]->match, streams[1]->match))
        compare_lines(streams[0]->match, streams[1]->match, rules, text, length);
    for (int way = 0; way < 2; way++) {
        stream_destroy(streams[way]);
        writer_destroy(outs[way]);
    }
    engine_destroy(engine);
}

/* What --check and --list-rules say. */
static void check(const struct rules *rules, struct diagnostics *diagnostics)
{
    struct lint_result result;

    harness_must(lint_rules(rules, diagnostics, &result), "no memory for --check");
    free(lint_text(&result));
    free(rules_text(rules));
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

    harness_must(text && paths && rules && load, "no memory for rules");
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';

    const char *lines = split(text);
    size_t length = lines != NULL ? size - (size_t)(lines - text) : strlen(text);
    if (lines == NULL)
        lines = text;
    harness_must(load_text(load, "set match-limit 1000") && load_text(load, text) &&
                     rules_finish(rules, &diagnostics),
                 "no memory for rules");
    if (diagnostics.errors == 0) {
        filter(rules, lines, length);
        check(rules, &diagnostics);
    }

    free(diag_text(&diagnostics));
    diag_free(&diagnostics);
    load_destroy(load);
    rules_destroy(rules);
    paths_destroy(paths);
    free(text);
    return 0;
}
