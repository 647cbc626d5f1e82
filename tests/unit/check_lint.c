#include <stdio.h>

#include "given.h"
#include "match/lint.h"

#define EMPTY "matches a line with nothing in it"
#define NEVER "no line can match"
#define SLOW "runs on every line"
#define DOUBLES "twice the time"
#define TWIN "the same rule stands at"
#define SHADOW "stands before it and catches all"
#define NO_MARK "no rule gives the mark 'x'"
#define NO_PASS_MARK "without is= and isnt=, gives the mark 'x'"

/* What --check says of rules: counts, and a warning's words, NULL if there is none. */
static const struct row {
    const char *rules;
    size_t examples, failed;
    const char *warning;
} rows[] = {
    /* Examples. */
    {"drop /share this/i\n + Share this\n - shared this\n", 2, 0, NULL},
    {"drop /share this/\n + Share this\n + share this\n", 2, 1, NULL},
    {"drop /share this/\n - share this\n - Share this\n", 2, 1, NULL},
    {"drop max-words=2 /share/\n + share this\n - share this now\n", 2, 0, NULL},
    {"drop end=colon /share/\n + share:\n - share\n", 2, 0, NULL},
    {"drop first=1 after=9w /share/\n + share\n", 1, 0, NULL},
    {"[host x.org]\ndrop /share/\n + share\n[lang de]\ndrop /teilen/\n + teilen\n", 2, 0, NULL},
    {"run 5 /share/\n + share\nblock /more/ until /less/\n + more\n - less\n", 3, 0, NULL},
    {"keep /share/\n + share\nstrip /more/\n + one more\n", 2, 0, NULL},
    {"strip / \\[advertisement\\]/i\ncut /comments/\n + comments [Advertisement]\n", 1, 0, NULL},
    {"drop /^share$/\n + share\n +  share\n", 2, 1, NULL},
    /* What an author can't have meant. */
    {"drop /(?:share)?/\n", 0, 0, EMPTY},
    {"drop /^$|share/\n", 0, 0, EMPTY},
    {"drop min-words=1 /^(?:share)?$/\n", 0, 0, NULL},
    {"drop max-chars=4 /share/\n", 0, 0, NULL}, /* four bytes a character: five may fit */
    {"drop max-chars=1 /share/\n", 0, 0, NEVER},
    {"drop max-chars=2 /shares this/\n", 0, 0, NEVER},
    {"drop max-words=0 /share/\n", 0, 0, NEVER},
    {"drop min-chars=99 /^share$/\n", 0, 0, NEVER},
    {"drop min-chars=5 /^share$/\n", 0, 0, NULL},
    {"drop /^\\w+ \\w+$/\n", 0, 0, SLOW},
    {"drop /\\d$/\n", 0, 0, SLOW},
    {"drop /\\d.\\d$/\n", 0, 0, NULL}, /* few lines have two digits */
    {"drop /^\\W*\\d+\\W*$/\n", 0, 0, NULL},
    {"drop /share/\ndrop /share/\n", 0, 0, TWIN},
    {"drop /share/\ndrop /share/i\n", 0, 0, NULL},
    {"drop /share/\nkeep /share/\n", 0, 0, NULL},
    {"cut /share/\ncut soft /share/\n", 0, 0, NULL},
    {"cut soft /share/\ncut soft /share/\n", 0, 0, TWIN},
    {"drop /share/\ndrop max-words=3 /share/\n", 0, 0, NULL},
    {"drop /share/\n[lang de]\ndrop /share/\n", 0, 0, NULL},
    {"run 2 /share/\nrun 3 /share/\n", 0, 0, NULL},
    {"cut back=1 /share/\ncut /share/\n", 0, 0, NULL},
    {"block lines=1 /share/\nblock /share/ until /end/\n", 0, 0, NULL},
    {"strip /share/\nstrip /share/ with \"x\"\n", 0, 0, NULL},
    {"drop /share/\ndrop /share this/\n + share this\n", 1, 0, SHADOW},
    {"drop /share/\ndrop /share|mail/\n + share this\n + mail\n", 2, 0, NULL},
    {"drop /share/\ndrop /share|mail/\n - nothing\n", 1, 0, NULL},
    {"drop /share/\nkeep /share this/\n + share this\n", 1, 0, NULL},
    {"drop first=1 /share/\ndrop /share this/\n + share this\n", 1, 0, NULL},
    {"[lang de]\ndrop /share/\n[]\ndrop /share this/\n + share this\n", 1, 0, NULL},
    {"drop /share this/\ndrop /share/\n + share this\n + share\n", 2, 0, NULL},
    {"drop /^share (?:a+)+$/\n", 0, 0, DOUBLES},
    {"block /share/ until /^more (?:\\w+ ?)*$/\n", 0, 0, DOUBLES},
    {"drop /^share (?:a++)+$/\n", 0, 0, NULL},
    /* Marks that mark rules ask for. */
    {"mark b is=a /share/\nmark a /mail/\nweigh 1 is=b\n", 0, 0,
     "no rule above gives the mark 'a'"},
    {"mark a /mail/\nmark b is=a isnt=c /share/\nweigh 1 is=b\n", 0, 0,
     "no rule above gives the mark 'c'"},
    {"mark a /mail/\nmark b is=a /^\\w+ \\w+$/\nweigh 1 is=b\n + two words\n", 1, 0, NULL},
    {"weigh 1 is=a\nmark a /mail/\n", 0, 0, NULL},
    /* Marks that pass rules ask for, where no rule weighs. */
    {"mark a /mail/\npass is=a\ndrop /share/\n", 0, 0, NULL},
    {"pass about=rule under=chrome is=rule /share/\ndrop /share/\n", 0, 0, NULL},
    {"mark x min-words=3\npass is=x\ndrop /share/\n", 0, 0, NO_PASS_MARK},
    {"mark a /mail/\nmark x is=a /mail/\npass under=x is=a\ndrop /share/\n", 0, 0, NO_PASS_MARK},
    {"pass about=prose\ndrop /share/\n", 0, 0, "gives the mark 'prose'"},
    {"mark x min-words=3\npass is=x\nweigh 1 is=x\n", 0, 0, NULL},
    {"weigh 1 is=x\n", 0, 0, NO_MARK},
    {"weigh 1 isnt=x\n", 0, 0, NO_MARK},
    {"weigh 1 prev=x\n", 0, 0, NO_MARK},
    {"weigh 1 next-is=x\n", 0, 0, NO_MARK},
    {"weigh 1 seen=x\n", 0, 0, NO_MARK},
    {"weigh 1 unseen=x\n", 0, 0, NO_MARK},
    {"weigh 1 next-is=x\nmark x /share/\n", 0, 0, NULL},
    {"weigh 1 is=prose,chrome next-is=closing,rule\n", 0, 0, NULL},
};

