#include <stdio.h>

#include "given.h"

struct row {
    const char *what; /* must hold */
    const char *rules;
    const char *document;
    const char *kept;
};

static void check_rows(const struct row *rows, size_t count)
{
    struct given_text failures = {.length = 0};
    for (size_t i = 0; i < count; i++) {
        struct rules *rules = given_rules(rows[i].rules);
        struct given_text kept;
        given_filtered(rules, rows[i].document, &kept);
        if (strcmp(kept.bytes, rows[i].kept) != 0)
            failures.length += (size_t)snprintf(
                failures.bytes + failures.length, sizeof failures.bytes - failures.length,
                "%s: kept\n%s--- instead of\n%s", rows[i].what, kept.bytes, rows[i].kept);
        ck_assert_uint_lt(failures.length, sizeof failures.bytes);
        rules_destroy(rules);
    }
    ck_assert_msg(failures.length == 0, "%s", failures.bytes);
}

#define CHECK_ROWS(...)                                                                            \
    do {                                                                                           \
        const struct row rows[] = {__VA_ARGS__};                                                   \
        check_rows(rows, sizeof rows / sizeof *rows);                                              \
    } while (0)

START_TEST(drop_and_keep)
{
    CHECK_ROWS(
        {"no rule, no change", "# none", " \n\na\r\n\t\n\n", " \n\na\r\n\t\n\n"},
        {"no document, no output", "drop /a/", "", ""},
        {"a drop takes its line only", "drop /a/", "a\nb\na\n", "b\n"},
        {"a drop may leave nothing", "drop /a/", "a\na\n", ""},
        {"keep beats a drop before it", "drop /a/\nkeep /ab/", "a\nab\n", "ab\n"},
        {"keep beats a cut, which goes on", "cut /a/\nkeep /ab/", "ab\nc\na\nab\nc\n",
         "ab\nc\nab\n"},
        {"the ending stays as it was", "drop /x/", "a\r\nx\nb\nx\r\nc", "a\r\nb\nc"},
        {"a line without an end is dropped too", "drop /b/", "a\nb", "a\n"},
        {"first=N counts lines that are not blank", "drop first=2 /a/", "\na\n\na\n\na\n", "\na\n"},
        {"first=N counts dropped lines", "drop /b/\ndrop first=2 /a/", "b\na\na\n", "a\n"},
        {"after=Nw waits for words that were kept", "drop after=3w /x/", "x\na a\nx\nx\nx\n",
         "x\na a\n"},
        {"after=Nw does not count dropped words", "drop /d/\ndrop after=2w /x/",
         "d d d d\nx\nx\nx\n", "x\nx\n"});
}
END_TEST

START_TEST(strip_comes_first)
{
    CHECK_ROWS({"a strip edits", "strip /x/", "axbx\n", "ab\n"},
               {"an edited line meets the rules", "drop /^a$/\nstrip /x/", "ax\nay\n", "ay\n"},
               {"what is left without a letter or digit goes", "strip /x/", "x!\nx1!\n", "1!\n"},
               {"keep sees the edited line", "strip /x/\nkeep /^!$/", "x!\n", "!\n"},
               {"an emptied line brings gaps together", "strip /x/", "a\n\nx\n\nb\n", "a\n\nb\n"},
               {"blank lines are never edited", "strip /\\s/", "a b\n \n", "ab\n \n"});
}
END_TEST

