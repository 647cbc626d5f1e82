#include "base/language.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

/* Those of ISO 639-1, bh and sh among them, which it has given up. */
static const char two_letters[] =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv "
    "sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

struct language_row {
    const char *code;
    const char *canonical; /* NULL: none */
};

static const struct language_row rows[] = {
    {"de", "de"},
    {"deu", "de"},
    {"ger", "de"},
    {"DEU", "de"},
    {"deu_Latn", "de-Latn"},
    {"ger-AT", "de-AT"},
    {"DE_at", "de-at"},
    {"zh_Hant_TW", "zh-Hant-TW"},
    {"zho", "zh"},
    {"chi", "zh"},
    {"cmn_Hans", "zh-Hans"},
    {"yue", "zh"},
    {"eng", "en"},
    {"nob", "nb"},
    {"nno", "nn"},
    {"nor", "no"},
    {"pes", "fa"},
    {"per", "fa"},
    {"arb_Arab", "ar-Arab"},
    {"arz", "ar"},
    {"zsm", "ms"},
    {"iw", "he"},
    {"in-ID", "id-ID"},
    {"mo", "ro"},
    {"aar", "aa"},
    {"zul", "zu"},
    {"gsw", "gsw"},
    {"CEB", "ceb"},
    {"zzz", "zzz"},
    {"x", "x"},
    {"deutsch", "deutsch"},
    {"German", "german"},
    {"und", "und"},
    {"i-klingon", "i-klingon"},
    {"-deu", "-deu"},
    {"eng,deu", "en"},
    {"deu , eng", "de"},
    {" \t\r\n de \v\f", "de"},
    {"ger,", "de"},
    {"d\xc3\x89u", "d\xc3\x89u"},
    {"deu-1234567890123456789012345678901", "de-1234567890123456789012345678901"},
    {"  xx-34567890123456789012345678901234  ", "xx-34567890123456789012345678901234"},
    {"abcdefghijklmnopqrstuvwxyzabcdefghi", "abcdefghijklmnopqrstuvwxyzabcdefghi"},
    {"abcdefghijklmnopqrstuvwxyzabcdefghij", NULL},
    {"deu-12345678901234567890123456789012", NULL},
    {"", NULL},
    {" ", NULL},
    {",", NULL},
    {" ,deu", NULL},
};

/* In memory of its own size, so that a sanitizer sees who reads on. */
static bool canonical_of(const char *code, char out[LANGUAGE_SIZE])
{
    size_t length = strlen(code);
    char *copy = malloc(length + 1);
    bool is_code;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, code, length);
    copy[length] = 'x';
    is_code = language_canonical((struct span){copy, length}, out);
    free(copy);
    return is_code;
}

START_TEST(codes_have_one_spelling)
{
    const struct language_row *row = &rows[_i];
    char out[LANGUAGE_SIZE] = "as it was";

    ck_assert(canonical_of(row->code, out) == (row->canonical != NULL));
    ck_assert_str_eq(out, row->canonical ? row->canonical : "");
}
END_TEST

START_TEST(nothing_at_all_is_no_code)
{
    char out[LANGUAGE_SIZE];

    ck_assert(!language_canonical((struct span){NULL, 0}, out));
}
END_TEST

START_TEST(a_canonical_code_stays)
{
    char once[LANGUAGE_SIZE], twice[LANGUAGE_SIZE];

    if (!canonical_of(rows[_i].code, once))
        return;
    ck_assert(canonical_of(once, twice));
    ck_assert_str_eq(once, twice);
}
END_TEST

/* The next of all codes of LENGTH letters; false behind the last. */
static bool next_code(char *code, size_t length)
{
    while (length > 0 && code[length - 1] == 'z')
        code[--length] = 'a';
    if (length == 0)
        return false;
    code[length - 1]++;
    return true;
}

/* A binary search misses some of a table that is not sorted. */
START_TEST(every_code_of_the_table_is_found)
{
    char code[] = "aaa", out[LANGUAGE_SIZE], named[sizeof two_letters] = "";
    size_t changed = 0, two = 0;
    bool is_reached[26 * 26] = {false};

    do {
        ck_assert(canonical_of(code, out));
        if (strlen(out) == 2) {
            is_reached[(out[0] - 'a') * 26 + out[1] - 'a'] = true;
            changed++;
        } else
            ck_assert_str_eq(out, code);
    } while (next_code(code, 3));
    /* 185 of ISO 639-2 and 639-3, 20 bibliographic, 48 members of macrolanguages. */
    ck_assert_uint_eq(changed, 185 + 20 + 48);
    for (size_t i = 0; i < 26 * 26; i++)
        if (is_reached[i]) {
            ck_assert_uint_lt(3 * two, sizeof two_letters - 1);
            (void)snprintf(named + 3 * two++, 4, "%c%c ", (int)('a' + i / 26), (int)('a' + i % 26));
        }
    ck_assert_str_eq(named, two_letters);
}
END_TEST

START_TEST(a_code_of_two_letters_stays_or_has_retired)
{
    char code[] = "aa", out[LANGUAGE_SIZE];
    size_t changed = 0;

    do {
        ck_assert(canonical_of(code, out));
        ck_assert(strlen(out) == 2);
        if (strcmp(out, code) != 0) {
            ck_assert_ptr_null(strstr(two_letters, code));
            ck_assert_ptr_nonnull(strstr(two_letters, out));
            changed++;
        }
    } while (next_code(code, 2));
    ck_assert_uint_eq(changed, 5);
}
END_TEST

START_TEST(languages_of_two_letters_are_known)
{
    char code[] = "aa", behind[] = "aa-Latn";

    do {
        bool is_known = strstr(two_letters, code) != NULL;

        memcpy(behind, code, 2);
        ck_assert_msg(language_is_known(code) == is_known, "%s", code);
        ck_assert(language_is_known(behind) == is_known);
    } while (next_code(code, 2));
    ck_assert(language_is_known("ceb"));
    ck_assert(language_is_known("x"));
}
END_TEST

Suite *language_suite(void);

Suite *language_suite(void)
{
    Suite *suite = suite_create("language");
    TCase *tests = tcase_create("language");
    int count = (int)(sizeof rows / sizeof *rows);

    tcase_add_loop_test(tests, codes_have_one_spelling, 0, count);
    tcase_add_loop_test(tests, a_canonical_code_stays, 0, count);
    tcase_add_test(tests, nothing_at_all_is_no_code);
    tcase_add_test(tests, every_code_of_the_table_is_found);
    tcase_add_test(tests, a_code_of_two_letters_stays_or_has_retired);
    tcase_add_test(tests, languages_of_two_letters_are_known);
    suite_add_tcase(suite, tests);
    return suite;
}
