#include "given.h"

#include "rules/sections.h"

#include <stdio.h>
#include <strings.h>

static struct arena arena;
static struct sections *sections;
static uint32_t last; /* the number of the newest */

static void set_up(void)
{
    sections = sections_create();
    ck_assert_ptr_nonnull(sections);
    last = 0;
}

static void tear_down(void)
{
    sections_destroy(sections);
    arena_free(&arena);
}

static uint32_t add(const char *text)
{
    struct section section;
    struct span word;
    uint32_t number;
    ck_assert_int_eq(section_parse(&section, &arena, (struct span){text, strlen(text)}, &word),
                     SECTION_OK);
    ck_assert(sections_add(sections, &section, &number));
    last = number > last ? number : last;
    return number;
}

START_TEST(equal_sections_are_one)
{
    ck_assert_uint_eq(add("host a.com *.b.org"), 1);
    ck_assert_uint_eq(add("lang de"), 2);
    ck_assert_uint_eq(add("host A.com *.B.ORG"), 1);
    ck_assert_uint_eq(add("host a.com"), 3);
    ck_assert_uint_eq(add("host de"), 4);
    ck_assert_uint_eq(add("lang DE"), 2);
    ck_assert_uint_eq(last, 4);
    ck_assert(!sections_at(sections, 2)->is_host);
    ck_assert_str_eq(sections_at(sections, 4)->words[0], "de");
}
END_TEST

START_TEST(what_no_document_is_of)
{
    static const char *const hosts[] = {"a",         "a.org",        "*.a.org",
                                        "www.a.org", "b\xc3\xbc.de", "[::1]"};
    static const char *const no_hosts[] = {
        "",       "*",        "*.",       "a.*", "*a.org", "http://a.org",
        "a.org/", "a.org:80", "me@a.org", "a?b", "a#b"};
    static const char *const codes[] = {"de", "DE", "deu", "pt-BR", "deu_Latn", "x-a"};
    static const char *const no_codes[] = {"", "german", "d3", "-de", "*", "de,nl", "engl-GB"};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        ck_assert_msg(section_is_host((struct span){hosts[i], strlen(hosts[i])}), "%s", hosts[i]);
    for (size_t i = 0; i < sizeof no_hosts / sizeof *no_hosts; i++)
        ck_assert_msg(!section_is_host((struct span){no_hosts[i], strlen(no_hosts[i])}), "%s",
                      no_hosts[i]);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        ck_assert_msg(section_is_language((struct span){codes[i], strlen(codes[i])}), "%s",
                      codes[i]);
    for (size_t i = 0; i < sizeof no_codes / sizeof *no_codes; i++)
        ck_assert_msg(!section_is_language((struct span){no_codes[i], strlen(no_codes[i])}), "%s",
                      no_codes[i]);
}
END_TEST

static bool host_matches(const char *word, const char *host)
{
    size_t word_length = strlen(word), host_length = strlen(host);

    if (word_length > 2 && word[0] == '*' && word[1] == '.') {
        word += 2;
        word_length -= 2;
        return host_length == word_length
                   ? strcasecmp(host, word) == 0
                   : host_length > word_length && host[host_length - word_length - 1] == '.' &&
                         strcasecmp(host + host_length - word_length, word) == 0;
    }
    if (strncasecmp(host, "www.", 4) == 0 && strncasecmp(word, "www.", 4) != 0)
        host += 4;
    return strcasecmp(host, word) == 0;
}

/* RFC 4647's basic filtering: `de` holds for `de` and `de-AT`. */
static bool language_matches(const char *word, const char *language)
{
    size_t length = strlen(word);

    return strncasecmp(word, language, length) == 0 &&
           (language[length] == '\0' || language[length] == '-' || language[length] == '_');
}

/* Whether the section is for a document of that host and language; NULL: unknown. */
static bool section_holds(const struct section *section, const char *host, const char *language)
{
    const char *value = section->is_host ? host : language;

    for (size_t i = 0; value && i < section->count; i++)
        if (section->is_host ? host_matches(section->words[i], value)
                             : language_matches(section->words[i], value))
            return true;
    return false;
}

/* Whether the sections that hold are those that section_holds tells one by one. */
static void check_against_each(const struct holding *holding, const char *host,
                               const char *language)
{
    size_t count = 0;
    ck_assert(holding->holds[0]);
    for (uint32_t i = 1; i <= last; i++) {
        const bool holds = section_holds(sections_at(sections, i), host, language);
        ck_assert_msg(holding->holds[i] == holds, "[%s %s ...] for host '%s', language '%s'",
                      sections_at(sections, i)->is_host ? "host" : "lang",
                      sections_at(sections, i)->words[0], host ? host : "(none)",
                      language ? language : "(none)");
        count += holds;
    }
    ck_assert_uint_eq(holding->count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_gt(holding->numbers[i], 0);
        ck_assert(holding->holds[holding->numbers[i]]);
        for (size_t j = 0; j < i && count < 1000; j++)
            ck_assert_uint_ne(holding->numbers[i], holding->numbers[j]);
    }
}

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