START_TEST(blank_lines)
{
    CHECK_ROWS(
        {"two gaps become one", "drop /x/", "a\n\nx\n\nb\n", "a\n\nb\n"},
        {"the first of two equal gaps stays", "drop /x/", "a\n \nx\n\t\nb\n", "a\n \nb\n"},
        {"the longer gap stays, before", "drop /x/", "a\n \n \nx\n\t\nb\n", "a\n \n \nb\n"},
        {"the longer gap stays, behind", "drop /x/", "a\n \nx\n\t\n\t\nb\n", "a\n\t\n\t\nb\n"},
        {"the longest of many stays", "drop /x/", "a\n\nx\n\n\nx\n\nx\n\n\n\nx\n\n\nb\n",
         "a\n\n\n\nb\n"},
        {"a gap on one side stays", "drop /x/", "a\nx\n\nb\n\nx\nc\n", "a\n\nb\n\nc\n"},
        {"gaps at the document's begin", "drop /x/", "\nx\n\n\nb\n", "\n\nb\n"},
        {"gaps at the document's end", "drop /x/", "a\n\n\nx\n\n", "a\n\n\n"},
        {"a document of gaps and drops", "drop /x/", "\n \nx\n\t\n", "\n \n"},
        {"other gaps are not touched", "drop /x/", "a\n\n\n\nb\n\nx\n\nc\n\n\n",
         "a\n\n\n\nb\n\nc\n\n\n"},
        {"white space is blank, Unicode's too", "drop /x/", "a\n\xc2\xa0\nx\n\xe3\x80\x80\nb\n",
         "a\n\xc2\xa0\nb\n"},
        {"a gap before a cut goes with it", "cut /x/", "a\n\n\nx\n\nb\n\n", "a\n"},
        {"gaps among drops before a cut go", "drop /d/\ncut /x/", "a\n\nd\n\nd\n\nx\n", "a\n"},
        {"a gap between lines kept after a cut stays", "cut /x/\nkeep /k/", "x\nk\n\nk\n\n",
         "k\n\nk\n\n"},
        {"gaps around a line that is cut go", "cut /x/\nkeep /k/", "a\n\nx\n\nk\n\nb\n\nk\n",
         "a\nk\nk\n"});
}
END_TEST

START_TEST(cut)
{
    CHECK_ROWS(
        {"a cut takes all after it", "cut /x/", "a\nx\nb\n\nc\n", "a\n"},
        {"a cut in the first line takes all", "cut /x/", "x\na\n", ""},
        {"back=N takes N short lines", "cut back=2 /x/", "a\na\na\nx\n", "a\n"},
        {"back=N takes fewer where there are fewer", "cut back=3 /x/", "a\nx\nb\n", ""},
        {"back=N stops at a sentence", "cut back=3 /x/", "a\nEnd.\nb\nx\n", "a\nEnd.\n"},
        {"back=N stops at a long line", "set short-words 2\ncut back=3 /x/", "a\nb b b\nc c\nx\n",
         "a\nb b b\n"},
        {"short is up to eight words", "cut back=1 /x/", "1 2 3 4 5 6 7 8\nx\n", ""},
        {"nine words are not short", "cut back=1 /x/", "1 2 3 4 5 6 7 8 9\nx\n",
         "1 2 3 4 5 6 7 8 9\n"},
        {"back=N stops at a protected line", "keep /k/\ncut back=2 /x/", "a\nk\nb\nx\n", "a\nk\n"},
        {"back=N passes over blank and dropped lines", "drop /d/\ncut back=2 /x/",
         "c\na\n\nd\n\nb\n\nd\nx\n", "c\n"},
        {"back=N takes the gaps", "cut back=1 /x/", "a\n\nb\n\nx\n", "a\n"},
        {"the cut that hit counts, not another's back", "cut back=3 /y/\ncut back=1 /x/",
         "a\nb\nx\n", "a\n"},
        {"the first of two cuts holds", "cut /x/\ncut back=2 /y/", "a\nx\nb\ny\n", "a\n"},
        {"short lines stay without a cut", "cut back=2 /x/", "a\n\nb\nc\n\n", "a\n\nb\nc\n\n"});
}
END_TEST

