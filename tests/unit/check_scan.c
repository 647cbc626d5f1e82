#include "search/scan.h"

#include "base/fold.h"
#include "base/utf8.h"
#include "random.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LITERAL(text, left, right)                                                                 \
    {                                                                                              \
        .bytes = (const unsigned char *)(text), .length = sizeof(text) - 1, .before = (left),      \
        .after = (right)                                                                           \
    }

/* Of the literals, which the scanner wants described. */
static struct scan *scan_of(struct arena *arena, const struct literal *literals, size_t count)
{
    struct literal *described = malloc(count * sizeof *described);
    const struct literal **pointers = malloc(count * sizeof *pointers);
    struct scan *scan;

    memcpy(described, literals, count * sizeof *described);
    for (size_t i = 0; i < count; i++) {
        literal_describe(&described[i]);
        pointers[i] = &described[i];
    }
    scan = scan_create(arena, NULL, pointers, count);
    free(pointers);
    free(described);
    return scan;
}

static void count_hit(void *context, uint32_t literal)
{
    ((unsigned *)context)[literal]++;
}

/* Of the bytes that matter, and so many that every finder has to do with its ends. */
static size_t random_line(unsigned *state, char *line, size_t size)
{
    static const char *const parts[] = {"share", "tweet",        "RSS", " ",        "  ",
                                        "- ",    "\xE2\x80\xA2", "x",   "_",        "\xC3\xA9",
                                        "42",    "\xFF",         "k",   "\xC5\xBF", "Read more"};
    size_t length = 0, wanted = random_next(state) % size;

    for (;;) {
        const char *part = parts[random_next(state) % (sizeof parts / sizeof *parts)];

        if (length + strlen(part) > wanted)
            return length;
        memcpy(line + length, part, strlen(part));
        length += strlen(part);
    }
}

START_TEST(all_finders_find_the_same)
{
    static const struct literal literals[] = {
        LITERAL("share", MARGIN_LINE, MARGIN_ANY), LITERAL("share", MARGIN_ANY, MARGIN_LINE),
        LITERAL("tweet", MARGIN_SIGN, MARGIN_ANY), LITERAL("tweet", MARGIN_ANY, MARGIN_SIGN),
        LITERAL("rss", MARGIN_SIGN, MARGIN_SIGN),  LITERAL("re", MARGIN_ANY, MARGIN_ANY),
        LITERAL("more", MARGIN_ANY, MARGIN_ANY),   LITERAL("\nread more\n", MARGIN_ANY, MARGIN_ANY),
        LITERAL("x", MARGIN_SIGN, MARGIN_ANY),     LITERAL("\xE2\x80\xA2", MARGIN_ANY, MARGIN_ANY),
        LITERAL("\n\n", MARGIN_ANY, MARGIN_ANY),   LITERAL("s - ", MARGIN_ANY, MARGIN_ANY),
    };
    enum { COUNT = sizeof literals / sizeof *literals, FINDERS = 8 };
    static struct scan_text texts[FINDERS];
    unsigned state = 1, total = 0;
    struct arena arena = {0};
    struct scan *scan = scan_of(&arena, literals, COUNT);

    for (unsigned number = 0; blocks_finder_at(number); number++) {
        ck_assert_uint_lt(number, FINDERS - 1);
        texts[number].finder = blocks_finder_at(number);
    }
    for (unsigned round = 0; round < 20000; round++) {
        char line[200];
        size_t length = random_line(&state, line, sizeof line);
        char *copy = malloc(length + (length == 0));
        unsigned expected[COUNT] = {0};

        memcpy(copy, line, length);
        scan_line(scan, &texts[0], copy, length, count_hit, expected);
        for (unsigned number = 1; texts[number].finder; number++) {
            unsigned hits[COUNT] = {0};

            scan_line(scan, &texts[number], copy, length, count_hit, hits);
            ck_assert_mem_eq(hits, expected, sizeof hits);
        }
        for (unsigned i = 0; i < COUNT; i++)
            total += expected[i] > 0;
        free(copy);
    }
    ck_assert_uint_gt(total, 20000);
    arena_free(&arena);
}
END_TEST

