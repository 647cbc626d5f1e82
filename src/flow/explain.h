/*
 * explain -- a line with its verdict and the rule that gave it.
 *
 * Model:     VERDICT TAB RULE TAB LINE, a line each, also where the input's last line has no
 *            ending. On a terminal the columns are aligned and dropped lines coloured instead.
 *            If rules weigh: VERDICT TAB P TAB RULE:SHARE,... TAB LINE, nowhere aligned.
 *            The verdict is keep, drop or edit (kept, but for what a strip rule removed).
 * Errors:    the writer's.
 */
#ifndef DECHAFF_FLOW_EXPLAIN_H
#define DECHAFF_FLOW_EXPLAIN_H

#include "decide/hold.h"
#include "io/writer.h"
#include "match/chosen.h"
#include "rules/rules.h"

/* CHOSEN are the rules that weigh in the line's document; NULL if no rule does. */
bool explain_line(struct writer *writer, const struct rules *rules, const struct chosen *chosen,
                  const struct held *line, bool is_coloured);

#endif