/* Prose, below, is three words and a full stop. */
START_TEST(soft_cut)
{
#define SOFT "set short-words 2\ncut soft /x/\n"
    CHECK_ROWS(
        {"two lines of prose end it", SOFT, "a\nx\nb\np p p.\np p q.\nc\n",
         "a\np p p.\np p q.\nc\n"},
        {"blank lines between do not matter", SOFT, "x\np p p.\n\n\np p q.\n",
         "p p p.\n\n\np p q.\n"},
        {"another line between does", SOFT, "x\np p p.\na\np p q.\n", ""},
        {"prose is not short", SOFT, "x\np p.\np p.\n", ""},
        {"prose ends a sentence", SOFT, "x\np p p\np p p\n", ""},
        {"what another rule hits is no prose", SOFT "drop /d/", "x\np p p.\np d p.\np p p.\n", ""},
        {"nor what a run hits that comes to nothing", SOFT "run 9 /d/", "x\np p p.\np d p.\n", ""},
        {"nor what a keep rule protects", SOFT "keep /k/", "x\np p p.\np k p.\na\n", "p k p.\n"},
        {"resume-lines says how many", SOFT "set resume-lines 3", "x\np p p.\np p p.\np p q.\na\n",
         "p p p.\np p p.\np p q.\na\n"},
        {"fewer are not enough", SOFT "set resume-lines 3", "x\np p p.\np p p.\na\n", ""},
        {"one can be enough", SOFT "set resume-lines 1", "x\na\np p p.\nb\n", "p p p.\nb\n"},
        {"rules hold again when it is over", SOFT "drop /d/", "x\np p p.\np p p.\nd\nx\na\n",
         "p p p.\np p p.\n"},
        {"the gap around it stays", SOFT, "a\n\nx\n\n\np p p.\np p p.\n",
         "a\n\n\np p p.\np p p.\n"},
        {"a hard cut within it holds", SOFT "cut /y/", "x\ny\np p p.\np p p.\n", ""},
        {"a hard cut after one line of prose, too", SOFT "cut /y/", "x\np p p.\ny\np p p.\n", ""},
        {"another soft cut begins it anew", SOFT, "x\np p p.\nx\np p p.\na\n", ""},
        {"it ends a block", SOFT "block lines=9 /b/", "b\nx\np p p.\np p p.\na\n",
         "p p p.\np p p.\na\n"},
        {"it ends a run", SOFT "run 2 /r/", "r\nr\nx\np p p.\np p p.\nr\n", "p p p.\np p p.\nr\n"},
        {"back=N takes lines", "set short-words 2\ncut soft back=1 /x/",
         "a\nb\nx\np p p.\np p p.\n", "a\np p p.\np p p.\n"},
        {"back=N stops at a cut", SOFT "cut back=2 /y/", "a\nx\ny\n", "a\n"},
        {"at the bound what waits stays", SOFT "set hold-lines 1\nset resume-lines 3",
         "x\np p p.\np p p.\na\n", "p p p.\np p p.\na\n"});
}
END_TEST

START_TEST(head)
{
#define HEAD "head first=4 /x/\n"
    CHECK_ROWS(
        {"what stands before goes", HEAD, "a\nb\nx\nc\n", "x\nc\n"},
        {"the gaps before become one", HEAD, "a\n\n\nb\n\nx\n", "\n\nx\n"},
        {"without one all stay", HEAD, "a\nb\nc\n", "a\nb\nc\n"},
        {"it is the last that it may be", HEAD, "a\na\na\nx\n", "x\n"},
        {"one line further it is none", HEAD, "a\na\na\na\nx\n", "a\na\na\na\nx\n"},
        {"the first of two counts", HEAD, "a\nx\nb\nx\n", "x\nb\nx\n"},
        {"of two rules the first line does", HEAD "head first=9 /y/", "a\ny\nb\nx\n", "y\nb\nx\n"},
        {"it waits for the larger bound", HEAD "head first=6 /y/", "a\na\na\na\na\ny\n", "y\n"},
        {"protected lines stay", HEAD "keep /k/", "a\nk\nx\n", "k\nx\n"},
        {"a protected line is none", HEAD "keep /k/", "a\nxk\n", "a\nxk\n"},
        {"the line meets the rules after it", HEAD "drop /xd/", "a\nxd\nb\n", "b\n"},
        {"but an earlier drop comes first", "drop /xd/\n" HEAD, "a\nxd\nb\n", "a\nb\n"},
        {"it counts in a block", "block lines=2 /y/\n" HEAD, "a\ny\nx\nb\nc\n", "c\n"},
        {"and in a run", HEAD "run 2 /[xr]/", "a\nr\nx\nb\n", "b\n"},
        {"not after a cut", "cut /y/\n" HEAD, "a\ny\nx\n", "a\n"},
        {"but after a soft one", "cut soft /y/\n" HEAD, "a\ny\nx\n", ""},
        {"a cut takes no line back beyond it", HEAD "cut back=3 /y/", "a\nx\nb\ny\n", ""},
        {"words before it are not kept", HEAD "drop after=2w /d/", "a a a\nx\nd\nd\nd\n", "x\nd\n"},
        {"words of protected lines are", HEAD "keep /k/\ndrop after=2w /d/", "k k k\nx\nd\n",
         "k k k\nx\n"},
        {"at the bound what waits stays", "set hold-bytes 256\nhead first=5 /x/",
         "b\n0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "a\n0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "0123456789012345678901234567890123456789012345678901234567890123456789\nx "
         "0123456789012345678901234567890123456789012345678901234567890123456789\n",
         "b\n0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "a\n0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "0123456789012345678901234567890123456789012345678901234567890123456789\nx "
         "0123456789012345678901234567890123456789012345678901234567890123456789\n"});
}
END_TEST