/* Few names of few pieces, so that they often meet. */
static void random_word(uint64_t *state, char *text)
{
    static const char *const pieces[] = {"a",  "b",    "www", "*", "A", "aB", "",   "de", "DE",
                                         "at", "www.", ".",   "-", "_", "-x", "*.", "W",  "\xc3"};
    static const char *const joints[] = {".", ".", ".", ".", "-", "_", ""};
    *text = '\0';
    if (next_random(state) % 4 == 0)
        strcat(text, next_random(state) % 2 ? "*." : "WWW.");
    for (uint32_t left = 1 + next_random(state) % 4; left; left--) {
        strcat(text, pieces[next_random(state) % (sizeof pieces / sizeof *pieces)]);
        if (left > 1)
            strcat(text, joints[next_random(state) % (sizeof joints / sizeof *joints)]);
    }
}

/* One that a section of its kind may have. */
static void random_section_word(uint64_t *state, bool is_host, char *text)
{
    struct span word;

    do {
        random_word(state, text);
        word = (struct span){text, strlen(text)};
    } while (is_host ? !section_is_host(word) : !section_is_language(word));
}

START_TEST(those_hold_that_section_holds_tells)
{
    uint64_t state = (uint64_t)_i + 1;
    struct holding holding = {0};
    size_t held = 0;
    for (int i = 0; i < 150; i++) {
        char text[200], word[60];
        size_t words = 1 + next_random(&state) % 3;
        bool is_host = next_random(&state) % 3;
        strcpy(text, is_host ? "host" : "lang");
        for (size_t j = 0; j < words; j++) {
            random_section_word(&state, is_host, word);
            snprintf(text + strlen(text), sizeof text - strlen(text), " %s", word);
        }
        add(text);
    }
    ck_assert(holding_init(&holding, sections));
    check_against_each(&holding, NULL, NULL);
    for (int i = 0; i < 300; i++) {
        char host[60], language[60];
        bool has_host, has_language;
        random_word(&state, host);
        random_word(&state, language);
        has_host = next_random(&state) % 8 != 0;
        has_language = next_random(&state) % 3 != 0;
        holding_choose(&holding, sections, has_host ? host : NULL, has_language ? language : NULL);
        check_against_each(&holding, has_host ? host : NULL, has_language ? language : NULL);
        held += holding.count;
    }
    ck_assert_uint_gt(held, 100); /* or nothing was tried */
    holding_release(&holding);
}
END_TEST

START_TEST(a_change_is_told)
{
    static const struct {
        const char *host, *language;
        bool changes;
        size_t count;
    } rows[] = {
        {NULL, NULL, false, 0},        {"b.org", "en", false, 0},  {"a.com", NULL, true, 2},
        {"www.a.com", "en", false, 2}, {"x.a.com", NULL, true, 1}, {"y.a.com", "fr", false, 1},
        {"c.net", NULL, true, 1},      {NULL, "de", true, 1},      {NULL, "de-AT", false, 1},
        {"a.com", "de", true, 3},      {"b.org", NULL, true, 0},   {NULL, NULL, false, 0}};
    struct holding holding = {0};
    add("host a.com");
    add("host *.a.com a.com");
    add("lang de");
    add("host c.net");
    ck_assert(holding_init(&holding, sections));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_msg(holding_choose(&holding, sections, rows[i].host, rows[i].language) ==
                          rows[i].changes,
                      "row %zu", i);
        ck_assert_uint_eq(holding.count, rows[i].count);
        check_against_each(&holding, rows[i].host, rows[i].language);
    }
    holding_release(&holding);
}
END_TEST

START_TEST(sections_by_the_ten_thousand)
{
    struct holding holding = {0};
    char text[100];
    for (uint32_t i = 1; i <= 20000; i++) {
        snprintf(text, sizeof text, "host site%u.example.org *.site%u.example.net *.shared.org", i,
                 i);
        ck_assert_uint_eq(add(text), i);
    }
    ck_assert_uint_eq(add("host SITE77.example.org *.site77.example.net *.shared.org"), 77);
    ck_assert(holding_init(&holding, sections));
    ck_assert(!holding_choose(&holding, sections, "site20001.example.org", "en"));
    ck_assert(holding_choose(&holding, sections, "www.site20000.example.org", "en"));
    ck_assert_uint_eq(holding.count, 1);
    ck_assert_uint_eq(holding.numbers[0], 20000);
    ck_assert(holding_choose(&holding, sections, "a.b.site3.example.net", NULL));
    ck_assert_uint_eq(holding.count, 1);
    ck_assert_uint_eq(holding.numbers[0], 3);
    ck_assert(holding_choose(&holding, sections, "x.shared.org", NULL));
    check_against_each(&holding, "x.shared.org", NULL);
    ck_assert_uint_eq(holding.count, 20000);
    ck_assert(holding_choose(&holding, sections, NULL, NULL));
    ck_assert_uint_eq(holding.count, 0);
    holding_release(&holding);
}
END_TEST

Suite *sections_suite(void);

Suite *sections_suite(void)
{
    Suite *suite = suite_create("sections");
    TCase *all = tcase_create("sections");
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_test(all, what_no_document_is_of);
    tcase_add_test(all, equal_sections_are_one);
    tcase_add_loop_test(all, those_hold_that_section_holds_tells, 0, 40);
    tcase_add_test(all, a_change_is_told);
    tcase_add_test(all, sections_by_the_ten_thousand);
    suite_add_tcase(suite, all);
    return suite;
}
