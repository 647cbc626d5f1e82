#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "line/measure.h"
#include "rules/define.h"
#include "rules/statement.h"
#include "rules/syntax.h"

/* Parses TEXT from memory with nothing behind it that may be read. */
static char *parse(struct statement *statement, const char *text, struct diagnostics *diagnostics)
{
    const size_t length = strlen(text);
    char *copy = malloc(length > 0 ? length : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    const struct place place = {"f", 1, 0, copy, length, false};
    struct marks marks;
    marks_init(&marks);
    statement_parse(statement, copy, length, &place, &marks, diagnostics);
    ck_assert((statement->kind == STATEMENT_BAD) == (diagnostics->errors > 0));
    return copy;
}

/* Parses what must be without an error. */
static char *parse_good(struct statement *statement, const char *text)
{
    struct diagnostics diagnostics = {0};
    char *copy = parse(statement, text, &diagnostics);
    char *messages = diag_text(&diagnostics);
    ck_assert_str_eq(messages, "");
    free(messages);
    diag_free(&diagnostics);
    return copy;
}

static bool is_span(struct span span, const char *text)
{
    return span.length == strlen(text) && memcmp(span.text, text, span.length) == 0;
}

/* Whether the rule asks for just that of what is numbered so. */
static bool asks(const struct statement *statement, unsigned which, uint32_t least, uint32_t most)
{
    const struct range *range = &statement->draft.ranges[which];
    return statement->draft.rule.asked.which >> which & 1 && range->least == least &&
           range->most == most;
}

static bool is_regex(const struct regex *regex, const char *text, unsigned flags)
{
    return is_span((struct span){regex->text, regex->length}, text) && regex->flags == flags;
}

START_TEST(blank_lines_and_comments_are_empty)
{
    static const char *const rows[] = {"", "  ", "\t \t", "#", "# drop /x/", "   # + x"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct statement statement;
        free(parse_good(&statement, rows[i]));
        ck_assert_int_eq(statement.kind, STATEMENT_EMPTY);
    }
}
END_TEST

START_TEST(verbs_and_regexes)
{
    static const struct {
        const char *text;
        enum verb verb;
        const char *regex;
        unsigned flags;
    } rows[] = {
        {"drop /x/", VERB_DROP, "x", 0},
        {"\t drop\t/x/ ", VERB_DROP, "x", 0},
        {"keep //", VERB_KEEP, "", 0},
        {"cut /x/i", VERB_CUT, "x", REGEX_CASELESS},
        {"strip /x/x", VERB_STRIP, "x", REGEX_EXTENDED},
        {"drop /x/xi", VERB_DROP, "x", REGEX_CASELESS | REGEX_EXTENDED},
        {"drop /a\\/b/", VERB_DROP, "a\\/b", 0},
        {"drop /a\\\\/", VERB_DROP, "a\\\\", 0},
        {"drop /a # b/ # comment", VERB_DROP, "a # b", 0},
        {"drop /\xc3\xa4 \t/", VERB_DROP, "\xc3\xa4 \t", 0},
        {"run 3 /x/", VERB_RUN, "x", 0},
        {"head first=3 /x/", VERB_HEAD, "x", 0},
        {"tail /x/", VERB_TAIL, "x", 0},
        {"tail until /y/ lines=1 /x/", VERB_TAIL, "x", 0},
        {"pass behind=open /x/", VERB_PASS, "x", 0},
        {"block while /y/ lines=1 /x/", VERB_BLOCK, "x", 0},
        {"block lines=1 /x/", VERB_BLOCK, "x", 0},
        {"mark a /x/", VERB_MARK, "x", 0},
        {"weigh -1 /x/i", VERB_WEIGH, "x", REGEX_CASELESS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct statement statement;
        char *text = parse_good(&statement, rows[i].text);
        ck_assert_int_eq(statement.kind, STATEMENT_RULE);
        ck_assert_int_eq(statement.draft.rule.verb, rows[i].verb);
        ck_assert_msg(is_regex(&statement.draft.rule.regex, rows[i].regex, rows[i].flags), "%s",
                      rows[i].text);
        free(text);
    }
}
END_TEST

START_TEST(weights_marks_and_what_is_asked)
{
    struct statement statement;
    const struct weighing *weighing = &statement.draft.weighing;

    free(parse_good(&statement,
                    "weigh -0.25 before=+1 gap=.5 past=2. is=prose,chrome isnt=closing "
                    "prev=rule seen=a unseen=b blanks=2 next=line level=shallower "
                    "prose-level=deeper run=3 prose=60w density=4 since=5 repeated "
                    "as-prev commas=2 sentences=7 function=3 function-share=40 lower=50 indent=6 "
                    "no-lower doubled # is=b"));
    ck_assert_double_eq(weighing->weights[STATE_ARTICLE], -0.25);
    ck_assert_double_eq(weighing->weights[STATE_BEFORE], 1);
    ck_assert_double_eq(weighing->weights[STATE_GAP], 0.5);
    ck_assert_double_eq(weighing->weights[STATE_PAST], 2);
    ck_assert_uint_eq(weighing->asked[MARKS_IS], MARK_PROSE | MARK_CHROME);
    ck_assert_uint_eq(weighing->asked[MARKS_ISNT], MARK_CLOSING);
    ck_assert_uint_eq(weighing->asked[MARKS_PREVIOUS], MARK_RULE);
    ck_assert_uint_eq(weighing->asked[MARKS_SEEN], 32);
    ck_assert_uint_eq(weighing->asked[MARKS_UNSEEN], 64);
    ck_assert(asks(&statement, FACTS + AROUND_BLANKS, 2, UINT32_MAX));
    ck_assert(asks(&statement, FACTS + AROUND_NEXT, NEXT_LINE, NEXT_LINE));
    ck_assert(asks(&statement, FACTS + AROUND_LEVEL, LEVEL_SHALLOWER, LEVEL_SHALLOWER));
    ck_assert(asks(&statement, FACTS + AROUND_PROSE_LEVEL, LEVEL_DEEPER, LEVEL_DEEPER));
    ck_assert(asks(&statement, FACTS + AROUND_RUN, 3, UINT32_MAX));
    ck_assert(asks(&statement, FACTS + AROUND_PROSE, 60, UINT32_MAX));
    ck_assert(asks(&statement, FACTS + AROUND_DENSITY, 4, UINT32_MAX));
    ck_assert(asks(&statement, FACTS + AROUND_SINCE, 0, 5));
    ck_assert(asks(&statement, FACTS + AROUND_REPEATED, 1, UINT32_MAX));
    ck_assert(asks(&statement, FACTS + AROUND_AS_PREVIOUS, 1, UINT32_MAX));
    ck_assert(asks(&statement, FACT_COMMAS, 2, UINT32_MAX));
    ck_assert(asks(&statement, FACT_SENTENCES, 7, UINT32_MAX));
    ck_assert(asks(&statement, FACT_FUNCTION, 3, UINT32_MAX));
    ck_assert(asks(&statement, FACT_FUNCTION_SHARE, 40, UINT32_MAX));
    ck_assert(asks(&statement, FACT_LOWER, 50, UINT32_MAX));
    ck_assert(asks(&statement, FACT_INDENT, 6, UINT32_MAX));
    ck_assert(asks(&statement, FACT_NO_LOWER, 1, UINT32_MAX));
    ck_assert(asks(&statement, FACT_DOUBLED, 1, UINT32_MAX));
    free(parse_good(&statement, "mark a,prose bullet"));
    ck_assert_uint_eq(weighing->marks, 32 | MARK_PROSE);
    ck_assert_ptr_null(statement.draft.rule.regex.text);
    free(parse_good(&statement, "set doubt 0.5"));
    ck_assert_double_eq(statement.decimal, 0.5);
    free(parse_good(&statement, "set gap-past -0.5"));
    ck_assert_double_eq(statement.decimal, -0.5);
}
END_TEST

START_TEST(a_rule_asks_for_nothing_unless_told)
{
    struct statement statement;
    free(parse_good(&statement, "drop /x/"));
    ck_assert_uint_eq(statement.draft.rule.asked.which, 0);
    ck_assert_uint_eq(statement.draft.rule.first, 0);
    ck_assert_uint_eq(statement.draft.rule.after, 0);
    ck_assert_ptr_null(statement.draft.rule.until.text);
    ck_assert_ptr_null(statement.draft.rule.with);
    ck_assert_uint_eq(statement.draft.name.length, 0);
}
END_TEST

START_TEST(conditions_before_and_after_the_regex)
{
    struct statement statement;
    char *text =
        parse_good(&statement, "drop min-words=1 max-words=22 min-chars=3 /x/ max-chars=44 "
                               "first=5 after=6w digits=77 end=colon case=title bullet "
                               "name=a-B_1.c # end=none");
    ck_assert(asks(&statement, FACT_WORDS, 1, 22));
    ck_assert(asks(&statement, FACT_CHARS, 3, 44));
    ck_assert_uint_eq(statement.draft.rule.first, 5);
    ck_assert_uint_eq(statement.draft.rule.after, 6);
    ck_assert(asks(&statement, FACT_DIGITS, 77, UINT32_MAX));
    ck_assert(asks(&statement, FACT_END, ENDS_COLON, ENDS_COLON));
    ck_assert(asks(&statement, FACT_TITLE, 1, 1));
    ck_assert(asks(&statement, FACT_BULLET, 1, UINT32_MAX));
    ck_assert(is_span(statement.draft.name, "a-B_1.c"));
    free(text);
}
END_TEST

START_TEST(arguments_of_the_verbs)
{
    struct statement statement;
    char *text = parse_good(&statement, "block lines=2 until /y/i /x/ paras=3");
    ck_assert(is_regex(&statement.draft.rule.regex, "x", 0));
    ck_assert(is_regex(&statement.draft.rule.until, "y", REGEX_CASELESS));
    ck_assert_uint_eq(statement.draft.rule.count, 2);
    ck_assert_uint_eq(statement.draft.rule.paras, 3);
    free(text);
    text = parse_good(&statement, "run 12 max-words=1 /x/");
    ck_assert_uint_eq(statement.draft.rule.count, 12);
    free(text);
    text = parse_good(&statement, "cut back=4 /x/");
    ck_assert_uint_eq(statement.draft.rule.back, 4);
    free(text);
    text = parse_good(&statement, "strip /x/ with \"a # \\\" \\\\\"");
    ck_assert(is_span((struct span){statement.draft.rule.with, statement.draft.rule.with_length},
                      "a # \\\" \\\\"));
    free(text);
    text = parse_good(&statement, "strip with \"\" /x/");
    ck_assert_ptr_nonnull(statement.draft.rule.with);
    ck_assert_uint_eq(statement.draft.rule.with_length, 0);
    free(text);
}
END_TEST

START_TEST(directives)
{
    static const struct {
        const char *text;
        enum statement_kind kind;
        const char *name;
    } rows[] = {
        {"include social", STATEMENT_INCLUDE, "social"},
        {" include ./a/b.rules # c", STATEMENT_INCLUDE, "./a/b.rules"},
        {"define NET /a|b/", STATEMENT_DEFINE, "NET"},
        {"define NET", STATEMENT_DEFINE, "NET"},
        {"define NET # c", STATEMENT_DEFINE, "NET"},
        {"  | a|b  c ", STATEMENT_PHRASE, "a|b  c"},
        {"\t|a#b # c", STATEMENT_PHRASE, "a#b"},
        {"| /a/ \\# b", STATEMENT_PHRASE, "/a/ \\# b"},
        {"set hold-lines 7", STATEMENT_SET, "hold-lines"},
        {"[host a.com *.b.org]", STATEMENT_SECTION, "host a.com *.b.org"},
        {"[]", STATEMENT_SECTION, ""},
        {"[ lang de ] # c", STATEMENT_SECTION, " lang de "},
    };
    struct statement statement;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = parse_good(&statement, rows[i].text);
        ck_assert_int_eq(statement.kind, rows[i].kind);
        ck_assert_msg(is_span(statement.name, rows[i].name), "%s", rows[i].text);
        if (statement.kind == STATEMENT_DEFINE && strchr(rows[i].text, '/') == NULL)
            ck_assert_ptr_null(statement.draft.rule.regex.text);
        else if (statement.kind == STATEMENT_DEFINE)
            ck_assert(is_regex(&statement.draft.rule.regex, "a|b", 0));
        if (statement.kind == STATEMENT_SET) {
            ck_assert_str_eq(statement.parameter->name, "hold-lines");
            ck_assert_uint_eq(statement.number, 7);
        }
        free(text);
    }
}
END_TEST

START_TEST(examples_are_verbatim)
{
    static const struct {
        const char *text;
        bool caught;
        const char *example;
    } rows[] = {
        {"  + Share this", true, "Share this"},
        {"\t- He did.", false, "He did."},
        {" + a # b ", true, "a # b "},
        {" +  indented", true, " indented"},
        {" -\tx", false, "x"},
        {" +", true, ""},
        {" + ", true, ""},
        {" - \xc3\xa4", false, "\xc3\xa4"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct statement statement;
        char *text = parse_good(&statement, rows[i].text);
        ck_assert_int_eq(statement.kind, STATEMENT_EXAMPLE);
        ck_assert(statement.caught == rows[i].caught);
        ck_assert_msg(is_span(statement.name, rows[i].example), "%s", rows[i].text);
        free(text);
    }
}
END_TEST

/* What is wrong, and what would be right: the column, and words of the message. */
static const struct bad {
    const char *text;
    size_t column; /* from 0 */
    const char *message;
} bad_statements[] = {
    {"dorp /x/", 0, "unknown verb 'dorp'; is 'drop' meant?"},
    {"hello world", 0, "a line begins with drop"},
    {"drop", 0, "'drop' has no regex"},
    {"drop x", 5, "unknown condition 'x'"},
    {"drop /x", 5, "the regex has no end"},
    {"drop /x\\/", 5, "the regex has no end"},
    {"drop /x\\", 5, "the regex has no end"},
    {"drop /", 5, "the regex has no end"},
    {"drop /x/g", 8, "unknown flag 'g'"},
    {"drop /a/b/", 8, "unknown flag 'b'"},
    {"drop /x/ /y/", 9, "a second regex"},
    {"drop /x/ max-wrods=3", 9, "unknown condition 'max-wrods'; is 'max-words' meant?"},
    {"drop max-words /x/", 5, "'max-words' needs a value"},
    {"drop max-words= /x/", 15, "bad value ''"},
    {"drop max-words=x /x/", 15, "bad value 'x'"},
    {"drop max-words=-1 /x/", 15, "bad value '-1'"},
    {"drop max-words=1000000001 /x/", 15, "up to 1000000000"},
    {"drop max-words=99999999999999999999 /x/", 15, "up to 1000000000"},
    {"drop min-words=4 max-words=3 /x/", 0, "a minimum above its maximum"},
    {"drop min-chars=4 max-chars=3 /x/", 0, "a minimum above its maximum"},
    {"drop after=4 /x/", 11, "after=40w"},
    {"drop after=w /x/", 11, "after=40w"},
    {"drop digits=0 /x/", 12, "from 1 to 100"},
    {"drop digits=101 /x/", 12, "from 1 to 100"},
    {"drop end=stop /x/", 9, "sentence, question, ellipsis, colon, comma or none"},
    {"drop case=lower /x/", 10, "upper or title"},
    {"drop bullet=1 /x/", 5, "'bullet' takes no value"},
    {"drop name=a/b /x/", 10, "bad name 'a/b'"},
    {"drop name= /x/", 10, "bad name ''"},
    {"drop back=1 /x/", 5, "doesn't go with the verb 'drop'"},
    {"keep lines=1 /x/", 5, "doesn't go with the verb 'keep'"},
    {"cut with \"x\" /x/", 4, "doesn't go with the verb 'cut'"},
    {"drop soft /x/", 5, "doesn't go with the verb 'drop'"},
    {"cut soft=1 /x/", 4, "'soft' takes no value"},
    {"set resume-lines 0", 17, "from 1 to 65536"},
    {"head /x/", 0, "'head' has no bound; add first=N"},
    {"head first=3", 0, "'head' has no regex"},
    {"tail", 0, "'tail' has no regex"},
    {"pass under=a", 0, "'pass' has no regex"},
    {"pass lines=3 /x/", 0, "'pass' with lines=N needs about=NAME"},
    {"pass lines=3 is=a", 0, "'pass' with lines=N needs about=NAME"},
    {"run /x/", 4, "bad count '/x/'"},
    {"run 0 /x/", 0, "a number of lines above 0"},
    {"run x /x/", 4, "bad count 'x'"},
    {"run", 0, "'run' has no regex"},
    {"block /x/", 0, "'block' has no bound"},
    {"block lines=0 /x/", 12, "bad value '0'"},
    {"drop first=0 /x/", 11, "bad value '0'"},
    {"block until x /x/", 12, "'until' needs a regex"},
    {"block /x/ until", 15, "'until' needs a regex"},
    {"block until=/x/ /x/", 6, "'until' takes no value"},
    {"strip /x/ with", 14, "'with' needs a text"},
    {"strip /x/ with x", 15, "'with' needs a text"},
    {"strip /x/ with \"x", 15, "the text has no end"},
    {"strip /x/ with \"x\\\"", 15, "the text has no end"},
    {"include", 7, "'include' needs the name"},
    {"bind", 4, "'bind' needs the name"},
    {"bind one other", 9, "nothing may follow here"},
    {"include a b", 10, "nothing may follow here, but there is 'b'"},
    {"set", 3, "'set' needs a parameter"},
    {"set hold-lnes 3", 4, "is 'hold-lines' meant?"},
    {"set hold-lines", 14, "'hold-lines' needs a number"},
    {"set hold-lines 0", 15, "from 1 to 65536"},
    {"set hold-lines 65537", 15, "from 1 to 65536"},
    {"set hold-lines 3x", 15, "from 1 to 65536"},
    {"set hold-lines 3 4", 17, "nothing may follow here"},
    {"define", 6, "'define' needs a name and a regex"},
    {"define A x", 9, "'define' takes a regex between slashes behind its name"},
    {"  |", 3, "nothing behind the |"},
    {"  | # c", 3, "nothing behind the |"},
    {"define A /x/i", 12, "flags belong to the rule"},
    {"define A /x/ y", 13, "nothing may follow here"},
    {"[host a.com", 0, "the section has no end"},
    {"[] drop /x/", 3, "nothing may follow here"},
    {"mark", 0, "'mark' needs a name"},
    {"mark /x/", 5, "bad mark '/x/'"},
    {"mark a,,b /x/", 7, "bad mark ''"},
    {"mark a prev=b", 7, "doesn't go with the verb 'mark'"},
    {"mark a is=", 10, "bad mark ''"},
    {"drop is=b /x/", 5, "doesn't go with the verb 'drop'"},
    {"weigh", 0, "'weigh' needs a number"},
    {"weigh /x/", 6, "bad weight '/x/'"},
    {"weigh - /x/", 6, "bad weight '-'"},
    {"weigh 1.2.3", 6, "bad weight '1.2.3'"},
    {"weigh 1000", 6, "bad weight '1000'"},
    {"weigh 1 gap=x", 12, "bad weight 'x'"},
    {"weigh 1 is=", 11, "bad mark ''"},
    {"weigh 1 blanks=3", 15, "0, 1 or 2"},
    {"weigh 1 next=x", 13, "blank or line"},
    {"weigh 1 level=up", 14, "deeper, same or shallower"},
    {"weigh 1 prose=60", 14, "after=40w"},
    {"weigh 1 repeated=1", 8, "'repeated' takes no value"},
    {"function", 8, "'function' needs words"},
    {"function # the", 9, "'function' needs words"},
    {"set doubt x", 10, "a number such as -0.35"},
    {"set doubt 0.51", 10, "from 0 to 0.5"},
    {"set doubt -0.1", 10, "from 0 to 0.5"},
    {"set title x", 10, "keep or drop"},
    {"+ x", 0, "an example stands indented"},
    {"- x", 0, "an example stands indented"},
};

START_TEST(bad_statements_name_the_place_and_the_mend)
{
    const struct bad *bad = &bad_statements[_i];
    struct diagnostics diagnostics = {0};
    struct statement statement;
    free(parse(&statement, bad->text, &diagnostics));
    ck_assert_msg(diagnostics.errors == 1, "%s: %zu errors", bad->text, diagnostics.errors);
    ck_assert_msg(strstr(diagnostics.items[0].message, bad->message) != NULL, "%s: %s", bad->text,
                  diagnostics.items[0].message);
    ck_assert_msg(diagnostics.items[0].column == bad->column, "%s: column %zu instead of %zu",
                  bad->text, diagnostics.items[0].column, bad->column);
    diag_free(&diagnostics);
}
END_TEST

/* Each prefix of a statement is taken apart without reading behind it. */
START_TEST(every_prefix_is_safe)
{
    static const char *const rows[] = {
        "block until /a\\/b/i /x/x lines=2 name=n # c",
        "strip /x/ with \"a\\\"\\\\\" max-words=3",
        "run 3 case=upper end=none after=5w /x/",
        "set hold-lines 12",
        "define NAME /a{{B}}/",
        "    | a b # c",
        "[host a.com *.b]",
        "include name",
        "  + example",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t length = 0; length <= strlen(rows[i]); length++) {
            struct diagnostics diagnostics = {0};
            struct statement statement;
            char prefix[100];
            memcpy(prefix, rows[i], length);
            prefix[length] = '\0';
            free(parse(&statement, prefix, &diagnostics));
            diag_free(&diagnostics);
        }
}
END_TEST

START_TEST(escapes_of_texts)
{
    static const struct {
        const char *text, *meaning;
    } rows[] = {{"", ""},
                {"plain", "plain"},
                {"\\t", "\t"},
                {"\\\"", "\""},
                {"\\\\t", "\\t"},
                {"\\n", "n"},
                {"a\\tb\\tc", "a\tb\tc"},
                {"\\\\\\\\", "\\\\"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[20];
        strcpy(text, rows[i].text);
        const size_t length = statement_unescape(text, strlen(text));
        ck_assert(is_span((struct span){text, length}, rows[i].meaning));
    }
}
END_TEST

START_TEST(tables_are_found_by_name)
{
    for (const struct syntax_verb *row = syntax_verbs; row->name; row++)
        ck_assert_ptr_eq(syntax_verb(row->name, strlen(row->name)), row);
    for (const struct syntax_attribute *row = syntax_attributes; row->name; row++)
        ck_assert_ptr_eq(syntax_attribute(row->name, strlen(row->name)), row);
    for (const struct syntax_parameter *row = syntax_parameters; row->name; row++) {
        ck_assert_ptr_eq(syntax_parameter(row->name, strlen(row->name)), row);
        ck_assert_uint_le(row->minimum, row->initial);
        ck_assert_uint_le(row->initial, row->maximum);
    }
    ck_assert_ptr_null(syntax_verb("drops", 5));
    ck_assert_ptr_null(syntax_verb("dro", 3));
    ck_assert_ptr_null(syntax_verb("", 0));
    ck_assert_ptr_null(syntax_choice(syntax_attribute("end", 3)->choices, "upper", 5));
}
END_TEST

START_TEST(parameters_start_as_the_manual_says)
{
    const struct parameters parameters = syntax_defaults();
    ck_assert_uint_eq(parameters.hold_lines, 32);
    ck_assert_uint_eq(parameters.hold_bytes, 16384);
    ck_assert_uint_eq(parameters.short_words, 8);
    ck_assert_uint_eq(parameters.resume_lines, 2);
    ck_assert_uint_eq(parameters.match_limit, 100000);
}
END_TEST

START_TEST(the_nearest_word)
{
    static const struct {
        const char *word, *nearest;
    } rows[] = {{"drop", "drop"},
                {"dropp", "drop"},
                {"dorp", "drop"},
                {"rop", "drop"},
                {"kep", "keep"},
                {"blocks", "block"},
                {"xyz", NULL},
                {"", NULL},
                {"a", NULL},
                {"dropdrop", NULL},
                {"a-word-that-is-longer-than-any-of-the-table", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *nearest =
            nearest_name(syntax_verbs, sizeof *syntax_verbs, rows[i].word, strlen(rows[i].word));
        if (rows[i].nearest == NULL)
            ck_assert_msg(nearest == NULL, "%s: %s", rows[i].word, nearest);
        else
            ck_assert_str_eq(nearest, rows[i].nearest);
    }
}
END_TEST

/* Defines. */

static struct span span_of(const char *text)
{
    return (struct span){text, strlen(text)};
}

static struct define define_a = {.name = {"A", 1}, .regex = {"x|y", 3}};
static struct define define_long = {.name = {"LONG-name.1", 11}, .regex = {"", 0}};
static struct defines defines;

static void add_defines(void)
{
    ck_assert(define_add(&defines, &define_a));
    ck_assert(define_add(&defines, &define_long));
}

START_TEST(each_name_is_found)
{
    enum { NAMES = 1000 };
    static struct define many[NAMES];
    static char names[NAMES][16];
    struct defines set = {0};
    for (int i = 0; i < NAMES; i++) {
        snprintf(names[i], sizeof names[i], "N%d", i);
        many[i].name = span_of(names[i]);
        ck_assert_ptr_null(define_find(&set, many[i].name));
        ck_assert(define_add(&set, &many[i]));
    }
    for (int i = 0; i < NAMES; i++)
        ck_assert_ptr_eq(define_find(&set, span_of(names[i])), &many[i]);
    ck_assert_ptr_null(define_find(&set, span_of("N")));
    ck_assert_ptr_null(define_find(&set, span_of("N1000")));
    defines_release(&set);
}
END_TEST

START_TEST(uses_are_replaced_by_groups)
{
    static const struct {
        const char *text, *expanded;
    } rows[] = {
        {"", ""},
        {"plain{2}", "plain{2}"},
        {"{{A}}", "(?:x|y)"},
        {"a{{A}}+{{A}}b", "a(?:x|y)+(?:x|y)b"},
        {"{{LONG-name.1}}", "(?:)"},
        {"\\{\\{A}}", "\\{\\{A}}"},
        {"\\{{A}}", "\\{{A}}"},
        {"\\\\{{A}}", "\\\\(?:x|y)"},
        {"a{", "a{"},
        {"a\\", "a\\"},
        {"{{A}}}", "(?:x|y)}"},
    };
    add_defines();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct span expanded;
        ck_assert_int_eq(define_expand(&defines, &arena, span_of(rows[i].text), &expanded),
                         DEFINE_OK);
        ck_assert_msg(is_span(expanded, rows[i].expanded), "%s: %.*s", rows[i].text,
                      (int)expanded.length, expanded.text);
        arena_free(&arena);
    }
    defines_release(&defines);
}
END_TEST

START_TEST(an_unknown_name_is_pointed_at)
{
    static const struct {
        const char *text, *use;
    } rows[] = {{"a{{B}}c", "{{B}}"}, {"{{A}}{{a}}", "{{a}}"}, {"x{{", "{{"},
                {"x{{A", "{{"},       {"x{{A}", "{{"},         {"{{}}", "{{}}"}};
    add_defines();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct span expanded;
        ck_assert_int_eq(define_expand(&defines, &arena, span_of(rows[i].text), &expanded),
                         DEFINE_MISSING);
        ck_assert_msg(is_span(expanded, rows[i].use), "%s: %.*s", rows[i].text,
                      (int)expanded.length, expanded.text);
        arena_free(&arena);
    }
    defines_release(&defines);
}
END_TEST

/* Where PCRE2's offset lies in what was written: `ab{{A}}cd` is `ab(?:x|y)cd`. */
START_TEST(offsets_lead_back_to_the_source)
{
    static const size_t wanted[] = {0, 1, 2, 2, 2, 2, 2, 2, 2, 7, 8, 9};
    add_defines();
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_uint_eq(define_source_offset(&defines, span_of("ab{{A}}cd"), i), wanted[i]);
    for (size_t i = 0; i < 5; i++)
        ck_assert_uint_eq(define_source_offset(&defines, span_of("abcd"), i), i);
    defines_release(&defines);
}
END_TEST

Suite *statement_suite(void);

Suite *statement_suite(void)
{
    Suite *suite = suite_create("statement");
    TCase *good = tcase_create("good");
    tcase_add_test(good, blank_lines_and_comments_are_empty);
    tcase_add_test(good, verbs_and_regexes);
    tcase_add_test(good, a_rule_asks_for_nothing_unless_told);
    tcase_add_test(good, weights_marks_and_what_is_asked);
    tcase_add_test(good, conditions_before_and_after_the_regex);
    tcase_add_test(good, arguments_of_the_verbs);
    tcase_add_test(good, directives);
    tcase_add_test(good, examples_are_verbatim);
    tcase_add_test(good, escapes_of_texts);
    suite_add_tcase(suite, good);
    TCase *bad = tcase_create("bad");
    tcase_add_loop_test(bad, bad_statements_name_the_place_and_the_mend, 0,
                        (int)(sizeof bad_statements / sizeof *bad_statements));
    tcase_add_test(bad, every_prefix_is_safe);
    suite_add_tcase(suite, bad);
    TCase *tables = tcase_create("tables");
    tcase_add_test(tables, tables_are_found_by_name);
    tcase_add_test(tables, parameters_start_as_the_manual_says);
    tcase_add_test(tables, the_nearest_word);
    suite_add_tcase(suite, tables);
    TCase *define_case = tcase_create("define");
    tcase_add_test(define_case, each_name_is_found);
    tcase_add_test(define_case, uses_are_replaced_by_groups);
    tcase_add_test(define_case, an_unknown_name_is_pointed_at);
    tcase_add_test(define_case, offsets_lead_back_to_the_source);
    suite_add_tcase(suite, define_case);
    return suite;
}
