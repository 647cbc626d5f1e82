#include <check.h>
#include <stdio.h>
#include <string.h>

#include "regex/pattern.h"

#define LIMIT 1000000

static struct pattern_matcher *matcher;

static void make_matcher(void)
{
    matcher = pattern_matcher_create(LIMIT);
    ck_assert_ptr_nonnull(matcher);
}

static void free_matcher(void)
{
    pattern_matcher_destroy(matcher);
}

static struct regex regex_of(const char *text, unsigned flags)
{
    return (struct regex){.text = text, .length = strlen(text), .flags = flags};
}

static enum pattern_status match_in(struct pattern_matcher *in, struct pattern *pattern,
                                    const struct regex *regex, const char *text, size_t length,
                                    size_t from, struct pattern_span *span)
{
    if (from == 0)
        pattern_subject(in, text, length, false);
    return pattern_match(in, pattern, regex, from, span);
}

/* So many bytes are enough for a JIT, as long as few were written. */
#define ENOUGH (4 * PATTERN_HOT)

/* Lets the pattern look at as much as it takes for a JIT. */
static void heat(struct pattern_matcher *in, struct pattern *pattern, const struct regex *regex)
{
    static char text[ENOUGH];

    ck_assert_int_ne(match_in(in, pattern, regex, text, sizeof text, 0, NULL), PATTERN_INVALID);
}

static enum pattern_status match_once(const char *regex, unsigned flags, const char *text,
                                      struct pattern_span *span)
{
    const struct regex compiled = regex_of(regex, flags);
    struct pattern pattern = {0};
    const enum pattern_status status =
        match_in(matcher, &pattern, &compiled, text, strlen(text), 0, span);
    pattern_release(&pattern);
    return status;
}

START_TEST(spans)
{
    static const struct {
        const char *regex;
        unsigned flags;
        const char *text;
        int start, end; /* start < 0: no match */
    } rows[] = {
        {"b+", 0, "abbc", 1, 3},
        {"^", 0, "abc", 0, 0},
        {"$", 0, "abc", 3, 3},
        {"", 0, "", 0, 0},
        {"a", 0, "", -1, 0},
        {"B", 0, "abc", -1, 0},
        {"B", REGEX_CASELESS, "abc", 1, 2},
        {"b c", 0, "abc", -1, 0},
        {"b c # and more", REGEX_EXTENDED, "abc", 1, 3},
        {"\xc3\x9c", REGEX_CASELESS, "\xc3\xbc", 0, 2},
        {".", 0, "\xc3\xbcx", 0, 2},
        {"\\w+", 0, " \xd0\xb6x ", 1, 4},
        {"^\\d$", 0, "\xd9\xa3", 0, 2},
        {"a\\Kb", 0, "ab", 1, 2},
        {"a$", 0, "a\n", -1, 0}, /* $ is the very end */
        {"\\x{1F600}", 0, "\xf0\x9f\x98\x80", 0, 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pattern_span span = {77, 77};
        const enum pattern_status wanted = rows[i].start < 0 ? PATTERN_NO_MATCH : PATTERN_MATCH;
        ck_assert_msg(match_once(rows[i].regex, rows[i].flags, rows[i].text, &span) == wanted,
                      "/%s/ %s", rows[i].regex, rows[i].text);
        if (rows[i].start < 0)
            continue;
        ck_assert_msg((int)span.start == rows[i].start && (int)span.end == rows[i].end,
                      "/%s/ matched %zu to %zu", rows[i].regex, span.start, span.end);
    }
}
END_TEST

/* \K can set the start anywhere; a span must still be one. */
START_TEST(a_span_never_ends_before_it_starts)
{
    static const char *const regexes[] = {"a(?=b\\K)", "(?=ab\\K)", "(?=ab\\K)a", "(?<=a\\K)b",
                                          "(?:ab\\K)"};
    for (size_t i = 0; i < sizeof regexes / sizeof *regexes; i++) {
        struct pattern_span span;
        const enum pattern_status status = match_once(regexes[i], 0, "ab", &span);
        if (status == PATTERN_INVALID) /* later PCRE2 refuses \K in a lookaround */
            continue;
        ck_assert_int_eq(status, PATTERN_MATCH);
        ck_assert_uint_le(span.start, span.end);
        ck_assert_uint_le(span.end, 2);
    }
}
END_TEST

START_TEST(matching_starts_where_it_is_told)
{
    static const char text[] = "ab ab \xc3\xa4"
                               "b";
    const struct regex regex = regex_of("\\b\\w", 0);
    struct pattern pattern = {0};
    static const struct {
        size_t from, start;
    } rows[] = {{0, 0}, {1, 3}, {3, 3}, {4, 6}, {6, 6}};
    struct pattern_span span;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_int_eq(
            match_in(matcher, &pattern, &regex, text, sizeof text - 1, rows[i].from, &span),
            PATTERN_MATCH);
        ck_assert_uint_eq(span.start, rows[i].start);
    }
    ck_assert_int_eq(
        match_in(matcher, &pattern, &regex, text, sizeof text - 1, sizeof text - 1, &span),
        PATTERN_NO_MATCH);
    pattern_release(&pattern);
}
END_TEST

