#include "line/view.h"

#include "base/utf8.h"

#include <check.h>
#include <stdlib.h>

static struct view_buffer buffer;

static struct span span_of(const char *text)
{
    return (struct span){text, strlen(text)};
}

static struct span view_of(struct span real)
{
    struct span seen;

    ck_assert(view_make(&buffer, real, &seen));
    return seen;
}

START_TEST(characters_are_folded)
{
    static const struct {
        const char *real;
        const char *seen;
    } rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"caf\u00E9 \u2014 \u201Cso\u201D", "caf\u00E9 \u2014 \u201Cso\u201D"},
        {"a\u00A0b\u2007c\u202Fd\u3000e\u2028f\xC2\x85"
         "g",
         "a b c d e f g"},
        {"\uFEFFsub\u00ADscribe\u200B\u2060", "subscribe"},
        {"\u202Aleft\u202C \u2067right\u2069\u061C", "left right"},
        {"e\u2011mail e\u2010mail", "e-mail e-mail"},
        {"\uFF33\uFF4E\uFF53\uFF1A\uFF08\uFF11\uFF09\uFF01\uFF5E", "Sns:(1)!~"},
        {"\uFE55\uFE59a\uFE5A\uFE58\uFE51\uFE6B", ":(a)\uFE58\uFE51@"},
        {"\x93so\x94 \x80 1 \xA9 caf\xE9", "\u201Cso\u201D \u20AC 1 \u00A9 caf\u00E9"},
        {"gr\u00FC\u00DFe \xFC\xDF", "gr\u00FC\u00DFe \u00FC\u00DF"},
        {"\x81\xA0\xAD\x85", "\xC2\x81 \u2026"},
        {"\xE2\x80", "\u00E2\u20AC"},
        {"\xC3", "\u00C3"},
        {"\u0646\u0638\u0631\u200C\u0647\u0627", "\u0646\u0638\u0631\u200C\u0647\u0627"},
        {"\u0915\u094D\u200D\u0937\u200D", "\u0915\u094D\u200D\u0937"},
        {"a\u200D\u0915\u200Cb\u200D", "a\u0915b"},
        {"\U0001F468\u200D\U0001F469\uFE0F\u200D\U0001F467",
         "\U0001F468\u200D\U0001F469\uFE0F\u200D\U0001F467"},
        {"\u0646\xAD\u200C\u0646", "\u0646\u200C\u0646"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct span seen = view_of(span_of(rows[i].real));

        ck_assert_msg(span_is(seen, rows[i].seen), "row %zu: %.*s", i, (int)seen.length, seen.text);
    }
}
END_TEST

START_TEST(a_line_that_is_its_own_view_is_not_copied)
{
    static const char *const rows[] = {"", "Oats", "caf\u00E9",
                                       "\u30A6\u30A7 \u2019\u2026 \U0001F600",
                                       "a line of more than sixteen bytes, \u00E9 in it too"};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_ptr_eq(view_of(span_of(rows[i])).text, rows[i]);
}
END_TEST

/* At each place among more bytes than are looked at together. */
START_TEST(what_folds_is_found_anywhere)
{
    for (size_t length = 0; length < 40; length++)
        for (size_t at = 0; at <= length; at++) {
            char real[48], expected[48];
            struct span seen;

            memset(real, 'x', sizeof real);
            memset(expected, 'x', sizeof expected);
            memcpy(real + at, "\u00A0", 2);
            expected[at] = ' ';
            seen = view_of((struct span){real, length + 2});
            ck_assert_uint_eq(seen.length, length + 1);
            ck_assert_mem_eq(seen.text, expected, length + 1);
        }
}
END_TEST

/* Of any bytes: a view is well-formed and is its own view; what is before a place makes what is
 * seen before it, character by character. */
START_TEST(places_are_found_again)
{
    static const char *const pieces[] = {
        "a",          " ",    "\u00A0", "\u00AD", "\u200B", "\u200D", "\u0646", "\uFF01",
        "\U0001F468", "\xE2", "\x80",   "\xA8",   "\xC2",   "\xFF",   "\u2028", "\u00E9"};

    srand(1);
    for (int round = 0; round < 20000; round++) {
        char real[64], copy[256];
        struct span whole = {real, 0}, seen;
        struct view_place place = {0};
        size_t at = 0;

        for (int left = rand() % 12; left > 0; left--) {
            const char *piece = pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)];

            memcpy(real + whole.length, piece, strlen(piece));
            whole.length += strlen(piece);
        }
        seen = view_of(whole);
        ck_assert_uint_le(seen.length, 3 * whole.length);
        ck_assert(seen.length == 0 || utf8_is_valid(seen.text, seen.length));
        memcpy(copy, seen.text, seen.length);
        seen.text = copy;
        ck_assert(span_equal(view_of(seen), seen));
        while (at < seen.length) {
            uint32_t character;
            size_t before = place.real;

            at += utf8_decode((const unsigned char *)copy + at, seen.length - at, &character);
            view_reach(&place, whole, at);
            ck_assert_uint_eq(place.seen, at);
            ck_assert_uint_gt(place.real, before);
            ck_assert_uint_le(place.real, whole.length);
        }
    }
}
END_TEST

Suite *view_suite(void);

Suite *view_suite(void)
{
    Suite *suite = suite_create("view");
    TCase *tests = tcase_create("view");

    tcase_add_test(tests, characters_are_folded);
    tcase_add_test(tests, a_line_that_is_its_own_view_is_not_copied);
    tcase_add_test(tests, what_folds_is_found_anywhere);
    tcase_add_test(tests, places_are_found_again);
    suite_add_tcase(suite, tests);
    return suite;
}
