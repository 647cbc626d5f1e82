/*
 * diff_form -- how it is told what changes under new rules.
 *
 * Model:     the totals, then each rule with its samples, then the hosts, the busiest first: what
 *            comes in which order is said here once, how each of them looks in the rows, which are
 *            in a file each. A new form is a row and its functions.
 * Ownership: rows are constant; all that they are given is borrowed.
 * Errors:    the writer's.
 */
#ifndef DECHAFF_FLOW_DIFF_FORM_H
#define DECHAFF_FLOW_DIFF_FORM_H

#include "diff/changes.h"
#include "io/writer.h"

#include <stddef.h>

/* As many hosts as a screen shows; JSON has them all. */
#define DIFF_HOSTS_SHOWN 20

struct diff_rule {
    char id[RULE_ID_SIZE]; /* or - */
    bool is_new;
    const struct rule_changes *changes;
};

struct diff_form {
    const char *name;
    size_t hosts_most;    /* that are told by their names */
    const char *nameless; /* the name of a host that has none */
    const char *others; /* the name of the hosts that are not told by theirs, all in one; or NULL */
    const char *between; /* two rules, or two hosts */
    const char *behind_rules;
    const char *before_hosts; /* if there are any, as the next one */
    const char *behind_hosts;
    const char *end;
    bool (*put_begin)(struct writer *writer, const struct changes *changes);
    bool (*put_rule)(struct writer *writer, const struct diff_rule *rule);
    bool (*put_host)(struct writer *writer, const char *name, uint64_t documents,
                     const struct change_counts *counts);
};

/* For a terminal: a block for each rule, headed by @@, a line for each sample, a row for a host. */
extern const struct diff_form diff_text_form;

/* One line: an object with the totals, an array of rules and one of hosts. */
extern const struct diff_form diff_json_form;

/* A page for a browser in the look of the report (report.h); what that says of texts from outside
 * holds here, too. */
extern const struct diff_form diff_html_form;

/* NULL if there is none of that name. */
const struct diff_form *diff_form_find(const char *name);

/* Writes CHANGES, which are finished, and the ROWS of changes_rank, COUNT of them. */
bool diff_form_put(const struct diff_form *form, struct writer *writer,
                   const struct changes *changes, const struct change_row *rows, size_t count);

/* COUNT and WHAT, which is one of them, as in "2 lines"; for the rows. */
struct diff_count {
    char text[64];
};
struct diff_count diff_count(uint64_t count, const char *what);

#endif
