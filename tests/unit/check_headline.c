#include <stdio.h>

#include "given.h"

/* What ends with a full stop is article, and what begins with a capital may be a headline. */
#define RULES                                                                                      \
    "weigh 9 end=sentence\nweigh -9 end=none\nset doubt 0.1\n"                                     \
    "mark headline name=big /^ *[A-Z]/\nmark headline name=other /^ *[A-Z]/\n"                     \
    "mark chrome /menu/\nmark prose /prose/\n"

static void check_kept(const char *what, const char *rules, const char *document,
                       const char *expected)
{
    struct rules *loaded = given_rules(rules);
    struct given_text kept;
    given_filtered(loaded, document, &kept);
    ck_assert_msg(strcmp(kept.bytes, expected) == 0, "%s: kept\n%s--- instead of\n%s", what,
                  kept.bytes, expected);
    rules_destroy(loaded);
}

static const struct {
    const char *what; /* must hold */
    const char *document;
    const char *kept;
} rows[] = {
    {"a headline stays", "Bridge open\nby us\nThe bridge is open.\n",
     "Bridge open\nThe bridge is open.\n"},
    {"without a word in common none does", "Ferry gone\nThe bridge is open.\n",
     "The bridge is open.\n"},
    {"a line without the mark does not", "bridge open\nThe bridge is open.\n",
     "The bridge is open.\n"},
    {"chrome is no headline", "Bridge menu\nThe bridge is open.\n", "The bridge is open.\n"},
    {"prose is no headline", "Bridge prose\nThe bridge is open.\n", "The bridge is open.\n"},
    {"short words do not count", "The end is near\nThe bridge is open.\n", "The bridge is open.\n"},
    {"case does not", "BRIDGE\nThe bridge is open.\n", "BRIDGE\nThe bridge is open.\n"},
    {"nor beyond ASCII", "Z МОСТ\nЭтот мост открыт.\n", "Z МОСТ\nЭтот мост открыт.\n"},
    {"two ideographs are a word", "Z 橋梁通\n新橋梁。\n", "Z 橋梁通\n新橋梁。\n"},
    {"two others are not", "Z 橋通\n新橋梁。\n", "新橋梁。\n"},
    {"more words in common win", "Bridge news\nBridge open\nThe bridge is open.\n",
     "Bridge open\nThe bridge is open.\n"},
    {"of equals the first", "Bridge one\nBridge two\nThe bridge is open.\n",
     "Bridge one\nThe bridge is open.\n"},
    {"four words are no more than three",
     "Bridge open again\nBridge open again today\nThe bridge open again today.\n",
     "Bridge open again\nThe bridge open again today.\n"},
    {"words may end otherwise", "Bridges\nThe bridge is open.\n", "Bridges\nThe bridge is open.\n"},
    {"but by two letters only", "Bridgework\nThe bridge is open.\n", "The bridge is open.\n"},
    {"and four are left", "Opens\nThe open bridge.\n", "Opens\nThe open bridge.\n"},
    {"of a short word none ends otherwise", "Open\nThe opal bridge.\n", "The opal bridge.\n"},
    {"in the middle no word is needed", "                    Ferry\n   The bridge is open.\n",
     "                    Ferry\n   The bridge is open.\n"},
    {"in the middle is sixteen columns off", "                  Ferry\n   The bridge is open.\n",
     "   The bridge is open.\n"},
    {"farther out wins", "   Bridge one\nBridge two\n   The bridge is open.\n",
     "Bridge two\n   The bridge is open.\n"},
    {"a word counts once", "Bridge bridge\nBridge open\nThe bridge is open.\n",
     "Bridge open\nThe bridge is open.\n"},
    {"a line's end wins over it", "News - Bridge open\nBridge open\nThe bridge is open.\n",
     "Bridge open\nThe bridge is open.\n"},
    {"and so does its beginning", "Bridge open - News\nBridge open\nThe bridge is open.\n",
     "Bridge open\nThe bridge is open.\n"},
    {"only one stays", "Bridge open\nBridge open\nThe bridge is open.\n",
     "Bridge open\nThe bridge is open.\n"},
    {"only before the article", "Some bridge.\nBridge open\nThe bridge is open.\n",
     "Some bridge.\nThe bridge is open.\n"},
    {"blank lines around it", "\nBridge\n\nby us\n\nThe bridge.\n", "\nBridge\n\nThe bridge.\n"},
    {"no article, no headline", "Bridge\nby us\n", ""},
};