START_TEST(tail)
{
#define TAIL "set short-words 2\ntail /x/\n"
    CHECK_ROWS(
        {"it stays if prose follows", TAIL, "a\nx\np p p.\n", "a\nx\np p p.\n"},
        {"it goes at the document's end", TAIL, "a\nx\nb\n", "a\nb\n"},
        {"prose before it does not help", TAIL, "p p p.\nx\n", "p p p.\n"},
        {"prose need not follow at once", TAIL, "x\n\nb\n\np p p.\n", "x\n\nb\n\np p p.\n"},
        {"several wait for the same", TAIL, "x\nx\nb\nx\np p p.\nx\n", "x\nx\nb\nx\np p p.\n"},
        {"dropped prose does not count", TAIL "drop /d/", "x\np d p.\n", ""},
        {"protected prose does", TAIL "keep /k/", "x\np k p.\n", "x\np k p.\n"},
        {"a cut ends the waiting", TAIL "cut /y/\nkeep /k/", "x\ny\np k p.\n", "p k p.\n"},
        {"a soft cut, too", TAIL "cut soft /y/", "x\ny\np p p.\np p p.\na\n",
         "p p p.\np p p.\na\n"},
        {"what waits for it goes at a head", TAIL "head first=9 /h/", "x\nh\np p p.\n",
         "h\np p p.\n"},
        {"its gap goes with it", TAIL, "a\n\nx\n\nb\n", "a\n\nb\n"},
        {"a tail is no prose", "set short-words 2\ntail /x/", "x\np x p.\n", ""},
        {"the rules after it do not matter", TAIL "drop /x/", "x\np p p.\n", "x\np p p.\n"},
        {"nor do they when it goes", TAIL "run 2 /x/", "x\nx\na\n", "a\n"},
        {"it ends a run", TAIL "run 2 /r/", "r\nx\nr\np p p.\n", "r\nx\nr\np p p.\n"},
        {"a cut's back passes over it", TAIL "cut back=1 /y/", "a\nb\nx\ny\n", "a\n"},
        {"its words count once it stays", TAIL "drop after=1w /d/", "x\nd\np p p.\nd\n",
         "x\nd\np p p.\n"},
        {"at the bound it stays", TAIL "set hold-lines 2", "x\na\nb\n", "x\na\nb\n"},
        {"the oldest first", TAIL "set hold-lines 2", "x\na\nx\nb\n", "x\na\nb\n"});
}
END_TEST

START_TEST(block_without_until)
{
    CHECK_ROWS(
        {"lines=N takes N lines more", "block lines=2 /x/", "x\na\nb\nc\n", "c\n"},
        {"lines=N does not count blank lines", "block lines=2 /x/", "x\n\na\n\n\nb\nc\n",
         "\n\nc\n"},
        {"lines=N ends with the document", "block lines=9 /x/", "a\nx\nb\n", "a\n"},
        {"lines=N counts lines that stay", "block lines=2 /x/\nkeep /k/", "x\nk\na\nb\n", "k\nb\n"},
        {"lines=N counts lines that were emptied", "strip /s/\nblock lines=1 /x/", "x\ns\na\n",
         "a\n"},
        {"a block does not open in itself", "block lines=1 /x/", "x\nx\na\n", "a\n"},
        {"another block does not open in it", "block lines=1 /x/\nblock lines=5 /y/", "x\ny\na\n",
         "a\n"},
        {"paras=N begins beneath the line", "block paras=1 /x/", "x\na\nb\n\nc\n", "\nc\n"},
        {"paras=N begins behind a gap", "block paras=1 /x/", "x\n\na\nb\n\nc\n", "\nc\n"},
        {"paras=N counts N", "block paras=2 /x/", "x\na\n\n\nb\nb\n\nc\n", "\n\nc\n"},
        {"paras=N counts a paragraph that stays", "block paras=1 /x/\nkeep /k/", "x\nk\n\na\n",
         "k\n\na\n"},
        {"of two bounds the first ends it", "block lines=2 paras=2 /x/", "x\na\nb\nc\n", "c\n"},
        {"of two bounds the first ends it, paras", "block lines=9 paras=1 /x/", "x\na\n\nb\n",
         "\nb\n"},
        {"a cut is not lost in it", "block lines=2 /x/\ncut /y/", "x\ny\na\nb\n", ""},
        {"back=N reaches past it", "block lines=2 /x/\ncut back=1 /y/", "a\nb\nx\nc\ny\n", "a\n"});
}
END_TEST

