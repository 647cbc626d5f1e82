/*
 * confine -- a run goes into its sandbox.
 *
 * Model:     confine_run, once, when all rules are loaded and no thread was started: what the run
 *            still has to open follows from its options, and is all that it can open afterwards.
 *            That is nothing where standard input is filtered to standard output.
 * Ownership: nothing is held.
 * Errors:    below.
 */
#ifndef DECHAFF_FLOW_CONFINE_H
#define DECHAFF_FLOW_CONFINE_H

#include "flow/options.h"

/* NULL, or why the run must not go on: what --sandbox=on asks for and is not there, no memory,
 * or no process where a file that is packed is to be written.
 * UNPACK gets a process if what is packed, input or output, needs one; a run that filters without
 * rules has none, as nothing is unpacked there. */
const char *confine_run(const struct options *options, bool has_rules, struct unpack *unpack);

#endif
