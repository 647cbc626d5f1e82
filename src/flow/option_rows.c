#include "flow/option_rows.h"

#include "base/report.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define FIELD(name) offsetof(struct options, name)

const struct option_row option_rows[] = {
    {'r', "rules", "=RULES", TAKES_RULES, true,
     "load the profile, pack or rule file RULES\n(default: article; none: no rules)", USED_ALWAYS,
     OFFER_RULES},
    {'e', "rule", "=RULE", TAKES_RULES, false, "add a statement of the rule language", USED_ALWAYS,
     OFFER_STATEMENTS},
    {'o', "output", "=FILE", TAKES_TEXT, FIELD(output),
     "write to FILE, replaced only when all went well", USED_IF_READ, OFFER_FILES},
    {'i', "in-place", "[=SUFFIX]", TAKES_IN_PLACE, 0,
     "edit the files themselves; with SUFFIX keep backups", USED_IF_FILTERED, NULL},
    {'\0', "files0-from", "=FILE", TAKES_TEXT, FIELD(list),
     "read the files that FILE names, a NUL behind each", USED_IF_NAMED, OFFER_FILES},
    {'v', "invert", NULL, TAKES_SHOW, SHOW_DROPPED, "print the dropped lines instead",
     USED_IF_FILTERED, NULL},
    {'\0', "explain", "[=FORM]", TAKES_EXPLAIN, SHOW_EXPLAINED,
     "print every line with its verdict and rule;\nFORM is rows (default), dropped or html",
     USED_IF_FILTERED, "rows dropped html"},
    {'\0', "stats", "[=json]", TAKES_STATS, 0, "print counts to standard error at the end",
     USED_IF_FILTERED, "json"},
    {'q', "quiet", NULL, TAKES_FLAG, FIELD(flow.quiet), "make no remarks on what may be a mistake",
     USED_ALWAYS, NULL},
    {'\0', "progress", NULL, TAKES_FLAG, FIELD(flow.progress),
     "show on a terminal how far the run is", USED_IF_READ, NULL},
    {'\0', "format", "=NAME", TAKES_FORMAT, 0, "text, jsonl, wet or nul (default: by file name)",
     USED_IF_READ, "text jsonl wet nul"},
    {'z', "null", NULL, TAKES_FORMAT, 0, "documents end with a NUL: --format=nul", USED_IF_READ,
     NULL},
    {'\0', "html", "=HOW", TAKES_HTML, 0,
     "make text of HTML by lynx, w3m or elinks, auto\n(default): the first that is there, or off",
     USED_IF_READ, "auto off lynx w3m elinks"},
    {'\0', "field", "=PATH", TAKES_TEXT, FIELD(field_wishes.text),
     "jsonl: the field with the text (default text)", USED_IF_JSON_LINES, OFFER_FIELDS},
    {'\0', "url-field", "=PATH", TAKES_TEXT, FIELD(field_wishes.url),
     "jsonl: the field with its address\n(default url, source, metadata.url, ...)",
     USED_IF_JSON_LINES, OFFER_FIELDS},
    {'\0', "host-field", "=PATH", TAKES_TEXT, FIELD(field_wishes.host),
     "jsonl: the field with a name for its host", USED_IF_JSON_LINES, OFFER_FIELDS},
    {'\0', "lang-field", "=PATH", TAKES_TEXT, FIELD(field_wishes.language),
     "jsonl: the field with its language\n(default language, lang)", USED_IF_JSON_LINES,
     OFFER_FIELDS},
    {'\0', "annotate", "=NAME", TAKES_TEXT, FIELD(field_wishes.annotation),
     "jsonl: add a field NAME with what was dropped", USED_IF_FILTERED, NULL},
    {'\0', "bad", "=WHAT", TAKES_BAD, 0, "pass (default), drop or fail at bad documents",
     USED_IF_MANY, "pass drop fail"},
    {'\0', "drop-empty", NULL, TAKES_FLAG, FIELD(flow.stream.splice.drop_empty),
     "leave out documents without a line left", USED_IF_WRITTEN_WHOLE, NULL},
    {'\0', "max-drop", "=PERCENT", TAKES_PERCENT, FIELD(flow.stream.splice.max_drop),
     "pass documents that would lose more of their words", USED_IF_FILTERED, NULL},
    {'\0', "max-document", "=BYTES", TAKES_SIZE, FIELD(flow.max_document),
     "pass longer documents untouched (default 1G)", USED_IF_HELD, NULL},
    {'\0', "rejects", "=FILE", TAKES_TEXT, FIELD(flow.rejects), "write what is dropped to FILE",
     USED_IF_FILTERED, OFFER_FILES},
    {'\0', "restore", "=FILE", TAKES_RESTORE, 0, "put what --rejects wrote to FILE back",
     USED_ALWAYS, OFFER_FILES},
    {'j', "jobs", "=N", TAKES_JOBS, FIELD(flow.jobs),
     "use N threads for many documents (0: all cores)", USED_IF_MANY, NULL},
    {'\0', "check", NULL, TAKES_ACTION, ACTION_CHECK, "check rules, FILEs too, and their examples",
     USED_ALWAYS, NULL},
    {'\0', "list-rules", NULL, TAKES_ACTION, ACTION_LIST, "list the loaded rules", USED_ALWAYS,
     NULL},
    {'\0', "list-packs", NULL, TAKES_ACTION, ACTION_PACKS, "list the profiles and packs there are",
     USED_ALWAYS, NULL},
    {'\0', "host", "=NAME", TAKES_TEXT, FIELD(flow.stream.host),
     "the host that the text comes from", USED_IF_READ, OFFER_HOSTS},
    {'\0', "lang", "=CODE", TAKES_TEXT, FIELD(flow.stream.language), "the language of the text",
     USED_IF_TRIED, NULL},
    {'\0', "limit", "=NAME=N", TAKES_LIMIT, 0, "let rules take up to N of NAME, a ceiling",
     USED_ALWAYS, "rules= rule-bytes= growth= hold-lines= hold-bytes= page-bytes= match-limit="},
    {'\0', "max-line", "=BYTES", TAKES_SIZE, FIELD(flow.stream.max_line),
     "pass longer lines untouched (default 1M)", USED_IF_READ, NULL},
    {'\0', "buffer-size", "=BYTES", TAKES_SIZE, FIELD(flow.stream.buffer_size),
     "read so much at a time (default 64k)", USED_IF_READ, NULL},
    {'\0', "line-buffered", NULL, TAKES_FLAG, FIELD(flow.line_buffered),
     "write each line as soon as it is decided", USED_IF_FILTERED, NULL},
    {'\0', "engine", "=NAME", TAKES_ENGINE, 0, "prefilter (default), or plain: try every rule",
     USED_IF_TRIED, "prefilter plain"},
    {'\0', "sandbox", "=WHEN", TAKES_SANDBOX, 0,
     "auto (default), on or off: do no more than the work", USED_ALWAYS, "auto on off"},
    {'\0', "no-config", NULL, TAKES_FLAG, FIELD(shipped_only),
     "look for rules only where they are installed", USED_ALWAYS, NULL},
    {'\0', "no-image", NULL, TAKES_FLAG, FIELD(no_image),
     "load the rules even if there is an image of them", USED_ALWAYS, NULL},
    {'\0', "write-image", "=FILE", TAKES_IMAGE, 0, "write an image of the loaded rules to FILE",
     USED_ALWAYS, OFFER_FILES},
    {'\0', "completion", "=SHELL", TAKES_SHELL, 0, "print what bash, zsh or fish needs to complete",
     USED_ALWAYS, "bash zsh fish"},
    {'\0', "learn", "[=WHAT]", TAKES_LEARN, 0,
     "write rules for the sites that FILEs are from,\nor counts for --merge", USED_ALWAYS,
     "rules counts"},
    {'\0', "by", "=WHAT", TAKES_BY, 0,
     "learn: sites are hosts (default), domains: site,\nor what a field names: field:PATH",
     USED_IF_LEARNT, "host site field:"},
    {'\0', "min-pages", "=N", TAKES_COUNT, FIELD(learn.study.pages),
     "learn: a rule's line is on N pages (default 3)", USED_IF_LEARNT, NULL},
    {'\0', "min-share", "=PERCENT", TAKES_PERCENT, FIELD(learn.study.share),
     "learn: and on so many of its site's (default 10)", USED_IF_LEARNT, NULL},
    {'\0', "min-prose-share", "=PERCENT", TAKES_PERCENT, FIELD(learn.study.prose_share),
     "learn: of lines as long as prose (default 30)", USED_IF_LEARNT, NULL},
    {'\0', "sure-pages", "=N", TAKES_COUNT, FIELD(learn.study.sure_pages),
     "learn: it drops also where rules weigh (default 10)", USED_IF_LEARNT, NULL},
    {'\0', "sure-share", "=PERCENT", TAKES_PERCENT, FIELD(learn.study.sure_share),
     "learn: and on so many of its site's (default 50)", USED_IF_LEARNT, NULL},
    {'\0', "max-kept", "=PERCENT", TAKES_PERCENT, FIELD(learn.study.most_kept),
     "learn: with -r, what is between lines is dropped\nif so much of it is kept (default 10)",
     USED_IF_LEARNT, NULL},
    {'\0', "memory", "=BYTES", TAKES_SIZE, FIELD(learn.memory),
     "learn: keep so much in memory (default 128M)", USED_IF_LEARNT, NULL},
    {'\0', "merge", NULL, TAKES_FLAG, FIELD(learn.merges), "learn: from what --learn=counts wrote",
     USED_IF_LEARNT, NULL},
    {'\0', "diff", "=RULES", TAKES_DIFF, 0,
     "show what would change if the rules took the place\nof RULES", USED_ALWAYS, OFFER_RULES},
    {'\0', "diff-as", "=FORM", TAKES_DIFF_AS, 0, "diff: as text (default), json or html",
     USED_IF_COMPARED, "text json html"},
    {'\0', "max-change", "=PERCENT", TAKES_PERCENT, FIELD(diff.max_change),
     "diff: exit with 1 if more of the words change", USED_IF_COMPARED, NULL},
    {'\0', "samples", "=N", TAKES_COUNT, FIELD(diff.samples),
     "diff: show N lines of each rule (default 3)", USED_IF_COMPARED, NULL},
    {'\0', "report", "=FILE", TAKES_REPORT, 0,
     "write all there is to a page that comes out wrong\nto FILE, to be sent", USED_ALWAYS,
     OFFER_FILES},
    {'h', "help", NULL, TAKES_ACTION, ACTION_HELP, "print this help", USED_ALWAYS, NULL},
    {'V', "version", NULL, TAKES_ACTION, ACTION_VERSION, "print the version", USED_ALWAYS, NULL},
    {0},
};

