#include "base/utf8.h"

#include <check.h>
#include <string.h>

#define AROUND 3 /* bytes before and behind a character */

static bool is_surrogate(uint32_t character)
{
    return character >= 0xD800 && character < 0xE000;
}

/* What Unicode writes of it: the shortest form. */
static size_t right_width(uint32_t character)
{
    return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
}

static bool round_trip(uint32_t character)
{
    unsigned char text[2 * AROUND + UTF8_LONGEST];
    uint32_t first = character, last = character;
    size_t width, good;
    bool is_right;

    memset(text, 0xBF, sizeof text);
    width = utf8_encode(character, text + AROUND);
    good = is_surrogate(character) ? 0 : width;
    is_right = width == right_width(character) &&
               utf8_decode(text + AROUND, width + AROUND, &first) == good &&
               utf8_decode_last(text, AROUND + width, &last) == good &&
               utf8_valid_length((char *)text + AROUND, width + AROUND) == good &&
               (!good || (first == character && last == character));
    for (size_t cut = 0; cut < width; cut++)
        is_right = is_right && utf8_decode(text + AROUND, cut, &first) == 0;
    return is_right;
}

/* Assertions are slow: only what is wrong makes one. */
START_TEST(every_character)
{
    for (uint32_t character = 0; character < 0x110000; character++) {
        if (!round_trip(character))
            ck_abort_msg("U+%04X", (unsigned)character);
    }
}
END_TEST

/* What was decoded is written as it stood there: no longer form, no byte too many, no surrogate. */
static bool is_read_right(const unsigned char *text, size_t length, bool *is_valid)
{
    unsigned char again[UTF8_LONGEST];
    uint32_t character = 0, last = 0;
    size_t at = 0, width;
    bool is_right = true;

    while ((width = utf8_decode(text + at, length - at, &character)) > 0) {
        is_right = is_right && character < 0x110000 && !is_surrogate(character) &&
                   utf8_encode(character, again) == width && memcmp(again, text + at, width) == 0 &&
                   utf8_decode_last(text, at + width, &last) == width && last == character;
        at += width;
    }
    *is_valid = utf8_is_valid((const char *)text, length);
    return is_right && utf8_valid_length((const char *)text, length) == at &&
           *is_valid == (at == length);
}

/* All texts of four bytes that these make. */
START_TEST(what_is_not_well_formed)
{
    static const unsigned char bytes[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                          0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
                                          0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xF8, 0xFF};
    size_t count = sizeof bytes, all = count * count * count * count, well_formed = 0;

    for (size_t i = 0; i < all; i++) {
        unsigned char text[4] = {bytes[i % count], bytes[i / count % count],
                                 bytes[i / count / count % count],
                                 bytes[i / count / count / count]};
        bool is_valid;

        if (!is_read_right(text, sizeof text, &is_valid))
            ck_abort_msg("%02x %02x %02x %02x", text[0], text[1], text[2], text[3]);
        well_formed += is_valid;
    }
    ck_assert_uint_gt(well_formed, 0);
    ck_assert_uint_lt(well_formed, all / 10);
}
END_TEST

START_TEST(long_texts)
{
    char text[64];

    for (size_t length = 0; length < sizeof text; length++) {
        memset(text, 'a', sizeof text);
        ck_assert_uint_eq(utf8_valid_length(text, length), length);
        text[length] = '\xFF';
        ck_assert_uint_eq(utf8_valid_length(text, sizeof text), length);
    }
}
END_TEST

Suite *utf8_suite(void);

Suite *utf8_suite(void)
{
    Suite *suite = suite_create("utf8");
    TCase *tests = tcase_create("utf8");

    tcase_add_test(tests, every_character);
    tcase_add_test(tests, what_is_not_well_formed);
    tcase_add_test(tests, long_texts);
    suite_add_tcase(suite, tests);
    return suite;
}
