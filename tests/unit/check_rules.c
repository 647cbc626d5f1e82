#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "given.h"

/* Rule files lie in a directory of the test's own, which is also the current one. */
static char directory[] = "/tmp/check_rules.XXXXXX";
static struct diagnostics diagnostics;
static struct paths *paths;
static struct rules *rules;
static struct load *loader;

static void make_directory(void)
{
    ck_assert_ptr_nonnull(mkdtemp(directory));
    ck_assert_int_eq(chdir(directory), 0);
    ck_assert_int_eq(setenv("DECHAFF_RULES", directory, 1), 0);
    ck_assert_int_eq(setenv("XDG_CONFIG_HOME", "/nonexistent", 1), 0);
    diagnostics = (struct diagnostics){0};
    paths = paths_create("check_dechaff", false);
    rules = rules_create();
    loader = load_create(rules, paths, &diagnostics, true);
    ck_assert_ptr_nonnull(paths);
    ck_assert_ptr_nonnull(rules);
    ck_assert_ptr_nonnull(loader);
}

/* Removes what is in the directory, one level deep in others, and with it the directory. */
static void remove_directory(const char *path)
{
    DIR *stream = opendir(path);
    struct dirent *entry;
    char name[600];
    ck_assert_ptr_nonnull(stream);
    while ((entry = readdir(stream)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (unlink(name) != 0)
            remove_directory(name);
    }
    closedir(stream);
    rmdir(path);
}

static void clean_up(void)
{
    load_destroy(loader);
    rules_destroy(rules);
    paths_destroy(paths);
    diag_free(&diagnostics);
    ck_assert_int_eq(chdir("/"), 0);
    remove_directory(directory);
    strcpy(directory + strlen(directory) - 6, "XXXXXX");
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void load(const char *name)
{
    ck_assert(load_name(loader, name));
}

static void add(const char *statements)
{
    ck_assert(load_text(loader, statements));
}

/* Ends the loading; the ids of all rules, in their order, are IDS. */
static void expect_ids(const char *ids)
{
    struct given_text text = {.length = 0};
    char *messages;
    ck_assert(rules_finish(rules, &diagnostics));
    messages = diag_text(&diagnostics);
    ck_assert_ptr_nonnull(messages);
    ck_assert_str_eq(messages, "");
    free(messages);
    given_append(&text, "", 0);
    for (uint32_t i = 0; i < rules->count; i++) {
        char id[RULE_ID_SIZE];
        rule_id(&rules->items[i], id, sizeof id);
        if (i > 0)
            given_append(&text, " ", 1);
        given_append(&text, id, strlen(id));
    }
    ck_assert_str_eq(text.bytes, ids);
}

/* Ends the loading; there is one diagnostic, and its text begins with PLACE and holds MESSAGE. */
static void expect_message(const char *place, const char *message)
{
    ck_assert(rules_finish(rules, &diagnostics));
    char *text = diag_text(&diagnostics);
    ck_assert_ptr_nonnull(text);
    ck_assert_msg(diagnostics.errors + diagnostics.warnings == 1, "%s", text);
    ck_assert_msg(strncmp(text, place, strlen(place)) == 0, "%s", text);
    ck_assert_msg(strstr(text, message) != NULL, "%s", text);
    free(text);
}

START_TEST(rules_come_in_the_order_lines_meet_them)
{
    add("drop /a/\nstrip /b/\nkeep /c/\n[host x.org]\ndrop /d/\nkeep /e/\nstrip /f/\n[lang de]\n"
        "drop /g/\n[]\nstrip /h/\ncut /i/\n");
    expect_ids("-e:7 -e:2 -e:11 -e:6 -e:3 -e:5 -e:1 -e:9 -e:12");
}
END_TEST

START_TEST(files_in_the_order_they_are_named)
{
    write_file("b.rules", "drop /b/\n");
    write_file("a.rules", "drop /a/\ninclude c\ndrop /a/\n");
    write_file("c.rules", "\ndrop /c/\n");
    load("b");
    add("drop /e/");
    load("a");
    expect_ids("b:1 -e:1 a:1 c:2 a:3");
}
END_TEST

START_TEST(ids_are_names_or_places)
{
    write_file("pack.rules", "drop name=share-bar /a/\ndrop /b/\n");
    write_file("plain", "drop /c/\n");
    ck_assert_int_eq(mkdir("sub", 0700), 0);
    write_file("sub/pack.rules", "drop /d/\n");
    load("pack");
    load("./plain");
    load("sub/pack.rules");
    add("drop /e/\ndrop /f/\n");
    add("drop /g/");
    expect_ids("share-bar pack:2 ./plain:1 sub/pack.rules:1 -e:1 -e:2 -e:3");
    char small[6];
    rule_id(&rules->items[0], small, sizeof small);
    ck_assert_str_eq(small, "share");
}
END_TEST

START_TEST(a_suffix_in_the_name_is_no_part_of_the_id)
{
    write_file("pack.rules", "drop /a/\n");
    load("pack.rules");
    expect_ids("pack:1");
}
END_TEST

START_TEST(none_is_no_file)
{
    load("none");
    expect_ids("");
}
END_TEST

START_TEST(a_file_is_loaded_once)
{
    write_file("a.rules", "drop /a/\n");
    write_file("b.rules", "include a\ninclude ./a.rules\ninclude link\ndrop /b/\ninclude a\n");
    ck_assert_int_eq(symlink("a.rules", "link.rules"), 0);
    load("b");
    load("a");
    load("b");
    expect_ids("a:1 b:4");
}
END_TEST

START_TEST(an_include_belongs_to_its_section)
{
    write_file("a.rules", "keep /a/\n[lang de]\nkeep /b/\n[]\nkeep /c/\n");
    add("include a\n[host x.org]\ninclude a\n");
    expect_ids("a:1 a:5 a:1 a:3 a:5 a:3");
}
END_TEST

START_TEST(a_loop_is_an_error)
{
    static const struct {
        const char *a, *b;
    } rows[] = {{"include a\n", ""}, {"include ./a.rules\n", ""}, {"include b\n", "include a\n"}};
    write_file("a.rules", rows[_i].a);
    write_file("b.rules", rows[_i].b);
    load("a");
    expect_message("", "includes itself");
}
END_TEST

/* LOAD_DEPTH_MAX files deep in each other, or one more. */
START_TEST(depth_has_a_limit)
{
    const int files = LOAD_DEPTH_MAX + _i;
    for (int i = 1; i <= files; i++) {
        char name[40], text[40];
        snprintf(name, sizeof name, "%d.rules", i);
        snprintf(text, sizeof text, i < files ? "include %d\n" : "drop /a/ # %d\n", i + 1);
        write_file(name, text);
    }
    load("1");
    ck_assert(rules_finish(rules, &diagnostics));
    ck_assert_uint_eq(diagnostics.errors, (size_t)_i);
    ck_assert_uint_eq(rules->count, 1 - (uint32_t)_i);
}
END_TEST

START_TEST(names_are_looked_for_in_order)
{
    char path[200], *found;
    ck_assert_int_eq(mkdir("one", 0700), 0);
    ck_assert_int_eq(mkdir("two", 0700), 0);
    ck_assert_int_eq(mkdir("config", 0700), 0);
    ck_assert_int_eq(mkdir("config/dechaff", 0700), 0);
    ck_assert_int_eq(mkdir("home", 0700), 0);
    write_file("two/a.rules", "drop /a/\n");
    write_file("one/b.rules", "drop /b/\n");
    write_file("two/b.rules", "drop /b/\n");
    write_file("config/dechaff/a.rules", "drop /a/\n");
    write_file("config/dechaff/c.rules", "drop /c/\n");
    static const struct {
        const char *name, *path; /* behind the directory; NULL: none */
    } rows[] = {{"a", "/two/a.rules"},
                {"a.rules", "/two/a.rules"},
                {"b", "/one/b.rules"},
                {"c", "/config/dechaff/c.rules"},
                {"d", NULL},
                {".rules", NULL},
                {"", NULL}};
    snprintf(path, sizeof path, "%s/one:%s/two::/nonexistent", directory, directory);
    ck_assert_int_eq(setenv("DECHAFF_RULES", path, 1), 0);
    snprintf(path, sizeof path, "%s/config", directory);
    ck_assert_int_eq(setenv("XDG_CONFIG_HOME", path, 1), 0);
    struct paths *all = paths_create("check_dechaff", false);
    struct paths *shipped = paths_create("check_dechaff", true);
    ck_assert_ptr_nonnull(all);
    ck_assert_ptr_nonnull(shipped);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        found = paths_find(all, rows[i].name, strlen(rows[i].name));
        if (rows[i].path == NULL) {
            ck_assert_msg(found == NULL, "%s: %s", rows[i].name, found);
            ck_assert_int_eq(errno, ENOENT);
        } else {
            snprintf(path, sizeof path, "%s%s", directory, rows[i].path);
            ck_assert_str_eq(found, path);
        }
        free(found);
        found = paths_expect(all, rows[i].name, strlen(rows[i].name));
        if (rows[i].path)
            ck_assert_str_eq(found, path);
        else if (found) /* where it would be, if the shipped rules are there */
            ck_assert_int_eq(access(found, F_OK), -1);
        free(found);
    }
    /* A path is taken as it is, whether it is there or not. */
    found = paths_find(all, "./dd", 3);
    ck_assert_str_eq(found, "./d");
    free(found);
    ck_assert_uint_eq(shipped->count, 1);
    ck_assert_ptr_null(paths_find(shipped, "c", 1));
    paths_destroy(shipped);
    paths_destroy(all);
}
END_TEST

START_TEST(config_is_in_the_home_unless_told)
{
    static const struct {
        const char *config, *home, *wanted; /* wanted: the first directory, NULL if shipped */
    } rows[] = {{"/c", "/h", "/c/dechaff"},       {NULL, "/h", "/h/.config/dechaff"},
                {"", "/h", "/h/.config/dechaff"}, {"relative", "/h", "/h/.config/dechaff"},
                {NULL, "relative", NULL},         {NULL, NULL, NULL}};
    unsetenv("DECHAFF_RULES");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsetenv("XDG_CONFIG_HOME");
        unsetenv("HOME");
        if (rows[i].config)
            ck_assert_int_eq(setenv("XDG_CONFIG_HOME", rows[i].config, 1), 0);
        if (rows[i].home)
            ck_assert_int_eq(setenv("HOME", rows[i].home, 1), 0);
        struct paths *here = paths_create("check_dechaff", false);
        ck_assert_ptr_nonnull(here);
        ck_assert_uint_eq(here->count, rows[i].wanted ? 2 : 1);
        if (rows[i].wanted)
            ck_assert_str_eq(here->directories[0].name, rows[i].wanted);
        paths_destroy(here);
    }
}
END_TEST