static_assert(sizeof option_rows / sizeof *option_rows <= OPTION_ROWS_MAX + 1, "a bit for each");

#define HELP_COLUMN 29

static void print_row(FILE *stream, const struct option_row *row)
{
    const char *help = row->help, *newline;
    int width = row->letter ? fprintf(stream, "  -%c, --%s", row->letter, row->name)
                            : fprintf(stream, "      --%s", row->name);

    if (row->argument)
        width += fprintf(stream, "%s", row->argument);
    while ((newline = strchr(help, '\n'))) {
        fprintf(stream, "%*s%.*s\n", HELP_COLUMN - width, "", (int)(newline - help), help);
        help = newline + 1;
        width = 0;
    }
    fprintf(stream, "%*s%s\n", HELP_COLUMN - width, "", help);
}

char *option_rows_help(void)
{
    struct report report;

    if (!report_open(&report))
        return NULL;
    fputs("usage: dechaff [-r RULES]... [-e RULE]... [FILE...]\n"
          "Drop the lines that belong to the site and not to the article.\n"
          "Without FILE, or where it is -, read standard input.\n\n",
          report.stream);
    for (const struct option_row *row = option_rows; row->name; row++)
        print_row(report.stream, row);
    fputs("\nExit status: 0 done, 1 done but something needs a look, 2 failed.\n"
          "The manual is dechaff(1), the rule language dechaff-rules(5).\n",
          report.stream);
    return report_close(&report);
}
