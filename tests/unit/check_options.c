#include <check.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "flow/arguments.h"
#include "flow/ruleset.h"
#include "io/reader.h"

#define MAX_WORDS 16

/* The options borrow what they take from here. */
static char line_copy[300];
static char *arguments[MAX_WORDS + 1];

/* Takes LINE apart at its blanks; '' is an empty argument. */
static enum options_status parse(struct options *options, const char *line)
{
    static char name[] = "dechaff";
    int argc = 1;
    memset(arguments, 0, sizeof arguments);
    arguments[0] = name;
    ck_assert_uint_lt(strlen(line), sizeof line_copy);
    strcpy(line_copy, line);
    for (char *word = strtok(line_copy, " "); word != NULL; word = strtok(NULL, " ")) {
        ck_assert_int_lt(argc, MAX_WORDS);
        arguments[argc++] = strcmp(word, "''") == 0 ? word + 2 : word;
    }
    optind = 0; /* getopt starts anew */
    return arguments_parse(options, argc, arguments);
}

static void parse_good(struct options *options, const char *line)
{
    const enum options_status status = parse(options, line);
    ck_assert_msg(status == OPTIONS_OK, "%s: %s", line, options->error);
}

START_TEST(defaults)
{
    struct options options;
    parse_good(&options, "");
    ck_assert_int_eq(options.action, ACTION_FILTER);
    ck_assert_int_eq(options.flow.stream.show, SHOW_KEPT);
    ck_assert_int_eq(options.flow.stream.way, MATCH_PREFILTER);
    ck_assert_uint_eq(options.rules_count, 0);
    ck_assert(!options.has_profile);
    ck_assert(!options.has_files);
    ck_assert_uint_eq(options.flow.inputs.count, 1);
    ck_assert_str_eq(options.flow.inputs.files[0], "-");
    ck_assert_ptr_null(options.flow.stream.host);
    ck_assert_ptr_null(options.flow.stream.language);
    ck_assert_ptr_null(options.output);
    ck_assert_ptr_null(options.flow.suffix);
    ck_assert(!options.flow.in_place && !options.flow.stream.stats && !options.flow.line_buffered);
    ck_assert(!options.shipped_only);
    ck_assert_uint_eq(options.flow.stream.max_line, READER_MAX_LINE);
    ck_assert_uint_eq(options.flow.stream.buffer_size, READER_CHUNK);
    options_free(&options);
}
END_TEST

START_TEST(rules_in_their_order)
{
    static const char *const lines[] = {"-r one -e two -rthree -efour",
                                        "--rules one --rule two --rules=three --rule=four"};
    static const char *const texts[] = {"one", "two", "three", "four"};
    for (size_t i = 0; i < 2; i++) {
        struct options options;
        parse_good(&options, lines[i]);
        ck_assert(options.has_profile);
        ck_assert_uint_eq(options.rules_count, 4);
        for (size_t n = 0; n < 4; n++) {
            ck_assert_str_eq(options.rules[n].text, texts[n]);
            ck_assert(options.rules[n].is_name == (n % 2 == 0));
        }
        options_free(&options);
    }
}
END_TEST

START_TEST(a_rule_alone_is_no_profile)
{
    struct options options;
    parse_good(&options, "-e one");
    ck_assert(!options.has_profile);
    options_free(&options);
}
END_TEST

START_TEST(files_and_options_in_any_order)
{
    static const char *const lines[] = {"-v one two", "one -v two", "one two -v", "-v -- one two"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct options options;
        parse_good(&options, lines[i]);
        ck_assert_int_eq(options.flow.stream.show, SHOW_DROPPED);
        ck_assert_uint_eq(options.flow.inputs.count, 2);
        ck_assert_str_eq(options.flow.inputs.files[0], "one");
        ck_assert_str_eq(options.flow.inputs.files[1], "two");
        options_free(&options);
    }
}
END_TEST

START_TEST(operands_that_look_like_options)
{
    struct options options;
    parse_good(&options, "- -- -v");
    ck_assert_int_eq(options.flow.stream.show, SHOW_KEPT);
    ck_assert_uint_eq(options.flow.inputs.count, 2);
    ck_assert_str_eq(options.flow.inputs.files[0], "-");
    ck_assert_str_eq(options.flow.inputs.files[1], "-v");
    options_free(&options);
}
END_TEST

