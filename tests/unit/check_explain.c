#include <stdio.h>
#include <unistd.h>

#include "flow/explain.h"
#include "given.h"

/* What explain_line writes of the lines, one after the other. */
static void explained(const struct engine *engine, const struct held *lines, size_t count,
                      bool is_coloured, struct given_text *text)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    struct writer *writer = writer_create(fileno(file), 10);
    ck_assert_ptr_nonnull(writer);
    for (size_t i = 0; i < count; i++)
        ck_assert(explain_line(writer, engine->rules, NULL, &lines[i], EXPLAIN_ROWS, is_coloured));
    ck_assert(writer_flush(writer));
    text->length = (size_t)pread(fileno(file), text->bytes, sizeof text->bytes - 1, 0);
    ck_assert_uint_lt(text->length, sizeof text->bytes);
    text->bytes[text->length] = '\0';
    writer_destroy(writer);
    fclose(file);
}

static struct held line_of(const char *text, enum line_ending ending)
{
    return (struct held){.text = text,
                         .length = strlen(text) - line_ending_size(ending),
                         .ending = ending,
                         .number = 1,
                         .lines = 1,
                         .verdict = VERDICT_KEEP,
                         .rule = NO_RULE,
                         .edited_by = NO_RULE};
}

static struct engine *three_rules(void)
{
    return given_engine("strip name=mark /x/\nkeep /k/\ndrop /d/\n");
}

START_TEST(a_row_is_verdict_rule_and_line)
{
    struct held rows[9];
    struct engine *engine = three_rules();
    struct given_text text;
    for (size_t i = 0; i < 9; i++)
        rows[i] = line_of("a line\n", 1);
    rows[1].rule = 1;
    rows[2].edited_by = 0;
    rows[3].edited_by = 0;
    rows[3].rule = 1;
    rows[4].verdict = VERDICT_DROP;
    rows[4].rule = 2;
    rows[5] = rows[4];
    rows[5].edited_by = 0;
    rows[6] = line_of("CRLF\r\n", 2);
    rows[7] = line_of("tab\there \xff", 0);
    rows[8] = line_of("lone\r", 0);
    explained(engine, rows, 9, false, &text);
    ck_assert_str_eq(text.bytes, "keep\t-\ta line\n"
                                 "keep\t-e:2\ta line\n"
                                 "edit\tmark\ta line\n"
                                 "edit\tmark\ta line\n"
                                 "drop\t-e:3\ta line\n"
                                 "drop\t-e:3\ta line\n"
                                 "keep\t-\tCRLF\n"
                                 "keep\t-\ttab\there \xff\n"
                                 "keep\t-\tlone\r\n");
    given_release(engine);
}
END_TEST

START_TEST(blank_lines_have_a_row_each)
{
    struct held runs[3] = {line_of("\n \r\n\n", 1), line_of("\n\n", 1), line_of("\n  ", 0)};
    struct engine *engine = three_rules();
    struct given_text text;
    for (size_t i = 0; i < 3; i++)
        runs[i].is_blank = true;
    runs[1].verdict = VERDICT_DROP;
    runs[1].rule = 2;
    explained(engine, runs, 3, false, &text);
    ck_assert_str_eq(text.bytes, "keep\t-\t\nkeep\t-\t \nkeep\t-\t\n"
                                 "drop\t-e:3\t\ndrop\t-e:3\t\n"
                                 "keep\t-\t\nkeep\t-\t  \n");
    given_release(engine);
}
END_TEST

START_TEST(pieces_of_a_line_share_a_row)
{
    struct held pieces[3] = {line_of("one", 0), line_of("two", 0), line_of("three\n", 1)};
    struct engine *engine = three_rules();
    struct given_text text;
    pieces[0].continues = pieces[1].continues = true;
    pieces[1].is_continued = pieces[2].is_continued = true;
    explained(engine, pieces, 3, false, &text);
    ck_assert_str_eq(text.bytes, "keep\t-\tonetwothree\n");
    given_release(engine);
}
END_TEST

START_TEST(the_longest_name_is_shown_whole)
{
    struct given_text statement = {.length = 0}, text;
    struct held line = line_of("x\n", 1);
    given_append(&statement, "drop /x/ name=", 14);
    for (int i = 0; i < 100; i++)
        given_append(&statement, "n", 1);
    struct engine *engine = given_engine(statement.bytes);
    line.verdict = VERDICT_DROP;
    line.rule = 0;
    for (int is_coloured = 0; is_coloured < 2; is_coloured++) {
        explained(engine, &line, 1, is_coloured, &text);
        ck_assert_uint_eq(strspn(strchr(text.bytes, 'n'), "n"), 100);
        ck_assert_int_eq(text.bytes[text.length - 1], '\n');
        ck_assert_ptr_nonnull(strchr(text.bytes, 'x'));
    }
    given_release(engine);
}
END_TEST

/* Colours are switched off again on the same row, whatever the verdict. */
START_TEST(colours_end_with_their_row)
{
    struct held rows[4];
    struct engine *engine = three_rules();
    struct given_text text;
    for (size_t i = 0; i < 4; i++)
        rows[i] = line_of("text\n", 1);
    rows[1].verdict = VERDICT_DROP;
    rows[1].rule = 2;
    rows[2].edited_by = 0;
    rows[3].text = "\n\n";
    rows[3].length = 1;
    rows[3].is_blank = true;
    explained(engine, rows, 4, true, &text);
    int count = 0;
    for (char *row = strtok(text.bytes, "\n"); row != NULL; row = strtok(NULL, "\n"), count++) {
        ck_assert_uint_gt(strlen(row), 4);
        ck_assert_str_eq(row + strlen(row) - 4, "\033[0m");
    }
    ck_assert_int_eq(count, 5);
    given_release(engine);
}
END_TEST

START_TEST(a_failed_write_is_told)
{
    const struct held line = line_of("a line that is longer than the writer's buffer\n", 1);
    struct engine *engine = three_rules();
    struct writer *writer = writer_create(-1, 4);
    ck_assert_ptr_nonnull(writer);
    ck_assert(!explain_line(writer, engine->rules, NULL, &line, EXPLAIN_ROWS, false));
    writer_destroy(writer);
    given_release(engine);
}
END_TEST

Suite *explain_suite(void);

Suite *explain_suite(void)
{
    Suite *suite = suite_create("explain");
    TCase *rows = tcase_create("rows");
    tcase_add_test(rows, a_row_is_verdict_rule_and_line);
    tcase_add_test(rows, blank_lines_have_a_row_each);
    tcase_add_test(rows, pieces_of_a_line_share_a_row);
    tcase_add_test(rows, the_longest_name_is_shown_whole);
    tcase_add_test(rows, colours_end_with_their_row);
    tcase_add_test(rows, a_failed_write_is_told);
    suite_add_tcase(suite, rows);
    return suite;
}
