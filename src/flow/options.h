/*
 * options -- the command line, taken apart.
 *
 * Model:     one table of options: letter, long name, argument, what it sets and the help text;
 *            getopt_long, --help and the manual (by a test) follow it.
 * Ownership: strings are argv's; options_free frees the list of rules and the fields.
 * Errors:    OPTIONS_BAD with a message in `error`; nothing is printed.
 */
#ifndef DECHAFF_FLOW_OPTIONS_H
#define DECHAFF_FLOW_OPTIONS_H

#include "flow/flow.h"
#include "format/formats.h"
#include "rules/rules.h"

enum action {
    ACTION_FILTER,
    ACTION_RESTORE,
    ACTION_CHECK,
    ACTION_LIST,
    ACTION_IMAGE,
    ACTION_HELP,
    ACTION_VERSION
};

enum sandbox_wish { WISH_AUTO, WISH_ON, WISH_OFF };

/* A -r or an -e, in command-line order. */
struct rules_option {
    const char *text;
    bool is_name; /* else statements */
};

#define OPTIONS_ERROR 256

struct options {
    enum action action;
    struct rules_option *rules;
    size_t rules_count;
    bool has_profile;            /* a -r was given */
    bool has_files;              /* operands were given */
    const struct format *format; /* NULL: by the files' names */
    const char *restore;         /* the rejects to put back */
    const char *output;
    bool shipped_only;
    bool no_image;
    const char *image; /* the file to write one to */
    enum sandbox_wish sandbox;
    struct limits limits;
    struct field_wishes field_wishes;
    struct fields *fields;
    struct flow_wishes flow; /* without operands the file is - */
    char error[OPTIONS_ERROR];
};

enum options_status { OPTIONS_OK, OPTIONS_BAD, OPTIONS_NO_MEMORY };

enum options_status options_parse(struct options *options, int argc, char **argv);
void options_free(struct options *options);

/* The format of a file; NULL for a text that is read as it comes. */
const struct format *options_format(const struct options *options, const char *path);

/* The text of --help; the caller frees it. NULL when memory is short. */
char *options_help(void);

/* The text of --version, with what PCRE2 says of itself and the sandbox is made of; the same. */
char *options_version(void);

#endif