START_TEST(missing_files_are_told)
{
    static const struct {
        const char *name, *place, *message;
    } rows[] = {
        {"nowhere", "dechaff: error:", "no rules named 'nowhere'; looked in /tmp/check_rules."},
        {"./nowhere", "./nowhere: error:", "No such file"},
        {"/", "/: error:", "directory"}};
    load(rows[_i].name);
    expect_message(rows[_i].place, rows[_i].message);
}
END_TEST

START_TEST(a_missing_include_is_told_where_it_stands)
{
    write_file("a.rules", "drop /a/\n  include nowhere\n");
    load("./a.rules");
    expect_message("./a.rules:2:11: error:", "no rules named 'nowhere'");
}
END_TEST

/* What one file of rules may have wrong. */
static const struct {
    const char *text, *place, *message;
} bad_files[] = {
    {"", "./f: warning:", "no rules in it"},
    {"# nothing\n\n", "./f: warning:", "no rules in it"},
    {"drop /(/\n", "./f:1:8: error:", "bad regex"},
    {"drop /a/\nblock /x/ until /)/\n", "./f:2:18: error:", "bad regex"},
    {"drop /\\C/\n", "./f:1:9: error:", "bad regex"},
    {"drop /{{A}}/\n", "./f:1:7: error:", "no define for '{{A}}'"},
    {"drop /{{A}}/\ndefine A /a/\n", "./f:1:7: error:", "no define for"},
    {"define A /{{A}}/\n", "./f:1:11: error:", "no define for"},
    {"define A /a/\ndefine A /b/\n", "./f:2:8: error:", "'A' is defined already at ./f:1"},
    {"define A /(/\ndrop /{{A}}/\n", "./f:1:12: error:", "bad regex"},
    {"define A /a/\ndrop /b{{A}}c)/\n", "./f:2:14: error:", "bad regex"},
    {"define A /(/\ndefine B /{{A}}/\ndrop /{{B}}/\ndrop /{{B}}c/\n",
     "./f:1:12: error:", "bad regex"},
    {"define A\n  | a\n  | b)\n  | c\ndrop /{{A}}/\n", "./f:3:6: error:", "bad regex"},
    {"define A\n  | a(\n  | b\ndrop /{{A}}/\n", "./f:2:7: error:", "bad regex"},
    {"define A\n  | a\n  | b{{B}}\ndrop /{{A}}/\n", "./f:3:6: error:", "no define for '{{B}}'"},
    {"define A\ndrop /a/\n", "./f:1:8: error:", "a define without a phrase"},
    {"define A\n", "./f:1:8: error:", "a define without a phrase"},
    {"define A\n  | a\n  |\n  | b\ndrop /a/\n", "./f:3:4: error:", "nothing behind the |"},
    {"define A /a/\n  | b\n", "./f:2:1: error:", "a phrase without a define"},
    {"drop /a/\n  | b\n", "./f:2:1: error:", "a phrase without a define"},
    {"define A\n  | a\ndrop /{{A}}/\n  + a\n  | b\n",
     "./f:5:1: error:", "a phrase without a define"},
    {"define A /a/\ndefine A\n  | b\n  | (\n", "./f:2:8: error:", "'A' is defined already"},
    {"define A x\n  | b\n", "./f:1:10: error:", "'define' takes a regex"},
    {"drop name=a /a/\nkeep name=a /b/\n", "./f:1:1: error:", "the name 'a' is taken by ./f:2"},
    {"drop name=a /a/\ndrop name=a /b/\n", "./f:2:1: error:", "the name 'a' is taken by ./f:1"},
    {"[]\n  + example\n", "./f:2:1: error:", "an example without a rule"},
    {"drop /a/\nset short-words 2\n - b\n", "./f:3:1: error:", "an example without a rule"},
    {"dorp /a/\n + a\n - b\n", "./f:1:1: error:", "unknown verb"},
    {"[site a.com]\n", "./f:1:2: error:", "unknown section 'site'"},
    {"[host]\n", "./f:1:2: error:", "nothing behind 'host'"},
    {"[lang ]\n", "./f:1:2: error:", "nothing behind 'lang'"},
    {"keep /b/\ndrop /a\xff/\n", "./f:2:8: error:", "not text in UTF-8"},
    {"drop /\xed\xa0\x80/\nkeep /b/\n", "./f:1:7: error:", "not text in UTF-8"},
    {"run 33 /a/\n", "./f:1:1: error:", "33 lines are more than may be held back (32)"},
    {"set hold-lines 2\nrun 3 /a/\n", "./f:2:1: error:", "set hold-lines 3"},
    {"block lines=99 until /x/ /a/\n", "./f:1:1: error:", "more than may be held back"},
    {"cut back=99 /a/\n", "./f:1:1: error:", "more than may be held back"},
    {"head first=33 /a/\n", "./f:1:1: error:", "33 lines are more than may be held back (32)"},
};

