/*
 * check_survey -- the one pass over a line against plain definitions, one for each fact, that look
 * at a character after the other.
 */
#include "line/survey.h"

#include "base/fold.h"
#include "base/table.h"
#include "base/utf8.h"
#include "line/category.h"
#include "line/letters.h"
#include "line/marks.h"
#include "line/measure.h"
#include "line/sets.h"
#include "regex/pattern.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MOST 2300
#define INVALID 0x110000

/* The character at AT; a byte that belongs to none is one of no kind. */
static size_t decode(const char *text, size_t length, size_t at, uint32_t *code)
{
    size_t width = utf8_decode((const unsigned char *)text + at, length - at, code);

    if (width > 0)
        return width;
    *code = INVALID;
    return 1;
}

/* A letter of the lexicon's words; by blocks. */
static bool is_letter(uint32_t code)
{
    return code != INVALID && letters_is_letter(code);
}

static void count_plainly(const char *text, size_t length, struct survey *survey)
{
    size_t tenths = 0;
    uint32_t code = ' ', before;

    for (size_t at = 0; at < length;) {
        unsigned part;

        before = code;
        at += decode(text, length, at, &code);
        part = letters_dense(code)->tenths;
        tenths += part;
        survey->words += !marks_is_white(code) && !part && marks_is_white(before);
        survey->chars++;
        survey->visible += !marks_is_white(code);
        survey->digits += letters_is_digit(code);
        survey->commas += marks_is_comma(code);
    }
    survey->words += (tenths + 9) / 10;
}

static size_t count_sentences_plainly(const char *text, size_t length)
{
    size_t sentences = 0;
    size_t end = 0; /* behind the last mark since the last letter, 0: there is none */
    bool has_letter = false;

    for (size_t at = 0; at <= length;) {
        uint32_t code = 'a'; /* the line's end is as good as a letter */

        at += at < length ? decode(text, length, at, &code) : 1;
        if (marks_is_end(code)) {
            if (has_letter && (code >= 0x80 || measure_is_apart(text, length, at)))
                end = at;
        } else if (letters_is_letter(code)) { /* or what is broken */
            sentences += end > 0 && !measure_ends_in_dots(text, end);
            end = 0;
            has_letter = true;
        }
    }
    return sentences;
}