START_TEST(every_option_is_taken)
{
    struct options options;
    parse_good(&options, "--host=x.org --lang de --stats --line-buffered --no-config "
                         "--engine=plain -o out");
    ck_assert_str_eq(options.flow.stream.host, "x.org");
    ck_assert_str_eq(options.flow.stream.language, "de");
    ck_assert(options.flow.stream.stats && options.flow.line_buffered && options.shipped_only);
    ck_assert_int_eq(options.flow.stream.way, MATCH_PLAIN);
    ck_assert_str_eq(options.output, "out");
    options_free(&options);
    parse_good(&options, "--engine=plain --engine=prefilter --output=out");
    ck_assert_int_eq(options.flow.stream.way, MATCH_PREFILTER);
    ck_assert_str_eq(options.output, "out");
    options_free(&options);
}
END_TEST

START_TEST(what_to_do_and_to_show)
{
    static const struct {
        const char *line;
        enum action action;
        enum show show;
    } rows[] = {{"--check", ACTION_CHECK, SHOW_KEPT},
                {"--list-rules", ACTION_LIST, SHOW_KEPT},
                {"-h", ACTION_HELP, SHOW_KEPT},
                {"--help", ACTION_HELP, SHOW_KEPT},
                {"-V", ACTION_VERSION, SHOW_KEPT},
                {"--version", ACTION_VERSION, SHOW_KEPT},
                {"-v", ACTION_FILTER, SHOW_DROPPED},
                {"--invert", ACTION_FILTER, SHOW_DROPPED},
                {"--explain", ACTION_FILTER, SHOW_EXPLAINED},
                {"--explain=rows", ACTION_FILTER, SHOW_EXPLAINED},
                {"--explain=dropped", ACTION_FILTER, SHOW_EXPLAINED},
                {"--explain=html", ACTION_FILTER, SHOW_EXPLAINED}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct options options;
        parse_good(&options, rows[i].line);
        ck_assert_msg(options.action == rows[i].action, "%s", rows[i].line);
        ck_assert_msg(options.flow.stream.show == rows[i].show, "%s", rows[i].line);
        options_free(&options);
    }
}
END_TEST

START_TEST(in_place_with_and_without_a_suffix)
{
    static const struct {
        const char *line, *suffix;
    } rows[] = {{"-i f", NULL},
                {"-i.bak f", ".bak"},
                {"--in-place f", NULL},
                {"--in-place=.bak f", ".bak"},
                {"f -i", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct options options;
        parse_good(&options, rows[i].line);
        ck_assert(options.flow.in_place);
        if (rows[i].suffix == NULL)
            ck_assert_ptr_null(options.flow.suffix);
        else
            ck_assert_str_eq(options.flow.suffix, rows[i].suffix);
        ck_assert_uint_eq(options.flow.inputs.count, 1);
        options_free(&options);
    }
}
END_TEST

START_TEST(sizes)
{
    static const struct {
        const char *line;
        size_t bytes;
    } rows[] = {{"--max-line=1", 1},
                {"--max-line 4096", 4096},
                {"--max-line=3k", 3072},
                {"--max-line=2M", (size_t)2 << 20},
                {"--max-line=1G", (size_t)1 << 30}};
    struct options options;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        parse_good(&options, rows[i].line);
        ck_assert_msg(options.flow.stream.max_line == rows[i].bytes, "%s", rows[i].line);
        ck_assert_uint_eq(options.flow.stream.buffer_size, READER_CHUNK);
        options_free(&options);
    }
    parse_good(&options, "--buffer-size=3000000000");
    ck_assert_uint_eq(options.flow.stream.buffer_size, 3000000000);
    options_free(&options);
    parse_good(&options, "--buffer-size=7");
    ck_assert_uint_eq(options.flow.stream.buffer_size, 7);
    ck_assert_uint_eq(options.flow.stream.max_line, READER_MAX_LINE);
    options_free(&options);
}
END_TEST

