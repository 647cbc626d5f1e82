/*
 * bind -- rules that decide where rules weigh.
 *
 * Model:     there a rule only speaks against a line, if it is none of the user's own. `bind NAME`
 *            makes those of a name decide: the rule's, or a pack's for all drop rules in its file.
 *            Which these are is known once all files are read.
 * Ownership: a bind lies in the arena of the rules, its name in the text of its source.
 * Errors:    false only when memory is short; a name that nothing to bind has goes into the
 *            diagnostics.
 */
#ifndef DECHAFF_RULES_BIND_H
#define DECHAFF_RULES_BIND_H

#include "base/arena.h"
#include "rules/diag.h"
#include "rules/rule.h"

struct bind {
    struct bind *next;
    struct span name;
    struct place place;
};

/* Notes in *BINDS that those of NAME, which stands at PLACE, are to decide. */
bool bind_add(struct arena *arena, struct bind **binds, struct span name,
              const struct place *place);

/* Makes them, of the COUNT rules at ITEMS, once no more come. */
bool bind_all(const struct bind *binds, struct rule *items, uint32_t count,
              struct diagnostics *diagnostics);

#endif
