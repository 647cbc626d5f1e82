#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "line/facts.h"
#include "line/measure.h"
#include "random.h"

/* A copy that ends where its memory ends, so that a sanitizer sees any byte read behind it. */
static char *exact_copy(const char *text, size_t length)
{
    char *copy = malloc(length > 0 ? length : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    return copy;
}

static uint32_t fact(const char *text, size_t length, enum fact fact)
{
    static struct surveyor surveyor;
    struct facts facts = facts_of(text, length);
    uint32_t value;

    surveyor.lexicon = lexicon_create();
    value = facts_value(&facts, fact, &surveyor);
    lexicon_destroy((struct lexicon *)surveyor.lexicon);
    return value;
}

/* Every white space character of Unicode. */
static const char *const spaces[] = {
    "\t",           "\n",           "\v",           "\f",           "\r",           " ",
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82",
    "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88",
    "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F",
    "\xE3\x80\x80"};

/* What looks like it: zero-width ones, neighbours, cut and overlong sequences, controls. */
static const char *const no_spaces[] = {"a",
                                        "\x08",
                                        "\x0E",
                                        "\x1F",
                                        "\x7F",
                                        "\xC2",
                                        "\xC2\x84",
                                        "\xC2\x86",
                                        "\xC2\x9F",
                                        "\xC2\xA1",
                                        "\xA0",
                                        "\x85",
                                        "\xC3\xA0",
                                        "\xE2",
                                        "\xE2\x80",
                                        "\xE2\x80\x8B",
                                        "\xE2\x80\xAA",
                                        "\xE2\x80\xA7",
                                        "\xE2\x80\xB0",
                                        "\xE2\x81",
                                        "\xE2\x81\x9E",
                                        "\xE2\x81\xA0",
                                        "\xE3\x80\x81",
                                        "\xE3\x81\x80",
                                        "\xE1\x9A\x81",
                                        "\xE1\x9B",
                                        "\xC0\xA0",
                                        "\xEF\xBB\xBF",
                                        "\xE1\xA0\x8E",
                                        "\xE1\x9B\x81"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

START_TEST(white_space)
{
    ck_assert(measure_is_blank("", 0));
    ck_assert(measure_is_blank(" \t\xC2\xA0\xE3\x80\x80", 7));
    ck_assert(!measure_is_blank("\0", 1));
    ck_assert(!measure_is_blank(" \0", 2));
    for (size_t i = 0; i < COUNT(spaces); i++) {
        char text[20];
        snprintf(text, sizeof text, "%s", spaces[i]);
        char *copy = exact_copy(text, strlen(text));
        ck_assert_msg(measure_is_blank(copy, strlen(text)), "white space %zu", i);
        free(copy);
        snprintf(text, sizeof text, "%sx", spaces[i]);
        ck_assert(!measure_is_blank(text, strlen(text)));
        for (size_t width = 1; width < strlen(spaces[i]); width++) {
            copy = exact_copy(text, width);
            ck_assert_msg(!measure_is_blank(copy, width), "%zu bytes of %zu", width, i);
            free(copy);
        }
    }
    for (size_t i = 0; i < COUNT(no_spaces); i++) {
        char *copy = exact_copy(no_spaces[i], strlen(no_spaces[i]));
        ck_assert_msg(!measure_is_blank(copy, strlen(no_spaces[i])), "no white space %zu", i);
        free(copy);
    }
}
END_TEST

/* Each separator at each place of the eight bytes that are looked at together. */
START_TEST(words_at_every_offset)
{
    char text[64];
    for (size_t before = 0; before <= 17; before++) {
        for (size_t after = 0; after <= 17; after++) {
            const size_t alone = (before > 0 ? 1U : 0U) + (after > 0 ? 1U : 0U);
            for (size_t i = 0; i < COUNT(spaces); i++) {
                memset(text, 'x', sizeof text);
                const size_t width = strlen(spaces[i]);
                memcpy(text + before, spaces[i], width);
                char *copy = exact_copy(text, before + width + after);
                ck_assert_uint_eq(measure_words(copy, before + width + after), alone);
                free(copy);
            }
            for (size_t i = 0; i < COUNT(no_spaces); i++) {
                memset(text, 'x', sizeof text);
                const size_t width = strlen(no_spaces[i]);
                memcpy(text + before, no_spaces[i], width);
                ck_assert_uint_eq(measure_words(text, before + width + after), 1);
            }
        }
    }
}
END_TEST

/* All ASCII texts of eight bytes out of letter, space and tab. */
START_TEST(words_of_all_patterns)
{
    for (unsigned n = 0; n < 6561; n++) {
        char text[8];
        size_t words = 0;
        unsigned rest = n;
        for (size_t i = 0; i < sizeof text; i++, rest /= 3) {
            text[i] = "x \t"[rest % 3];
            words += text[i] == 'x' && (i == 0 || text[i - 1] != 'x');
        }
        ck_assert_uint_eq(measure_words(text, sizeof text), words);
    }
}
END_TEST

START_TEST(white_bytes_in_a_block)
{
    for (unsigned byte = 0; byte < 0x80; byte++) {
        char text[9] = "xxxxxxxx";
        text[3] = (char)byte;
        const bool white = byte == ' ' || (byte >= '\t' && byte <= '\r');
        ck_assert_uint_eq(measure_words(text, 8), white ? 2 : 1);
    }
}
END_TEST

/* Scripts without blanks; each text also at all places of a block. */
START_TEST(words_of_scripts_without_blanks)
{
    static const struct {
        const char *text;
        size_t words;
    } rows[] = {{"本", 1},
                {"本木", 1},
                {"本木山", 2},
                {"新しい橋が開いた。", 4},
                {"本 木", 1},
                {"book本木", 2},
                {"本木 and 山", 3},
                {"한국어 글", 2},
                {"สะพานใหม่เปิด", 3},
                {"«本木»", 2},
                {"\xE6\x9C", 1},
                {"本\xE6\x9C", 1},
                {"ひらがな、カタカナ", 4}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        const size_t length = strlen(rows[i].text);
        for (size_t before = 0; before < 10; before++) {
            char text[100];
            memset(text, ' ', before);
            memcpy(text + before, rows[i].text, length);
            char *copy = exact_copy(text, before + length);
            const size_t words = measure_words(copy, before + length);
            ck_assert_msg(words == rows[i].words, "%s: %zu", rows[i].text, words);
            free(copy);
        }
    }
}
END_TEST

START_TEST(words_up_to_a_limit)
{
    static const char text[] = "one two three four five six seven eight nine ten";
    for (size_t limit = 0; limit < 14; limit++)
        ck_assert_uint_eq(measure_words_up_to(text, strlen(text), limit), limit < 10 ? limit : 10);
    ck_assert_uint_eq(measure_words("", 0), 0);
    ck_assert_uint_eq(measure_words(" \t ", 3), 0);
}
END_TEST

START_TEST(characters)
{
    static const struct {
        const char *text;
        size_t chars;
    } rows[] = {{"", 0},
                {"abc", 3},
                {"abcdefghijklmnopq", 17},
                {"\xC3\xA4\xC3\xB6", 2},
                {"abcdefgh\xC3\xA4"
                 "ijklmnopq",
                 18},
                {"\xE2\x82\xAC", 1},
                {"\xF0\x9F\x98\x80", 1},
                {"\xF4\x8F\xBF\xBF", 1},
                {"\xF4\x90\x80\x80", 4},
                {"\xED\x9F\xBF", 1},
                {"\xED\xA0\x80", 3},
                {"\xEE\x80\x80", 1},
                {"\xC0\x80", 2},
                {"\xC1\xBF", 2},
                {"\xE0\x9F\xBF", 3},
                {"\xE0\xA0\x80", 1},
                {"\xF0\x8F\xBF\xBF", 4},
                {"\xF0\x90\x80\x80", 1},
                {"\xF5\x80\x80\x80", 4},
                {"\xFF\xFE", 2},
                {"\x80\x80", 2},
                {"\xE2\x82", 2},
                {"\xE2\x82x", 3},
                {"\xC3", 1},
                {"\xC3\xC3\xA4", 2},
                {"\xF0\x9F\x98", 3}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *copy = exact_copy(rows[i].text, strlen(rows[i].text));
        ck_assert_msg(fact(copy, strlen(rows[i].text), FACT_CHARS) == rows[i].chars, "row %zu", i);
        free(copy);
    }
    ck_assert_uint_eq(fact("a\0b", 3, FACT_CHARS), 3);
}
END_TEST

START_TEST(ends)
{
    static const struct {
        const char *text;
        enum measure_end end;
    } rows[] = {{"", ENDS_OTHER},
                {"   ", ENDS_OTHER},
                {"No mark", ENDS_OTHER},
                {"Comma,", ENDS_COMMA},
                {"Semicolon;", ENDS_OTHER},
                {"Done.", ENDS_SENTENCE},
                {".", ENDS_SENTENCE},
                {"Done!", ENDS_SENTENCE},
                {"Done?", ENDS_QUESTION},
                {"Done .  \t", ENDS_SENTENCE},
                {"Done.\xC2\xA0", ENDS_SENTENCE},
                {"Done.\r", ENDS_SENTENCE},
                {"\"Done.\"", ENDS_SENTENCE},
                {"(Done.)", ENDS_SENTENCE},
                {"**Done.**", ENDS_SENTENCE},
                {"'\"Done!\"'", ENDS_SENTENCE},
                {"“Done.”", ENDS_SENTENCE},
                {"„Fertig.“", ENDS_SENTENCE},
                {"»Fertig.«", ENDS_SENTENCE},
                {"« Fini. »", ENDS_SENTENCE},
                {"«\xE2\x80\xAF"
                 "Fini\xE2\x80\xAF!\xE2\x80\xAF»",
                 ENDS_SENTENCE},
                {"‘Done.’", ENDS_SENTENCE},
                {"``Done.''", ENDS_SENTENCE},
                {"Done.[1]", ENDS_SENTENCE},
                {"Done. [12][345]", ENDS_SENTENCE},
                {"Done.\"[a]", ENDS_SENTENCE},
                {"Done.¹²", ENDS_SENTENCE},
                {"Done.[12345]", ENDS_OTHER},
                {"Done.[]", ENDS_OTHER},
                {"[1]", ENDS_OTHER},
                {"1]", ENDS_OTHER},
                {"]", ENDS_OTHER},
                {"\"", ENDS_OTHER},
                {"Read more »", ENDS_OTHER},
                {"終わりました。", ENDS_SENTENCE},
                {"「終わりました。」", ENDS_SENTENCE},
                {"完了！", ENDS_SENTENCE},
                {"完了？", ENDS_QUESTION},
                {"完了．", ENDS_SENTENCE},
                {"完了｡", ENDS_SENTENCE},
                {"逗号，", ENDS_COMMA},
                {"هل انتهى؟", ENDS_QUESTION},
                {"ختم ہوا۔", ENDS_SENTENCE},
                {"समाप्त।", ENDS_SENTENCE},
                {"समाप्त॥", ENDS_SENTENCE},
                {"ավարտ։", ENDS_SENTENCE},
                {"ተጠናቀቀ።", ENDS_SENTENCE},
                {"ចប់។", ENDS_SENTENCE},
                {"ပြီး။", ENDS_SENTENCE},
                {"\xF0\x91\x81\x87", ENDS_SENTENCE}, /* U+11047, Brahmi danda */
                {"Really?!", ENDS_SENTENCE},
                {"Really‽", ENDS_SENTENCE},
                {"Wait...", ENDS_ELLIPSIS},
                {"Wait....", ENDS_ELLIPSIS},
                {"Wait…", ENDS_ELLIPSIS},
                {"Wait….", ENDS_ELLIPSIS},
                {"Wait. . .", ENDS_ELLIPSIS},
                {"\"Wait...\"", ENDS_ELLIPSIS},
                {"Wait [...]", ENDS_ELLIPSIS},
                {"Wait [ … ]", ENDS_ELLIPSIS},
                {"Wait (...) »", ENDS_ELLIPSIS},
                {"Wait...[3]", ENDS_ELLIPSIS},
                {"等等……", ENDS_ELLIPSIS},
                {"等等⋯", ENDS_ELLIPSIS},
                {"...", ENDS_ELLIPSIS},
                {"…", ENDS_ELLIPSIS},
                {"etc..", ENDS_SENTENCE},
                {"..", ENDS_SENTENCE},
                {"List:", ENDS_COLON},
                {"List: ", ENDS_COLON},
                {"**List:**", ENDS_COLON},
                {"列表：", ENDS_COLON},
                {"List;:", ENDS_COLON},
                {"List.\xFF", ENDS_OTHER},
                {"List.\x80", ENDS_OTHER},
                {"List.\xE3\x80", ENDS_OTHER},
                {"\x80\x80\x80\x80\x80", ENDS_OTHER},
                {"\xBB", ENDS_OTHER}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *copy = exact_copy(rows[i].text, strlen(rows[i].text));
        const enum measure_end end = measure_end(copy, strlen(rows[i].text));
        ck_assert_msg(end == rows[i].end, "%s: %d", rows[i].text, (int)end);
        free(copy);
    }
    ck_assert_int_eq(measure_end("Done.\0", 6), ENDS_OTHER);
}
END_TEST

START_TEST(sentences)
{
    static const struct {
        const char *text;
        size_t count;
    } rows[] = {{"", 0},
                {"   ", 0},
                {"No mark", 0},
                {"One.", 1},
                {"One. Two! Three?", 3},
                {"One.  \t Two", 1},
                {"One.\xC2\xA0Two.", 2},
                {"Three, four; five: six", 0},
                {"3.5 and 1,000.25 of example.org", 0},
                {"See http://a.org/?b=c!d for more", 0},
                {"One.Two", 0},
                {"Really?! Yes!!!", 2},
                {"Really ? ! Yes", 1},
                {"Wait... what?", 1},
                {"Wait . . . what?", 1},
                {"Wait… what?", 1},
                {"Wait...", 0},
                {"Wait [...] and go.", 1},
                {"He went. ... Then he came.", 1},
                {"\"One.\" (Two.) **Three!** ‘Four?’", 4},
                {"« Un. » « Deux. »", 2},
                {"»Eins.« Zwei.", 2},
                {"One.[1] Two.[12][a] Three.¹²", 3},
                {"One.[1]two Two.[12345] Three.[", 0},
                {"One.[", 0},
                {"One.[1", 0},
                {"One.[1]", 1},
                {"One.[1234]", 1},
                {"終わりました。次です。", 2},
                {"「終わり。」「次！」", 2},
                {"完了？！好", 1},
                {"هل انتهى؟ نعم.", 2},
                {"समाप्त। फिर।", 2},
                {"1. One", 0},
                {"1. One. 2. Two.", 2},
                {"In 1984. Then", 1},
                {"5.", 0},
                {". . .", 0},
                {"* * *", 0},
                {"Dr. No", 1}, /* as far as marks tell */
                {"One.\xFFTwo.\xE3\x80", 0},
                {"\x80\x80.", 1}}; /* in some other encoding they may be letters */
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *copy = exact_copy(rows[i].text, strlen(rows[i].text));
        const size_t count = fact(copy, strlen(rows[i].text), FACT_SENTENCES);
        ck_assert_msg(count == rows[i].count, "%s: %zu", rows[i].text, count);
        free(copy);
    }
}
END_TEST

/* A line that ends with a sentence's mark ends one, if it has a letter. */
START_TEST(what_ends_a_line_ends_a_sentence)
{
    static const char *const pieces[] = {"a", "B", ".", "!", "?", "。", " ",    "\"", ")",  "[1]",
                                         ",", ":", "…", "7", "»", "*",  "\xFF", "的", "..", ". ."};
    unsigned state = 1;
    for (int i = 0; i < 100000; i++) {
        char text[128] = "x";
        for (unsigned left = random_next(&state) % 8; left > 0; left--)
            strcat(text, pieces[random_next(&state) % COUNT(pieces)]);
        const enum measure_end end = measure_end(text, strlen(text));
        const size_t count = fact(text, strlen(text), FACT_SENTENCES);
        strcat(text, " x");
        ck_assert_msg(fact(text, strlen(text), FACT_SENTENCES) == count, "%s", text);
        if (end == ENDS_SENTENCE || end == ENDS_QUESTION)
            ck_assert_msg(count >= 1, "%s", text);
    }
}
END_TEST

START_TEST(digits)
{
    static const struct {
        const char *text;
        unsigned percent;
    } rows[] = {{"", 0},
                {"  ", 0},
                {"abc", 0},
                {"123", 100},
                {"1 2\xC2\xA0"
                 "3",
                 100},
                {"a1", 50},
                {"ab1", 33},
                {"12x", 66},
                {"12/34", 80},
                {"٣٤", 100},
                {"४x", 50},
                {"１２", 100},
                {"\xF0\x9D\x9F\x8E\xF0\x9D\x9F\xBF", 100}, /* U+1D7CE, U+1D7FF */
                {"\xF0\x9D\x9F\x8D\xF0\x9E\xA0\x80", 0},   /* U+1D7CD, U+1E800 */
                {"\xF0\x9F\xAF\xB9", 100},                 /* U+1FBF9, the last one */
                {"\xF0\x9F\xAF\xBA", 0},
                {"²½Ⅷ", 0},
                {"1\xFF", 50},
                {"/:", 0}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *copy = exact_copy(rows[i].text, strlen(rows[i].text));
        ck_assert_msg(fact(copy, strlen(rows[i].text), FACT_DIGITS) == rows[i].percent, "%s",
                      rows[i].text);
        free(copy);
    }
}
END_TEST

START_TEST(bullets)
{
    static const char *const yes[] = {
        "* x",         "+ x",  "- x",   "– x",    "• x", "· x",     "▪ x",  "■ x",
        "● x",         "○ x",  "◦ x",   "‣ x",    "o x", "  \t* x", "*\tx", "•\xC2\xA0!",
        "\xC2\xA0• x", "1. x", "12. x", "999. x", "* *", " o  Item"};
    static const char *const no[] = {"",         " ",
                                     "x",        "*",
                                     "* ",       "*x",
                                     "**",       "** x",
                                     "•",        "•x",
                                     "o",        "ox",
                                     "of x",     "O x",
                                     "1.",       "1. ",
                                     "1.x",      "1 x",
                                     "1984. x",  "1.2. x",
                                     ". x",      "— x",
                                     "12",       "-x",
                                     "\xE2\x80", "\xE2\x80\xA2\xFF x"};
    for (size_t i = 0; i < COUNT(yes); i++) {
        char *copy = exact_copy(yes[i], strlen(yes[i]));
        ck_assert_msg(measure_is_bullet(copy, strlen(yes[i])), "\"%s\"", yes[i]);
        free(copy);
    }
    for (size_t i = 0; i < COUNT(no); i++) {
        char *copy = exact_copy(no[i], strlen(no[i]));
        ck_assert_msg(!measure_is_bullet(copy, strlen(no[i])), "\"%s\"", no[i]);
        free(copy);
    }
}
END_TEST

START_TEST(indentation)
{
    ck_assert_uint_eq(measure_indent("", 0), 0);
    ck_assert_uint_eq(measure_indent("a", 1), 0);
    ck_assert_uint_eq(measure_indent("   a", 4), 3);
    ck_assert_uint_eq(measure_indent("\ta", 2), 8);
    ck_assert_uint_eq(measure_indent("  \t a", 5), 9);
    ck_assert_uint_eq(measure_indent("\xC2\xA0"
                                     "a",
                                     3),
                      0);
}
END_TEST

START_TEST(commas)
{
    static const char text[] = "a, b،c，d、e; \xD8";

    ck_assert_uint_eq(fact(text, strlen(text), FACT_COMMAS), 4);
    ck_assert_uint_eq(fact("", 0, FACT_COMMAS), 0);
    ck_assert_uint_eq(fact("\xEF\xBC", 2, FACT_COMMAS), 0);
}
END_TEST

Suite *measure_suite(void);

Suite *measure_suite(void)
{
    Suite *suite = suite_create("measure");
    TCase *lines = tcase_create("lines");
    tcase_add_test(lines, white_space);
    tcase_add_test(lines, words_at_every_offset);
    tcase_add_test(lines, words_of_all_patterns);
    tcase_add_test(lines, white_bytes_in_a_block);
    tcase_add_test(lines, words_of_scripts_without_blanks);
    tcase_add_test(lines, words_up_to_a_limit);
    tcase_add_test(lines, characters);
    tcase_add_test(lines, ends);
    tcase_add_test(lines, sentences);
    tcase_add_test(lines, what_ends_a_line_ends_a_sentence);
    tcase_add_test(lines, digits);
    tcase_add_test(lines, bullets);
    tcase_add_test(lines, indentation);
    tcase_add_test(lines, commas);
    suite_add_tcase(suite, lines);
    return suite;
}
