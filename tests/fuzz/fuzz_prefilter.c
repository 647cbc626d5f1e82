/*
 * What PCRE2 matches, the prefilter must name; what required.h calls understood, PCRE2 must
 * compile; where a regex matches, one of its ways must, and no way elsewhere.
 *
 * As a libFuzzer target, the first line of the input is a regex behind a byte of flags, and the
 * other lines are matched with it. With -DSTANDALONE it is a program, `fuzz_prefilter PAIRS SEED`:
 * it builds rules from PCRE2's grammar and lines that often match them, and fails if too few did.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/fold.h"
#include "base/utf8.h"
#include "match/prefilter.h"
#include "regex/ways.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPTIONS                                                                                    \
    (PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_DOLLAR_ENDONLY |                      \
     PCRE2_NEVER_BACKSLASH_C)
#define RULES 8

struct rule {
    struct regex regex;
    struct required required;
    pcre2_code *code; /* NULL: does not compile */
    pcre2_code *ways[WAYS_MAX];
    size_t first_way; /* their number in the prefilter */
};

struct trial {
    struct rule rules[RULES];
    size_t count;
    struct required_analyser *analyser;
    struct arena arena; /* the prefilter's */
    struct prefilter *prefilter;
    struct prefilter_scratch *scratch;
    pcre2_match_data *data;
    pcre2_match_context *limits;
    unsigned long pairs, matched, named, rules_seen, understood, filtered, parted;
};

static void show(const char *what, const char *text, size_t length)
{
    fprintf(stderr, "  %s: ", what);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];

        fprintf(stderr, byte >= 0x20 && byte < 0x7F ? "%c" : "<%02x>", byte);
    }
    fprintf(stderr, "\n");
}

static void fail(const char *why, const struct rule *rule, const char *line, size_t length)
{
    fprintf(stderr, "%s\n", why);
    if (rule) {
        show(rule->regex.flags & REGEX_CASELESS ? "regex, caseless" : "regex", rule->regex.text,
             rule->regex.length);
        fprintf(stderr, "  extended %d, understood %d, lengths %lu to %lu\n",
                (rule->regex.flags & REGEX_EXTENDED) != 0, rule->required.understood,
                (unsigned long)rule->required.min_length, (unsigned long)rule->required.max_length);
        for (size_t i = 0; i < rule->required.count; i++)
            show("literal", (const char *)rule->required.literals[i].bytes,
                 rule->required.literals[i].length);
    }
    if (line)
        show("line", line, length);
    abort();
}

