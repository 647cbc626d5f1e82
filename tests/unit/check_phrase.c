#include <check.h>
#include <string.h>

#include "regex/pattern.h"
#include "regex/phrase.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define LIMIT 1000000
#define TEXTS 3000
#define LONGEST 9

static struct regex regex_of(const char *text, unsigned flags)
{
    struct regex regex = {.text = text, .length = strlen(text), .flags = flags};

    regex.phrase = phrase_of(&regex);
    return regex;
}

START_TEST(what_a_phrase_is)
{
    static const struct {
        const char *text;
        unsigned flags;
        bool is_phrase;
    } rows[] = {
        {"share", 0, true},
        {"^\\W*Jay Ford\\W*$", REGEX_CASELESS, true},
        {"\\bread more\\b", 0, true},
        {"^\\[1\\]$", 0, true},
        {"a]}<>-\\/\\.", 0, true},
        {"a\\$", 0, true},
        {"$", 0, false},
        {"", 0, false},
        {"\\b", 0, false},
        {"^\\W*$", 0, false},
        {"a b", REGEX_EXTENDED, false},
        {"a.", 0, false},
        {"ab*", 0, false},
        {"ab\\W*", 0, false},
        {"ab{2}", 0, false},
        {"a|b", 0, false},
        {"(a)", 0, false},
        {"[ab]", 0, false},
        {"\\d", 0, false},
        {"a\\", 0, false},
        {"a$b", 0, false},
        {"caf\xC3\xA9", 0, false},
        {"a\\\xC3\xA9", 0, false},
        {"\\bab\\B", 0, false},
        {"\\s*a", 0, false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct regex regex = regex_of(rows[i].text, rows[i].flags);

        ck_assert_msg(phrase_is(&regex) == rows[i].is_phrase, "/%s/", rows[i].text);
    }
}
END_TEST

static uint64_t random_state;

static unsigned random_below(unsigned limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)((random_state >> 16) % limit);
}

static struct span random_text(char *bytes)
{
    static const char letters[] = "abAB_-.  [1@`k\t";
    size_t length = random_below(LONGEST + 1);

    for (size_t i = 0; i < length; i++)
        bytes[i] = letters[random_below(sizeof letters)]; /* a NUL is one of them */
    return (struct span){bytes, length};
}

/* Whether both say the same of texts that are made of what the regex may hold. */
static void compare(struct pattern_matcher *matcher, const struct regex *regex)
{
    struct pattern pattern = {0};

    ck_assert_msg(phrase_is(regex), "/%s/", regex->text);
    for (int i = 0; i < TEXTS; i++) {
        char bytes[LONGEST];
        struct span text = random_text(bytes);
        bool matches, expected;

        pattern_subject(matcher, text.text, text.length, true);
        expected = pattern_match(matcher, &pattern, regex, 0, NULL) == PATTERN_MATCH;
        ck_assert(phrase_match(regex, text, &matches));
        ck_assert_msg(matches == expected, "/%s/ of flags %u and '%.*s'", regex->text, regex->flags,
                      (int)text.length, text.text);
    }
    pattern_release(&pattern);
}

/* Else a line's each place would be compared with 64 KB. */
START_TEST(a_long_string_is_no_phrase)
{
    char text[301];
    struct regex regex;

    memset(text, 'a', sizeof text);
    regex = (struct regex){.text = text, .length = 200};
    regex.phrase = phrase_of(&regex);
    ck_assert(phrase_is(&regex));
    regex.length = sizeof text;
    regex.phrase = phrase_of(&regex);
    ck_assert(!phrase_is(&regex));
}
END_TEST

START_TEST(a_phrase_matches_what_pcre2_does)
{
    static const char *const befores[] = {"", "^", "^\\W*", "\\b"};
    static const char *const strings[] = {"a",   "b a", "ab",  "aB",   "-",  "--",   "-a", "a-",
                                          "_",   "k",   "\\.", "\\[1", "@a", "\\-b", " ",  "  a",
                                          "a  ", "aab", "a a", "`",    "1",  "a_"};
    static const char *const afters[] = {"", "$", "\\W*$", "\\b"};
    struct pattern_matcher *matcher = pattern_matcher_create(LIMIT);

    ck_assert_ptr_nonnull(matcher);
    random_state = 20;
    for (size_t i = 0; i < COUNT(befores) * COUNT(strings) * COUNT(afters); i++) {
        char text[32];
        struct regex regex;

        strcpy(text, befores[i % COUNT(befores)]);
        strcat(text, strings[i / COUNT(befores) % COUNT(strings)]);
        strcat(text, afters[i / COUNT(befores) / COUNT(strings)]);
        for (unsigned flags = 0; flags <= REGEX_CASELESS; flags += REGEX_CASELESS) {
            regex = regex_of(text, flags);
            compare(matcher, &regex);
        }
    }
    pattern_matcher_destroy(matcher);
}
END_TEST

START_TEST(beyond_ascii_only_pcre2_knows)
{
    struct regex regex = regex_of("^\\W*a\\W*$", REGEX_CASELESS);
    bool matches;

    ck_assert(!phrase_match(&regex, (struct span){"a\xC3\xA9", 3}, &matches));
    ck_assert(!phrase_match(&regex, (struct span){"12345678a\xFF", 10}, &matches));
    ck_assert(phrase_match(&regex, (struct span){"12345678a", 9}, &matches));
    ck_assert(!matches);
}
END_TEST

Suite *phrase_suite(void)
{
    Suite *suite = suite_create("phrase");
    TCase *tests = tcase_create("phrases");

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, what_a_phrase_is);
    tcase_add_test(tests, a_long_string_is_no_phrase);
    tcase_add_test(tests, a_phrase_matches_what_pcre2_does);
    tcase_add_test(tests, beyond_ascii_only_pcre2_knows);
    suite_add_tcase(suite, tests);
    return suite;
}