START_TEST(block_until)
{
    CHECK_ROWS(
        {"the line of until goes too", "block /x/ until /z/", "a\nx\nb\n\nc\nz\nd\n", "a\n\nd\n"},
        {"until is not looked for in the first line", "block /x/ until /x/", "x\na\nx\nb\n", "b\n"},
        {"without its end it gives back", "block /x/ until /z/", "x\na\n\nb\n", "x\na\n\nb\n"},
        {"what it gives back meets later rules", "block /x/ until /z/\ndrop /x/", "x\na\n", "a\n"},
        {"the lines after it meet all rules", "drop /b/\nblock /x/ until /z/\ndrop /a/",
         "x\na\nb\nc\n", "x\nc\n"},
        {"a later block gets what an earlier one gave back",
         "block /x/ until /z/\nblock /x/ until /y/", "x\na\ny\nb\n", "b\n"},
        {"the next line may open it", "block /x/ until /z/ lines=2", "x\nx\na\nz\nb\n", "x\nb\n"},
        {"until within lines=N", "block lines=2 /x/ until /z/", "x\na\nz\nb\n", "b\n"},
        {"until beyond lines=N", "block lines=2 /x/ until /z/", "x\na\nb\nz\n", "x\na\nb\nz\n"},
        {"until within paras=N", "block paras=1 /x/ until /z/", "x\na\nz\n\nb\n", "\nb\n"},
        {"until beyond paras=N", "block paras=1 /x/ until /z/", "x\na\n\nz\n", "x\na\n\nz\n"},
        {"keep protects in it", "block /x/ until /z/\nkeep /k/", "x\nk\na\nz\nb\n", "k\nb\n"},
        {"a protected line may be its end", "block /x/ until /z/\nkeep /k/", "x\na\nkz\nb\n",
         "kz\nb\n"},
        {"a protected line does not open it", "block /x/ until /z/\nkeep /k/", "xk\na\nz\n",
         "xk\na\nz\n"},
        {"no cut in it", "block /x/ until /z/\ncut /y/", "x\ny\nz\na\n", "a\n"},
        {"given back, the cut holds", "block /x/ until /z/\ncut /y/", "x\ny\na\n", "x\n"},
        {"it ends with the document", "block /x/ until /z/\ndrop /x/", "x\na", "a"});
}
END_TEST