/* Only the length ends a subject: what is behind it and NULs in it are not looked at, or are. */
START_TEST(subjects_have_a_length)
{
    const struct regex end = regex_of("b$", 0), behind_nul = regex_of("a\\x00b", 0);
    struct pattern first = {0}, second = {0};
    struct pattern_span span;
    ck_assert_int_eq(match_in(matcher, &first, &end, "abc", 2, 0, NULL), PATTERN_MATCH);
    ck_assert_int_eq(match_in(matcher, &first, &end, "abc", 3, 0, NULL), PATTERN_NO_MATCH);
    ck_assert_int_eq(match_in(matcher, &second, &behind_nul, "xa\0b", 4, 0, &span), PATTERN_MATCH);
    ck_assert_uint_eq(span.start, 1);
    ck_assert_uint_eq(span.end, 4);
    pattern_release(&first);
    pattern_release(&second);
}
END_TEST

/* Cold in the interpreter and hot in the JIT: an invalid byte never matches as a character. */
START_TEST(invalid_bytes_match_nothing)
{
    static const struct {
        const char *regex, *text;
        bool matches;
    } rows[] = {
        {"b",
         "a\xff"
         "b",
         true},
        {"a.b",
         "a\xff"
         "b",
         false},
        {"a[^x]b",
         "a\xff"
         "b",
         false},
        {"^.+$", "\xff", false},
        {"^", "\xff", true},
        {"\\xff", "\xff", false},
        {"\xc3\xbf", "\xff", false},
        {"abc",
         "\xc3"
         "abc\xe2\x82",
         true},
        {"\xe2\x82\xac", "\xe2\x82\xe2\x82\xac", true},
        {".", "\xed\xa0\x80", false},     /* a surrogate */
        {".", "\xc0\x80", false},         /* overlong */
        {".", "\xf4\x90\x80\x80", false}, /* beyond Unicode */
        {"\\x{10FFFF}", "\xf4\x8f\xbf\xbf", true},
        {".*foo", "\xff foo", true},
        {"(?<=a)b",
         "a\xff"
         "b",
         false},
        {"^b",
         "\xff\xff"
         "b",
         false},
        {"^b",
         "\x80\x80"
         "b",
         false},
        {"a$", "ba\xff", false},
        {"\\Ab",
         "\xff\xff"
         "b",
         false},
        {"b$", "a\xff\xff\xc3\xa4\xffxb", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct regex regex = regex_of(rows[i].regex, 0);
        const enum pattern_status wanted = rows[i].matches ? PATTERN_MATCH : PATTERN_NO_MATCH;
        struct pattern pattern = {0};
        for (int is_hot = 0; is_hot <= 1; is_hot++) {
            ck_assert_msg(match_in(matcher, &pattern, &regex, rows[i].text, strlen(rows[i].text), 0,
                                   NULL) == wanted,
                          "row %zu, hot %d", i, is_hot);
            heat(matcher, &pattern, &regex);
        }
        pattern_release(&pattern);
    }
}
END_TEST

/* A million bytes, checked once and not from each match on: that took a minute. */
START_TEST(many_matches_in_invalid_text)
{
    enum { TIMES = 300000, WIDTH = 3, SIZE = TIMES * WIDTH + 1 };
    static char text[SIZE];
    const struct regex regex = regex_of("ab", 0), whole = regex_of("ab|\\z", 0);
    struct pattern pattern = {0}, other = {0};
    struct pattern_span span = {0, 0};
    for (size_t i = 0; i < TIMES; i++)
        memcpy(text + i * WIDTH, "ab ", WIDTH);
    text[SIZE - 1] = '\xff';
    for (size_t i = 0; i < TIMES; i++) {
        ck_assert_int_eq(match_in(matcher, &pattern, &regex, text, SIZE, span.end, &span),
                         PATTERN_MATCH);
        ck_assert_uint_eq(span.start, i * WIDTH);
    }
    ck_assert_int_eq(match_in(matcher, &pattern, &regex, text, SIZE, span.end, &span),
                     PATTERN_NO_MATCH);
    span.end = 0;
    while (match_in(matcher, &other, &whole, text, SIZE, span.end, &span) == PATTERN_MATCH)
        ck_assert_uint_lt(span.end, SIZE - WIDTH);
    ck_assert_int_eq(match_in(matcher, &other, &whole, text, SIZE, span.end, &span), PATTERN_LIMIT);
    pattern_release(&pattern);
    pattern_release(&other);
}
END_TEST

START_TEST(bad_regexes_say_where_and_why)
{
    static const struct {
        const char *regex;
        size_t offset;
    } rows[] = {{"(a", 2}, {"a**", 3}, {"[b", 2}, {"a\\C", 3}, {"\xff", 0}, {"(?<n>a)(?<n>b)", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct regex regex = regex_of(rows[i].regex, 0);
        struct pattern pattern = {0};
        struct pattern_error error = {SIZE_MAX, ""};
        ck_assert_msg(pattern_compile(&pattern, &regex, &error) == PATTERN_INVALID, "/%s/",
                      rows[i].regex);
        ck_assert_uint_le(error.offset, regex.length);
        if (rows[i].offset != 0)
            ck_assert_uint_ge(error.offset + 1, rows[i].offset);
        ck_assert_str_ne(error.message, "");
        ck_assert_int_eq(pattern_compile(&pattern, &regex, NULL), PATTERN_INVALID);
        ck_assert_int_eq(match_once(rows[i].regex, 0, "a", NULL), PATTERN_INVALID);
        pattern_release(&pattern);
    }
}
END_TEST

START_TEST(a_limit_is_not_a_no_match)
{
    static const char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
    const struct regex regex = regex_of("^(?:a+)+$", 0), easy = regex_of("b", 0);
    struct pattern pattern = {0}, other = {0};
    for (int is_hot = 0; is_hot <= 1; is_hot++) {
        ck_assert_int_eq(match_in(matcher, &pattern, &regex, text, sizeof text - 1, 0, NULL),
                         PATTERN_LIMIT);
        heat(matcher, &pattern, &regex);
    }
    /* It harms neither the pattern nor the matcher. */
    ck_assert_int_eq(match_in(matcher, &pattern, &regex, "aaa", 3, 0, NULL), PATTERN_MATCH);
    ck_assert_int_eq(match_in(matcher, &other, &easy, text, sizeof text - 1, 0, NULL),
                     PATTERN_MATCH);
    pattern_release(&pattern);
    pattern_release(&other);
}
END_TEST

/* How hot a pattern is must not show: the same answer cold and hot, at any limit. */
START_TEST(cold_and_hot_agree_at_any_limit)
{
    static const struct {
        const char *regex, *text;
    } rows[] = {
        {"^(?:a+)+$", "aaaaaaaaaaaab"},
        {"(a|aa)+c", "aaaaaaaaaaaaaaaaaab"},
        {"^(?:\\w+\\s?)+$", "one two three four!"},
        {"(?:x?){12}x{12}", "xxxxxxxxxxxx"},
        {".*?,.*?,.*?,z", "a,b,c,d,e,f,g,h,i,j,k,y"},
        {"(?=.*foo)(?=.*bar).*baz", "foo bar foo bar foo bar ba"},
    };
    for (uint32_t limit = 100; limit < 200000; limit += limit / 4) {
        struct pattern_matcher *tight = pattern_matcher_create(limit);
        ck_assert_ptr_nonnull(tight);
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            const struct regex regex = regex_of(rows[i].regex, 0);
            const size_t length = strlen(rows[i].text);
            struct pattern cold = {0}, hot = {0};
            heat(tight, &hot, &regex);
            ck_assert_msg(match_in(tight, &cold, &regex, rows[i].text, length, 0, NULL) ==
                              match_in(tight, &hot, &regex, rows[i].text, length, 0, NULL),
                          "/%s/ at limit %u", rows[i].regex, limit);
            pattern_release(&cold);
            pattern_release(&hot);
        }
        pattern_matcher_destroy(tight);
    }
}
END_TEST

/* Nor where the text is invalid: there PCRE2's JIT and its interpreter differ (#224, #343). */
START_TEST(cold_and_hot_agree_on_invalid_text)
{
    static const char *const regexes[] = {"[^s]hare", "[^s]",  "[^k]+x",         "\\W*$",
                                          "[^s]{2}",  "^a\\z", "(?:[^s]|x)hare", "\\D\\Ws",
                                          ".s",       "\\b"};
    static const char *const texts[] = {
        "\xe2\x82share",        "\xf0\x9f\xffhare",   "a\xffx",        "\xc3\n",
        "\xe2\x84\xaa\xff\xc3", "\xc5\xbf\xffhareSx", "a\xed\xa0\x80", "\x80\xc3\xa4s\xc3"};
    for (size_t i = 0; i < sizeof regexes / sizeof *regexes; i++)
        for (unsigned flags = 0; flags <= REGEX_CASELESS; flags++)
            for (size_t j = 0; j < sizeof texts / sizeof *texts; j++) {
                const struct regex regex = regex_of(regexes[i], flags);
                const size_t length = strlen(texts[j]);
                struct pattern cold = {0}, hot = {0};
                struct pattern_span once = {0, 0}, again = {0, 0};
                heat(matcher, &hot, &regex);
                ck_assert_msg(
                    match_in(matcher, &cold, &regex, texts[j], length, 0, &once) ==
                            match_in(matcher, &hot, &regex, texts[j], length, 0, &again) &&
                        once.start == again.start && once.end == again.end,
                    "/%s/ flags %u on text %zu", regexes[i], flags, j);
                pattern_release(&cold);
                pattern_release(&hot);
            }
}
END_TEST

static bool has_jit(void)
{
    char version[200];

    pattern_version(version, sizeof version);
    return strstr(version, "JIT yes") != NULL;
}

/* A JIT costs more than to look at a few short lines costs without one. */
START_TEST(a_jit_comes_with_the_bytes)
{
    const struct regex regex = regex_of("ab", 0);
    static char text[ENOUGH];
    struct pattern few = {0}, many = {0};
    bool can_jit = has_jit();

    for (size_t i = 0; i < ENOUGH / 4; i++) {
        ck_assert(i > PATTERN_HOT / 4 || !few.has_jit);
        ck_assert_int_eq(match_in(matcher, &few, &regex, "cabc", 4, 0, NULL), PATTERN_MATCH);
    }
    ck_assert(few.has_jit == can_jit);
    ck_assert_int_eq(match_in(matcher, &many, &regex, text, sizeof text, 0, NULL),
                     PATTERN_NO_MATCH);
    ck_assert(many.has_jit == can_jit);
    pattern_release(&few);
    pattern_release(&many);
}
END_TEST

START_TEST(a_jit_comes_later_the_more_it_wrote)
{
    enum { WORDS = 300, PATTERNS = 200 };
    static char words[8 * WORDS], text[4 * ENOUGH];
    size_t used = 0, count = 0;
    struct regex regex;
    bool is_hot = has_jit();

    for (int i = 0; i < WORDS; i++)
        used += (size_t)snprintf(words + used, sizeof words - used, "%sw%03d", i ? "|" : "", i);
    regex = regex_of(words, REGEX_CASELESS);
    for (; is_hot; count++) {
        struct pattern pattern = {0};

        ck_assert_int_eq(match_in(matcher, &pattern, &regex, text, sizeof text, 0, NULL),
                         PATTERN_NO_MATCH);
        is_hot = pattern.jit_tried;
        pattern_release(&pattern);
        ck_assert_uint_lt(count, PATTERNS);
    }
    ck_assert(!has_jit() || count > 1);
}
END_TEST

/* Deep recursion takes the JIT's stack or the interpreter's heap, not the program's stack. */
START_TEST(deep_recursion_ends)
{
    enum { SIZE = 1 << 20 };
    static char text[SIZE];
    const struct regex regex = regex_of("^(\\((?1)*\\)|.)*$", 0);
    struct pattern pattern = {0};
    memset(text, '(', SIZE);
    for (int n = 0; n < 2; n++) {
        const enum pattern_status status = match_in(matcher, &pattern, &regex, text, SIZE, 0, NULL);
        ck_assert(status == PATTERN_LIMIT || status == PATTERN_MATCH);
        ck_assert_int_eq(match_in(matcher, &pattern, &regex, "(a)", 3, 0, NULL), PATTERN_MATCH);
    }
    pattern_release(&pattern);
}
END_TEST

/* What was compiled before serves as well, and what another version compiled is not taken. */
START_TEST(compiled_before)
{
    struct regex regex = regex_of("^\\W*(?:by|from) \\p{Lu}\\w+$|\\Aend\\z", REGEX_CASELESS);
    struct arena arena = {0};
    struct compiled *compiled = pattern_serialize(&regex, NULL, &arena);
    struct regex bad = regex_of("(", 0), no_text = regex_of("^the.end$", 0);

    ck_assert_ptr_nonnull(compiled);
    ck_assert_ptr_null(pattern_serialize(&bad, compiled, &arena));
    no_text.compiled = pattern_serialize(&no_text, compiled, &arena);
    ck_assert_ptr_nonnull(no_text.compiled);
    ck_assert_uint_gt(no_text.compiled->start_length, no_text.compiled->length);
    no_text.text = "never";
    no_text.length = strlen(no_text.text);
    for (int is_other = 0; is_other <= 1; is_other++) {
        struct pattern pattern = {0}, empty = {0};

        regex.compiled = compiled;
        ck_assert_int_eq(match_in(matcher, &pattern, &regex, "* By Jo", 7, 0, NULL), PATTERN_MATCH);
        ck_assert_int_eq(match_in(matcher, &pattern, &regex, "END", 3, 0, NULL), PATTERN_MATCH);
        ck_assert_int_eq(match_in(matcher, &pattern, &regex, "the end", 7, 0, NULL),
                         PATTERN_NO_MATCH);
        ck_assert_int_eq(match_in(matcher, &empty, &no_text, "the end", 7, 0, NULL),
                         is_other ? PATTERN_NO_MATCH : PATTERN_MATCH);
        pattern_release(&pattern);
        pattern_release(&empty);
        compiled->start[4] ^= 1; /* its version */
    }
    arena_free(&arena);
}
END_TEST

/* Many regexes in one subject, which is in a buffer that had another one before. */
START_TEST(a_subject_serves_all_its_matches)
{
    static const char *const texts[] = {"abc",
                                        "\xff"
                                        "bc",
                                        "ab\xff",
                                        "\xc3\xa4"
                                        "c",
                                        "a\xffg\xff"};
    static const char *const regexes[] = {"^a", "b", "c$", "^\\W", "\\Aa", "c\\z", "g"};
    /* a bit for each regex that matches */
    static const unsigned matching[] = {0x37, 0x26, 0x13, 0x24, 0x51};
    enum { TEXTS = sizeof texts / sizeof *texts, REGEXES = sizeof regexes / sizeof *regexes };
    struct pattern patterns[REGEXES] = {0};
    char buffer[8];

    for (unsigned n = 0; n < 2 * PATTERN_HOT; n++) {
        unsigned text = n % TEXTS;
        size_t length = strlen(texts[text]);

        memcpy(buffer, texts[text], length);
        pattern_subject(matcher, buffer, length, false);
        for (unsigned i = 0; i < REGEXES; i++) {
            unsigned which = n % 2 ? i : REGEXES - 1 - i;
            const struct regex regex = regex_of(regexes[which], 0);

            ck_assert_msg(pattern_match(matcher, &patterns[which], &regex, 0, NULL) ==
                              (matching[text] >> which & 1 ? PATTERN_MATCH : PATTERN_NO_MATCH),
                          "/%s/ in text %u, match %u", regexes[which], text, n);
        }
    }
    for (unsigned i = 0; i < REGEXES; i++)
        pattern_release(&patterns[i]);
}
END_TEST

START_TEST(version_is_told)
{
    char version[200], small[8];
    pattern_version(version, sizeof version);
    ck_assert_ptr_eq(strstr(version, "PCRE2 10."), version);
    ck_assert_ptr_nonnull(strstr(version, "Unicode "));
    pattern_version(small, sizeof small);
    ck_assert_str_eq(small, "PCRE2 1");
}
END_TEST

Suite *pattern_suite(void);

Suite *pattern_suite(void)
{
    Suite *suite = suite_create("pattern");
    TCase *matching = tcase_create("matching");
    tcase_add_checked_fixture(matching, make_matcher, free_matcher);
    tcase_add_test(matching, spans);
    tcase_add_test(matching, a_span_never_ends_before_it_starts);
    tcase_add_test(matching, matching_starts_where_it_is_told);
    tcase_add_test(matching, subjects_have_a_length);
    tcase_add_test(matching, invalid_bytes_match_nothing);
    tcase_add_test(matching, many_matches_in_invalid_text);
    tcase_add_test(matching, bad_regexes_say_where_and_why);
    tcase_add_test(matching, a_limit_is_not_a_no_match);
    tcase_add_test(matching, cold_and_hot_agree_at_any_limit);
    tcase_add_test(matching, cold_and_hot_agree_on_invalid_text);
    tcase_add_test(matching, a_jit_comes_with_the_bytes);
    tcase_add_test(matching, a_jit_comes_later_the_more_it_wrote);
    tcase_add_test(matching, deep_recursion_ends);
    tcase_add_test(matching, compiled_before);
    tcase_add_test(matching, a_subject_serves_all_its_matches);
    tcase_add_test(matching, version_is_told);
    suite_add_tcase(suite, matching);
    return suite;
}