START_TEST(check_says)
{
    const struct row *row = &rows[_i];
    struct rules *rules = given_rules(row->rules);
    struct diagnostics diagnostics = {0};
    struct lint_result result = {.failed = 0};
    ck_assert(lint_rules(rules, &diagnostics, &result));
    char *text = diag_text(&diagnostics);
    ck_assert_ptr_nonnull(text);
    ck_assert_msg(result.examples == row->examples, "%zu examples in\n%s", result.examples,
                  row->rules);
    ck_assert_msg(result.failed == row->failed && diagnostics.errors == row->failed, "%s", text);
    ck_assert_uint_eq(result.lacking, 0);
    if (row->warning == NULL) {
        ck_assert_msg(diagnostics.warnings == 0, "of\n%s%s", row->rules, text);
    } else {
        ck_assert_msg(diagnostics.warnings > 0, "of\n%s", row->rules);
        ck_assert_msg(strstr(text, row->warning) != NULL, "of\n%s%s", row->rules, text);
    }
    free(text);
    diag_free(&diagnostics);
    rules_destroy(rules);
}
END_TEST

START_TEST(a_failed_example_is_shown_where_it_stands)
{
    struct rules *rules = given_rules("\ndrop /share/\n  + mail this\n  - share\n");
    struct diagnostics diagnostics = {0};
    struct lint_result result = {.failed = 0};
    ck_assert(lint_rules(rules, &diagnostics, &result));
    char *text = diag_text(&diagnostics);
    ck_assert_ptr_nonnull(text);
    ck_assert_ptr_eq(strstr(text, "-e:3:5: error: the rule on line 2 does not catch this"), text);
    ck_assert_ptr_nonnull(strstr(text, "\n      + mail this\n        ^\n"));
    ck_assert_ptr_nonnull(strstr(text, "-e:4:5: error: the rule on line 2 catches this"));
    free(text);
    diag_free(&diagnostics);
    rules_destroy(rules);
}
END_TEST

/* As for a file of the installed packs. */
static void set_shipped(const struct rules *rules)
{
    for (uint32_t i = 0; i < rules->count; i++)
        ((struct source *)rules->items[i].source)->shipped = true;
}

START_TEST(shipped_rules_need_both_examples)
{
    static const struct {
        const char *rules;
        size_t lacking;
    } shipped[] = {{"drop /share/\n", 1},
                   {"drop /share/\n + share\n", 1},
                   {"drop /share/\n - mail\n", 1},
                   {"drop /share/\n + share\n - mail\n", 0},
                   {"drop /share/\n + share\n - mail\nkeep /mail/\n", 1}};
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
        struct rules *rules = given_rules(shipped[i].rules);
        struct diagnostics diagnostics = {0};
        struct lint_result result = {.failed = 0};
        set_shipped(rules);
        ck_assert(lint_rules(rules, &diagnostics, &result));
        ck_assert_uint_eq(result.lacking, shipped[i].lacking);
        ck_assert_uint_eq(diagnostics.errors, shipped[i].lacking);
        diag_free(&diagnostics);
        rules_destroy(rules);
    }
}
END_TEST

START_TEST(no_rules_nothing_to_say)
{
    struct rules *rules = given_rules("set hold-lines 3\n");
    struct diagnostics diagnostics = {0};
    struct lint_result result = {.failed = 0};
    ck_assert(lint_rules(rules, &diagnostics, &result));
    ck_assert_uint_eq(result.examples + result.failed + result.lacking, 0);
    ck_assert_uint_eq(diagnostics.errors + diagnostics.warnings, 0);
    rules_destroy(rules);
}
END_TEST

Suite *lint_suite(void);

Suite *lint_suite(void)
{
    Suite *suite = suite_create("lint");
    TCase *check = tcase_create("check");
    tcase_add_loop_test(check, check_says, 0, (int)(sizeof rows / sizeof *rows));
    tcase_add_test(check, a_failed_example_is_shown_where_it_stands);
    tcase_add_test(check, shipped_rules_need_both_examples);
    tcase_add_test(check, no_rules_nothing_to_say);
    suite_add_tcase(suite, check);
    return suite;
}