START_TEST(run)
{
    CHECK_ROWS(
        {"N lines are a run", "run 3 /x/", "a\nx\nx\nx\nb\n", "a\nb\n"},
        {"N less one are none", "run 3 /x/", "a\nx\nx\nb\n", "a\nx\nx\nb\n"},
        {"a run goes on beyond N", "run 2 /x/", "x\nx\nx\nx\na\nx\n", "a\nx\n"},
        {"run 1 is a drop", "run 1 /x/", "a\nx\nb\nx\n", "a\nb\n"},
        {"a run ends with the document", "run 2 /x/", "a\nx\nx", "a\n"},
        {"too short at the document's end", "run 2 /x/", "a\nx", "a\nx"},
        {"gaps do not break it", "run 2 /x/", "x\n\nx\n\n\na\n", "\n\na\n"},
        {"a line that an earlier rule drops does not break it", "drop /d/\nrun 2 /x/",
         "x\nd\nx\na\n", "a\n"},
        {"nor does it count", "drop /d/\nrun 3 /x/", "x\nd\nx\na\n", "x\nx\na\n"},
        {"nor does it break a run that is long enough", "drop /d/\nrun 2 /x/", "x\nx\nd\nx\na\n",
         "a\n"},
        {"an emptied line does not break it", "strip /s/\nrun 2 /x/", "x\ns\nx\na\n", "a\n"},
        {"a line that a later rule drops breaks it", "run 2 /x/\ndrop /d/", "x\nd\nx\na\n",
         "x\nx\na\n"},
        {"a line that a later rule drops ends one that is long enough", "run 2 /x/\ndrop /d/",
         "x\nx\nd\nx\na\n", "x\na\n"},
        {"a line that an earlier rule drops is no member", "drop /xd/\nrun 2 /x/", "x\nxd\na\n",
         "x\na\n"},
        {"a protected line breaks it", "run 2 /x/\nkeep /k/", "x\nxk\nx\na\n", "x\nxk\nx\na\n"},
        {"a protected line ends one that is long enough", "run 2 /x/\nkeep /k/", "x\nx\nk\nx\na\n",
         "k\nx\na\n"},
        {"too short, it gives back to the rules after it", "run 3 /x/\ndrop /x/", "x\nx\na\n",
         "a\n"},
        {"a later run takes what an earlier one gave back", "run 3 /x/\nrun 2 /[xy]/", "x\ny\na\n",
         "a\n"},
        {"and at the document's end", "run 3 /x/\nrun 2 /x/", "x\nx\n", ""},
        {"and from a block without an end", "block /x/ until /z/\nrun 2 /x/", "x\nx\n", ""},
        {"an earlier block ends it", "block /f/ until /z/\nrun 2 /x/", "x\nf\nz\nx\na\n",
         "x\nx\na\n"},
        {"a block without an end does not", "block /f/ until /z/\nrun 2 /[xf]/", "x\nf\na\n",
         "a\n"},
        {"an earlier block with a bound ends it", "block lines=1 /f/\nrun 2 /x/",
         "x\nx\nf\nb\nx\na\n", "x\na\n"},
        {"an earlier run does not break it", "run 2 /f/\nrun 2 /x/", "x\nf\nf\nx\na\n", "a\n"},
        {"nor one that is long enough", "run 2 /f/\nrun 2 /x/", "x\nx\nf\nf\nx\na\n", "a\n"},
        {"a member of a later run ends an earlier one", "run 2 /f/\nrun 3 /[af]/",
         "a\nf\nf\na\nf\nb\n", "b\n"},
        {"a cut ends it", "run 3 /x/\ncut /y/", "x\nx\ny\nx\n", "x\nx\n"},
        {"an earlier cut beats it", "cut /y/\nrun 2 /[xy]/", "x\ny\nx\n", "x\n"},
        {"two runs, one behind the other", "run 2 /x/\nrun 2 /y/", "x\nx\ny\ny\na\ny\n", "a\ny\n"});
}
END_TEST

START_TEST(file_order)
{
    CHECK_ROWS(
        {"a drop before a block keeps it shut", "drop /x/\nblock lines=1 /x/", "x\na\n", "a\n"},
        {"a block before a drop opens", "block lines=1 /x/\ndrop /x/", "x\na\n", ""},
        {"a drop before a cut spares the rest", "drop /x/\ncut /x/", "x\na\n", "a\n"},
        {"a cut before a drop takes the rest", "cut /x/\ndrop /x/", "x\na\n", ""},
        {"a run before a cut takes its lines", "run 2 /x/\ncut /x/", "x\nx\na\n", "a\n"},
        {"a run too short leaves them to the cut", "run 3 /x/\ncut /x/", "a\nx\nx\nb\n", "a\n"});
}
END_TEST

/* What the rules see of the limits, where each is as large as it may be. */
START_TEST(bounds_are_reached)
{
    CHECK_ROWS(
        {"a run of hold-lines lines", "set hold-lines 3\nrun 3 /x/", "x\nx\nx\na\n", "a\n"},
        {"until within hold-lines lines", "set hold-lines 3\nblock /x/ until /z/",
         "x\na\na\nz\nb\n", "b\n"},
        {"until beyond them", "set hold-lines 3\nblock /x/ until /z/", "x\na\na\na\nz\nb\n",
         "x\na\na\na\nz\nb\n"},

        {"a gap counts no lines", "set hold-lines 2\nrun 2 /x/", "x\n\n\n\nx\na\n", "\n\n\na\n"},
        {"a block beyond hold-bytes", "set hold-bytes 256\nblock /x/ until /z/",
         "x\n0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "0123456789012345678901234567890123456789012345678901234567890123456789\nz\n",
         "x\n0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "0123456789012345678901234567890123456789012345678901234567890123456789\n"
         "0123456789012345678901234567890123456789012345678901234567890123456789\nz\n"});
}
END_TEST

