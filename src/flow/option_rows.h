/*
 * option_rows -- the options there are: one table.
 *
 * Model:     letter, long name, argument, what it sets, the help text, and what it has an effect
 *            with; getopt_long, --help and the manual (by a test) follow it.
 * Ownership: rows are constant; texts are the caller's.
 * Errors:    NULL when memory is short.
 */
#ifndef DECHAFF_FLOW_OPTION_ROWS_H
#define DECHAFF_FLOW_OPTION_ROWS_H

#include "flow/options.h"

#define OPTION_ROWS_MAX 64 /* a bit for each in a number */

/* What an option does with its argument, and with what its row says. */
enum takes {
    TAKES_TEXT, /* it is put into the field */
    TAKES_FLAG, /* the field is set */
    TAKES_SIZE,
    TAKES_JOBS,
    TAKES_PERCENT,
    TAKES_LIMIT,
    TAKES_COUNT, /* a number from 1 on */
    TAKES_LEARN,
    TAKES_BY,
    TAKES_DIFF, /* a name of old rules */
    TAKES_DIFF_AS,
    TAKES_REPORT,
    TAKES_RULES,  /* a name of rules, or a statement for false */
    TAKES_ACTION, /* the row's */
    TAKES_SHOW,   /* the same */
    TAKES_EXPLAIN,
    TAKES_IN_PLACE,
    TAKES_RESTORE,
    TAKES_IMAGE,
    TAKES_FORMAT,
    TAKES_BAD,
    TAKES_STATS,
    TAKES_SANDBOX,
    TAKES_HTML,
    TAKES_ENGINE,
    TAKES_SHELL
};

/* Without which an option would have no effect. */
enum used {
    USED_ALWAYS,
    USED_IF_NAMED, /* operands say what is read */
    USED_IF_READ,  /* text is filtered or learnt from */
    USED_IF_FILTERED,
    USED_IF_LEARNT,
    USED_IF_TRIED, /* rules are, on texts */
    USED_IF_COMPARED,
    USED_IF_MANY,          /* documents in an input */
    USED_IF_HELD,          /* documents are held in memory */
    USED_IF_WRITTEN_WHOLE, /* they are, and come out as documents */
    USED_IF_JSON_LINES
};

/* What a shell offers for an argument, where that is no list of words. */
#define OFFER_FILES "<files>"
#define OFFER_RULES "<rules>"           /* profiles and packs, and files of rules */
#define OFFER_STATEMENTS "<statements>" /* verbs, and `bind` with the rules there are */
#define OFFER_FIELDS "<fields>"         /* of the first line of the first file */
#define OFFER_HOSTS "<hosts>"

struct option_row {
    char letter; /* or '\0' */
    const char *name;
    const char *argument; /* as --help shows it; [= if it may be left out, NULL if there is none */
    enum takes takes;
    size_t value; /* where the field is in struct options, or what the option stands for */
    const char *help;
    enum used used;
    const char *offers; /* words with a blank between them, or one of the above; NULL for nothing */
};

/* The last one has no name. */
extern const struct option_row option_rows[];

/* The text of --help; the caller frees it. */
char *option_rows_help(void);

#endif
