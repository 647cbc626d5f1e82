/*
 * arguments -- the command line, taken apart.
 *
 * Model:     getopt_long by the table of flow/option_rows; each option is put into its field.
 * Ownership: what goes into the options is argv's, see options.h.
 * Errors:    those of options.h; nothing is printed.
 */
#ifndef DECHAFF_FLOW_ARGUMENTS_H
#define DECHAFF_FLOW_ARGUMENTS_H

#include "flow/option_rows.h"

/* Fills OPTIONS anew; options_free whatever is returned. */
enum options_status arguments_parse(struct options *options, int argc, char **argv);

#endif