START_TEST(errors_are_told_where_they_stand)
{
    write_file("f", bad_files[_i].text);
    load("./f");
    expect_message(bad_files[_i].place, bad_files[_i].message);
}
END_TEST

/* From here on as a run loads rules, not --check. */
static void load_as_a_run(void)
{
    load_destroy(loader);
    loader = load_create(rules, paths, &diagnostics, false);
    ck_assert_ptr_nonnull(loader);
}

START_TEST(a_run_tells_the_same_as_a_check)
{
    load_as_a_run();
    write_file("f", bad_files[_i].text);
    load("./f");
    expect_message(bad_files[_i].place, bad_files[_i].message);
}
END_TEST

/* What no rule uses is of no consequence but for --check. */
static const char unused[] = "define A\n  | a\n  | (\ndrop /b/\n";

START_TEST(a_run_looks_at_defines_that_rules_use)
{
    load_as_a_run();
    add(unused);
    expect_ids("-e:4");
}
END_TEST

START_TEST(a_check_looks_at_each_define)
{
    write_file("f", unused);
    load("./f");
    expect_message("./f:3:6: error:", "bad regex");
}
END_TEST

/* A file that is included for two sections defines nothing twice, and its phrases are one set. */
START_TEST(phrases_are_added_once)
{
    write_file("b.rules", "define A\n  | b\n  | c\ndrop /{{A}}/\n");
    add("[host a.com]\ninclude b\n[host b.com]\ninclude b\n");
    expect_ids("b:4 b:4");
    ck_assert_uint_eq(rules->items[1].regex.length, strlen("(?:b|c)"));
}
END_TEST