/* A rule that loads must be able to do what it says: at each hold-lines, the largest N. */
START_TEST(a_bound_that_loads_can_be_reached)
{
    static const struct {
        const char *rule; /* %u: N */
        unsigned before;  /* lines `x` before the last; the document is dropped whole */
        const char *first, *last;
    } rows[] = {{"run %u /x/", 0, "", ""},
                {"cut back=%u /y/", 0, "", "y\n"},
                {"head first=%u /^y/\ndrop /y/", 1, "", "y\n"},
                {"block lines=%u /^y/ until /^z/", 1, "y\n", "z\n"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (unsigned hold = 1; hold <= 9; hold++)
            for (unsigned n = 1; n <= hold + 1; n++) {
                char statements[100], document[100], *errors;
                int length = snprintf(statements, sizeof statements, "set hold-lines %u\n", hold);
                snprintf(statements + length, sizeof statements - (size_t)length, rows[i].rule, n);
                strcpy(document, rows[i].first);
                for (unsigned line = rows[i].before; line < n; line++)
                    strcat(document, "x\n");
                strcat(document, rows[i].last);
                struct rules *rules = given_rules_or_errors(statements, false, &errors);
                if (*errors == '\0') {
                    struct given_text kept;
                    given_filtered(rules, document, &kept);
                    ck_assert_msg(kept.length == 0, "%s loads, but of\n%s it keeps\n%s", statements,
                                  document, kept.bytes);
                }
                free(errors);
                rules_destroy(rules);
            }
}
END_TEST

/* A document's state must not reach into the next one. */
START_TEST(documents_are_apart)
{
    static const struct row rows[] = {
        {"a cut", "cut /x/", "x\na\n", ""},
        {"an open block", "block lines=5 /x/", "x\na\n", ""},
        {"a block that waits", "block /x/ until /z/", "x\na\n", "x\na\n"},
        {"a run that is too short", "run 2 /x/", "a\nx\n", "a\nx\n"},
        {"a run that is long enough", "run 2 /x/", "x\nx\n", ""},
        {"short lines before a cut", "cut back=2 /x/", "a\n\n", "a\n\n"},
        {"first", "drop first=1 /x/", "x\nx\n", "x\n"},
        {"after", "drop after=2w /x/", "x\na\nx\n", "x\na\n"},
        {"gaps", "drop /x/", "a\n\nx\n\n", "a\n\n"},
    };
    static const char second[] = "\nb\nx\nz\n";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rules *rules = given_rules(rows[i].rules);
        struct given_text once, twice = {.length = 0}, alone = {.length = 0};
        struct given_stream stream;
        given_filtered(rules, second, &alone);
        strcpy(once.bytes, rows[i].kept);
        strcat(once.bytes, alone.bytes);
        given_stream_open(&stream, rules, false);
        given_document(&stream, rows[i].document, given_keep_text, &twice);
        given_document(&stream, second, given_keep_text, &twice);
        given_stream_close(&stream);
        ck_assert_msg(strcmp(once.bytes, twice.bytes) == 0, "%s: kept\n%s--- instead of\n%s",
                      rows[i].what, twice.bytes, once.bytes);
        rules_destroy(rules);
    }
}
END_TEST

static void note_verdicts(void *context, const struct held *line)
{
    const char verdict = line->verdict == VERDICT_DROP ? 'd'
                         : line->edited_by != NO_RULE  ? 'e'
                                                       : 'k';
    const char rule =
        line->verdict == VERDICT_DROP || line->rule != NO_RULE ? (char)('0' + line->rule) : '-';
    given_append(context, (const char[]){verdict, rule, line->is_blank ? '_' : ' '}, 3);
}

/* The rule that --explain will name; rules are numbered in the order in which lines meet them. */
START_TEST(verdicts_name_their_rule)
{
    static const struct row rows[] = {
        {"a line that no rule hits", "drop /x/", "a\n", "k- "},
        {"the first rule that hits", "drop /y/\ndrop /x/\ndrop /./", "x\n", "d1 "},
        {"a protected line, its keep rule", "keep /k/\ndrop /x/", "kx\n", "k0 "},
        {"an emptied line, its strip rule", "strip /y/\nstrip /x/", "x\n", "d1 "},
        {"an edited line", "strip /x/", "xa\n", "e- "},
        {"an edited line that is dropped", "strip /x/\ndrop /a/", "xa\n", "d1 "},
        {"a cut and what it takes", "cut back=1 /x/", "a.\nb\nx\nc\n", "k- d0 d0 d0 "},
        {"a block and what it takes", "block /x/ until /z/\ndrop /a/", "x\na\nz\n", "d0 d0 d0 "},
        {"a block that gave back", "block /x/ until /z/\ndrop /[xa]/", "x\na\n", "d1 d1 "},
        {"a protected line in a block", "keep /k/\nblock /x/ until /z/", "x\nk\nz\n", "d1 k0 d1 "},
        {"a run and what an earlier rule drops", "drop /d/\nrun 2 /x/", "x\nd\nx\nx\n",
         "d1 d0 d1 d1 "},
        {"a gap that goes, with what dropped last", "drop /x/\ndrop /y/", "a\n\nx\ny\n\nb\n",
         "k- k-_d0 d1 d1_k- "},
        {"a gap before a cut, with it", "cut /x/", "a\n\nx\n\n", "k- d0_d0 d0_"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rules *rules = given_rules(rows[i].rules);
        struct given_text verdicts = {.length = 0};
        struct given_stream stream;
        given_stream_open(&stream, rules, true);
        given_document(&stream, rows[i].document, note_verdicts, &verdicts);
        given_stream_close(&stream);
        ck_assert_msg(strcmp(verdicts.bytes, rows[i].kept) == 0, "%s: %s instead of %s",
                      rows[i].what, verdicts.bytes, rows[i].kept);
        rules_destroy(rules);
    }
}
END_TEST

/* Pieces of a line that is too long are kept, and what waited before them is decided. */
START_TEST(pieces_are_kept)
{
    static const char *const statements[] = {"block /x/ until /z/", "run 3 /x/", "cut back=2 /y/",
                                             "block lines=5 /a/"};
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        struct rules *rules = given_rules(statements[i]);
        struct given_text kept = {.length = 0};
        struct given_stream stream;
        struct matched matched;
        given_stream_open(&stream, rules, false);
        given_begin(&stream, given_keep_text, &kept);
        struct decide *decide = stream.stream->decide;
        const struct line before = {
            .text = "x\n", .length = 1, .ending = 1, .number = 1, .first = true, .last = true};
        const struct position position = decide_position(decide);
        ck_assert(
            match_line(stream.stream->match, before.text, before.length, &position, &matched));
        watch_line(decide, &before, &matched);
        while (watch_next(decide) != NULL)
            continue;
        watch_blank(
            decide,
            &(struct line){.text = "\n", .ending = 1, .number = 2, .first = true, .last = true});
        while (watch_next(decide) != NULL)
            continue;
        for (int piece = 0; piece < 3; piece++) {
            const struct held *settled;
            int pieces = 0;
            const struct line line = {.text = "zx",
                                      .length = piece < 2 ? 2 : 1,
                                      .number = 3,
                                      .first = piece == 0,
                                      .last = piece == 2};
            decide_piece(decide, &line);
            while ((settled = decide_next(decide)) != NULL) {
                ck_assert(pieces++ == 0 || piece == 0);
                ck_assert_int_eq(settled->verdict, VERDICT_KEEP);
                if (settled->number == 3) {
                    ck_assert(settled->is_continued == (piece > 0));
                    ck_assert(settled->continues == (piece < 2));
                }
                given_keep_text(&kept, settled);
            }
            ck_assert_int_ge(pieces, 1);
        }
        ck_assert_uint_eq(decide_position(decide).line, 3);
        decide_end(decide);
        ck_assert_str_eq(kept.bytes, "x\n\nzxzxz");
        given_stream_close(&stream);
        rules_destroy(rules);
    }
}
END_TEST

Suite *decide_suite(void);

Suite *decide_suite(void)
{
    Suite *suite = suite_create("decide");
    TCase *verbs = tcase_create("verbs");
    tcase_add_test(verbs, drop_and_keep);
    tcase_add_test(verbs, strip_comes_first);
    tcase_add_test(verbs, blank_lines);
    tcase_add_test(verbs, cut);
    tcase_add_test(verbs, soft_cut);
    tcase_add_test(verbs, head);
    tcase_add_test(verbs, tail);
    tcase_add_test(verbs, block_without_until);
    tcase_add_test(verbs, block_until);
    tcase_add_test(verbs, run);
    tcase_add_test(verbs, file_order);
    suite_add_tcase(suite, verbs);
    TCase *streams = tcase_create("streams");
    tcase_add_test(streams, bounds_are_reached);
    tcase_add_test(streams, a_bound_that_loads_can_be_reached);
    tcase_add_test(streams, documents_are_apart);
    tcase_add_test(streams, verdicts_name_their_rule);
    tcase_add_test(streams, pieces_are_kept);
    suite_add_tcase(suite, streams);
    return suite;
}