START_TEST(the_one_that_stays)
{
    check_kept(rows[_i].what, RULES, rows[_i].document, rows[_i].kept);
}
END_TEST

START_TEST(none_stays_if_titles_go)
{
    check_kept("drop", RULES "set title drop", "Bridge open\nThe bridge is open.\n",
               "The bridge is open.\n");
    check_kept("the last one counts", RULES "set title drop\nset title keep",
               "Bridge open\nThe bridge is open.\n", "Bridge open\nThe bridge is open.\n");
}
END_TEST

/* Of so many lines it is the first and the article's the one behind them. */
START_TEST(it_waits_for_some_lines)
{
    for (int others = 0; others < HEADLINE_LINES + 2; others++) {
        struct given_text document = {.length = 0};
        given_append(&document, "Iron bridge one\nIron bridge two\n", 32);
        for (int i = 0; i < others; i++)
            given_append(&document, "menu\n", 5);
        given_append(&document, "The iron bridge.\n", 17);
        check_kept("waits", RULES, document.bytes,
                   others + 2 < HEADLINE_LINES   ? "Iron bridge one\nThe iron bridge.\n"
                   : others + 1 < HEADLINE_LINES ? "Iron bridge two\nThe iron bridge.\n"
                                                 : "The iron bridge.\n");
    }
}
END_TEST

/* With sixteen lines between, one word in common is too little. */
START_TEST(farther_away_it_needs_more)
{
    for (int others = 14; others < 18; others++) {
        struct given_text document = {.length = 0};
        given_append(&document, "Bridge one\n", 11);
        for (int i = 0; i < others; i++)
            given_append(&document, "menu\n", 5);
        given_append(&document, "The bridge.\n", 12);
        check_kept("is near", RULES, document.bytes,
                   others < 16 ? "Bridge one\nThe bridge.\n" : "The bridge.\n");
    }
}
END_TEST

/* What else waits is none of its business: the chain decides as if nothing waited for it. */
START_TEST(it_takes_no_room_from_others)
{
    static const char document[] = "Bridge\nb b\nc c c\nd\nBridge two\nfff ff\nThe bridge.\n";
    static const char *const sets[] = {"set hold-lines 1\n", "set hold-lines 2\n",
                                       "set hold-lines 3\n", "set hold-lines 4\n"};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        char rules[800];
        snprintf(rules, sizeof rules, "%s%s", RULES "weigh 2 /ff/\nset doubt 0\n", sets[i]);
        check_kept(sets[i], rules, document, "Bridge\nThe bridge.\n");
    }
}
END_TEST

/* A line that would not fit beside others that wait does not wait. */
START_TEST(bytes_that_wait_are_bounded)
{
    struct given_text document = {.length = 0};
    given_append(&document, "Bridge ", 7);
    for (int i = 0; i < 300; i++)
        given_append(&document, "x", 1);
    given_append(&document, "\nBridge\nThe bridge.\n", 20);
    check_kept("too long", RULES "set hold-bytes 256\n", document.bytes, "Bridge\nThe bridge.\n");
}
END_TEST

Suite *headline_suite(void);

Suite *headline_suite(void)
{
    Suite *suite = suite_create("headline");
    TCase *lines = tcase_create("lines");
    tcase_add_loop_test(lines, the_one_that_stays, 0, (int)(sizeof rows / sizeof *rows));
    tcase_add_test(lines, none_stays_if_titles_go);
    tcase_add_test(lines, it_waits_for_some_lines);
    tcase_add_test(lines, farther_away_it_needs_more);
    tcase_add_test(lines, it_takes_no_room_from_others);
    tcase_add_test(lines, bytes_that_wait_are_bounded);
    suite_add_tcase(suite, lines);
    return suite;
}