/* Whether the literal is in the folded line, by the definition of its margins. */
static bool is_there(const struct literal *literal, const unsigned char *line, size_t length)
{
    bool at_start = literal->bytes[0] == LITERAL_LINE_END;
    bool at_end = literal->bytes[literal->length - 1] == LITERAL_LINE_END;
    const unsigned char *bytes = literal->bytes + at_start;
    size_t size = literal->length - (size_t)at_start - (size_t)at_end;

    for (size_t at = 0; at + size <= length; at++) {
        size_t first = at, end = at + size;

        while (first > 0 && !literal_is_word(line[first - 1]))
            first--;
        while (end < length && !literal_is_word(line[end]))
            end++;
        if (memcmp(line + at, bytes, size) == 0 && (!at_start || at == 0) &&
            (!at_end || at + size == length) &&
            (literal->before != MARGIN_SIGN || at == 0 || first < at) &&
            (literal->before != MARGIN_LINE || first == 0) &&
            (literal->after != MARGIN_SIGN || at + size == length || end > at + size) &&
            (literal->after != MARGIN_LINE || end == length))
            return true;
    }
    return false;
}

/* Pieces of words, signs, and characters of two and three bytes. */
static size_t random_text(unsigned *state, char *text, size_t size)
{
    static const char *const parts[] = {
        "s", "share",    "20",  "of",       " ", ", ",           "?",           "_",
        "-", "\xC3\xA9", "www", "\xD0\xB4", ".", "\xE2\x80\xA2", "\xE2\x80\x94"};
    size_t length = 0, wanted = 1 + random_next(state) % size;

    for (;;) {
        const char *part = parts[random_next(state) % (sizeof parts / sizeof *parts)];

        if (length + strlen(part) > wanted)
            return length;
        memcpy(text + length, part, strlen(part));
        length += strlen(part);
    }
}

static unsigned char random_margin(unsigned *state)
{
    static const unsigned char margins[] = {MARGIN_ANY, MARGIN_ANY, MARGIN_SIGN, MARGIN_LINE};

    return margins[random_next(state) % sizeof margins];
}

/* Now and then with an end of the line. */
static struct literal random_literal(unsigned *state, char bytes[LITERAL_MAX_LENGTH])
{
    struct literal literal = {.bytes = (const unsigned char *)bytes};
    bool at_start = random_next(state) % 12 == 0, at_end = random_next(state) % 12 == 0;
    size_t size = random_next(state) % 3 ? 4 : 12, length = 0;

    bytes[0] = LITERAL_LINE_END;
    while (length == 0)
        length = random_text(state, bytes + at_start, size);
    length += at_start;
    if (at_end)
        bytes[length++] = LITERAL_LINE_END;
    literal.length = (unsigned char)length;
    literal.before = random_margin(state);
    literal.after = random_margin(state);
    literal_describe(&literal);
    return literal;
}

START_TEST(all_that_is_there_is_found_and_nothing_else)
{
    enum { COUNT = 12, ROUNDS = 400, LINES = 100 };
    unsigned state = 7, total = 0;

    for (unsigned round = 0; round < ROUNDS; round++) {
        static struct scan_text text;
        char bytes[COUNT][LITERAL_MAX_LENGTH];
        struct literal literals[COUNT];
        struct arena arena = {0};
        struct scan *scan;

        for (unsigned i = 0; i < COUNT;) {
            bool is_new = true;

            literals[i] = random_literal(&state, bytes[i]);
            for (unsigned j = 0; j < i; j++)
                is_new = is_new && !literal_is_same(&literals[i], &literals[j]);
            i += is_new;
        }
        scan = scan_of(&arena, literals, COUNT);
        text.finder = blocks_fastest();
        for (unsigned number = 0; number < LINES; number++) {
            unsigned hits[COUNT] = {0};
            char line[150];
            size_t length = random_text(&state, line, number % 2 ? 20 : sizeof line);

            scan_line(scan, &text, line, length, count_hit, hits);
            for (unsigned i = 0; i < COUNT; i++) {
                bool expected = is_there(&literals[i], (const unsigned char *)line, length);

                ck_assert_msg((hits[i] > 0) == expected, "'%.*s' (%u, %u) in '%.*s': %d",
                              literals[i].length, bytes[i], literals[i].before, literals[i].after,
                              (int)length, line, expected);
                total += expected;
            }
        }
        arena_free(&arena);
    }
    ck_assert_uint_gt(total, 20000);
}
END_TEST