START_TEST(all_errors_come_in_one_run)
{
    write_file("a.rules", "dorp /a/\r\ninclude b\ndrop /(/\n");
    write_file("b.rules", "keep\n");
    load("a");
    add("cut");
    ck_assert(rules_finish(rules, &diagnostics));
    ck_assert_uint_eq(diagnostics.errors, 4);
}
END_TEST

START_TEST(what_loads_without_a_word)
{
    static const char *const rows[] = {
        "\xef\xbb\xbf drop /a/\n",
        "drop /a/\r\n   \r\n# c\r\n + a\r\n",
        "drop /a/",
        "define A /a|b/\ndefine B /{{A}}c/\ndrop /{{B}}+/\n",
        "define A\n\n | a\n# c\n\t|b # d\r\n\r\n  | c\ndrop /{{A}}+/\n",
        "set hold-lines 40\nset hold-lines 50\nrun 50 /a/\n",
        "run 50 /a/\nset hold-lines 50\n",
        "block lines=1000 /a/\n",
        "block paras=1000 until /b/ /a/\n",
        "drop name=a /a/\ndrop name=A /a/\n",

    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct diagnostics list = {0};
        struct rules *set = rules_create();
        struct load *load_set = load_create(set, paths, &list, true);
        ck_assert_ptr_nonnull(set);
        ck_assert_ptr_nonnull(load_set);
        write_file("f", rows[i]);
        ck_assert(load_name(load_set, "./f"));
        ck_assert(rules_finish(set, &list));
        load_destroy(load_set);
        ck_assert_msg(list.errors + list.warnings == 0, "%s", rows[i]);
        ck_assert_uint_eq(set->count, i == 9 ? 2 : 1);
        rules_destroy(set);
    }
}
END_TEST