START_TEST(numbers)
{
    struct options options;
    parse_good(&options, "-j 3 --max-drop=12.5");
    ck_assert_uint_eq(options.flow.jobs, 3);
    ck_assert(options.flow.stream.splice.max_drop > 12.4 &&
              options.flow.stream.splice.max_drop < 12.6);
    options_free(&options);
    parse_good(&options, "-j0 --max-drop=0");
    ck_assert(options.flow.jobs >= 1 && options.flow.jobs <= POOL_WORKERS);
    ck_assert(options.flow.stream.splice.max_drop <= 0);
    options_free(&options);
    ck_assert_int_eq(parse(&options, "-j 9999"), OPTIONS_BAD);
    ck_assert_uint_eq(options.flow.jobs, 1);
    options_free(&options);
}
END_TEST

static const struct {
    const char *line, *message;
} bad_lines[] = {
    {"-x", "'-x'"},
    {"--nonsense", "'--nonsense'"},
    {"-vx", "'-x'"},
    {"-r", "needs an argument"},
    {"--rules", "needs an argument"},
    {"--host", "'--host'"},
    {"--max-line=0", "bad size '0'"},
    {"--max-line=", "bad size ''"},
    {"--max-line=-1", "bad size '-1'"},
    {"--max-line=+1", "bad size '+1'"},
    {"--max-line=1kB", "bad size '1kB'"},
    {"--max-line=1T", "bad size '1T'"},
    {"--max-line=k", "bad size 'k'"},
    {"--max-line=99999999999999999999999", "bad size"},
    {"--buffer-size=x", "bad size 'x'"},
    {"-j 1025", "bad number of jobs '1025'"},
    {"-j -1", "bad number of jobs '-1'"},
    {"--jobs=", "bad number of jobs ''"},
    {"-j 2x", "bad number of jobs '2x'"},
    {"--max-drop=100.1", "bad percentage '100.1'"},
    {"--max-drop=1e1", "bad percentage '1e1'"},
    {"--max-drop=0x1", "bad percentage '0x1'"},
    {"--max-drop=nan", "bad percentage 'nan'"},
    {"--explian", "option '--explian'; is '--explain' meant?"},
    {"--feild=body f", "option '--feild'; is '--field' meant?"},
    {"--list-rule5", "is '--list-rules' meant?"},
    {"--re=x", "ambiguous option '--re=x'"},
    {"--zzzzzz", "ambiguous option '--zzzzzz'"},
    {"-Q", "ambiguous option '-Q'"},
    {"--engine=fast", "unknown engine 'fast'"},
    {"-i", "needs the files"},
    {"-i -v f", "can't go with -v"},
    {"-i --explain f", "can't go with --explain"},
    {"-i -o out f", "can't go with -o"},
    {"-v -i f", "can't go with -v"},
    {"-i/x f", "has a slash"},
};

START_TEST(what_is_wrong_is_told)
{
    struct options options;
    ck_assert_msg(parse(&options, bad_lines[_i].line) == OPTIONS_BAD, "%s", bad_lines[_i].line);
    ck_assert_msg(strstr(options.error, bad_lines[_i].message) != NULL, "%s: %s",
                  bad_lines[_i].line, options.error);
    options_free(&options);
}
END_TEST

/* A known option that takes no argument is not an unknown option. */
START_TEST(an_argument_too_many_is_told)
{
    struct options options;
    ck_assert_int_eq(parse(&options, "--invert=yes"), OPTIONS_BAD);
    ck_assert_msg(strstr(options.error, "unknown") == NULL, "%s", options.error);
    options_free(&options);
}
END_TEST

START_TEST(a_long_argument_does_not_overrun_the_message)
{
    struct options options;
    char line[280] = "--engine=";
    memset(line + strlen(line), 'x', 260);
    ck_assert_int_eq(parse(&options, line), OPTIONS_BAD);
    ck_assert_uint_lt(strlen(options.error), OPTIONS_ERROR);
    options_free(&options);
}
END_TEST

