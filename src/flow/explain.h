/*
 * explain -- a line with its verdict and the rule that gave it.
 *
 * Model:     VERDICT TAB RULE TAB LINE, a line each, also where the input's last line has no
 *            ending. On a terminal the columns are aligned and dropped lines coloured instead.
 *            If rules weigh: VERDICT TAB P TAB RULE:SHARE,... TAB LINE, nowhere aligned.
 *            The verdict is keep, drop or edit (kept, but for what a strip rule removed).
 *            Of EXPLAIN_DROPPED only dropped lines have a row, each behind its number in the
 *            input, or in the document's text, and a tab.
 * Errors:    the writer's.
 */
#ifndef DECHAFF_FLOW_EXPLAIN_H
#define DECHAFF_FLOW_EXPLAIN_H

#include "decide/hold.h"
#include "io/writer.h"
#include "match/chosen.h"
#include "rules/rules.h"

/* The forms of --explain. */
enum explain_form { EXPLAIN_ROWS, EXPLAIN_DROPPED, EXPLAIN_HTML };

/* The form of that name; false if there is none. */
bool explain_form_find(const char *name, enum explain_form *form);

/* What became of a line, in a word, and the rule that is to be named, or NO_RULE. */
struct explained {
    const char *verdict;
    uint32_t rule;
};

struct explained explain_verdict(const struct held *line);

/* Of the rules that weighed the line the one that is named after LAST, or the first one for
 * NO_RULE; NO_RULE after all. */
uint32_t explain_next(const struct rules *rules, const struct chosen *chosen,
                      const struct held *line, uint32_t last);

/* Of the rules that weighed the line the one that counts most against it, or NO_RULE. */
uint32_t explain_blamed(const struct rules *rules, const struct chosen *chosen,
                        const struct held *line);

/* CHOSEN are the rules that weigh in the line's document; NULL if no rule does. */
bool explain_line(struct writer *writer, const struct rules *rules, const struct chosen *chosen,
                  const struct held *line, enum explain_form form, bool is_coloured);

#endif