START_TEST(finders_agree_on_every_byte)
{
    unsigned char text[256 + 3];

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (unsigned char)i;
    for (size_t length = 1; length <= sizeof text; length++) {
        for (size_t at = 0; at < length; at += BLOCKS_SIZE) {
            for (unsigned number = 0; blocks_finder_at(number); number++) {
                unsigned char plain[BLOCKS_SIZE], small[BLOCKS_SIZE];
                struct block block;

                blocks_finder_at(number)(text, length, at, &block, plain, small);
                for (size_t i = 0; i < BLOCKS_SIZE; i++) {
                    unsigned char byte = at + i < length ? text[at + i] : 0;
                    bool is_word = literal_is_word(byte);
                    bool is_sign = byte > ' ' && byte < 0x7F && (!is_word || byte == '_');

                    ck_assert_uint_eq(block.words >> i & 1, is_word);
                    ck_assert_uint_eq(block.leads >> i & 1, byte >= 0xC0);
                    ck_assert_uint_eq(block.signs >> i & 1, is_sign);
                    ck_assert_uint_eq(plain[i], is_word ? byte | ' ' : ' ');
                    ck_assert_uint_eq(small[i], byte >= 'A' && byte <= 'Z' ? byte | ' ' : byte);
                }
            }
        }
    }
}
END_TEST

/* What is found again and again costs no more than once, also where the line is cut. */
START_TEST(a_literal_is_named_once)
{
    static const struct literal literals[] = {
        LITERAL(",", MARGIN_ANY, MARGIN_ANY),
        LITERAL("of", MARGIN_SIGN, MARGIN_ANY),
        LITERAL("\xC3\xA9t\xC3\xA9 of", MARGIN_ANY, MARGIN_ANY),
    };
    enum { COUNT = sizeof literals / sizeof *literals, TIMES = 1000 };
    static const char part[] = "\xC3\x89t\xC3\xA9 of, ";
    static struct scan_text text;
    unsigned hits[COUNT] = {0};
    struct arena arena = {0};
    struct scan *scan = scan_of(&arena, literals, COUNT);
    char *line = malloc(TIMES * sizeof part);

    ck_assert_ptr_nonnull(line);
    for (size_t i = 0; i < TIMES; i++)
        memcpy(line + i * (sizeof part - 1), part, sizeof part - 1);
    text.finder = blocks_fastest();
    scan_line(scan, &text, line, TIMES * (sizeof part - 1), count_hit, hits);
    for (unsigned i = 0; i < COUNT; i++)
        ck_assert_uint_eq(hits[i], 1);
    free(line);
    arena_free(&arena);
}
END_TEST

/* A line that folding does not change is searched as it is. */
START_TEST(what_folding_changes_is_folded)
{
    static struct fold fold;

    fold_init(&fold);
    for (uint32_t character = 0x80; character < 0x20000; character++) {
        unsigned char bytes[4];

        utf8_encode(character, bytes);
        if (fold_character(character) != character)
            ck_assert_msg(fold_may_change(&fold, bytes[0], bytes[1]), "%lx",
                          (unsigned long)character);
    }
    ck_assert(!fold_may_change(&fold, 0xE2, 0x80));
    ck_assert(!fold_may_change(&fold, 0xC3, 0xA9));
    ck_assert(!fold_may_change(&fold, 0xD1, 0x82));
}
END_TEST

static bool is_found(const struct literal *literal, const char *line)
{
    static struct scan_text text;
    unsigned found = 0;

    for (unsigned number = 0; blocks_finder_at(number); number++) {
        struct arena arena = {0};
        struct scan *scan = scan_of(&arena, literal, 1);
        unsigned hits = 0;

        text.finder = blocks_finder_at(number);
        scan_line(scan, &text, line, strlen(line), count_hit, &hits);
        ck_assert_uint_eq(hits > 0, number == 0 ? hits > 0 : found);
        found = hits > 0;
        arena_free(&arena);
    }
    return found;
}