START_TEST(help_names_every_option_in_narrow_lines)
{
    static const char *const names[] = {"-r, --rules=RULES",
                                        "-e, --rule=RULE",
                                        "-o, --output=FILE",
                                        "-i, --in-place[=SUFFIX]",
                                        "-v, --invert",
                                        "    --explain[=FORM]",
                                        "    --stats[=json]",
                                        "    --progress",
                                        "    --format=NAME",
                                        "-z, --null",
                                        "    --field=PATH",
                                        "    --url-field=PATH",
                                        "    --host-field=PATH",
                                        "    --lang-field=PATH",
                                        "    --annotate=NAME",
                                        "    --bad=WHAT",
                                        "    --drop-empty",
                                        "    --max-drop=PERCENT",
                                        "    --max-document=BYTES",
                                        "    --rejects=FILE",
                                        "    --restore=FILE",
                                        "-j, --jobs=N",
                                        "    --check",
                                        "    --list-rules",
                                        "    --host=NAME",
                                        "    --lang=CODE",
                                        "    --max-line=BYTES",
                                        "    --buffer-size=BYTES",
                                        "    --line-buffered",
                                        "    --engine=NAME",
                                        "    --no-config",
                                        "-h, --help",
                                        "-V, --version"};
    char *help = option_rows_help();
    ck_assert_ptr_nonnull(help);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_msg(strstr(help, names[i]) != NULL, "%s", names[i]);
    for (const char *line = help; *line != '\0'; line += strcspn(line, "\n") + 1)
        ck_assert_msg(strcspn(line, "\n") <= 80, "%.*s", (int)strcspn(line, "\n"), line);
    free(help);
}
END_TEST

/* Which rules are loaded. */

static uint32_t count_loaded(const char *line, size_t *errors)
{
    struct options options;
    struct diagnostics diagnostics = {0};
    struct rules *rules = rules_create();
    ck_assert_ptr_nonnull(rules);
    parse_good(&options, line);
    ck_assert(ruleset_load(&options, "check_dechaff", rules, &diagnostics));
    const uint32_t count = rules->count;
    *errors = diagnostics.errors;
    rules_destroy(rules);
    diag_free(&diagnostics);
    options_free(&options);
    return count;
}

START_TEST(the_profile_is_loaded_unless_another_is)
{
    size_t errors;
    ck_assert_uint_eq(count_loaded("-r none", &errors), 0);
    ck_assert_uint_eq(errors, 0);
    ck_assert_uint_eq(count_loaded("-r none -e keep/a/", &errors), 0);
    ck_assert_uint_eq(errors, 1);
    ck_assert_uint_eq(count_loaded("-e []\nkeep\t/a/ -r none -e drop\t/b/", &errors), 2);
    ck_assert_uint_eq(errors, 0);
    /* A file that is there and is no rule file. */
    ck_assert_uint_eq(count_loaded("--check /dev/null", &errors), 0);
    ck_assert_uint_eq(errors, 0);
    ck_assert_uint_eq(count_loaded("--check /nonexistent/a -e drop\t/b/", &errors), 1);
    ck_assert_uint_eq(errors, 1);
    ck_assert_uint_eq(count_loaded("-r /nonexistent/a /nonexistent/b", &errors), 0);
    ck_assert_uint_eq(errors, 1);
}
END_TEST

Suite *options_suite(void);

Suite *options_suite(void)
{
    Suite *suite = suite_create("options");
    TCase *lines = tcase_create("lines");
    tcase_add_test(lines, defaults);
    tcase_add_test(lines, rules_in_their_order);
    tcase_add_test(lines, a_rule_alone_is_no_profile);
    tcase_add_test(lines, files_and_options_in_any_order);
    tcase_add_test(lines, operands_that_look_like_options);
    tcase_add_test(lines, every_option_is_taken);
    tcase_add_test(lines, what_to_do_and_to_show);
    tcase_add_test(lines, in_place_with_and_without_a_suffix);
    tcase_add_test(lines, sizes);
    tcase_add_test(lines, numbers);
    tcase_add_loop_test(lines, what_is_wrong_is_told, 0,
                        (int)(sizeof bad_lines / sizeof *bad_lines));
    tcase_add_test(lines, an_argument_too_many_is_told);
    tcase_add_test(lines, a_long_argument_does_not_overrun_the_message);
    tcase_add_test(lines, help_names_every_option_in_narrow_lines);
    tcase_add_test(lines, the_profile_is_loaded_unless_another_is);
    suite_add_tcase(suite, lines);
    return suite;
}