static const char *const function_words[] = {
    "the",     "of",       "a",         "être", "и",
    "которые", "die",      "の",        "的",   "weiß",
    "ok",      "abcdefgh", "abcdefghi", "eşek", "niederschreibungen",
    "은"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_function(const char *word, size_t length)
{
    static struct fold fold;
    unsigned char folded[64];

    fold_init(&fold);
    if (length > sizeof folded)
        return false;
    length = fold_text(&fold, (const unsigned char *)word, length, folded);
    for (size_t i = 0; i < COUNT(function_words); i++)
        if (length == strlen(function_words[i]) && memcmp(folded, function_words[i], length) == 0)
            return true;
    return false;
}

static void look_words_up_plainly(const char *text, size_t length, struct survey *survey)
{
    size_t at = 0;

    if (length > SURVEY_REACH)
        length = SURVEY_REACH;
    while (at < length) {
        size_t start = at;
        uint32_t first = 0, code;

        while (at < length) {
            size_t width = decode(text, length, at, &code);

            if (!is_letter(code) ||
                (at > start && (letters_dense(code)->is_word || letters_dense(first)->is_word)))
                break;
            if (at == start)
                first = code;
            at += width;
        }
        if (at == start) {
            at++;
            continue;
        }
        survey->spelt++;
        survey->lower += letters_is_small(first);
        survey->function += is_function(text + start, at - start);
    }
}

/* By regexes. */
struct case_patterns {
    struct pattern_matcher *matcher;
    struct pattern patterns[3];
};

static const char *const case_regexes[] = {
    "^[^\\p{Ll}\\p{Lu}]*+\\p{Lu}[^\\p{Ll}]*+$",
    ("^(?=.*?(?<![\\p{L}\\p{N}'’])[\\p{Lu}\\p{Lt}]\\p{L}{3})"
     "(?!.*?(?<![\\p{L}\\p{N}'’])(?![\\p{Lu}\\p{Lt}])\\p{L}{4})"),
    "[\\p{L}\\p{N}]"};

static bool matches(struct case_patterns *patterns, int which, const char *text, size_t length)
{
    struct regex regex = {
        .text = case_regexes[which], .length = strlen(case_regexes[which]), .flags = 0};
    enum pattern_status status;

    pattern_subject(patterns->matcher, text, length, false);
    status = pattern_match(patterns->matcher, &patterns->patterns[which], &regex, 0, NULL);
    ck_assert(status == PATTERN_MATCH || status == PATTERN_NO_MATCH);
    return status == PATTERN_MATCH;
}

static struct likeness likeness_plainly(const char *text, size_t length)
{
    struct likeness likeness = {0};
    uint64_t hash = TABLE_GOLDEN;
    size_t count = 0;

    for (size_t i = 0; i < length && count < 200; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (!letters_is_ascii(byte) && byte < 0x80)
            continue;
        hash = table_hash_number(hash, byte < 0x80 ? byte | 0x20U : byte);
        likeness.letters = hash | 1;
        if (++count >= 12 && count <= 30)
            likeness.beginning = likeness.letters;
    }
    return likeness;
}

static struct survey survey_plainly(struct case_patterns *patterns, const char *text, size_t length)
{
    struct survey survey = {.likeness = likeness_plainly(text, length)};

    count_plainly(text, length, &survey);
    look_words_up_plainly(text, length, &survey);
    survey.is_upper = matches(patterns, 0, text, length);
    survey.is_title = matches(patterns, 1, text, length);
    survey.has_letter_or_digit = matches(patterns, 2, text, length);
    return survey;
}

/* Pieces that texts are put together of. */
static const char *const pieces[] = {" ",
                                     " ",
                                     " ",
                                     "the ",
                                     "The ",
                                     "of",
                                     "a",
                                     "A",
                                     "Z",
                                     "z",
                                     "word",
                                     "Word",
                                     "WORD",
                                     "x",
                                     ",",
                                     ".",
                                     "!",
                                     "?",
                                     "...",
                                     ". . .",
                                     "…",
                                     "[1]",
                                     "[a]",
                                     ")",
                                     "”",
                                     "»",
                                     "*",
                                     "'",
                                     "’",
                                     "’s",
                                     "7",
                                     "1984",
                                     "\t",
                                     "\r",
                                     "\xC2\xA0",
                                     "\xE3\x80\x80",
                                     "\xE2\x80\x89",
                                     "é",
                                     "É",
                                     "être",
                                     "Être",
                                     "weiß",
                                     "WEIẞ",
                                     "ſ",
                                     "\xE2\x84\xAA",
                                     "ǅ",
                                     "ǆungla",
                                     "ª",
                                     "º",
                                     "½",
                                     "²",
                                     "٣",
                                     "۴",
                                     "، ",
                                     "؟",
                                     "और",
                                     "।",
                                     "ไทย",
                                     "и",
                                     "И",
                                     "которые",
                                     "Которые",
                                     "Ελλάδα",
                                     "ς",
                                     "の",
                                     "的",
                                     "中文",
                                     "、",
                                     "。",
                                     "，",
                                     "！",
                                     "한국",
                                     "은 ",
                                     "ʼ",
                                     "́",
                                     "😀",
                                     "\xF0\x9D\x90\x80",
                                     "Ⅷ",
                                     "ⓐ",
                                     "\xEE\x80\x80",
                                     "abcdefgh",
                                     "abcdefghi",
                                     "oK",
                                     "Abcdefgh",
                                     "niederschreibungen",
                                     "eşek",
                                     "\xFF",
                                     "\xC3",
                                     "\xE2\x80",
                                     "\xF0\x9F\x98",
                                     "\x80",
                                     "\xED\xA0\x80",
                                     "\xC0\xAF",
                                     "\xF4\x90\x80\x80",
                                     "-",
                                     "(",
                                     "\"",
                                     "{",
                                     "@",
                                     "[",
                                     "`",
                                     "\x01",
                                     "\x7F"};

static unsigned next_number(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407U;
    return (unsigned)(*state >> 33);
}

/* A text of LENGTH bytes: of pieces, of any bytes but line feeds, or mostly of letters. */
static void make_text(uint64_t *state, char *text, size_t length)
{
    unsigned way = next_number(state) % 4, few = 1 + next_number(state) % 12,
             from = next_number(state);
    size_t at = 0;

    while (at < length) {
        char byte = (char)next_number(state);
        const char *piece =
            pieces[(way < 2 ? next_number(state) : from + next_number(state) % few) %
                   COUNT(pieces)];
        size_t size = strlen(piece);

        if (way == 3) {
            piece = &byte;
            size = byte != '\n';
        }
        if (size > length - at)
            size = length - at;
        memcpy(text + at, piece, size);
        at += size;
    }
}

struct judge {
    struct lexicon *lexicon;
    struct surveyor surveyor;
    struct case_patterns patterns;
};

static void open_judge(struct judge *judge)
{
    *judge = (struct judge){.lexicon = lexicon_create(),
                            .patterns.matcher = pattern_matcher_create(UINT32_C(1000000000))};
    ck_assert(judge->lexicon && judge->patterns.matcher);
    judge->surveyor.lexicon = judge->lexicon;
    for (size_t i = 0; i < COUNT(function_words); i++)
        ck_assert(lexicon_add(judge->lexicon, function_words[i], strlen(function_words[i])));
}

static void close_judge(struct judge *judge)
{
    for (size_t i = 0; i < COUNT(case_regexes); i++)
        pattern_release(&judge->patterns.patterns[i]);
    pattern_matcher_destroy(judge->patterns.matcher);
    lexicon_destroy(judge->lexicon);
}

static void check_text(struct judge *judge, const char *text, size_t length)
{
    char *copy = malloc(length + (length == 0)); /* with nothing behind it that may be read */
    struct survey found, plain;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    found = survey_line(&judge->surveyor, copy, length);
    plain = survey_plainly(&judge->patterns, copy, length);
#define SAME(member, format)                                                                       \
    ck_assert_msg(found.member == plain.member,                                                    \
                  #member " is " format ", should be " format ": '%.*s'", found.member,            \
                  plain.member, (int)length, text)
    SAME(words, "%zu");
    SAME(chars, "%zu");
    ck_assert_uint_eq(measure_chars(copy, length), plain.chars);
    SAME(visible, "%zu");
    SAME(digits, "%zu");
    SAME(commas, "%zu");
    SAME(spelt, "%u");
    SAME(function, "%u");
    SAME(lower, "%u");
    SAME(is_upper, "%d");
    SAME(is_title, "%d");
    SAME(has_letter_or_digit, "%d");
    ck_assert_uint_eq(found.likeness.letters, plain.likeness.letters);
    ck_assert_uint_eq(found.likeness.beginning, plain.likeness.beginning);
    ck_assert_uint_eq(found.words, measure_words(copy, length));
    for (size_t limit = 0; limit < 24; limit += 1 + limit / 4)
        ck_assert_uint_eq(measure_words_up_to(copy, length, limit),
                          plain.words < limit ? plain.words : limit);
    ck_assert_uint_eq(found.sentences, count_sentences_plainly(text, length));
    free(copy);
}

START_TEST(random_texts)
{
    struct judge judge;
    uint64_t state = 1 + (uint64_t)_i;
    char text[TEXT_MOST];

    open_judge(&judge);
    for (size_t length = 0; length <= 300; length++) {
        for (int round = 0; round < 8; round++) {
            make_text(&state, text, length);
            check_text(&judge, text, length);
        }
    }
    for (int round = 0; round < 100; round++) {
        size_t length = SURVEY_REACH - 40 + next_number(&state) % 80;

        make_text(&state, text, length);
        check_text(&judge, text, length);
        make_text(&state, text, TEXT_MOST);
        check_text(&judge, text, TEXT_MOST);
    }
    close_judge(&judge);
}
END_TEST

/* Lines of the file that SURVEY_LINES names, if it does. */
START_TEST(lines_of_a_file)
{
    const char *name = getenv("SURVEY_LINES");
    FILE *file = name ? fopen(name, "r") : NULL;
    struct judge judge;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;

    open_judge(&judge);
    while (file && (length = getline(&line, &capacity, file)) > 0)
        check_text(&judge, line, (size_t)length - (line[length - 1] == '\n'));
    free(line);
    if (file)
        fclose(file);
    close_judge(&judge);
}
END_TEST

/* The readers of sets agree, on blocks of all lengths. */
START_TEST(portable_sets)
{
    static struct alphabet alphabet;
    uint64_t state = 7;
    char text[2 * SETS_SIZE];

    for (size_t length = 1; length <= sizeof text; length++) {
        for (int round = 0; round < 200; round++) {
            struct sets one, other;

            make_text(&state, text, length);
            sets_read(&one, &alphabet, text, length, length / 2);
            sets_read_portably(&other, &alphabet, text, length, length / 2);
            ck_assert_uint_eq(one.length, other.length);
            ck_assert_uint_eq(one.firsts, other.firsts);
            ck_assert_uint_eq(one.beyond, other.beyond);
            ck_assert_uint_eq(one.invalid, other.invalid);
            ck_assert_uint_eq(one.tenths, other.tenths);
            ck_assert_mem_eq(one.of, other.of, sizeof one.of);
        }
    }
}
END_TEST

/* One regex a category, over all characters of a plane at once. */
START_TEST(categories)
{
    static const struct {
        const char *regex;
        enum category category;
    } rows[] = {{"\\p{Lu}", CATEGORY_CAPITAL}, {"\\p{Ll}", CATEGORY_SMALL},
                {"\\p{Lt}", CATEGORY_TITLE},   {"[\\p{Lm}\\p{Lo}]", CATEGORY_LETTER},
                {"\\p{N}", CATEGORY_NUMBER},   {"[^\\p{L}\\p{N}]", CATEGORY_OTHER}};
    struct regex regex = {.text = rows[_i].regex, .length = strlen(rows[_i].regex), .flags = 0};
    struct pattern_matcher *matcher = pattern_matcher_create(UINT32_C(1000000000));
    struct pattern pattern = {0};
    char version[256];

    pattern_version(version, sizeof version);
    for (uint32_t code = 0; strstr(version, "Unicode 14") && code < 0x110000; code++) {
        unsigned char text[UTF8_LONGEST];
        size_t length;

        if (code == 0xD800)
            code = 0xE000;
        length = utf8_encode(code, text);
        pattern_subject(matcher, (const char *)text, length, false);
        ck_assert_msg((pattern_match(matcher, &pattern, &regex, 0, NULL) == PATTERN_MATCH) ==
                          (category_of(code) == rows[_i].category),
                      "U+%04X", code);
    }
    pattern_release(&pattern);
    pattern_matcher_destroy(matcher);
}
END_TEST

Suite *survey_suite(void);

Suite *survey_suite(void)
{
    Suite *suite = suite_create("survey");
    TCase *tests = tcase_create("survey");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, random_texts, 0, 4);
    tcase_add_test(tests, lines_of_a_file);
    tcase_add_test(tests, portable_sets);
    tcase_add_loop_test(tests, categories, 0, 6);
    suite_add_tcase(suite, tests);
    return suite;
}
