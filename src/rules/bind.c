#include "rules/bind.h"

#include "base/nearest.h"
#include "rules/source.h"

#include <stdlib.h>

bool bind_add(struct arena *arena, struct bind **binds, struct span name, const struct place *place)
{
    struct bind *bind = arena_alloc(arena, sizeof *bind);

    if (!bind)
        return false;
    *bind = (struct bind){*binds, name, *place};
    *binds = bind;
    return true;
}

/* Whether the rule can be bound by its own name. */
static bool may_bind(const struct rule *rule)
{
    return verb_decides(rule->verb) && rule->verb != VERB_PASS && !rule->hint;
}

/* Whether it is bound by its pack's. */
static bool is_bound_by_pack(const struct rule *rule)
{
    return may_bind(rule) && rule->verb == VERB_DROP;
}

/* The names that a `bind` may have, each but for the last with its file's. */
static const char **list_names(const struct rule *items, uint32_t items_count)
{
    const char **names = calloc(2 * (size_t)items_count + 1, sizeof *names);
    size_t count = 0;

    for (uint32_t i = 0; names && i < items_count; i++) {
        const struct rule *rule = &items[i];

        if (is_bound_by_pack(rule))
            names[count++] = rule->source->label;
        if (may_bind(rule) && rule->name)
            names[count++] = rule->name;
    }
    return names;
}

static bool report_unknown(const struct bind *bind, const struct rule *items, uint32_t count,
                           struct diagnostics *diagnostics)
{
    const char **names = list_names(items, count), *nearest;
    struct place place = bind->place;

    if (!names)
        return false;
    nearest = nearest_name(names, sizeof *names, bind->name.text, bind->name.length);
    place.column = (size_t)(bind->name.text - place.source);
    if (nearest)
        diag_add(diagnostics, SEVERITY_ERROR, &place,
                 "nothing to bind is called '%.*s'; is '%s' meant?", (int)bind->name.length,
                 bind->name.text, nearest);
    else
        diag_add(diagnostics, SEVERITY_ERROR, &place,
                 "nothing to bind is called '%.*s'; --list-rules has the names",
                 (int)bind->name.length, bind->name.text);
    free(names);
    return true;
}

static bool is_of(const struct rule *rule, struct span name)
{
    return (is_bound_by_pack(rule) && span_is(name, rule->source->label)) ||
           (may_bind(rule) && rule->name && span_is(name, rule->name));
}

bool bind_all(const struct bind *binds, struct rule *items, uint32_t count,
              struct diagnostics *diagnostics)
{
    for (const struct bind *bind = binds; bind; bind = bind->next) {
        bool found = false;

        for (uint32_t i = 0; i < count; i++) {
            if (!is_of(&items[i], bind->name))
                continue;
            items[i].binds = true;
            found = true;
        }
        if (!found && !report_unknown(bind, items, count, diagnostics))
            return false;
    }
    return true;
}