static pcre2_code *compile_regex(const struct regex *regex)
{
    uint32_t options = OPTIONS;
    int number;
    PCRE2_SIZE offset;
    pcre2_code *code;

    if (regex->flags & REGEX_CASELESS)
        options |= PCRE2_CASELESS;
    if (regex->flags & REGEX_EXTENDED)
        options |= PCRE2_EXTENDED;
    code = pcre2_compile((PCRE2_SPTR)regex->text, regex->length, options, &number, &offset, NULL);
    /* The JIT and the interpreter have to find the same; half of the rules go to each. */
    if (code && regex->length % 2 == 0)
        (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return code;
}

static void compile(struct rule *rule)
{
    rule->code = compile_regex(&rule->regex);
    if (!rule->code && rule->required.understood)
        fail("understood, but it does not compile", rule, NULL, 0);
    for (size_t i = 0; i < rule->required.ways_count; i++) {
        rule->ways[i] = compile_regex(&rule->required.ways[i].regex);
        if (!rule->ways[i])
            fail("a way does not compile", rule, rule->required.ways[i].regex.text,
                 rule->required.ways[i].regex.length);
    }
}

/* The rules' regexes are set; 1 if there is something to match. */
static void trial_build(struct trial *trial)
{
    struct prefilter_rule rules[RULES * (1 + WAYS_MAX)];
    size_t count = trial->count, first;

    trial->analyser = required_create(&trial->arena);
    if (!trial->analyser)
        fail("no memory", NULL, NULL, 0);
    for (size_t i = 0; i < trial->count; i++) {
        struct rule *rule = &trial->rules[i];

        if (!required_analyse(trial->analyser, &rule->regex, &rule->required) ||
            !ways_part(trial->analyser, &trial->arena, &rule->regex, &rule->required))
            fail("no memory", NULL, NULL, 0);
        compile(rule);
        trial->rules_seen++;
        trial->understood += rule->required.understood;
        trial->filtered += rule->required.count > 0;
        trial->parted += rule->required.ways_count > 0;
        rules[i] = (struct prefilter_rule){&rule->required, 0, REGEX_UNBOUNDED, 0, false};
        rule->first_way = count;
        for (size_t j = 0; j < rule->required.ways_count; j++)
            rules[count++] = (struct prefilter_rule){&rule->required.ways[j].required, 0,
                                                     REGEX_UNBOUNDED, 0, false};
    }
    /* Of every other trial some rules are added to the others. */
    first = count % 2 ? count / 3 : count;
    trial->prefilter = prefilter_create(&trial->arena, NULL, rules, first);
    if (trial->prefilter && first < count)
        trial->prefilter =
            prefilter_create(&trial->arena, trial->prefilter, rules + first, count - first);
    if (!trial->prefilter)
        fail("no memory", NULL, NULL, 0);
    trial->scratch = prefilter_scratch_create(trial->prefilter);
    if (!trial->scratch)
        fail("no memory", NULL, NULL, 0);
}

static void trial_release(struct trial *trial)
{
    for (size_t i = 0; i < trial->count; i++) {
        pcre2_code_free(trial->rules[i].code);
        for (size_t j = 0; j < trial->rules[i].required.ways_count; j++)
            pcre2_code_free(trial->rules[i].ways[j]);
    }
    prefilter_scratch_destroy(trial->scratch);
    required_destroy(trial->analyser);
    arena_free(&trial->arena);
}

static bool has(const uint32_t *named, size_t count, size_t number)
{
    for (size_t i = 0; i < count; i++)
        if (named[i] == number)
            return true;
    return false;
}

/* The rule matches the line or, with IS_MATCHED false, does not: so must its ways. In what is not
 * UTF-8 the JIT and the interpreter don't always find the same. */
static void check_ways(struct trial *trial, const struct rule *rule, bool is_matched,
                       const char *line, size_t length, const uint32_t *named, size_t count)
{
    bool is_found = false;

    for (size_t i = 0; i < rule->required.ways_count; i++) {
        int result =
            pcre2_match(rule->ways[i], (PCRE2_SPTR)line, length, 0, 0, trial->data, trial->limits);

        if (result < 0 && result != PCRE2_ERROR_NOMATCH)
            return;
        if (result >= 0 && !is_matched)
            fail("a way matches where the regex does not", rule, line, length);
        is_found |= result >= 0 && has(named, count, rule->first_way + i);
    }
    if (is_matched && rule->required.ways_count > 0 && !is_found)
        fail("no way that is named matches", rule, line, length);
}

static void trial_line(struct trial *trial, const char *line, size_t length)
{
    const uint32_t *named;
    size_t count = prefilter_candidates(trial->prefilter, trial->scratch, line, length, &named);

    for (size_t i = 1; i < count; i++) {
        if (named[i] <= named[i - 1])
            fail("candidates are not ascending", NULL, line, length);
    }
    trial->named += count;
    for (size_t i = 0; i < trial->count; i++) {
        const struct rule *rule = &trial->rules[i];
        int result;

        trial->pairs++;
        if (!rule->code)
            continue;
        result =
            pcre2_match(rule->code, (PCRE2_SPTR)line, length, 0, 0, trial->data, trial->limits);
        if (utf8_is_valid(line, length) && (result >= 0 || result == PCRE2_ERROR_NOMATCH))
            check_ways(trial, rule, result >= 0, line, length, named, count);
        if (result < 0)
            continue;
        trial->matched++;
        if (!has(named, count, i))
            fail("a match was missed", rule, line, length);
        if (length < rule->required.min_length || length > rule->required.max_length)
            fail("a match is out of bounds", rule, line, length);
    }
}

static void trial_start(struct trial *trial)
{
    *trial = (struct trial){0};
    trial->data = pcre2_match_data_create(10, NULL);
    trial->limits = pcre2_match_context_create(NULL);
    if (!trial->data || !trial->limits)
        fail("no memory", NULL, NULL, 0);
    pcre2_set_match_limit(trial->limits, 20000);
    pcre2_set_depth_limit(trial->limits, 1000);
}

static void trial_end(struct trial *trial)
{
    pcre2_match_data_free(trial->data);
    pcre2_match_context_free(trial->limits);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *next = (const char *)data + 1, *end = (const char *)data + size;
    struct trial trial;

    if (size < 2)
        return 0;
    trial_start(&trial);
    trial.count = 1;
    for (bool first = true; next <= end; first = false) {
        const char *line_end = next < end ? memchr(next, '\n', (size_t)(end - next)) : NULL;
        size_t length = (size_t)((line_end ? line_end : end) - next);

        if (first) {
            trial.rules[0].regex =
                (struct regex){.text = next, .length = length, .flags = data[0] & 3};
            trial_build(&trial);
        } else {
            trial_line(&trial, next, length);
        }
        next += length + 1;
    }
    trial_release(&trial);
    trial_end(&trial);
    return 0;
}

#ifdef STANDALONE

#define NODES 48
#define TEXT_SIZE 8192

enum kind {
    KIND_TEXT,   /* a word */
    KIND_CLASS,  /* a construct that matches one of some characters */
    KIND_ASSERT, /* one that matches the empty string */
    KIND_SEQUENCE,
    KIND_EITHER,
    KIND_REPEAT,
    KIND_GROUP,
    KIND_AHEAD,
    KIND_BEHIND,
    KIND_REFERENCE,
};

struct node {
    enum kind kind;
    const char *text; /* how it is written */
    const char *matches[4];
    unsigned first, count; /* its parts, in `parts` */
    unsigned least, most;
};

struct maker {
    uint64_t state;
    struct node nodes[NODES];
    unsigned nodes_count;
    unsigned parts[NODES * 4];
    unsigned parts_count;
    bool caseless, extended;
    bool large; /* a count has been chosen that makes the compiled regex large */
};

struct buffer {
    char text[TEXT_SIZE];
    size_t length;
};

static const char *const words[] = {
    "share",
    "this",
    "kiss",
    "Kiss my sky",
    "on facebook",
    "tweet",
    "a",
    "K",
    "s",
    "x",
    "42",
    "read more",
    "RSS",
    "stra\xC3\x9F",
    "\xCE\xA3\xCE\xAF\xCF\x83\xCF\x85\xCF\x86\xCE\xBF\xCF\x82",
    "\xD0\x9F\xD0\xBE\xD0\xB4\xD0\xB5\xD0\xBB\xD0\xB8\xD1\x82\xD1\x8C\xD1\x81\xD1\x8F",
    "\xC3\x85ngstr\xC3\xB6m",
    "\xE2\x84\xAA",
    "\xC5\xBF",
    "\xC4\xB0\xC4\xB1",
    "\xC7\x85",
    "\xE6\x97\xA5\xE6\x9C\xAC",
    "\xF0\x9F\x99\x82",
    " ",
    ", ",
    "-",
    "#",
    "{",
    "}",
    "]",
    "\xC2\xBB",
    "subscribe to our newsletter",
    "all rights reserved by the",
    "\xC8\xBA",
    "\xE1\xBA\x9E",
    "- ",
    "\xE2\x80\xA2 ",
    "\xE2\x80\x9Cshare",
    "\xC3\xA9share",
    "share\xC5\xBF",
    "_this",
    "this 42",
};

static const struct node classes[] = {
    {.text = ".", .matches = {"k", " ", "\xC3\xA9", "\xE2\x84\xAA"}},
    {.text = "[a-c]", .matches = {"a", "b", "c", "A"}},
    {.text = "[ks]", .matches = {"k", "s", "\xC5\xBF", "\xE2\x84\xAA"}},
    {.text = "[Ss]", .matches = {"s", "S", "\xC5\xBF", "s"}},
    {.text = "[^a-z]", .matches = {"1", " ", "\xC3\x89", "-"}},
    {.text = "[^k]", .matches = {"1", "s", "\xC3\x89", "-"}},
    {.text = "[]a]", .matches = {"]", "a", "A", "]"}},
    {.text = "[\\w-]", .matches = {"w", "-", "\xC3\xA4", "9"}},
    {.text = "[[:alpha:]\\d]", .matches = {"w", "7", "\xC3\xA4", "9"}},
    {.text = "[\xC3\xA0-\xC3\xBE\\x{17f}]", .matches = {"\xC3\xA0", "\xC3\x84", "s", "\xC5\xBF"}},
    {.text = "[\xC3\xBF\xCF\x83]", .matches = {"\xC5\xB8", "\xC3\xBF", "\xCF\x82", "\xCE\xA3"}},
    {.text = "\\d", .matches = {"1", "2", "\xD9\xA3", "7"}},
    {.text = "\\D", .matches = {"q", "-", "\xC3\xA9", "."}},
    {.text = "\\w", .matches = {"q", "\xC3\xA9", "9", "_"}},
    {.text = "\\W", .matches = {" ", "-", "\xC2\xBB", "\xE2\x80\xA6"}},
    {.text = "\\s", .matches = {" ", "\t", "\xC2\xA0", "\xE2\x80\x83"}},
    {.text = "\\S", .matches = {"q", "-", "\xC3\xA9", "."}},
    {.text = "\\h", .matches = {" ", "\t", "\xC2\xA0", "\xE2\x80\x83"}},
    {.text = "\\R", .matches = {"\r", "\v", "\xC2\x85", "\xE2\x80\xA8"}},
    {.text = "\\X", .matches = {"e\xCC\x81", "a", "\xF0\x9F\x99\x82", "-"}},
    {.text = "\\N", .matches = {"e", "a", "\xF0\x9F\x99\x82", "-"}},
    {.text = "\\p{Lu}", .matches = {"A", "Z", "\xC3\x89", "\xD0\x9F"}},
    {.text = "\\pL", .matches = {"a", "Z", "\xC3\x89", "\xD0\x9F"}},
    {.text = "\\P{L}", .matches = {"1", " ", "-", "\xC2\xBB"}},
    {.text = "\\p{^L}", .matches = {"1", " ", "-", "\xC2\xBB"}},
    {.text = "\\p{Georgian}", .matches = {"\xE1\x83\x90", "\xE1\xB2\x90", "\xE1\x83\x91", "a"}},
    {.text = "\\x41", .matches = {"A", "a", "A", "A"}},
    {.text = "\\x{212a}", .matches = {"\xE2\x84\xAA", "k", "K", "K"}},
    {.text = "\\x{df}", .matches = {"\xC3\x9F", "\xE1\xBA\x9E", "\xC3\x9F", "ss"}},
    {.text = "\\t", .matches = {"\t", "\t", "\t", " "}},
    {.text = "\\/", .matches = {"/", "/", "/", "/"}},
    {.text = "\\.", .matches = {".", ".", ".", "."}},
    {.text = "\\Qa.*b\\E", .matches = {"a.*b", "A.*B", "a.*b", "a"}},
    {.text = "\\Q \\E", .matches = {" ", " ", " ", ""}},
    {.text = "\\101", .matches = {"A", "a", "A", "A"}},
    {.text = "\\cA", .matches = {"\001", "\001", "\001", "A"}},
    {.text = "\\o{101}", .matches = {"A", "a", "A", "A"}},
    {.text = "\\N{U+41}", .matches = {"A", "a", "A", "A"}},
    {.text = "a{,3}", .matches = {"a{,3}", "aaa", "", "A"}},
    {.text = "{{", .matches = {"{{", "{{", "{", ""}},
    {.text = "(?R)?", .matches = {"", "", "", ""}},
    {.text = "(?(?=k)kiss|this)", .matches = {"kiss", "this", "KISS", "k"}},
    {.text = "(?i:Kiss)", .matches = {"kiss", "\xE2\x84\xAAiss", "KISS", "ki\xC5\xBFs"}},
    {.text = "(?-i:Kiss)", .matches = {"Kiss", "Kiss", "KISS", "ki\xC5\xBFs"}},
    {.text = "(?x: k i (?#x)ss # c\n)", .matches = {"kiss", "Kiss", "KISS", "ki\xC5\xBFs"}},
    {.text = "(?<n>k|x)\\k<n>", .matches = {"kk", "xx", "kK", "kx"}},
    {.text = "(?|(kis)|(sis))", .matches = {"kis", "sis", "KIS", "sis"}},
};

static const struct node asserts[] = {
    {.text = "^", .matches = {"", "", "", ""}},
    {.text = "$", .matches = {"", "", "", ""}},
    {.text = "\\b", .matches = {"", "", " ", ""}},
    {.text = "\\B", .matches = {"", "", "a", ""}},
    {.text = "\\A", .matches = {"", "", "", ""}},
    {.text = "\\z", .matches = {"", "", "", ""}},
    {.text = "\\Z", .matches = {"", "", "", ""}},
    {.text = "\\G", .matches = {"", "", "", ""}},
    {.text = "\\K", .matches = {"", "", "", ""}},
    {.text = "(?i)", .matches = {"", "", "", ""}},
    {.text = "(?-i)", .matches = {"", "", "", ""}},
    {.text = "(?m)", .matches = {"", "", "", ""}},
    {.text = "(?x)", .matches = {"", "", "", ""}},
    {.text = "(?#c)", .matches = {"", "", "", ""}},
    {.text = "(?!k)", .matches = {"", "", "x", ""}},
    {.text = "(?<!s)", .matches = {"", "", "x", ""}},
    {.text = "(?<=s)", .matches = {"s", "S", "s", "\xC5\xBF"}},
    {.text = "(?<=^|k)", .matches = {"k", "K", "", "\xE2\x84\xAA"}},
    {.text = "", .matches = {"", "", "", ""}},
    {.text = "(?=.*k)", .matches = {"", "", "", ""}},
    {.text = "\\b", .matches = {"", " ", "\xC3\xA9", "k"}},
    {.text = "^\\W*", .matches = {"", "- ", "\xE2\x80\xA2 ", "\xC3\xA9"}},
    {.text = "\\W*$", .matches = {"", ".", "\xE2\x80\xA6", "\xC5\xBF"}},
    {.text = "\\W{0,3}", .matches = {"", " ", "\xC2\xBB ", "_"}},
    {.text = "\\W+", .matches = {" ", "-", "\xC2\xA0", "\xE2\x84\xAA"}},
    {.text = "[^\\w.]*", .matches = {"", " ", "\xC2\xBB", "."}},
    {.text = "\\s?", .matches = {"", " ", "\xC2\xA0", "-"}},
    {.text = "(?:- )?", .matches = {"", "- ", "-", " "}},
    {.text = "(?:^|\\W)", .matches = {"", " ", "\xE2\x80\xA6", "x"}},
    {.text = "(?:\\W|$)", .matches = {"", " ", "\xE2\x80\xA6", "x"}},
    {.text = "(?:x )*", .matches = {"", "x ", "x x ", "xx "}},
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static unsigned draw(struct maker *maker, unsigned below)
{
    maker->state ^= maker->state << 13;
    maker->state ^= maker->state >> 7;
    maker->state ^= maker->state << 17;
    return (unsigned)((maker->state >> 20) % below);
}

static unsigned make(struct maker *maker, unsigned depth);

static void make_parts(struct maker *maker, struct node *node, unsigned depth, unsigned count)
{
    unsigned parts[4];

    for (unsigned i = 0; i < count; i++)
        parts[i] = make(maker, depth);
    node->first = maker->parts_count;
    node->count = count;
    for (unsigned i = 0; i < count; i++)
        maker->parts[maker->parts_count++] = parts[i];
}

static unsigned make(struct maker *maker, unsigned depth)
{
    unsigned number = maker->nodes_count++;
    struct node *node = &maker->nodes[number];
    bool leaf = depth == 0 || maker->nodes_count > NODES / 2;

    *node = (struct node){0};
    switch (leaf ? draw(maker, 3) : 3 + draw(maker, 8)) {
    case 0:
        *node = classes[draw(maker, LENGTH(classes))];
        node->kind = KIND_CLASS;
        break;
    case 1:
    case 9:
        *node = (struct node){.kind = KIND_TEXT, .text = words[draw(maker, LENGTH(words))]};
        break;
    case 2:
        if (draw(maker, 3) == 0) {
            *node = asserts[draw(maker, LENGTH(asserts))];
            node->kind = KIND_ASSERT;
        } else {
            *node = (struct node){.kind = KIND_TEXT, .text = words[draw(maker, LENGTH(words))]};
        }
        break;
    case 3:
    case 4:
    case 10:
        node->kind = KIND_SEQUENCE;
        make_parts(maker, node, depth - 1, 2 + draw(maker, 3));
        break;
    case 5:
        node->kind = KIND_EITHER;
        make_parts(maker, node, depth - 1, 2 + draw(maker, 3));
        break;
    case 6:
        node->kind = KIND_REPEAT;
        node->least = draw(maker, 3);
        node->most = node->least + draw(maker, 3);
        if (!maker->large && draw(maker, 64) == 0) {
            maker->large = true;
            node->most += draw(maker, 3000);
        }
        node->count = 1;
        make_parts(maker, node, depth - 1, 1);
        break;
    case 7:
        node->kind = KIND_GROUP;
        make_parts(maker, node, depth - 1, 1);
        break;
    default:
        node->kind = KIND_AHEAD + draw(maker, 3);
        make_parts(maker, node, depth - 1, 1);
        break;
    }
    return number;
}

static void put(struct buffer *buffer, const char *text)
{
    size_t length = strlen(text);

    if (length > TEXT_SIZE - buffer->length)
        length = 0;
    memcpy(buffer->text + buffer->length, text, length);
    buffer->length += length;
}

static void put_quantifier(struct maker *maker, struct buffer *regex, const struct node *node)
{
    char text[32];

    if (maker->extended && draw(maker, 4) == 0)
        put(regex, " ");
    if (draw(maker, 16) == 0)
        put(regex, "(?#a comment)");
    if (node->least == 0 && node->most == 1 && draw(maker, 2) == 0)
        put(regex, "?");
    else if (node->least < 2 && node->most > 1 && draw(maker, 2) == 0)
        put(regex, node->least == 0 ? "*" : "+");
    else if (node->least == node->most)
        put(regex, (snprintf(text, sizeof text, "{%u}", node->least), text));
    else if (draw(maker, 2) == 0)
        put(regex, (snprintf(text, sizeof text, "{%u,}", node->least), text));
    else
        put(regex, (snprintf(text, sizeof text, "{%u,%u}", node->least, node->most), text));
    switch (draw(maker, 6)) {
    case 0:
        put(regex, "?");
        break;
    case 1:
        put(regex, "+");
        break;
    default:
        break;
    }
}

static void write_node(struct maker *maker, struct buffer *regex, unsigned number);

static void write_parts(struct maker *maker, struct buffer *regex, const struct node *node,
                        const char *before, const char *between, const char *after)
{
    put(regex, before);
    for (unsigned i = 0; i < node->count; i++) {
        if (i > 0)
            put(regex, between);
        write_node(maker, regex, maker->parts[node->first + i]);
    }
    put(regex, after);
}

static void write_text(struct maker *maker, struct buffer *regex, const char *text)
{
    for (; *text; text++) {
        char one[2] = {*text, '\0'};

        if (maker->extended && ((unsigned char)*text & 0xC0) != 0x80 && draw(maker, 5) == 0)
            put(regex, " ");
        if (strchr("\\^$.[|()*+?{", *text) || (maker->extended && strchr(" #", *text)))
            put(regex, "\\");
        put(regex, one);
    }
}

static void write_node(struct maker *maker, struct buffer *regex, unsigned number)
{
    static const char *const groups[] = {"(", "(?:", "(?>", "(?i:", "(?-i:", "(?s-m:"};
    const struct node *node = &maker->nodes[number];

    switch (node->kind) {
    case KIND_TEXT:
        write_text(maker, regex, node->text);
        break;
    case KIND_CLASS:
    case KIND_ASSERT:
        put(regex, node->text);
        break;
    case KIND_SEQUENCE:
        write_parts(maker, regex, node, "", "", "");
        break;
    case KIND_EITHER:
        if (draw(maker, 8) == 0)
            write_parts(maker, regex, node, "", "|", "");
        else
            write_parts(maker, regex, node, "(?:", "|", ")");
        break;
    case KIND_REPEAT:
        if (draw(maker, 3) == 0)
            write_parts(maker, regex, node, "", "", "");
        else
            write_parts(maker, regex, node, "(?:", "", ")");
        put_quantifier(maker, regex, node);
        break;
    case KIND_GROUP:
        write_parts(maker, regex, node, groups[draw(maker, LENGTH(groups))], "", ")");
        break;
    case KIND_AHEAD:
        write_parts(maker, regex, node, "(?=", "", ")");
        break;
    case KIND_BEHIND:
        write_parts(maker, regex, node, "(?<=", "", ")");
        break;
    case KIND_REFERENCE:
        write_parts(maker, regex, node, "(", "", ")\\1");
        break;
    }
}

/* What a rule takes for the same, if it ignores case. */
static void put_recased(struct maker *maker, struct buffer *line, const char *text)
{
    static const char *const other[][2] = {
        {"k", "\xE2\x84\xAA"},
        {"s", "\xC5\xBF"},
        {"S", "\xC5\xBF"},
        {"\xC3\x9F", "\xE1\xBA\x9E"},
        {"\xC3\x85", "\xE2\x84\xAB"},
        {"\xCF\x83", "\xCF\x82"},
        {"\xD0\xB4", "\xE1\xB2\x81"},
        {"\xC8\xBA", "\xE2\xB1\xA5"},
        {"\xC7\x85", "\xC7\x86"},
        {"\xCE\xBF", "\xCE\x9F"},
    };

    while (*text) {
        char one[2] = {*text, '\0'};
        bool done = false;

        for (size_t i = 0; i < LENGTH(other) && !done; i++) {
            size_t length = strlen(other[i][0]);

            if (strncmp(text, other[i][0], length) == 0 && draw(maker, 2) == 0) {
                put(line, other[i][1]);
                text += length;
                done = true;
            }
        }
        if (done)
            continue;
        if ((one[0] | 0x20) >= 'a' && (one[0] | 0x20) <= 'z' && draw(maker, 3) == 0)
            one[0] ^= 0x20;
        put(line, one);
        text++;
    }
}

static void put_sample(struct maker *maker, struct buffer *line, const char *text)
{
    if (maker->caseless && draw(maker, 2) == 0)
        put_recased(maker, line, text);
    else
        put(line, text);
}

/* Adds something that the node is likely to match. */
static void sample(struct maker *maker, struct buffer *line, unsigned number)
{
    const struct node *node = &maker->nodes[number];
    size_t first = line->length, length;

    switch (node->kind) {
    case KIND_TEXT:
        put_sample(maker, line, node->text);
        break;
    case KIND_CLASS:
    case KIND_ASSERT:
        put(line, node->matches[draw(maker, 4)]);
        break;
    case KIND_EITHER:
        sample(maker, line, maker->parts[node->first + draw(maker, node->count)]);
        break;
    case KIND_REPEAT:
        for (unsigned i = draw(maker, node->most - node->least + 1) + node->least; i > 0; i--)
            sample(maker, line, maker->parts[node->first]);
        break;
    case KIND_AHEAD:
        if (draw(maker, 2) == 0)
            sample(maker, line, maker->parts[node->first]);
        break;
    default:
        for (unsigned i = 0; i < node->count; i++)
            sample(maker, line, maker->parts[node->first + i]);
        length = line->length - first;
        if (node->kind == KIND_REFERENCE && length <= TEXT_SIZE - line->length) {
            memcpy(line->text + line->length, line->text + first, length);
            line->length += length;
        }
        break;
    }
}

static void put_noise(struct maker *maker, struct buffer *line)
{
    static const char *const noise[] = {"\xFF", "\xE2\x84", "\x80", "\xC3", "\xED\xA0\x80",
                                        "x",    "\t",       " ",    "- ",   "\xE2\x80\xA2 ",
                                        "...",  "\xC3\xA9", "_"};

    switch (draw(maker, 8)) {
    case 0:
        put(line, noise[draw(maker, LENGTH(noise))]);
        break;
    case 1:
        put(line, words[draw(maker, LENGTH(words))]);
        break;
    case 2: /* across the pieces that a scan is made of */
        if (draw(maker, 20) == 0) {
            unsigned length = 4050 + draw(maker, 60);

            for (unsigned i = 0; i < length; i += 2)
                put(line, draw(maker, 9) ? "o " : "\xC3\xA9");
        }
        break;
    default:
        break;
    }
}

/* Words and classes besides, alone and in a group. */
static void put_alternatives(struct maker *maker, struct buffer *regex)
{
    static const char *const before[] = {"|", "|^", "|\\b(?:", "|(?i:", "|^(?:\\W+|(?:"};
    static const char *const behind[] = {"", "$", ")\\b", ")", "))"};
    unsigned shape = draw(maker, LENGTH(before));

    put(regex, before[shape]);
    for (unsigned count = 1 + draw(maker, 4); count > 0; count--) {
        write_text(maker, regex, words[draw(maker, LENGTH(words))]);
        if (draw(maker, 3) == 0)
            put(regex, classes[draw(maker, LENGTH(classes))].text);
        put(regex, count > 1 ? "|" : behind[shape]);
    }
}

/* RULES rules, each with its own nodes, and lines made from each of them. */
static void round_of_trials(struct trial *trial, struct maker *makers, struct buffer *regexes)
{
    static const char *const starts[] = {"", "", "^", "^\\W*", "\\b", "^\\s*(?:- )?", "^\\W{0,3}"};
    static const char *const ends[] = {"", "", "$", "\\W*$", "\\b", "[^\\w.]*$"};
    static struct buffer line;

    trial->count = RULES;
    for (unsigned i = 0; i < RULES; i++) {
        struct maker *maker = &makers[i];

        if (i > 0)
            maker->state = makers[i - 1].state;
        maker->nodes_count = maker->parts_count = 0;
        maker->large = false;
        maker->caseless = draw(maker, 2) == 0;
        maker->extended = draw(maker, 6) == 0;
        make(maker, 3);
        regexes[i].length = 0;
        put(&regexes[i], starts[draw(maker, LENGTH(starts))]);
        write_node(maker, &regexes[i], 0);
        put(&regexes[i], ends[draw(maker, LENGTH(ends))]);
        if (draw(maker, 4) == 0)
            put_alternatives(maker, &regexes[i]);
        trial->rules[i] =
            (struct rule){.regex = {.text = regexes[i].text,
                                    .length = regexes[i].length,
                                    .flags = (maker->caseless ? REGEX_CASELESS : 0u) |
                                             (maker->extended ? REGEX_EXTENDED : 0u)}};
    }
    trial_build(trial);
    makers[0].state = makers[RULES - 1].state;
    for (unsigned i = 0; i < RULES * 2; i++) {
        struct maker *maker = &makers[i % RULES];

        maker->state = makers[0].state;
        line.length = 0;
        put_noise(maker, &line);
        sample(maker, &line, 0);
        put_noise(maker, &line);
        makers[0].state = maker->state;
        if (!memchr(line.text, '\n', line.length))
            trial_line(trial, line.text, line.length);
    }
    trial_release(trial);
}

/* Scripts of thousands of characters that have no case: left out to save time. */
static bool skipped(uint32_t character)
{
    return (character >= 0x3400 && character < 0xA000) ||
           (character >= 0xAC00 && character < 0xE000);
}

/* Whatever PCRE2 takes for a character, case ignored, has to fold as it does. */
static void check_folding(struct trial *trial)
{
    static unsigned char all[0x20000 * 4];
    size_t size = 0;

    for (uint32_t c = 0; c < 0x20000; c++)
        size += skipped(c) ? 0 : utf8_encode(c, all + size);
    for (uint32_t c = 1; c < 0x20000; c++) {
        char text[16];
        struct rule rule = {.regex = {.text = text, .flags = REGEX_CASELESS}};
        const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(trial->data);
        size_t at = 0;

        if (skipped(c) || !fold_certain(c))
            continue;
        rule.regex.length = (size_t)snprintf(text, sizeof text, "\\x{%lx}", (unsigned long)c);
        compile(&rule);
        if (rule.code)
            (void)pcre2_jit_compile(rule.code, PCRE2_JIT_COMPLETE);
        while (rule.code && pcre2_match(rule.code, all, size, at, 0, trial->data, NULL) >= 0) {
            uint32_t found = 0;

            utf8_decode(all + offsets[0], offsets[1] - offsets[0], &found);
            if (fold_character(found) != fold_character(c))
                fail("characters do not fold alike", &rule, (char *)all + offsets[0],
                     offsets[1] - offsets[0]);
            at = offsets[1];
        }
        pcre2_code_free(rule.code);
    }
}

int main(int argc, char **argv)
{
    static struct maker makers[RULES];
    static struct buffer regexes[RULES];
    unsigned long wanted = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000;
    struct trial trial;

    makers[0].state = argc > 2 ? strtoul(argv[2], NULL, 10) * 2 + 1 : 1;
    makers[0].state *= UINT64_C(0x9E3779B97F4A7C15);
    trial_start(&trial);
    check_folding(&trial);
    while (trial.pairs < wanted)
        round_of_trials(&trial, makers, regexes);
    printf("%lu pairs: %lu matched, %lu named; %lu rules: %lu understood, %lu with literals, "
           "%lu with ways\n",
           trial.pairs, trial.matched, trial.named, trial.rules_seen, trial.understood,
           trial.filtered, trial.parted);
    trial_end(&trial);
    if (trial.matched < trial.pairs / 50 || trial.parted < trial.rules_seen / 50) {
        fprintf(stderr, "too few matches or ways to prove anything\n");
        return 1;
    }
    return 0;
}

#endif
