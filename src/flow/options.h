/*
 * options -- what a run is asked for, and whether that goes together.
 *
 * Model:     flow/arguments fills them in from the command line; options_finish then adds what
 *            follows from several of them, and refuses what contradicts itself.
 * Ownership: strings are the command line's; options_free frees the lists of rules, the fields, the
 *            version, and the names that were read from a list.
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
    ACTION_PACKS,
    ACTION_IMAGE,
    ACTION_COMPLETION,
    ACTION_LEARN,
    ACTION_DIFF,
    ACTION_REPORT,
    ACTION_HELP,
    ACTION_VERSION
};

enum shell { SHELL_BASH, SHELL_ZSH, SHELL_FISH };

enum sandbox_wish { WISH_AUTO, WISH_ON, WISH_OFF };

/* A -r or an -e, in command-line order. */
struct rules_option {
    const char *text;
    bool is_name; /* else statements */
};

#define OPTIONS_ERROR 256

struct options {
    enum action action;
    uint64_t given; /* a bit for each row of flow/option_rows */
    struct rules_option *rules;
    size_t rules_count;
    struct rules_option *old; /* to compare them with */
    size_t old_count;
    bool has_profile;            /* a -r was given */
    bool has_files;              /* operands were given, or a list of them */
    const char *list;            /* of operands, or NULL */
    const struct format *format; /* NULL: by the files' names */
    const char *restore;         /* the rejects to put back */
    const char *output;
    bool shipped_only;
    enum shell shell; /* to complete in */
    bool no_image;
    const char *image; /* the file to write one to */
    enum sandbox_wish sandbox;
    struct limits limits;
    struct field_wishes field_wishes;
    const char *by_field; /* what a site is named by, of --by=field:PATH, or NULL */
    struct learn_wishes learn;
    struct diff_wishes diff;
    struct dossier_wishes dossier;
    struct fields *fields;
    char language[LANGUAGE_SIZE]; /* as documents have it */
    struct flow_wishes flow;      /* without operands the file is - */
    char error[OPTIONS_ERROR];
};

enum options_status { OPTIONS_OK, OPTIONS_BAD, OPTIONS_NO_MEMORY };

/* Notes what is wrong, FORMAT with DETAIL in it; returns OPTIONS_BAD. */
enum options_status options_bad(struct options *options, const char *format, const char *detail);

/* Once all are filled in: what follows from them together. */
enum options_status options_finish(struct options *options);

/* Whether texts are read and rules tried on them, or learnt. */
bool options_read_text(const struct options *options);

/* Whether operands have a meaning beside what is to be done. */
bool options_take_names(const struct options *options);

/* The format of a file; NULL for a text that is read as it comes. */
const struct format *options_format(const struct options *options, const char *path);

void options_free(struct options *options);

#endif
