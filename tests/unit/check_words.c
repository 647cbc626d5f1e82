#include "match/words.h"

#include <check.h>
#include <string.h>

static struct literal literal_of(const char *text, enum margin before, enum margin after)
{
    struct literal literal = {.bytes = (const unsigned char *)text,
                              .length = (uint8_t)strlen(text),
                              .before = (unsigned char)before,
                              .after = (unsigned char)after};

    literal_describe(&literal);
    return literal;
}

static bool is_known(const char *text, enum margin before, enum margin after)
{
    struct literal literal = literal_of(text, before, after);
    struct words words;

    return words_of_literals(&literal, 1, &words);
}

START_TEST(words_that_are_known)
{
    ck_assert(is_known("share", MARGIN_SIGN, MARGIN_ANY));
    ck_assert(is_known("share", MARGIN_EDGE, MARGIN_ANY));
    ck_assert(is_known("ad", MARGIN_LINE, MARGIN_SIGN));
    ck_assert(is_known("x", MARGIN_SIGN, MARGIN_EDGE));
    ck_assert(is_known("s by email", MARGIN_ANY, MARGIN_ANY));
    ck_assert(is_known("\nto ", MARGIN_LINE, MARGIN_ANY));
    ck_assert(is_known("\xC3\xA9-mail", MARGIN_ANY, MARGIN_ANY));
    ck_assert(!is_known("share", MARGIN_ANY, MARGIN_SIGN));
    ck_assert(!is_known("ad", MARGIN_SIGN, MARGIN_ANY));
    ck_assert(!is_known("s by", MARGIN_ANY, MARGIN_ANY));
    ck_assert(!is_known(" - ", MARGIN_SIGN, MARGIN_SIGN));
    ck_assert(!is_known("\xD0\xB4\xD0\xB0", MARGIN_SIGN, MARGIN_SIGN));
}
END_TEST

static bool meet(const char *text, enum margin after, const char *line, size_t length)
{
    struct literal literal = literal_of(text, MARGIN_SIGN, after);
    struct words wanted, words;
    bool met = false;

    ck_assert(words_of_literals(&literal, 1, &wanted));
    for (unsigned i = 0; blocks_finder_at(i); i++) {
        words_of_line(blocks_finder_at(i), line, length, &words);
        ck_assert(i == 0 || met == words_meet(&wanted, &words));
        met = words_meet(&wanted, &words);
    }
    return met;
}

START_TEST(words_of_lines)
{
    static const struct {
        const char *text, *line;
        enum margin after;
        bool meet;
    } rows[] = {
        {"share", "Share this", MARGIN_ANY, true},
        {"share", "[SHARE]", MARGIN_ANY, true},
        {"share", "to reshare it", MARGIN_ANY, false},
        {"share", "", MARGIN_ANY, false},
        {"ad", "an ad.", MARGIN_SIGN, true},
        {"ad", "an ad", MARGIN_SIGN, true},
        {"ad", "an adverb", MARGIN_SIGN, false},
        {"x", "x y", MARGIN_SIGN, true},
        {"x_1", "(X_1)", MARGIN_ANY, true},
        {"x_1", "(X 1)", MARGIN_ANY, false},
        {"see", "\xC2\xABsee\xC2\xBB", MARGIN_SIGN, true},
        {"see",
         "\xC5\xBF"
         "ee",
         MARGIN_SIGN, true}, /* a long s */
        {"kelvin",
         "\xE2\x84\xAA"
         "elvin",
         MARGIN_ANY, true}, /* the Kelvin sign */
        {"see",
         "\xE2\x80\x94 \xC5\xA1"
         "ee",
         MARGIN_SIGN, false},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(meet(rows[i].text, rows[i].after, rows[i].line, strlen(rows[i].line)) ==
                          rows[i].meet,
                      "%s: %s", rows[i].line, rows[i].text);
}
END_TEST

/* At each place of long lines, whatever the blocks: a word is found, and no part of one. */
START_TEST(words_wherever_they_are)
{
    char line[300];

    for (size_t length = 3; length < sizeof line; length += 7) {
        for (size_t at = 0; at + 3 <= length; at++) {
            memset(line, '-', sizeof line);
            memcpy(line + at, "see", 3);
            ck_assert(meet("see", MARGIN_SIGN, line, length));
            if (at > 0) {
                line[at - 1] = 'x';
                ck_assert(!meet("see", MARGIN_SIGN, line, length));
            }
        }
    }
}
END_TEST

Suite *words_suite(void);

Suite *words_suite(void)
{
    Suite *suite = suite_create("words");
    TCase *tests = tcase_create("words");

    tcase_add_test(tests, words_that_are_known);
    tcase_add_test(tests, words_of_lines);
    tcase_add_test(tests, words_wherever_they_are);
    suite_add_tcase(suite, tests);
    return suite;
}
