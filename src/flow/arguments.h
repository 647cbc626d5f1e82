/*
 * arguments -- the command line, taken apart.
 *
 * Model:     one table of options: letter, long name, argument, what it sets and the help text;
 *            getopt_long, --help and the manual (by a test) follow it.
 * Ownership: what goes into the options is argv's, see options.h; texts are the caller's.
 * Errors:    those of options.h; nothing is printed.
 */
#ifndef DECHAFF_FLOW_ARGUMENTS_H
#define DECHAFF_FLOW_ARGUMENTS_H

#include "flow/options.h"

/* Fills OPTIONS anew; options_free whatever is returned. */
enum options_status arguments_parse(struct options *options, int argc, char **argv);

/* The text of --help; the caller frees it. NULL when memory is short. */
char *arguments_help(void);

/* The text of --version, with what PCRE2 says of itself and the sandbox is made of; the same. */
char *arguments_version(void);

#endif