/* A NUL ends no file: it is an error at its place. */
START_TEST(a_nul_is_an_error)
{
    FILE *file = fopen("f", "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite("[]\ndrop /a\0b/\n", 1, 14, file), 14);
    ck_assert_int_eq(fclose(file), 0);
    load("./f");
    expect_message("./f:2:8: error:", "not text in UTF-8");
}
END_TEST

START_TEST(examples_stay_with_their_rule)
{
    add("drop /a/\n  + one\n\n  # between\n  - two # all of it\ndrop /b/\n  + three\n");
    expect_ids("-e:1 -e:6");
    const struct example *example = rules->items[0].examples;
    ck_assert_ptr_nonnull(example);
    ck_assert(example->caught);
    ck_assert_uint_eq(example->line, 2);
    ck_assert_mem_eq(example->text, "one", example->length);
    example = example->next;
    ck_assert_ptr_nonnull(example);
    ck_assert(!example->caught);
    ck_assert_uint_eq(example->length, strlen("two # all of it"));
    ck_assert_uint_eq(example->line, 5);
    ck_assert_ptr_null(example->next);
    ck_assert_ptr_nonnull(rules->items[1].examples);
    ck_assert_ptr_null(rules->items[1].examples->next);
}
END_TEST

START_TEST(texts_are_unescaped_and_defines_expanded)
{
    add("define A /b|c/\nstrip /a{{A}}/ with \"\\t\\\"\"\n");
    expect_ids("-e:2");
    const struct rule *rule = &rules->items[0];
    ck_assert_uint_eq(rule->regex.length, strlen("a(?:b|c)"));
    ck_assert_mem_eq(rule->regex.text, "a(?:b|c)", rule->regex.length);
    ck_assert_uint_eq(rule->with_length, 2);
    ck_assert_mem_eq(rule->with, "\t\"", 2);
}
END_TEST

START_TEST(the_last_set_counts)
{
    add("set hold-lines 5\nset short-words 3");
    add("set hold-lines 6\nset hold-bytes 300\nset match-limit 100\n");
    expect_ids("");
    ck_assert_uint_eq(rules->parameters.hold_lines, 6);
    ck_assert_uint_eq(rules->parameters.hold_bytes, 300);
    ck_assert_uint_eq(rules->parameters.short_words, 3);
    ck_assert_uint_eq(rules->parameters.match_limit, 100);
}
END_TEST

START_TEST(the_largest_bounds_are_known)
{
    add("cut back=2 /a/\ncut back=5 /b/\nblock lines=9 /c/\ndrop after=7w /d/\nkeep after=30w /e/");
    ck_assert(rules_finish(rules, &diagnostics));
    ck_assert_uint_eq(rules->max_back, 5);
    ck_assert_uint_eq(rules->max_after, 30);
}
END_TEST

START_TEST(sections_hold_for_hosts_and_languages)
{
    static const struct {
        const char *section, *host, *language;
        bool holds;
    } rows[] = {
        {"[]", NULL, NULL, true},
        {"[host a.com]", NULL, NULL, false},
        {"[host a.com]", NULL, "a.com", false},
        {"[host a.com]", "a.com", NULL, true},
        {"[host a.com]", "A.Com", NULL, true},
        {"[host A.COM]", "a.com", NULL, true},
        {"[host a.com]", "www.a.com", NULL, true},
        {"[host a.com]", "WWW.a.com", NULL, true},
        {"[host www.a.com]", "www.a.com", NULL, true},
        {"[host www.a.com]", "a.com", NULL, false},
        {"[host a.com]", "b.a.com", NULL, false},
        {"[host a.com]", "xa.com", NULL, false},
        {"[host a.com]", "a.com.org", NULL, false},
        {"[host a.com]", "", NULL, false},
        {"[host *.a.com]", "a.com", NULL, true},
        {"[host *.a.com]", "b.a.com", NULL, true},
        {"[host *.a.com]", "c.b.A.com", NULL, true},
        {"[host *.a.com]", "xa.com", NULL, false},
        {"[host *.a.com]", "com", NULL, false},
        {"[host a.com b.org *.c.net]", "b.org", NULL, true},
        {"[host a.com b.org *.c.net]", "x.c.net", NULL, true},
        {"[host a.com b.org *.c.net]", "x.b.org", NULL, false},
        {"[lang de nl]", NULL, "nl", true},
        {"[lang de]", NULL, "de-AT", true},
        {"[lang de]", NULL, "DE", true},
        {"[lang DE]", NULL, "de_at", true},
        {"[lang de]", NULL, "deu", false},
        {"[lang de-AT]", NULL, "de", false},
        {"[lang de]", NULL, "d", false},
        {"[lang de]", NULL, "", false},
        {"[lang de]", NULL, NULL, false},
        {"[lang de]", "de", NULL, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char statements[100];
        snprintf(statements, sizeof statements, "%s\ndrop /a/\n", rows[i].section);
        struct rules *set = given_rules(statements);
        const uint32_t section = set->items[0].section;
        struct holding holding = {0};
        ck_assert(section > 0 || strcmp(rows[i].section, "[]") == 0);
        ck_assert(holding_init(&holding, set->sections));
        holding_choose(&holding, set->sections, rows[i].host, rows[i].language);
        ck_assert_msg(holding.holds[section] == rows[i].holds, "%s, row %zu", rows[i].section, i);
        holding_release(&holding);
        rules_destroy(set);
    }
}
END_TEST

START_TEST(rules_are_listed_in_order)
{
    write_file("f", "drop name=n /a/ # why\r\n  keep /b/\n");
    load("./f");
    ck_assert(rules_finish(rules, &diagnostics));
    char *text = rules_text(rules);
    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(text, "./f:2\t./f:2\t  keep /b/\nn\t./f:1\tdrop name=n /a/ # why\n");
    free(text);
}
END_TEST

Suite *rules_suite(void);

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

Suite *rules_suite(void)
{
    Suite *suite = suite_create("rules");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, make_directory, clean_up);
    tcase_add_test(files, rules_come_in_the_order_lines_meet_them);
    tcase_add_test(files, files_in_the_order_they_are_named);
    tcase_add_test(files, ids_are_names_or_places);
    tcase_add_test(files, a_suffix_in_the_name_is_no_part_of_the_id);
    tcase_add_test(files, none_is_no_file);
    tcase_add_test(files, a_file_is_loaded_once);
    tcase_add_test(files, an_include_belongs_to_its_section);
    tcase_add_loop_test(files, a_loop_is_an_error, 0, 3);
    tcase_add_loop_test(files, depth_has_a_limit, 0, 2);
    tcase_add_test(files, names_are_looked_for_in_order);
    tcase_add_test(files, config_is_in_the_home_unless_told);
    tcase_add_loop_test(files, missing_files_are_told, 0, 3);
    tcase_add_test(files, a_missing_include_is_told_where_it_stands);
    tcase_add_loop_test(files, errors_are_told_where_they_stand, 0, COUNT(bad_files));
    tcase_add_test(files, all_errors_come_in_one_run);
    tcase_add_loop_test(files, a_run_tells_the_same_as_a_check, 0, COUNT(bad_files));
    tcase_add_test(files, a_run_looks_at_defines_that_rules_use);
    tcase_add_test(files, a_check_looks_at_each_define);
    tcase_add_test(files, phrases_are_added_once);
    tcase_add_test(files, what_loads_without_a_word);
    tcase_add_test(files, a_nul_is_an_error);
    tcase_add_test(files, examples_stay_with_their_rule);
    tcase_add_test(files, texts_are_unescaped_and_defines_expanded);
    tcase_add_test(files, the_last_set_counts);
    tcase_add_test(files, the_largest_bounds_are_known);
    tcase_add_test(files, sections_hold_for_hosts_and_languages);
    tcase_add_test(files, rules_are_listed_in_order);
    suite_add_tcase(suite, files);
    return suite;
}