/* Windows lie across the blocks that a line is searched in, and reach over its end. */
START_TEST(literals_at_every_place)
{
    static const struct literal literals[] = {
        LITERAL("share this", MARGIN_SIGN, MARGIN_SIGN),
        LITERAL("on ", MARGIN_SIGN, MARGIN_ANY),
        LITERAL("mar", MARGIN_SIGN, MARGIN_ANY),
        LITERAL("read the subscription", MARGIN_SIGN, MARGIN_ANY),
        LITERAL("x", MARGIN_ANY, MARGIN_ANY),
    };
    static const char *const texts[] = {"Share this", "on it", "March", "Read the subscription",
                                        "x"};

    for (size_t before = 0; before < 150; before++) {
        for (size_t i = 0; i < sizeof literals / sizeof *literals; i++) {
            for (size_t after = 0; after < 80; after += 13) {
                char line[300];

                snprintf(
                    line, sizeof line, "%*s%s%.*s", (int)before, before % 3 ? "." : "", texts[i],
                    (int)after,
                    " and then some of what is not looked for at all in any of the cases, ever");
                ck_assert_msg(is_found(&literals[i], line), "'%s'", line);
                /* a byte of it is another */
                line[before + strlen(texts[i]) / 2] = '#';
                ck_assert_msg(!is_found(&literals[i], line), "'%s'", line);
            }
        }
    }
}
END_TEST

START_TEST(ends_of_the_line)
{
    static const struct literal first = LITERAL("by", MARGIN_LINE, MARGIN_SIGN);
    static const struct literal open = LITERAL("by", MARGIN_LINE, MARGIN_ANY);
    static const struct literal one = LITERAL("q", MARGIN_LINE, MARGIN_ANY);
    static const struct literal last = LITERAL("ad", MARGIN_ANY, MARGIN_LINE);

    ck_assert(is_found(&first, "By Jane Doe"));
    ck_assert(is_found(&first, " * by\xE2\x80\xA2"));
    ck_assert(!is_found(&first, "bygone"));
    ck_assert(!is_found(&first, "a by"));
    ck_assert(is_found(&open, "(bygone)"));
    ck_assert(is_found(&one, "Q1"));
    ck_assert(!is_found(&one, "1Q"));
    ck_assert(is_found(&last, "I read."));
    ck_assert(is_found(&last, "ad"));
    ck_assert(!is_found(&last, "ad 1"));
}
END_TEST

/* A margin is looked at from the literal's own place: from the line's end for each of them would
 * take minutes here. */
START_TEST(margins_in_a_long_line)
{
    static const struct literal first = LITERAL("\xE6\xAC\xA1", MARGIN_LINE, MARGIN_ANY);
    static const struct literal last = LITERAL("\xE6\xAC\xA1", MARGIN_ANY, MARGIN_LINE);
    enum { TIMES = 500000, WIDTH = 3 };
    char *line = malloc(TIMES * WIDTH + 3);

    ck_assert_ptr_nonnull(line);
    for (size_t i = 0; i < TIMES; i++)
        memcpy(line + 1 + i * WIDTH, first.bytes, WIDTH);
    strcpy(line + 1 + (size_t)TIMES * WIDTH, "z");
    line[0] = '(';
    ck_assert(is_found(&first, line));
    ck_assert(!is_found(&last, line));
    line[0] = 'a';
    line[1 + TIMES * WIDTH] = ')';
    ck_assert(!is_found(&first, line));
    ck_assert(is_found(&last, line));
    free(line);
}
END_TEST

Suite *scan_suite(void);

Suite *scan_suite(void)
{
    Suite *suite = suite_create("scan");
    TCase *tests = tcase_create("scan");

    tcase_add_test(tests, all_finders_find_the_same);
    tcase_add_test(tests, finders_agree_on_every_byte);
    tcase_add_test(tests, all_that_is_there_is_found_and_nothing_else);
    tcase_add_test(tests, a_literal_is_named_once);
    tcase_add_test(tests, literals_at_every_place);
    tcase_add_test(tests, ends_of_the_line);
    tcase_add_test(tests, margins_in_a_long_line);
    tcase_add_test(tests, what_folding_changes_is_folded);
    suite_add_tcase(suite, tests);
    return suite;
}
